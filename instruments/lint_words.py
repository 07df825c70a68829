"""Wordings: places that nothing fills, and languages that are missing or never shown."""

from __future__ import annotations

from collections.abc import Iterator

from instruments.lint_people import CARRIED, source_of
from instruments.lint_texts import texts
from instruments.problems import Finding, Place, did_you_mean
from instruments.schema import AlterGridPage, AlterReviewPage, AlterTiesPage, Instrument, Text
from instruments.wording import BRACES, PLACES


def wordings(instrument: Instrument) -> Iterator[Finding]:
    """Every text of the file: its {places}, where it may have them, and its languages."""
    for text, place in texts(instrument):
        yield from _places(text, place, _filled(instrument, place))
        yield from _languages(text, place, instrument.languages)


def _places(text: Text, place: Place, filled: tuple[str, ...]) -> Iterator[Finding]:
    for version in [text] if isinstance(text, str) else text.values():
        for word in BRACES.findall(version):
            if word in PLACES and word not in filled:
                yield Finding(place, f"Nothing fills {{{word}}} here", "Remove it, or ask this on a page about people.")
            elif word not in PLACES:
                otherwise = "Use {alter}, {topic} or {site}, or remove the braces."
                yield Finding(place, f"Nothing fills {{{word}}}", did_you_mean(word, PLACES, otherwise))


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


def untranslated(instrument: Instrument, language: str) -> tuple[Place, ...]:
    """Where a text has no wording of its own in a language: it lacks it, or is written once for all languages."""
    return tuple(place for text, place in texts(instrument) if isinstance(text, str) or language not in text)
