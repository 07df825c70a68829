"""The answers of one interview as rows under the codebook's columns, for ego, each person, topic, pair or site."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from instruments.baseline import items_of
from instruments.codebook import Column, codebook
from instruments.counted import Walked, walk
from instruments.every_answer import every_answer
from instruments.responses import AnswerKey, Missing, Responses, Value
from instruments.schema import ChoiceItem, Instrument, NameGeneratorPage, OrgTiesPage

UNITS = {"ego": "ego", "alter": "alter", "topic": "alter x topic", "pair": "alter pair", "site": "site"}
"""What a table has a row for, by its short name, as the codebook's `of` has it."""


class AnswerRow(NamedTuple):
    """One row: whom it is about (`item` of the key is ""), and a text for each column, in the columns' order.

    A text is the answer, the code of why there is none, or "" for a question that was shown and left blank. Several
    words stand with semicolons between; yes and no are "true" and "false".
    """

    about: AnswerKey
    texts: tuple[str, ...]


def columns_of(instrument: Instrument, unit: str, *, personal: bool) -> tuple[Column, ...]:
    """The codebook's columns for one kind of row; those that may hold personal data only when `personal`."""
    return tuple(
        column for column in codebook(instrument) if column.of == UNITS[unit] and (personal or column.pii == "none")
    )


def answer_rows(
    instrument: Instrument, responses: Responses, unit: str, columns: Sequence[Column]
) -> tuple[AnswerRow, ...]:
    """One interview's rows of one kind; people stand in the order in which they were named, topics as in the file."""
    told = _Told(instrument, responses)
    return tuple(
        AnswerRow(about, tuple(told.text(column, about) for column in columns)) for about in told.subjects(unit)
    )


class _Told:
    """One interview with every answer or the reason why there is none."""

    def __init__(self, instrument: Instrument, responses: Responses) -> None:
        self.instrument = instrument
        self.walked: Walked = walk(instrument, responses)
        self.answers = every_answer(instrument, responses)
        self.with_other = {
            f"{item.id}_other": item.id
            for page in instrument.pages
            for item in items_of(page)
            if isinstance(item, ChoiceItem) and item.other
        }

    def subjects(self, unit: str) -> Iterator[AnswerKey]:
        """Whom the rows are about."""
        if unit == "ego":
            yield AnswerKey("")
        elif unit == "alter":
            numbers = (alter.number for alter in self.walked.responses.alters)
            yield from (AnswerKey("", number) for number in numbers if self.told_of(number))
        else:
            pages = {page.id for page in self.instrument.pages if isinstance(page, OrgTiesPage)}
            found = (key._replace(item="") for key in self.answers if _unit(key, pages) == unit)
            yield from dict.fromkeys(found)

    def told_of(self, number: int) -> bool:
        """Whether somebody was named, or asked about."""
        named = any(one.alter == number for one in self.walked.responses.nominations)
        return named or any(number in (key.alter, key.to) for key in self.answers)

    def text(self, column: Column, about: AnswerKey) -> str:
        page = self.instrument.page(column.page)
        if isinstance(page, NameGeneratorPage):
            return self.named(page)
        if column.id in self.with_other:
            return self.other(AnswerKey(self.with_other[column.id], *about[1:]))
        item, _, group = column.id.partition(".")
        key = AnswerKey(item, about.alter, group or about.topic, about.to)
        return _as_text(self.answers.get(key, Missing.NOT_ASKED))

    def other(self, key: AnswerKey) -> str:
        """The words beside "Other"; where there is no answer the reason, where another was chosen blank."""
        value = self.answers.get(key, Missing.NOT_ASKED)
        if isinstance(value, Missing):
            return value.value
        chosen = value == "other" or (isinstance(value, tuple) and "other" in value)
        return self.walked.responses.other_text.get(key, "") if chosen else ""

    def named(self, page: NameGeneratorPage) -> str:
        """How many people were named; "no one" is 0."""
        said = self.walked.responses
        if page.waves and said.wave not in page.waves:
            return Missing.NOT_ASKED.value
        if not any(step.page == page.id for step in self.walked.route):
            return Missing.SKIPPED.value
        return str(len(said.named_on(page.id))) if page.id in said.done else Missing.NOT_ASKED.value


def _unit(key: AnswerKey, of_sites: Collection[str]) -> str:
    """Of which kind of row an answer is; those about ego and one person have rows of their own."""
    if key.to is not None:
        return "pair"
    if key.topic is None:
        return "alter"
    return "topic" if key.alter is not None else "site" if key.item in of_sites else "ego"


def _as_text(value: Value | None) -> str:
    match value:
        case None:
            return ""
        case Missing():
            return value.value
        case bool():
            return "true" if value else "false"
        case float():
            return f"{value:.15g}"
        case tuple():
            return ";".join(value)
        case _:
            return value
