"""Reading age: texts with sentences too long to hold, and English that is harder than it has to be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from instruments.lint_texts import texts
from instruments.problems import Finding, Place
from instruments.reading_age import Reading, reading
from instruments.schema import Instrument, Text

LONGEST_SENTENCE = 25
HARDEST_WHOLE = 13.0
HARDEST_TEXT = 15.0
SENTENCES_TO_JUDGE = 4
"""A formula made for 30 sentences says nothing about one; of a text with four it can at least say "far too hard"."""


class Read(NamedTuple):
    """One wording in one language: where it stands and how it reads."""

    place: Place
    language: str
    text: str
    reading: Reading


def readings(instrument: Instrument) -> tuple[Read, ...]:
    """Every wording that respondents read, in each language that it has."""
    return tuple(
        Read(place, language, words, reading([words], language))
        for text, place in texts(instrument)
        if place[:1] != ("relations",)
        for language, words in _versions(text, instrument.languages)
    )


def whole_reading(instrument: Instrument, language: str) -> Reading:
    """All wordings of one language read as one text; a wording without languages counts as the first of them."""
    return reading((read.text for read in readings(instrument) if read.language == language), language)


def reading_ages(instrument: Instrument) -> Iterator[Finding]:
    """Warns of long sentences in any language, of hard texts in English, and of a questionnaire hard as a whole."""
    for read in readings(instrument):
        if (words := read.reading.longest_sentence) > LONGEST_SENTENCE:
            message = f"A sentence here has {words} words ({read.language})"
            remedy = f"Split it: {LONGEST_SENTENCE} words are the most that people take in at once."
            yield Finding(read.place, message, remedy, "warning")
        age = read.reading.age
        if age is not None and age > HARDEST_TEXT and read.reading.sentences >= SENTENCES_TO_JUDGE:
            yield _hard(read.place, "This text", read.reading)
    if "en" in instrument.languages:
        whole = whole_reading(instrument, "en")
        if whole.age is not None and whole.age > HARDEST_WHOLE and whole.sentences >= 30:
            yield _hard(("title",), "The questionnaire", whole)


def _hard(place: Place, what: str, found: Reading) -> Finding:
    message = f"{what} reads as for somebody of {found.age:.0f} years"
    remedy = f"Use shorter words than these: {', '.join(found.hard_words[:6])}."
    return Finding(place, message, remedy, "warning")


def _versions(text: Text, languages: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(languages[0], text)] if isinstance(text, str) else list(text.items())
