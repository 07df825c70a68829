"""How long pages take: noted when one is saved and the next is put, with the kind of device and nothing else."""

from __future__ import annotations

from flask import request

from instruments.route import Step, next_step
from surveys.page_times import Device, note_opened, note_saved
from webapp.database import session
from webapp.interview.visit import Visit, now


def timed(visit: Visit, step: Step) -> Visit:
    """The visit, with the end of the step that was saved noted and the beginning of the next."""
    note_saved(session(), visit.current, step, now=now())
    following = next_step(visit.current.route, step)
    if following is not None and following != visit.current.route[-1]:
        opened(visit, following)
    return visit


def opened(visit: Visit, step: Step) -> None:
    """Note that a step is put before the respondent."""
    kind = device(request.headers.get("User-Agent", ""))
    note_opened(session(), visit.current, step, device=kind, now=now())


def device(agent: str) -> Device:
    """The kind of device that a browser says it runs on."""
    if "iPad" in agent or "Tablet" in agent or ("Android" in agent and "Mobile" not in agent):
        return "tablet"
    return "phone" if "Mobi" in agent else "desktop"
