"""How long each page took: noted when it is opened and when it is saved, with the kind of device and nothing else."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session

from instruments.route import Step
from surveys.interviews import OpenInterview
from surveys.tables import Base

Device = Literal["desktop", "tablet", "phone"]

_page_time = Base.metadata.tables["page_time"]
_OPEN = insert(_page_time)
_LAST_OPEN = (
    select(_page_time.c.id, _page_time.c.opened_at)
    .where(
        _page_time.c.interview_id == bindparam("interview", type_=_page_time.c.interview_id.type),
        _page_time.c.step == bindparam("of_step"),
        _page_time.c.saved_at.is_(None),
    )
    .order_by(_page_time.c.id.desc())
    .limit(1)
)
_CLOSE = (
    update(_page_time)
    .where(_page_time.c.id == bindparam("this", type_=_page_time.c.id.type))
    .values(
        saved_at=bindparam("at", type_=_page_time.c.saved_at.type),
        seconds=bindparam("took", type_=_page_time.c.seconds.type),
    )
)


def note_opened(session: Session, current: OpenInterview, step: Step, *, device: Device, now: datetime) -> None:
    """Note that a step was put before the respondent. Call it where writing is allowed, never for a visit that looks.

    A page that is opened and not saved is where somebody stopped, and keeps no end.
    """
    row = {"interview_id": current.interview.id, "step": step.key, "opened_at": now, "device": device}
    session.connection().execute(_OPEN, row)


def note_saved(session: Session, current: OpenInterview, step: Step, *, now: datetime) -> float | None:
    """Note that a step was saved, and give the seconds since it was opened; None when no opening of it is noted."""
    scope = {"interview": current.interview.id, "of_step": step.key}
    opened = session.connection().execute(_LAST_OPEN, scope).one_or_none()
    if opened is None:
        return None
    seconds: float = max(0.0, (now - opened.opened_at).total_seconds())
    session.connection().execute(_CLOSE, {"this": opened.id, "at": now, "took": seconds})
    return seconds
