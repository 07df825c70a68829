"""Wordings: places that nothing fills, and languages that are missing or never shown."""

from __future__ import annotations

from collections.abc import Iterator

from instruments.problems import Finding, Place, did_you_mean
from instruments.schema import AlterFormPage, AlterGridPage, Instrument, Part, Text
from instruments.wording import BRACES, PLACES

WORDINGS = frozenset({"label", "title", "intro", "help", "hint", "error", "text", "none_option", "nudges"})


def wordings(instrument: Instrument) -> Iterator[Finding]:
    """Every text of the file: its {places}, where it may have them, and its languages."""
    for text, place in _texts(instrument, ()):
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
    if isinstance(page, AlterGridPage):
        return ("site", "alter", "topic") if "then" in place and "options" not in place else ("site",)
    if isinstance(page, AlterFormPage) and "options" not in place:
        return ("site", "alter")
    return ("site",)


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


def _texts(part: Part, place: Place) -> Iterator[tuple[Text, Place]]:
    for name in type(part).model_fields:
        value = getattr(part, name)
        if name in WORDINGS and isinstance(value, str | dict):
            yield value, (*place, name)
        elif isinstance(value, Part):
            yield from _texts(value, (*place, name))
        elif isinstance(value, tuple | dict):
            for key, entry in value.items() if isinstance(value, dict) else enumerate(value):
                if isinstance(entry, Part):
                    yield from _texts(entry, (*place, name, key))
                elif name in WORDINGS and isinstance(entry, str | dict):
                    yield entry, (*place, name, key)
