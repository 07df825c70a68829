"""What a questionnaire's file holds, and what publishing it would change: worked out for a page, and nothing kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from instruments.burden import estimated_minutes
from instruments.diff import Change, UnderstatedVersion, compare, least_version, series
from instruments.lint_reading import whole_reading
from instruments.lint_words import untranslated
from instruments.load import InstrumentError, Problem, decoded, examine
from instruments.printing import NAMED, PRIVACY
from instruments.schema import Instrument
from instruments.wording import say
from surveys.studies import Publishing, VersionTaken, parsed, publishing_of, refuse_publishing, versions_of
from surveys.tables import Study

VERDICTS = {
    "same": "Compare as they are",
    "reworded": "Compare with care: words changed",
    "changed": "Do not compare: the meaning changed",
    "ended": "Are asked no more",
    "new": "Begin with this version",
}


@dataclass(frozen=True)
class Changed:
    """What is different since another version: every change, the columns by whether their answers still compare."""

    since: str
    least: str
    changes: tuple[Change, ...]
    columns: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Looked:
    """A file as its page shows it; without an instrument there are only problems.

    refusal      why it cannot be published under its version number, or nothing
    beside       the ids of other questionnaires that the study has, when it has none of this one
    fingerprint  stands for what was shown: another one means that it would come to something else by now
    """

    name: str
    source: str
    problems: tuple[Problem, ...]
    instrument: Instrument | None = None
    facts: tuple[tuple[str, str], ...] = ()
    changed: Changed | None = None
    refusal: str = ""
    is_there: bool = False
    beside: tuple[str, ...] = ()
    fingerprint: str = ""

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What must be mended before the file can be used."""
        return tuple(problem for problem in self.problems if problem.severity == "error")

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What would better be mended."""
        return tuple(problem for problem in self.problems if problem.severity == "warning")

    @property
    def may_be_published(self) -> bool:
        """Whether there is a version to publish."""
        return self.instrument is not None and not self.refusal and not self.is_there


def look_at(session: Session, study: Study, name: str, data: bytes) -> Looked:
    """What the file holds, and what publishing it in the study would change."""
    try:
        source = decoded(data, name)
    except InstrumentError as error:
        return Looked(name, "", error.problems)
    reading = examine(source, name)
    if reading.instrument is None:
        return Looked(name, source, reading.problems)
    coming = publishing_of(session, study, source)
    others = {version.instrument for version in versions_of(session, study.id)}
    return Looked(
        name,
        source,
        reading.problems,
        reading.instrument,
        facts_of(reading.instrument),
        _changed(coming),
        _refusal(coming),
        coming.is_there,
        () if coming.last else tuple(sorted(others)),
        f"{coming.content_hash}:{coming.last.id if coming.last else 0}",
    )


def facts_of(instrument: Instrument) -> tuple[tuple[str, str], ...]:
    """What there is to know of a sound questionnaire, as keys and values in words."""
    languages = instrument.languages
    return (
        ("Questionnaire", f"{instrument.id} {instrument.version}"),
        ("Title", say(instrument.title, languages[0])),
        ("Length", length(instrument)),
        ("Names", PRIVACY[instrument.privacy.names]),
        *((f"Words in {NAMED.get(language, language)}", _words(instrument, language)) for language in languages),
    )


def length(instrument: Instrument) -> str:
    """How long it is, in words: pages, and minutes for someone who names five people, against its target."""
    minutes = round(estimated_minutes(instrument))
    about = f"about {minutes} {'minute' if minutes == 1 else 'minutes'}"
    return f"{len(instrument.pages)} pages, {about}; its target is {instrument.target_minutes:g}"


def _words(instrument: Instrument, language: str) -> str:
    """How the texts of one language read, and how many of them have no wording in it."""
    found = whole_reading(instrument, language)
    said = f"{found.sentences} sentences, the longest of {found.longest_sentence} words"
    age = "" if found.age is None else f"; reading age about {found.age:.0f}"
    missing = len(untranslated(instrument, language)) if len(instrument.languages) > 1 else 0
    return said + age + (f"; {missing} texts have no wording in it" if missing else "")


def changes_between(old: Instrument, new: Instrument) -> Changed:
    """What is different in the new version of a questionnaire."""
    changes, columns = compare(old, new), series(old, new)
    by_verdict = {verdict: tuple(one.id for one in columns if one.verdict == verdict) for verdict in VERDICTS}
    return Changed(
        f"{old.id} {old.version}",
        least_version(old, changes),
        changes,
        {verdict: names for verdict, names in by_verdict.items() if names},
    )


def _changed(coming: Publishing) -> Changed | None:
    if coming.last is None or coming.is_there:
        return None
    return changes_between(parsed(coming.last.source), coming.instrument)


def _refusal(coming: Publishing) -> str:
    try:
        refuse_publishing(coming)
    except (VersionTaken, UnderstatedVersion) as refusal:
        return str(refusal)
    return ""
