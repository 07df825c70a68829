"""Each study with its waves, and how many people were invited and have finished in each."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.response import Asked, asked_by_wave
from surveys.tables import Study, Wave
from surveys.waves import standing


@dataclass(frozen=True)
class WaveLine:
    """One wave as the first page lists it; `status` is how it stands now."""

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
    asked, lines = asked_by_wave(session), defaultdict[int, list[WaveLine]](list)
    for wave in session.scalars(select(Wave).order_by(Wave.number)):
        lines[wave.study_id].append(_line(wave, asked[wave.id], now))
    rows = session.execute(select(Study.id, Study.code, Study.name).order_by(Study.id.desc()))
    return [StudyLines(row.code, row.name, tuple(lines[row.id])) for row in rows]


def _line(wave: Wave, asked: Asked, now: datetime) -> WaveLine:
    return WaveLine(wave.number, wave.label, standing(wave, now=now), wave.opens_at, wave.closes_at, *asked)
