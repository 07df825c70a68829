"""Days and months as people write them in boxes, and as the store keeps them: "2026-11-24", "2026-11"."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from instruments.schema import DateItem
from instruments.wording import MONTHS, date_in_words

YEAR_DIGITS = 4
LEAST_LETTERS = 3
"""What of a month's name tells it from all others, in English and in Welsh."""


class DateRead(NamedTuple):
    """The date in the store's form, or the name of the message that says what is wrong and what fills it."""

    value: str = ""
    fault: str = ""
    filled: dict[str, str] = {}


def read_date(text: str, item: DateItem, language: str) -> DateRead:
    """A day from "year-month-day"; the month may be its name, as in `month_number`."""
    parts = _parts(text, 3)
    if isinstance(parts, str):
        return DateRead(fault=parts)
    try:
        day = date(*parts)
    except ValueError:
        return DateRead(fault="no_such_date")
    return _within(day.isoformat(), item, language)


def read_month(text: str, item: DateItem, language: str) -> DateRead:
    """A month from "year-month"; it may be its name, as in `month_number`."""
    parts = _parts(text, 2)
    if isinstance(parts, str):
        return DateRead(fault="no_such_month" if parts == "no_such_date" else parts)
    year, month = parts
    if not (year and 1 <= month <= 12):
        return DateRead(fault="no_such_month")
    return _within(f"{year:04}-{month:02}", item, language)


def _parts(text: str, wanted: int) -> list[int] | str:
    """The numbers in the boxes, or the name of the message for the first box that is blank or wrong."""
    boxes = [box.strip() for box in text.split("-")]
    names = ("year", "month", "day")[:wanted]
    blank = [name for name, box in zip(names, boxes, strict=False) if not box]
    if len(boxes) != wanted:
        return "no_such_date"
    if blank:
        return f"date_lacks_{blank[-1]}"
    boxes[1] = month_number(boxes[1])
    if not all(box.isascii() and box.isdigit() and len(box) <= YEAR_DIGITS for box in boxes):
        return "no_such_date"
    return [int(box) for box in boxes] if len(boxes[0]) == YEAR_DIGITS else "year_digits"


def month_number(text: str) -> str:
    """The number of a month that is named, whole or by three letters or more: "Mar", "march" and "Mawrth" are "3".

    Any language that we have names in will do, whichever the page is in. Other text is given back as it is.
    """
    word = text.rstrip(".").casefold()
    found = (n for names in MONTHS.values() for n, name in enumerate(names, 1) if name.casefold().startswith(word))
    return str(next(found, text)) if len(word) >= LEAST_LETTERS else text


def _within(value: str, item: DateItem, language: str) -> DateRead:
    """Bounds hold for the whole month where they name one."""
    if item.earliest is not None and value[: len(item.earliest)] < item.earliest[: len(value)]:
        return DateRead(fault="not_before", filled={"day": date_in_words(item.earliest, language)})
    if item.latest is not None and value[: len(item.latest)] > item.latest[: len(value)]:
        return DateRead(fault="not_after", filled={"day": date_in_words(item.latest, language)})
    return DateRead(value)
