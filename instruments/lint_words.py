"""Wordings: places that nothing fills, and languages that are missing or never shown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from instruments.lint_people import CARRIED, source_of
from instruments.lint_texts import texts
from instruments.problems import Finding, Place, did_you_mean
from instruments.schema import (
    AlterFormPage,
    AlterGridPage,
    AlterReviewPage,
    AlterTiesPage,
    AnyPage,
    ConsentPage,
    Instrument,
    PlacePage,
    Text,
)
from instruments.wording import BRACES, PLACES

FILE_NAME = re.compile(r"[\w./-]{1,80}\.(?:md|txt|html?|docx?|odt|pdf)", re.IGNORECASE)


def wordings(instrument: Instrument) -> Iterator[Finding]:
    """Every text of the file: its {places}, where it may have them, and its languages."""
    for text, place in texts(instrument):
        yield from _places(text, place, _filled(instrument, place))
        yield from _languages(text, place, instrument.languages)
        yield from _not_a_text(text, place)
    for at, page in enumerate(instrument.pages):
        if isinstance(page, ConsentPage):
            yield from _agreed_to(page, at)
    yield from _alike(instrument)
    if len(set(instrument.languages)) < len(instrument.languages):
        yield Finding(("languages",), "A language is named twice", "Keep one of them.")


def _places(text: Text, place: Place, filled: tuple[str, ...]) -> Iterator[Finding]:
    for version in [text] if isinstance(text, str) else text.values():
        for word in BRACES.findall(version):
            if word in PLACES and word not in filled:
                yield Finding(place, f"Nothing fills {{{word}}} here", "Remove it, or ask this on a page about people.")
            elif word not in PLACES:
                otherwise = "Use {alter}, {topic} or {site}, or remove the braces."
                yield Finding(place, f"Nothing fills {{{word}}}", did_you_mean(word, PLACES, otherwise))


def _not_a_text(text: Text, place: Place) -> Iterator[Finding]:
    """Warns of a file's name where a text should stand: nothing reads that file."""
    for version in [text] if isinstance(text, str) else text.values():
        if FILE_NAME.fullmatch(version.strip()):
            message = f"'{version.strip()}' looks like the name of a file, and is shown as it stands"
            yield Finding(place, message, "Write the text itself here.", "warning")


def _agreed_to(page: ConsentPage, at: int) -> Iterator[Finding]:
    """Warns of statements of one word, which nobody can agree to knowingly."""
    for n, statement in enumerate(page.statements):
        said = statement.label if isinstance(statement.label, str) else next(iter(statement.label.values()), "")
        if len(said.split()) < 2:
            remedy = f"Write {{id: {statement.id}, label: …}} with a sentence."
            place = ("pages", at, "statements", n)
            yield Finding(place, f"'{said}' is no statement that people can agree to", remedy, "warning")


def _alike(instrument: Instrument) -> Iterator[Finding]:
    """Warns of pages about people that nobody can tell apart by their headings: each has the questionnaire's title."""
    nameless = [at for at, page in enumerate(instrument.pages) if _headed_by_all(page)]
    if len(nameless) > 1:
        named = ", ".join(f"'{instrument.pages[at].id}'" for at in nameless)
        message = f"The pages {named} have no title, and the title of the questionnaire stands above each"
        yield Finding(("pages", nameless[0]), message, "Give each a 'title' of its own.", "warning")


def _headed_by_all(page: AnyPage) -> bool:
    """Whether a page about several people at once has no heading of its own."""
    if page.title or getattr(page, "label", None):
        return False
    at_once = isinstance(page, AlterFormPage) and page.layout != "one_at_a_time"
    drawn = isinstance(page, AlterTiesPage) and page.mode == "sociogram"
    return at_once or drawn or isinstance(page, AlterGridPage | PlacePage)


def _filled(instrument: Instrument, place: Place) -> tuple[str, ...]:
    """What is known where the text stands: the alter on alter pages, the topic too in a grid's question."""
    if place[0] != "pages" or not isinstance(place[1], int):
        return ("site",)
    page = instrument.pages[place[1]]
    if "options" in place or (source_of(page) is None and not isinstance(page, AlterReviewPage)):
        return ("site",)
    if isinstance(page, AlterGridPage):
        return ("site", "alter", "topic") if "then" in place else ("site",)
    if source_of(page) == CARRIED:
        return ("site", "alter") if "ask" in place else ("site",)
    return PLACES if isinstance(page, AlterTiesPage) else ("site", "alter")


def _languages(text: Text, place: Place, languages: tuple[str, ...]) -> Iterator[Finding]:
    if isinstance(text, str):
        return
    for code in text:
        if code not in languages:
            message = f"'{code}' is not one of the instrument's languages"
            yield Finding(
                (*place, code), message, did_you_mean(code, languages, "Add it to 'languages', or remove it.")
            )
    for code in languages:
        if code not in text:
            yield Finding(place, f"There is no wording in '{code}' here", "Translate it.", "warning")


def untranslated(instrument: Instrument, language: str) -> tuple[tuple[Place, str], ...]:
    """Where a text has no wording of its own in a language, with the wording there is; each wording once.

    A text that is written once counts as one in the first language. One that is all {places} needs no other.
    """
    found: dict[str, Place] = {}
    for text, place in texts(instrument):
        said = text if isinstance(text, str) else next(iter(text.values()), "")
        lacks = language != instrument.languages[0] if isinstance(text, str) else language not in text
        if lacks and any(letter.isalpha() for letter in BRACES.sub("", said)):
            found.setdefault(said, place)
    return tuple((place, said) for said, place in found.items())
