"""What is read on the page: a text in one language, with {alter}, {topic} and {site} filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping

from instruments.responses import Missing
from instruments.schema import AnyItem, BooleanItem, Choosing, Text

PLACES = ("alter", "to", "topic", "site")
BRACES = re.compile(r"\{([^{}]*)\}")
SAID: Mapping[str, Mapping[str, str]] = {
    "en": {
        "yes": "Yes", "no": "No", "other": "Other", "blank": "Not answered", "topics": "Topics",
        "dont_know": "I do not know", "prefer_not": "I would rather not say",
        "unrelated": "None of the other people know each other", "pair": "Do {alter} and {to} know each other?",
        "pairs": "Who know each other", "no_pairs": "None of them",
    },
    "cy": {
        "yes": "Ie", "no": "Na", "other": "Arall", "blank": "Heb ei ateb", "topics": "Pynciau",
        "dont_know": "Dydw i ddim yn gwybod", "prefer_not": "Mae’n well gen i beidio â dweud",
        "unrelated": "Nid oes neb o’r bobl eraill yn adnabod ei gilydd",
        "pair": "Ydy {alter} a {to} yn adnabod ei gilydd?",
        "pairs": "Pwy sy’n adnabod ei gilydd", "no_pairs": "Neb ohonynt",
    },
}  # fmt: skip
MONTHS: Mapping[str, tuple[str, ...]] = {
    "en": (
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ),
    "cy": (
        "Ionawr", "Chwefror", "Mawrth", "Ebrill", "Mai", "Mehefin", "Gorffennaf", "Awst", "Medi", "Hydref", "Tachwedd",
        "Rhagfyr",
    ),
}  # fmt: skip


def sentence(words: str) -> str:
    """The words with a capital first: a heading may begin with what was filled in."""
    return words[:1].upper() + words[1:]


def say(text: Text, language: str, *, fallback: str = "en", **names: str) -> str:
    """The text in `language` (else `fallback`, else the first there is), its {names} filled in as plain text.

    A place with no name given stays as it is written; what is filled in is never filled again.
    """
    return BRACES.sub(lambda found: names.get(found[1], found[0]), in_language(text, language, fallback))


def in_language(text: Text, language: str, fallback: str = "en") -> str:
    """The text in `language`, unfilled."""
    if isinstance(text, str):
        return text
    return text.get(language) or text.get(fallback) or next(iter(text.values()), "")


def phrase(word: str, language: str) -> str:
    """One of our own words (yes, no, other, blank, dont_know, prefer_not) in a language, else in English."""
    return SAID.get(language, SAID["en"])[word]


def date_in_words(date: str, language: str) -> str:
    """A day or a month of the store in words: "2026-11-24" is "24 November 2026", "2026-11" is "November 2026"."""
    year, month, *day = date.split("-")
    name = MONTHS.get(language, MONTHS["en"])[int(month) - 1]
    return " ".join([*(str(int(part)) for part in day), name, year])


def question(item: AnyItem, language: str, **names: str) -> str:
    """What the item asks; its id in plain words when it has no label."""
    if item.label is None:
        return item.id.replace("_", " ").capitalize()
    return say(item.label, language, **names)


def option_label(item: AnyItem, value: str | bool | Missing, language: str) -> str:
    """What one choice is called; the value itself when the item has no such choice."""
    if isinstance(value, Missing):
        return phrase(value.value, language) if value.value in SAID["en"] else phrase("blank", language)
    if isinstance(item, BooleanItem) or isinstance(value, bool):
        return phrase("yes" if value in (True, "yes") else "no", language)
    if isinstance(item, Choosing):
        for option in item.options:
            if option.value == value:
                return say(option.label, language)
    return phrase(value, language) if value == "other" else value
