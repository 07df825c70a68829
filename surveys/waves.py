"""Waves: planned, changed, opened, closed, released, and whether one takes answers now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, object_session

from surveys.agreements import refuse_without_agreement
from surveys.faults import ChangedMeanwhile, Faulty
from surveys.tables import InstrumentVersion, Study, Wave
from surveys.uk_days import uk_day

LONGEST_LABEL = 80
OVER = ("closed", "released")
SAMPLES = ("all", "quota", "snowball", "panel")
USUAL_TARGET = 0.6
LARGEST_QUOTA = 10_000


class WaveClosed(Exception):
    """The wave takes no answers, or cannot be opened or closed; the text says since when and what to do."""


class WaveRefused(Faulty):
    """A wave cannot be planned like this; the text says what to change."""


@dataclass(frozen=True)
class WaveSettings:
    """What is planned for a wave.

    version_id  the published version of a questionnaire that it asks
    sample      whom it asks: "all" of the roster, a "quota" of people at each site, those named by others ("snowball"),
                or the "panel" of those who answered an earlier wave
    target      the share of those invited who should answer (above 0, up to 1)
    """

    label: str
    opens_at: datetime
    closes_at: datetime
    version_id: int
    sample: str = "all"
    quota: int | None = None
    target: float = USUAL_TARGET


class UnknownWave(Exception):
    """The study has no wave of that number."""


def add_wave(
    session: Session,
    study: Study,
    version: InstrumentVersion,
    label: str,
    *,
    opens_at: datetime,
    closes_at: datetime,
    sample: str = "all",
    quota: int | None = None,
    target: float = USUAL_TARGET,
) -> Wave:
    """The study's next wave, as a draft; raises WaveRefused for settings that cannot be."""
    return plan_wave(session, study, WaveSettings(label, opens_at, closes_at, version.id, sample, quota, target))


def plan_wave(session: Session, study: Study, settings: WaveSettings) -> Wave:
    """The study's next wave, as a draft; raises WaveRefused for settings that cannot be."""
    _refuse_faulty(session, study, settings)
    last = session.scalar(select(func.max(Wave.number)).where(Wave.study_id == study.id)) or 0
    wave = Wave(study_id=study.id, number=last + 1, status="draft", revision=1)
    _take(wave, settings)
    session.add(wave)
    session.flush()
    return wave


def _take(wave: Wave, settings: WaveSettings) -> None:
    wave.label, wave.opens_at, wave.closes_at = settings.label, settings.opens_at, settings.closes_at
    wave.instrument_version_id = settings.version_id
    wave.sample, wave.target = settings.sample, settings.target
    wave.quota = settings.quota if settings.sample == "quota" else None


def settings_of(wave: Wave) -> WaveSettings:
    """The settings of a wave as they stand."""
    return WaveSettings(
        wave.label, wave.opens_at, wave.closes_at, wave.instrument_version_id, wave.sample, wave.quota, wave.target
    )


def _refuse_faulty(session: Session, study: Study, settings: WaveSettings) -> None:
    faults = _faults(study, settings)
    version = session.get(InstrumentVersion, settings.version_id)
    if version is None or version.study_id != study.id:
        faults["version_id"] = "Choose a version of a questionnaire that this study has published."
    if faults:
        raise WaveRefused(faults)


def _faults(study: Study, settings: WaveSettings) -> dict[str, str]:
    needs_quota = settings.sample == "quota"
    wrong = {
        "label": not 0 < len(settings.label) <= LONGEST_LABEL,
        "closes_at": settings.closes_at <= settings.opens_at,
        "sample": settings.sample not in SAMPLES,
        "quota": needs_quota and not 0 < (settings.quota or 0) <= LARGEST_QUOTA,
        "target": not 0 < settings.target <= 1,
    }
    said = {
        "label": f"A wave's label has 1 to {LONGEST_LABEL} characters.",
        "closes_at": f"The wave would close before it opens. Let it close after {_day(settings.opens_at)}.",
        "sample": f"Choose whom the wave asks: {', '.join(SAMPLES)}.",
        "quota": f"Say how many people are asked at each site: 1 to {LARGEST_QUOTA:,}.",
        "target": "The target is a share of those invited: above 0 and up to 100 per cent.",
    }
    faults = {name: said[name] for name, is_wrong in wrong.items() if is_wrong}
    if settings.sample == "snowball" and not study.snowball_allowed:
        faults["sample"] = "This study does not permit asking people because others named them. Permit it first."
    return faults


def change_wave(session: Session, wave: Wave, settings: WaveSettings, *, revision: int, now: datetime) -> bool:
    """Change a wave from how it stood at `revision`; gives whether anything changed.

    The wave's row is held until the caller commits. Raises ChangedMeanwhile when it stands at another revision,
    WaveRefused for settings that cannot be, or that a wave which has begun must keep.
    """
    hold_wave(session, wave)
    if wave.revision != revision:
        raise ChangedMeanwhile(f"wave {wave.number}", wave.revision)
    before = settings_of(wave)
    if settings == before:
        return False
    study = session.get_one(Study, wave.study_id)
    fixed = _fixed(wave, settings, now=now)
    if fixed:
        raise WaveRefused(fixed)
    _refuse_faulty(session, study, settings)
    _take(wave, settings)
    wave.revision += 1
    session.flush()
    return True


def hold_wave(session: Session, wave: Wave) -> None:
    """Hold the wave's row until the caller commits, as it stands now."""
    session.flush()
    session.refresh(wave, with_for_update=True)


def _fixed(wave: Wave, settings: WaveSettings, *, now: datetime) -> dict[str, str]:
    """What would change although the wave is too far on for it, by setting."""
    before, begun = settings_of(wave), wave.status != "draft"
    faults = {}
    if wave.status == "released" and settings != before:
        faults["label"] = f"{wave.label} is released and stays as it is."
    if begun and settings.version_id != before.version_id:
        faults["version_id"] = "The questionnaire of a wave stays the same once the wave is open. Add a new wave."
    if begun and before.opens_at <= now and settings.opens_at != before.opens_at:
        faults["opens_at"] = f"The wave opened on {_day(before.opens_at)}. That cannot be changed any more."
    if wave.status in OVER and settings.closes_at != before.closes_at:
        faults["closes_at"] = f"The wave closed on {_day(before.closes_at)}. Reopen it to give it a new last day."
    return faults


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
    """Let the wave take answers between its dates; opening twice is opening once.

    Raises AgreementMissing when nothing was agreed on the study, and WaveClosed when the wave is over.
    """
    if wave.status == "released":
        raise WaveClosed(f"{wave.label} is released and cannot be opened again. Add a new wave instead.")
    if wave.status == "closed":
        raise WaveClosed(f"{wave.label} is closed. Add a new wave instead, or reopen it with a new last day.")
    session = object_session(wave)
    if session is None:
        raise RuntimeError("A wave is opened within a session.")
    refuse_without_agreement(session, wave.study_id)
    if wave.status == "draft":
        wave.status, wave.revision = "open", wave.revision + 1


def close_wave(wave: Wave, *, now: datetime) -> None:
    """Take no more answers in this wave; raises WaveClosed when it is over, or never opened."""
    if wave.status in OVER:
        raise WaveClosed(f"{wave.label} is {wave.status} already.")
    if wave.status == "draft" or now <= wave.opens_at:
        raise WaveClosed(f"{wave.label} has not opened yet, so there is nothing to close.")
    wave.status, wave.closes_at, wave.revision = "closed", min(wave.closes_at, now), wave.revision + 1


def reopen_wave(session: Session, wave: Wave, closes_at: datetime, *, now: datetime) -> None:
    """Let a closed wave take answers again until a new moment; links that were sent work again.

    Raises WaveClosed when the wave is released, never closed, or a later wave has opened meanwhile, whose people were
    brought along from the answers of this one; WaveRefused when the new moment has passed.
    """
    if wave.status == "released":
        raise WaveClosed(f"{wave.label} is released. What was released is final. Add a new wave instead.")
    if wave.status != "closed":
        raise WaveClosed(f"{wave.label} is {wave.status}. Only a closed wave can be reopened.")
    later = select(Wave.number).where(Wave.study_id == wave.study_id, Wave.number > wave.number, Wave.status != "draft")
    number = session.scalar(later.order_by(Wave.number).limit(1))
    if number is not None:
        raise WaveClosed(f"{wave.label} cannot be reopened, because wave {number} builds on its answers.")
    if closes_at <= now:
        raise WaveRefused({"closes_at": f"The new last day must lie ahead. Choose one after {_day(now)}."})
    wave.status, wave.closes_at, wave.revision = "open", closes_at, wave.revision + 1


def release_wave(wave: Wave, *, now: datetime) -> None:
    """Make a closed wave final; releasing twice is releasing once. Raises WaveClosed when it is not closed."""
    if wave.status == "released":
        return
    if wave.status != "closed":
        raise WaveClosed(f"{wave.label} is {wave.status}. Close it first; only a closed wave can be released.")
    wave.status, wave.released_at, wave.revision = "released", now, wave.revision + 1


def refuse_when_over(wave: Wave) -> None:
    """Raise WaveClosed when nobody can be invited to the wave any more."""
    if wave.status in OVER:
        raise WaveClosed(f"{wave.label} is {wave.status}. Invite people to an open wave.")


def refuse_after_last_day(wave: Wave, *, now: datetime) -> None:
    """Raise WaveClosed when nobody can be invited or written to: the wave is over, or its last day has passed."""
    refuse_when_over(wave)
    if now >= wave.closes_at:
        remedy = "Give it a later last day in its settings, or close it."
        raise WaveClosed(f"{wave.label} is past its last day, though nobody has closed it. {remedy}")


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
    day = uk_day(moment)
    return f"{day.day} {day:%B %Y}"
