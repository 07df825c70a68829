"""The questions of a questionnaire, one class for each family of types, and `AnyItem` for them all."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from instruments.schema_parts import Condition, Day, Option, Part, Reason, Statement, Synthetic, Text, Word


class Item(Part):
    """What every question has in common; `error` is what to say when a required answer is missing.

    `ask_once` leaves the question out of later waves for those who answered it; their answer still counts.
    """

    id: Word
    label: Text | None = None
    hint: Text | None = None
    error: Text | None = None
    required: bool = False
    when: Condition | None = None
    prefill: Literal["person", "previous_wave"] | None = None
    ask_once: bool = False
    allow: tuple[Reason, ...] = ()
    pii: Literal["none", "name", "contact", "free_text"] = "none"
    synthetic: Synthetic | None = None


class ChoiceItem(Item):
    """One or several of a list; `options` may name `roles`, `topics` or `mechanisms` and is resolved when read."""

    type: Literal["single", "multi"]
    options: tuple[Option, ...] = Field(min_length=1)
    other: bool = False
    randomise: bool = False


class ScaleItem(Item):
    """One step of a named scale; `options` are copied from the scale when read."""

    type: Literal["scale"]
    scale: Word
    options: tuple[Option, ...] = Field(min_length=2)


class LikertItem(Item):
    """Several statements on one scale: one answer for each statement, under the statement's own id."""

    type: Literal["likert"]
    scale: Word
    options: tuple[Option, ...] = Field(min_length=2)
    statements: tuple[Statement, ...] = Field(min_length=1, max_length=30)
    randomise: bool = False


class RankItem(Item):
    """Options put in order, the first `top` of them (all when unset); the answer is the options in that order."""

    type: Literal["rank"]
    options: tuple[Option, ...] = Field(min_length=2, max_length=20)
    top: int | None = Field(default=None, ge=1, le=20)
    randomise: bool = False


class TextItem(Item):
    """Words typed by the respondent, one line or several."""

    type: Literal["text", "longtext"]
    max_length: int = Field(default=500, ge=1, le=10_000)


class ContactItem(Item):
    """An e-mail address or a telephone number."""

    type: Literal["email", "phone"]
    pii: Literal["none", "name", "contact", "free_text"] = "contact"


class NumberItem(Item):
    """A whole or decimal number within bounds."""

    type: Literal["number"]
    minimum: float | None = None
    maximum: float | None = None
    decimals: int = Field(default=0, ge=0, le=6)


class BooleanItem(Item):
    """Yes or no."""

    type: Literal["boolean"]


class DateItem(Item):
    """A day ("2026-11-24") or a month ("2026-11"), between two of its kind where they are given."""

    type: Literal["date", "month"]
    earliest: Day | None = None
    latest: Day | None = None


class LookupItem(Item):
    """One entry of a roster; the answer is the entry's code."""

    type: Literal["lookup"]
    roster: Word


class InfoItem(Item):
    """A text between questions; it has no answer."""

    type: Literal["info"]
    text: Text


class CalculatedItem(Item):
    """A value worked out by CEL from other answers when the page is saved; nobody sees it."""

    type: Literal["calculated"]
    value: Condition


AnyItem = Annotated[
    ChoiceItem
    | ScaleItem
    | LikertItem
    | RankItem
    | TextItem
    | ContactItem
    | NumberItem
    | BooleanItem
    | DateItem
    | LookupItem
    | InfoItem
    | CalculatedItem,
    Field(discriminator="type"),
]
Choosing = ChoiceItem | ScaleItem | LikertItem | RankItem
"""The questions that have options."""

Silent = InfoItem | CalculatedItem
"""The items that nobody answers."""
