"""Studies, the instruments published in them, and the words they report by."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from instruments.diff import check_version, compare, least_version
from instruments.load import content_hash, loads, read_published
from instruments.schema import Instrument
from instruments.wording import say
from surveys.faults import ChangedMeanwhile, Faulty
from surveys.tables import Base, InstrumentVersion, Mechanism, Role, Study, Topic

_version = Base.metadata.tables["instrument_version"]
_SOURCE = select(_version.c.source).where(_version.c.id == bindparam("version"))


CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}")
LONGEST_NAME = 200


class StudyRefused(Faulty):
    """A study cannot be made or changed like this; the text says what to change."""


class UnknownStudy(Exception):
    """No study has that code."""


class UnknownInstrument(Exception):
    """The study has no such questionnaire, or none at all; the text says how to publish one."""


class VersionTaken(Exception):
    """That version number was published before with other content."""


@dataclass(frozen=True)
class StudySettings:
    """A study's name, and what it permits: asking people because others named them, and links that anyone may use."""

    name: str
    snowball_allowed: bool = False
    open_links_allowed: bool = False


def create_study(session: Session, code: str, name: str, *, now: datetime) -> Study:
    """A new, empty study; raises StudyRefused for a code or name that cannot be, or a code in use."""
    faults = {"code": _code_fault(session, code), "name": _name_fault(name)}
    faults = {field: fault for field, fault in faults.items() if fault}
    if faults:
        raise StudyRefused(faults)
    study = Study(code=code, name=name, created_at=now)
    session.add(study)
    session.flush()
    return study


def _code_fault(session: Session, code: str) -> str:
    if not CODE.fullmatch(code):
        return "A study's code has 1 to 60 letters, digits, dots, dashes and underscores."
    if session.scalar(select(Study.id).where(Study.code == code)) is not None:
        return f"There is a study “{code}” already. Choose another code."
    return ""


def _name_fault(name: str) -> str:
    return "" if 0 < len(name) <= LONGEST_NAME else f"A study's name has 1 to {LONGEST_NAME} characters."


def study_settings(study: Study) -> StudySettings:
    """The settings of a study as they stand."""
    return StudySettings(study.name, study.snowball_allowed, study.open_links_allowed)


def change_study(session: Session, study: Study, settings: StudySettings, *, revision: int) -> bool:
    """Change a study's settings from how they stood at `revision`; gives whether anything changed.

    The study's row is held until the caller commits. Raises ChangedMeanwhile when it stands at another revision, and
    StudyRefused for a name that cannot be.
    """
    session.flush()
    session.refresh(study, with_for_update=True)
    if study.revision != revision:
        raise ChangedMeanwhile(f"the study “{study.code}”", study.revision)
    if settings == study_settings(study):
        return False
    fault = _name_fault(settings.name)
    if fault:
        raise StudyRefused({"name": fault})
    study.name, study.revision = settings.name, study.revision + 1
    study.snowball_allowed, study.open_links_allowed = settings.snowball_allowed, settings.open_links_allowed
    session.flush()
    return True


def find_study(session: Session, code: str | None = None) -> Study:
    """The study of that code, or the newest when none is given; raises UnknownStudy."""
    query = select(Study).order_by(Study.id.desc()).limit(1)
    study = session.scalar(query if code is None else query.where(Study.code == code))
    if study is None:
        raise UnknownStudy(_no_study(session, code))
    return study


def _no_study(session: Session, code: str | None) -> str:
    codes = session.scalars(select(Study.code).order_by(Study.code)).all()
    if not codes:
        return "There is no study yet. Make one with: flask study create CODE NAME"
    return f"There is no study “{code}”. Those there are: {', '.join(codes)}."


@dataclass(frozen=True)
class Publishing:
    """What publishing a source in a study would come to; nothing is kept yet.

    known  the version with this number, when the study has one already
    last   the version of the same questionnaire that the study published last
    """

    instrument: Instrument
    content_hash: str
    known: InstrumentVersion | None
    last: InstrumentVersion | None

    @property
    def is_there(self) -> bool:
        """Whether just this is published already."""
        return self.known is not None and self.known.content_hash == self.content_hash


def publishing_of(session: Session, study: Study, source: str) -> Publishing:
    """What publishing the source would come to; raises InstrumentError for a malformed one."""
    instrument = loads(source, "instrument")
    numbered = select(InstrumentVersion).where(
        InstrumentVersion.study_id == study.id,
        InstrumentVersion.instrument == instrument.id,
        InstrumentVersion.version == instrument.version,
    )
    return Publishing(
        instrument, content_hash(source), session.scalar(numbered), _last_version(session, study, instrument.id)
    )


def refuse_publishing(coming: Publishing) -> None:
    """Raise VersionTaken or UnderstatedVersion for a version number that what is coming must not have."""
    if coming.is_there or coming.last is None:
        return
    last = parsed(coming.last.source)
    if coming.known is not None:
        raise VersionTaken(_taken(last, coming.instrument))
    check_version(last, coming.instrument)


def publish_instrument(session: Session, study: Study, source: str, *, now: datetime) -> InstrumentVersion:
    """Keep one version of an instrument in the study, and the topics, roles and mechanisms that it brings.

    Publishing the same content again gives the version that is there. The study's row is held until the caller
    commits, so that of two versions published at once the second is compared with the first. Raises InstrumentError
    for a malformed source, VersionTaken when the number was used for other content, and UnderstatedVersion when it
    says less than what changed since the version of that instrument published last in the study (LowerVersion when
    it is lower).
    """
    hold_study(session, study)
    coming = publishing_of(session, study, source)
    refuse_publishing(coming)
    if coming.known is not None:
        return coming.known
    _register_words(session, study, coming.instrument)
    version = InstrumentVersion(
        study_id=study.id,
        instrument=coming.instrument.id,
        version=coming.instrument.version,
        content_hash=coming.content_hash,
        source=source,
        published_at=now,
    )
    session.add(version)
    session.flush()
    return version


def hold_study(session: Session, study: Study) -> None:
    """Hold the study's row until the caller commits, so that what others do to the study comes before or after."""
    session.execute(select(Study.id).where(Study.id == study.id).with_for_update())


def _taken(last: Instrument, instrument: Instrument) -> str:
    least = least_version(last, compare(last, instrument))
    remedy = "Raise the version number" + (f" to {least} or higher." if least != instrument.version else ".")
    return f"{instrument.id} {instrument.version} was published with other content. {remedy}"


def find_version(session: Session, study: Study, instrument: str | None = None) -> InstrumentVersion:
    """The version published last, of one questionnaire or of any; raises UnknownInstrument."""
    version = _last_version(session, study, instrument)
    if version is None:
        which = f"the questionnaire “{instrument}”" if instrument else "a questionnaire"
        remedy = "Publish it first: flask instruments publish FILE"
        raise UnknownInstrument(f"The study “{study.code}” does not have {which} yet. {remedy}")
    return version


def _last_version(session: Session, study: Study, instrument: str | None) -> InstrumentVersion | None:
    query = select(InstrumentVersion).where(InstrumentVersion.study_id == study.id)
    query = query if instrument is None else query.where(InstrumentVersion.instrument == instrument)
    return session.scalar(query.order_by(InstrumentVersion.id.desc()).limit(1))


def versions_of(session: Session, study_id: int) -> list[InstrumentVersion]:
    """Every version of a questionnaire that the study has published, the newest first."""
    query = select(InstrumentVersion).where(InstrumentVersion.study_id == study_id)
    return list(session.scalars(query.order_by(InstrumentVersion.id.desc())))


def instrument_of(session: Session, version_id: int) -> Instrument:
    """The questionnaire of one published version, parsed once per process."""
    return parsed(session.connection().execute(_SOURCE, {"version": version_id}).scalar_one())


@lru_cache(maxsize=64)
def parsed(source: str) -> Instrument:
    """The questionnaire of a published source, parsed once per process."""
    return read_published(source)


def _register_words(session: Session, study: Study, instrument: Instrument) -> None:
    """Add the topics, roles and mechanisms that the study does not have yet."""
    language = instrument.languages[0]
    kinds = {mechanism.id: mechanism.kind for mechanism in instrument.mechanisms}
    for table, words in ((Topic, instrument.topics), (Role, instrument.roles), (Mechanism, instrument.mechanisms)):
        there = set(session.scalars(select(table.code).where(table.study_id == study.id)))
        position = session.scalar(select(func.count()).select_from(table).where(table.study_id == study.id)) or 0
        for word in words:
            if word.id in there:
                continue
            extra = {"kind": kinds[word.id]} if table is Mechanism else {}
            session.add(
                table(study_id=study.id, code=word.id, label=say(word.label, language), position=position, **extra)
            )
            position += 1
    session.flush()


def words(session: Session, study_id: int, table: type[Topic] | type[Role] | type[Mechanism]) -> dict[str, str]:
    """Code to label of the study's topics, roles or mechanisms, in the study's order."""
    rows = session.execute(select(table.code, table.label).where(table.study_id == study_id).order_by(table.position))
    return dict(rows.all())
