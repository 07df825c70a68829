"""The columns that an instrument's answers fill: one row for each, as a codebook for whoever reads an export."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields

from instruments.asked import page_item
from instruments.baseline import items_of
from instruments.lint_people import source_of
from instruments.schema import (
    AlterGridPage,
    AlterTiesPage,
    AnyItem,
    AnyPage,
    ArdPage,
    BooleanItem,
    CalculatedItem,
    ChoiceItem,
    Choosing,
    ConsentPage,
    InfoItem,
    Instrument,
    LikertItem,
    NameGeneratorPage,
    NarrativePage,
    NumberItem,
    OrgTiesPage,
    PlacePage,
)
from instruments.wording import phrase, question, say

MISSING = "not_asked=never shown; skipped=ruled out by a condition"
REASONS = {"dont_know": "dont_know=does not know", "prefer_not": "prefer_not=would rather not say"}
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Column:
    """One column of an export.

    of         whom a row is about: ego, alter, alter x topic, alter pair, or site
    values     "value=label" with semicolons between, or the range
    missing    the codes that stand for no answer, and what each means; blank means shown and left empty
    condition  when the question is asked, as CEL; what the page needs comes first
    """

    id: str
    page: str
    of: str
    question: str
    type: str
    values: str
    missing: str
    condition: str
    waves: str
    pii: str


def codebook(instrument: Instrument, language: str | None = None) -> tuple[Column, ...]:
    """Every column in the order of the questionnaire, worded in `language` (the instrument's first when not given)."""
    spoken = language or instrument.languages[0]
    return tuple(column for page in instrument.pages for column in _columns(page, instrument, spoken))


def codebook_csv(columns: tuple[Column, ...]) -> str:
    """The codebook as CSV with a heading; text that a spreadsheet would run as a formula gets an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([field.name for field in fields(Column)])
    for column in columns:
        writer.writerow([f"'{text}" if text.startswith(FORMULA) else text for text in asdict(column).values()])
    return out.getvalue()


def codebook_json(columns: tuple[Column, ...]) -> str:
    """The codebook as a JSON list of objects."""
    return json.dumps([asdict(column) for column in columns], ensure_ascii=False, indent=2) + "\n"


def _columns(page: AnyPage, instrument: Instrument, language: str) -> Iterator[Column]:
    if isinstance(page, ConsentPage):
        for statement in page.statements:
            yield _column(page, statement.id, say(statement.label, language), "consent", "true=agreed", of="ego")
    elif isinstance(page, NameGeneratorPage):
        asked = " / ".join(say(prompt.text, language) for prompt in page.prompts)
        values = f"0 to {page.max} people; 0={say(page.none_option, language)}"
        yield _column(page, page.id, asked, "people named", values, of="ego")  # a number, and no name
    elif isinstance(page, ArdPage):
        for group in page.groups:
            text = f"{_title(page, language)}: {say(group.label, language)}"
            item, values = page_item(page), f"0 to {page.maximum}"
            yield _column(page, f"{page.id}.{group.id}", text, "number", values, of="ego", item=item)
    elif isinstance(page, AlterTiesPage | OrgTiesPage | PlacePage | NarrativePage):
        yield from _own_question(page, language)
    for item in items_of(page):
        yield from _item(page, item, language)


def _own_question(page: AlterTiesPage | OrgTiesPage | PlacePage | NarrativePage, language: str) -> Iterator[Column]:
    """The column of a page that is one question itself."""
    if isinstance(page, NarrativePage) and page.label is None:
        return
    item = page_item(page)
    of = "site" if isinstance(page, OrgTiesPage) else "alter pair" if isinstance(page, AlterTiesPage) else _of(page)
    words, values = _title(page, language), _values(item, language)
    yield _column(page, page.id, words, item.type, values, of=of, item=item, pii=item.pii)


def _item(page: AnyPage, item: AnyItem, language: str) -> Iterator[Column]:
    """One column, one a statement for a likert question, one more for the words beside "Other"; none for a text."""
    if isinstance(item, InfoItem):
        return
    of = _of(page)
    if isinstance(item, LikertItem):
        for statement in item.statements:
            words = f"{question(item, language)}: {say(statement.label, language)}"
            yield _column(page, statement.id, words, "scale", _values(item, language), of=of, item=item)
        return
    words = item.value if isinstance(item, CalculatedItem) else question(item, language)
    yield _column(page, item.id, words, item.type, _values(item, language), of=of, item=item, pii=item.pii)
    if isinstance(item, ChoiceItem) and item.other:
        yield _column(page, f"{item.id}_other", f"{words}: Other", "text", "", of=of, item=item, pii="free_text")


def _column(
    page: AnyPage, column: str, words: str, kind: str, values: str, *, of: str, item: AnyItem | None = None,
    pii: str = "none",
) -> Column:  # fmt: skip
    conditions = [condition for condition in (page.when, item.when if item else None) if condition]
    return Column(
        id=column,
        page=page.id,
        of=of,
        question=" ".join(words.split()),
        type=kind,
        values=values,
        missing="; ".join((MISSING, *(REASONS[reason] for reason in (item.allow if item else ())))),
        condition=" && ".join(f"({c})" for c in conditions) if len(conditions) > 1 else "".join(conditions),
        waves=", ".join(map(str, page.waves)) or "all",
        pii=pii,
    )


def _of(page: AnyPage) -> str:
    if isinstance(page, AlterGridPage):
        return "alter x topic"
    return "ego" if source_of(page) is None else "alter"


def _title(page: ArdPage | AlterTiesPage | OrgTiesPage | PlacePage | NarrativePage, language: str) -> str:
    text = page.label or page.title
    if text is None and isinstance(page, AlterTiesPage):
        return phrase("pair", language)
    return say(text, language) if text else page.id.replace("_", " ").capitalize()


def _values(item: AnyItem, language: str) -> str:
    if isinstance(item, Choosing):
        pairs = [f"{option.value}={' '.join(say(option.label, language).split())}" for option in item.options]
        return "; ".join([*pairs, "other=Other"] if getattr(item, "other", False) else pairs)
    if isinstance(item, BooleanItem):
        return "true=yes; false=no"
    return number_range(item) if isinstance(item, NumberItem) else ""


def number_range(item: NumberItem) -> str:
    """The numbers that are taken, in words: "from 1 to 9, whole numbers"."""
    low = "" if item.minimum is None else f"from {item.minimum:g}"
    high = "" if item.maximum is None else f"to {item.maximum:g}"
    decimals = f"{item.decimals} decimals" if item.decimals else "whole numbers"
    return ", ".join(part for part in (f"{low} {high}".strip(), decimals) if part)
