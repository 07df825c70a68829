"""How long each page took: noted when it is opened and when it is saved, with the kind of device and nothing else."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from sqlalchemy import bindparam, insert, text
from sqlalchemy.orm import Session

from instruments.route import Step
from surveys.interviews import OpenInterview
from surveys.tables import Base

Device = Literal["desktop", "tablet", "phone"]

_page_time = Base.metadata.tables["page_time"]
_OPEN = insert(_page_time)
_CLOSE = (
    "UPDATE page_time SET saved_at = :now, seconds = {seconds} WHERE id = "
    "(SELECT max(id) FROM page_time WHERE interview_id = :interview AND step = :step AND saved_at IS NULL)"
)
_SECONDS = {
    "sqlite": "max(0.0, round((julianday(:now) - julianday(opened_at)) * 86400, 3))",
    "postgresql": "greatest(0.0, extract(epoch FROM (:now - opened_at)))",
}
_CLOSE_ON = {
    engine: text(_CLOSE.format(seconds=seconds)).bindparams(bindparam("now", type_=_page_time.c.saved_at.type))
    for engine, seconds in _SECONDS.items()
}


def note_opened(session: Session, current: OpenInterview, step: Step, *, device: Device, now: datetime) -> None:
    """Note that a step was put before the respondent. Call it where writing is allowed, never for a visit that looks.

    A page that is opened and not saved is where somebody stopped, and keeps no end.
    """
    row = {"interview_id": current.interview.id, "step": step.key, "opened_at": now, "device": device}
    session.connection().execute(_OPEN, row)


def note_saved(session: Session, current: OpenInterview, step: Step, *, now: datetime) -> None:
    """Note that a step was saved, and the seconds since it was opened last, where an opening of it is noted.

    The store takes the time between, to the millisecond, so that one statement finds the opening and ends it.
    """
    connection = session.connection()
    this = {"interview": current.interview.id, "step": step.key, "now": now}
    connection.execute(_CLOSE_ON[connection.dialect.name], this)
