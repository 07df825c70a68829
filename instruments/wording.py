"""What is read on the page: a text in one language, with {alter}, {topic} and {site} filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping

from instruments.responses import Missing
from instruments.schema import AnyItem, BooleanItem, ChoiceItem, ScaleItem, Text

PLACES = ("alter", "topic", "site")
BRACES = re.compile(r"\{([^{}]*)\}")
SAID: Mapping[str, Mapping[str, str]] = {
    "en": {
        "yes": "Yes", "no": "No", "other": "Other", "blank": "Not answered", "topics": "Topics",
        "dont_know": "I do not know", "prefer_not": "I would rather not say",
    },
}  # fmt: skip


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
    if isinstance(item, ChoiceItem | ScaleItem):
        for option in item.options:
            if option.value == value:
                return say(option.label, language)
    return phrase(value, language) if value in SAID["en"] else value
