"""Waves: made, opened and closed, and whether one takes answers now."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveys.tables import InstrumentVersion, Study, Wave


class WaveClosed(Exception):
    """The wave takes no answers; the text says since when and what to do."""


def add_wave(
    session: Session, study: Study, version: InstrumentVersion, label: str, *, opens_at: datetime, closes_at: datetime
) -> Wave:
    """The study's next wave, as a draft."""
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


def open_wave(wave: Wave) -> None:
    """Let the wave take answers between its dates."""
    if wave.status not in ("draft", "open"):
        raise WaveClosed(f"{wave.label} is {wave.status} and cannot be opened again. Add a new wave instead.")
    wave.status = "open"


def close_wave(wave: Wave, *, now: datetime) -> None:
    """Take no more answers in this wave."""
    wave.status = "closed"
    wave.closes_at = max(min(wave.closes_at, now), wave.opens_at)


def refuse_unless_open(wave: Wave, *, now: datetime) -> None:
    """Raise WaveClosed when the wave takes no answers now."""
    if wave.status == "draft" or now < wave.opens_at:
        raise WaveClosed(f"This survey has not opened yet. Please come back on {_day(wave.opens_at)}.")
    if wave.status != "open" or now >= wave.closes_at:
        raise WaveClosed(f"This survey closed on {_day(wave.closes_at)}. It takes no more answers.")


def next_wave(session: Session, wave: Wave) -> Wave | None:
    """The wave after this one, when it is planned."""
    return session.scalar(select(Wave).where(Wave.study_id == wave.study_id, Wave.number == wave.number + 1))


def _day(moment: datetime) -> str:
    return f"{moment.day} {moment:%B %Y}"
