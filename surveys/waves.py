"""Waves: planned, opened and closed, and whether one takes answers now."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveys.tables import InstrumentVersion, Study, Wave

LONGEST_LABEL = 80
OVER = ("closed", "released")


class WaveClosed(Exception):
    """The wave takes no answers, or cannot be opened or closed; the text says since when and what to do."""


class WaveRefused(Exception):
    """A wave cannot be planned like this; the text says what to change."""


class UnknownWave(Exception):
    """The study has no wave of that number."""


def add_wave(
    session: Session, study: Study, version: InstrumentVersion, label: str, *, opens_at: datetime, closes_at: datetime
) -> Wave:
    """The study's next wave, as a draft; raises WaveRefused for a label or dates that cannot be."""
    if not 0 < len(label) <= LONGEST_LABEL:
        raise WaveRefused(f"A wave's label has 1 to {LONGEST_LABEL} characters.")
    if closes_at <= opens_at:
        raise WaveRefused(f"The wave would close before it opens. Let it close after {_day(opens_at)}.")
    last = session.scalar(select(func.max(Wave.number)).where(Wave.study_id == study.id)) or 0
    wave = Wave(
        study_id=study.id,
        number=last + 1,
        label=label,
        status="draft",
        opens_at=opens_at,
        closes_at=closes_at,
        instrument_version_id=version.id,
    )
    session.add(wave)
    session.flush()
    return wave


def find_wave(session: Session, study: Study, number: int) -> Wave:
    """The study's wave of that number; raises UnknownWave."""
    waves = {wave.number: wave for wave in waves_of(session, study)}
    if number not in waves:
        known = (
            f"It has: {', '.join(map(str, waves))}." if waves else "Plan one with: flask waves add LABEL --closes DAY"
        )
        raise UnknownWave(f"The study “{study.code}” has no wave {number}. {known}")
    return waves[number]


def waves_of(session: Session, study: Study) -> list[Wave]:
    """The study's waves, in order."""
    return list(session.scalars(select(Wave).where(Wave.study_id == study.id).order_by(Wave.number)))


def open_wave(wave: Wave) -> None:
    """Let the wave take answers between its dates; raises WaveClosed when it is over."""
    if wave.status in OVER:
        raise WaveClosed(f"{wave.label} is {wave.status} and cannot be opened again. Add a new wave instead.")
    wave.status = "open"


def close_wave(wave: Wave, *, now: datetime) -> None:
    """Take no more answers in this wave; raises WaveClosed when it is over, or never opened."""
    if wave.status in OVER:
        raise WaveClosed(f"{wave.label} is {wave.status} already.")
    if wave.status == "draft" or now <= wave.opens_at:
        raise WaveClosed(f"{wave.label} has not opened yet, so there is nothing to close.")
    wave.status, wave.closes_at = "closed", min(wave.closes_at, now)


def refuse_when_over(wave: Wave) -> None:
    """Raise WaveClosed when nobody can be invited to the wave any more."""
    if wave.status in OVER:
        raise WaveClosed(f"{wave.label} is {wave.status}. Invite people to an open wave.")


def refuse_unless_open(wave: Wave, *, now: datetime) -> None:
    """Raise WaveClosed when the wave takes no answers now."""
    if wave.status == "draft" or now < wave.opens_at:
        raise WaveClosed(f"This survey has not opened yet. Please come back on {_day(wave.opens_at)}.")
    if wave.status != "open" or now >= wave.closes_at:
        raise WaveClosed(f"This survey closed on {_day(wave.closes_at)}. It takes no more answers.")


def standing(wave: Wave, *, now: datetime) -> str:
    """What a respondent meets now: draft, planned (opened ahead of its dates), open, closed or released."""
    if wave.status != "open":
        return wave.status
    if now < wave.opens_at:
        return "planned"
    return "open" if now < wave.closes_at else "closed"


def next_wave(session: Session, wave: Wave) -> Wave | None:
    """The wave after this one, when it is planned."""
    return session.scalar(select(Wave).where(Wave.study_id == wave.study_id, Wave.number == wave.number + 1))


def _day(moment: datetime) -> str:
    return f"{moment.day} {moment:%B %Y}"
