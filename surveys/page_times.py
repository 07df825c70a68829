"""How long each page took and where people stopped: two moments and a kind of device, noted and counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median
from typing import Any, Literal

from sqlalchemy import Row, bindparam, insert, select, text
from sqlalchemy.orm import Session

from instruments.route import Step
from surveys.interviews import OpenInterview
from surveys.prepared import Prepared
from surveys.studies import instrument_of
from surveys.tables import Base, Interview, Invitation, PageTime, Wave

Device = Literal["desktop", "tablet", "phone"]

_page_time = Base.metadata.tables["page_time"]
_OPEN = Prepared(insert(_page_time), ("interview_id", "step", "opened_at", "device"))
_CLOSE = (
    "UPDATE page_time SET saved_at = :now, seconds = {seconds} WHERE id = "
    "(SELECT max(id) FROM page_time WHERE interview_id = :interview AND step = :step AND saved_at IS NULL)"
)
_SECONDS = {
    "sqlite": "max(0.0, round((julianday(:now) - julianday(opened_at)) * 86400, 3))",
    "postgresql": "greatest(0.0, extract(epoch FROM (:now - opened_at)))",
}
_CLOSE_ON = {
    engine: Prepared(
        text(_CLOSE.format(seconds=seconds)).bindparams(bindparam("now", type_=_page_time.c.saved_at.type))
    )
    for engine, seconds in _SECONDS.items()
}
_NOTED = (
    select(PageTime.interview_id, PageTime.step, PageTime.seconds, PageTime.device, Interview.finished_at)
    .join(Interview, Interview.id == PageTime.interview_id)
    .join(Invitation, Invitation.id == Interview.invitation_id)
    .where(Invitation.wave_id == bindparam("wave"), Interview.simulated.is_(False))
    .order_by(PageTime.id)
)


def note_opened(session: Session, current: OpenInterview, step: Step, *, device: Device, now: datetime) -> None:
    """Note that a step was put before the respondent. Call it where writing is allowed, never for a visit that looks.

    A page that is opened and not saved is where somebody stopped, and keeps no end.
    """
    row = {"interview_id": current.interview.id, "step": step.key, "opened_at": now, "device": device}
    _OPEN.run(session.connection(), row)


def note_saved(session: Session, current: OpenInterview, step: Step, *, now: datetime) -> None:
    """Note that a step was saved, and the seconds since it was opened last, where an opening of it is noted.

    The store takes the time between, to the millisecond, so that one statement finds the opening and ends it.
    """
    connection = session.connection()
    this = {"interview": current.interview.id, "step": step.key, "now": now}
    _CLOSE_ON[connection.dialect.name].run(connection, this)


@dataclass(frozen=True)
class TimesOfPage:
    """How one page went in one wave: openings and saves of all its steps, and the interviews that stopped there.

    `median_seconds` is over the saves whose opening is noted (s), None where there are none; `devices` counts the
    openings on each kind of device.
    """

    page: str
    opened: int
    saved: int
    median_seconds: float | None
    stopped: int
    devices: dict[Device, int]


@dataclass(frozen=True)
class WaveTimes:
    """The pages of one wave in the questionnaire's order, and how many answered to the end and did not send."""

    pages: tuple[TimesOfPage, ...]
    unsent: int


def times_by_page(session: Session, wave: Wave) -> WaveTimes:
    """Every page that was opened in a wave; simulated interviews do not count.

    An interview stopped on a page when it was not sent and that page was opened last and not saved.
    """
    rows = session.execute(_NOTED, {"wave": wave.id}).all()
    last = {row.interview_id: row for row in rows if row.finished_at is None}
    stopped = Counter(_page_of(row) for row in last.values() if row.seconds is None)
    instrument = instrument_of(session, wave.instrument_version_id)
    pages: dict[str, list[Row[*tuple[Any, ...]]]] = {page.id: [] for page in instrument.pages}
    for row in rows:
        pages.setdefault(_page_of(row), []).append(row)
    found = tuple(_times(page, noted, stopped[page]) for page, noted in pages.items() if noted)
    return WaveTimes(found, sum(row.seconds is not None for row in last.values()))


def _page_of(row: Row[*tuple[Any, ...]]) -> str:
    return str(row.step).partition("/")[0]


def _times(page: str, noted: Sequence[Row[*tuple[Any, ...]]], stopped: int) -> TimesOfPage:
    seconds = [row.seconds for row in noted if row.seconds is not None]
    middle = round(median(seconds), 1) if seconds else None
    return TimesOfPage(page, len(noted), len(seconds), middle, stopped, dict(Counter(row.device for row in noted)))
