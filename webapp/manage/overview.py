"""Each study with its waves, and how many people were invited and have finished in each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from surveys.tables import Interview, Invitation, Study, Wave


@dataclass(frozen=True)
class WaveLine:
    """One wave as the first page lists it; `status` is what holds now, `invited` leaves out links taken back."""

    number: int
    label: str
    status: str
    opens_at: datetime
    closes_at: datetime
    invited: int
    finished: int


@dataclass(frozen=True)
class StudyLines:
    """One study with its waves, in order."""

    code: str
    name: str
    waves: tuple[WaveLine, ...]


def studies(session: Session, *, now: datetime) -> list[StudyLines]:
    """Every study, the newest first."""
    lines: dict[int, list[WaveLine]] = {}
    for wave, invited, finished in _counted(session):
        lines.setdefault(wave.study_id, []).append(_line(wave, invited, finished, now))
    rows = session.execute(select(Study.id, Study.code, Study.name).order_by(Study.id.desc()))
    return [StudyLines(row.code, row.name, tuple(lines.get(row.id, ()))) for row in rows]


def _counted(session: Session) -> list[Row[Wave, int, int]]:
    query = (
        select(Wave, func.count(Invitation.id), func.count(Interview.finished_at))
        .outerjoin(Invitation, (Invitation.wave_id == Wave.id) & Invitation.revoked_at.is_(None))
        .outerjoin(Interview, Interview.invitation_id == Invitation.id)
        .group_by(Wave.id)
        .order_by(Wave.number)
    )
    return list(session.execute(query))


def _line(wave: Wave, invited: int, finished: int, now: datetime) -> WaveLine:
    return WaveLine(wave.number, wave.label, _status(wave, now), wave.opens_at, wave.closes_at, invited, finished)


def _status(wave: Wave, now: datetime) -> str:
    """What a respondent meets now: an open wave is planned before its dates and closed after them."""
    if wave.status != "open":
        return wave.status
    if now < wave.opens_at:
        return "planned"
    return "open" if now < wave.closes_at else "closed"
