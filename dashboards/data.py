"""Releases for the pages, built from the store when it changed and kept until it changes again."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock

import polars as pl
from sqlalchemy import select
from sqlalchemy.orm import Session

from instruments.schema import AlterReviewPage, ChoiceItem, NameGeneratorPage
from instruments.wording import in_language
from networks.columns import LABELS
from networks.release import Release, build
from surveys import field_frames, frames
from surveys.endings import endings
from surveys.store import Store
from surveys.studies import UnknownStudy, find_study, instrument_of
from surveys.tables import InstrumentVersion, Study, Wave

__all__ = ["Known", "Source", "UnknownStudy"]


@dataclass(frozen=True)
class Known:
    """A study as the pages know it: its code and name, its release, each wave's instrument in words, and its end."""

    code: str
    name: str
    release: Release
    instruments: Mapping[int, str]
    closing: Mapping[int, datetime] = field(default_factory=dict)


def _instruments(session: Session, study_id: int) -> Mapping[int, str]:
    query = (
        select(Wave.number, InstrumentVersion.instrument, InstrumentVersion.version)
        .join(InstrumentVersion, InstrumentVersion.id == Wave.instrument_version_id)
        .where(Wave.study_id == study_id)
    )
    return {wave: f"{instrument} {version}" for wave, instrument, version in session.execute(query)}


def _closing(session: Session, study_id: int) -> Mapping[int, datetime]:
    """When each wave closes or closed, by number."""
    rows = session.execute(select(Wave.number, Wave.closes_at).where(Wave.study_id == study_id))
    return {row.number: row.closes_at for row in rows}


def _caps(session: Session, study_id: int) -> Mapping[int, int]:
    """How many people a respondent could name at most, by wave: over all pages of its questionnaire that ask."""
    waves = session.execute(select(Wave.number, Wave.instrument_version_id).where(Wave.study_id == study_id))
    asking = {
        number: [page.max for page in instrument_of(session, version).pages if isinstance(page, NameGeneratorPage)]
        for number, version in waves.all()
    }
    return {number: sum(most) for number, most in asking.items() if most}


def _reasons(session: Session, study_id: int) -> pl.DataFrame:
    """LABELS of the reasons for which ties ended: the choices of a review's questions but its first."""
    versions = session.scalars(select(Wave.instrument_version_id).where(Wave.study_id == study_id).distinct()).all()
    pages = [page for version in versions for page in instrument_of(session, version).pages]
    items = [item for page in pages if isinstance(page, AlterReviewPage) for item in page.ask[1:]]
    options = [option for item in items if isinstance(item, ChoiceItem) for option in item.options]
    texts = {str(option.value): in_language(option.label, "en") for option in options}
    rows = [("reason", code, text, place) for place, (code, text) in enumerate(texts.items())]
    return pl.DataFrame(rows, schema=LABELS.schema, orient="row")


def _known(session: Session, study: Study) -> Known:
    release = build(
        frames.ties(session, study.id),
        frames.response(session, study.id),
        frames.sites(session, study.id),
        pl.concat([frames.labels(session, study.id), _reasons(session, study.id)]),
        caps=_caps(session, study.id),
        field=field_frames.field(session, study.id),
        reasons=endings(session, study.id),
    )
    return Known(study.code, study.name, release, _instruments(session, study.id), _closing(session, study.id))


@dataclass(frozen=True)
class Source:
    """What the pages read. Threads share it: one builds a release, the others wait for it and then read the same."""

    store: Store
    _kept: dict[int, tuple[str, Known]] = field(default_factory=dict, init=False, repr=False)
    _building: Lock = field(default_factory=Lock, init=False, repr=False)

    def studies(self) -> Mapping[str, str]:
        """Code to name of every study, the newest first."""
        with self.store.reader() as session:
            rows = session.execute(select(Study.code, Study.name).order_by(Study.id.desc()))
            return {row.code: row.name for row in rows}

    def known(self, study_code: str | None = None) -> Known:
        """The study of that code, or the newest; raises UnknownStudy, which says what to do."""
        with self.store.reader() as session:
            study = find_study(session, study_code)
            stamp = f"{frames.stamp(session, study.id)}/{field_frames.stamp(session, study.id)}"
            with self._building:
                kept = self._kept.get(study.id)
                if kept is None or kept[0] != stamp:
                    kept = (stamp, _known(session, study))
                    self._kept[study.id] = kept
            return kept[1]

    def release(self, study_code: str | None = None) -> Release:
        """The release of that study, or of the newest; raises UnknownStudy, which says what to do."""
        return self.known(study_code).release
