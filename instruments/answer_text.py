"""One answer in words, in one language."""

from __future__ import annotations

from instruments.responses import Missing, Value
from instruments.schema import AnyItem, Choosing, DateItem
from instruments.wording import date_in_words, option_label, phrase


def answer_text(item: AnyItem, value: Value | None, language: str, other: str = "") -> str:
    """One answer in words; "Not answered" when there is none. A ranking is told in its order, with numbers."""
    if value is None:
        return phrase("blank", language)
    if isinstance(value, tuple):
        words = [_choice(item, word, language, other) for word in value]
        if item.type == "rank":
            words = [f"{place}. {word}" for place, word in enumerate(words, 1)]
        return ", ".join(words) or phrase("blank", language)
    if isinstance(value, float):
        return f"{value:.15g}"
    if isinstance(value, bool | Missing) or isinstance(item, Choosing):
        return _choice(item, value, language, other)
    return date_in_words(value, language) if isinstance(item, DateItem) else str(value)


def _choice(item: AnyItem, value: str | bool | Missing, language: str, other: str) -> str:
    label = option_label(item, value, language)
    return f"{label}: {other}" if value == "other" and other else label
