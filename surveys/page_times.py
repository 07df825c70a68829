"""How long each page took: noted when it is opened and when it is saved, with the kind of device and nothing else."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from sqlalchemy import ColumnElement, Update, bindparam, cast, extract, func, insert, select, update
from sqlalchemy.orm import Session

from instruments.route import Step
from surveys.interviews import OpenInterview
from surveys.tables import Base

Device = Literal["desktop", "tablet", "phone"]
SECONDS_A_DAY = 86400
MILLISECONDS = 3

_page_time = Base.metadata.tables["page_time"]
_now = bindparam("now", type_=_page_time.c.saved_at.type)
_OPEN = insert(_page_time)
_earlier = _page_time.alias("earlier")
_LAST_OPEN = (
    select(func.max(_earlier.c.id))
    .where(
        _earlier.c.interview_id == bindparam("interview", type_=_page_time.c.interview_id.type),
        _earlier.c.step == bindparam("of_step"),
        _earlier.c.saved_at.is_(None),
    )
    .scalar_subquery()
)


def _closing(seconds: ColumnElement[float]) -> Update:
    """The statement that ends the last opening of a step, after that many seconds."""
    return update(_page_time).where(_page_time.c.id == _LAST_OPEN).values(saved_at=_now, seconds=seconds)


_days = func.julianday(_now) - func.julianday(_page_time.c.opened_at)
_CLOSE = {
    "sqlite": _closing(func.max(0.0, func.round(_days * SECONDS_A_DAY, MILLISECONDS))),
    "postgresql": _closing(
        func.greatest(0.0, cast(extract("epoch", _now - _page_time.c.opened_at), _page_time.c.seconds.type))
    ),
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
    scope = {"interview": current.interview.id, "of_step": step.key, "now": now}
    connection.execute(_CLOSE[connection.dialect.name], scope)
