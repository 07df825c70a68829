"""The small frozen parts of a questionnaire: wordings, options, scales, topics, rosters, relations, privacy."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Word = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,59}$")]
Semantic = Annotated[str, StringConstraints(pattern=r"^\d{1,4}\.\d{1,4}\.\d{1,4}$")]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]
Condition = Annotated[str, StringConstraints(min_length=1, max_length=500)]
Day = Annotated[str, StringConstraints(pattern=r"^\d{4}-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?$")]
Text = Annotated[str, StringConstraints(min_length=1, max_length=4000)] | dict[Language, str]
"""A wording: one string, or one string per language code."""

NamesMode = Literal["none", "initials", "roster", "vault"]
Reason = Literal["dont_know", "prefer_not"]


class Part(BaseModel):
    """Frozen, and closed to keys that nobody declared."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Option(Part):
    """One choice of a closed question; `contacts_per_year` is what measures weigh a frequency by (1/year).

    `fixed` keeps it in its place when the order is random: "none of these" stays last.
    """

    value: Word
    label: Text
    hint: Text | None = None
    contacts_per_year: float | None = Field(default=None, ge=0, le=3660)
    fixed: bool = False


class Scale(Part):
    """A named list of options that several items share; `ordered` when the order carries meaning."""

    options: tuple[Option, ...] = Field(min_length=2)
    ordered: bool = False


class Topic(Part):
    """A subject that knowledge is shared about: asked per topic, a column of every export."""

    id: Word
    label: Text
    hint: Text | None = None


class Role(Part):
    """A group of jobs, as the study reports on them."""

    id: Word
    label: Text


class Mechanism(Part):
    """Where a tie came from; `kind` decides formal, informal or intermediary."""

    id: Word
    label: Text
    kind: Literal["formal", "informal", "intermediary"]


class Roster(Part):
    """A list that respondents search: the study's people or its sites."""

    source: Literal["people", "sites"]
    search: tuple[Word, ...] = ()
    show: tuple[Word, ...] = ()
    exclude_self: bool = True


class Relation(Part):
    """A kind of tie that the instrument measures."""

    directed: bool = True
    label: Text


class Privacy(Part):
    """How far names go: the study's agreement must allow the mode."""

    names: NamesMode = "none"


class Statement(Part):
    """One sentence to agree to, or to place on a scale."""

    id: Word
    label: Text


class Rule(Part):
    """What must hold between answers of one page, as CEL; with `confirm` a respondent may say that it is right so.

    A rule about something that was left blank says nothing. `item` is the question to go back to: when unset, the
    first one of the page that the rule names.
    """

    when: Condition
    message: Text
    item: Word | None = None
    confirm: bool = False


class Synthetic(Part):
    """How simulated respondents answer: the weight of each option (on a page of names: of each number of people),
    mean and spread of a number, texts to choose from, and the share that leaves it blank (0 to 1)."""

    weights: dict[str, Annotated[float, Field(ge=0)]] = {}
    mean: float | None = None
    sd: float | None = Field(default=None, ge=0)
    texts: tuple[str, ...] = ()
    blank: float = Field(default=0, ge=0, le=1)
