"""The frozen types that one questionnaire file becomes: Instrument, Page, Item, Option and their parts."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Word = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,59}$")]
Semantic = Annotated[str, StringConstraints(pattern=r"^\d{1,4}\.\d{1,4}\.\d{1,4}$")]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]
Condition = Annotated[str, StringConstraints(min_length=1, max_length=500)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=4000)] | dict[Language, str]
"""A wording: one string, or one string per language code."""

NamesMode = Literal["none", "initials", "roster", "vault"]
GeneratorMode = Literal["roster", "recall"]


class Part(BaseModel):
    """Frozen, and closed to keys that nobody declared."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Option(Part):
    """One choice of a closed question; `contacts_per_year` is what measures weigh a frequency by (1/year)."""

    value: Word
    label: Text
    hint: Text | None = None
    contacts_per_year: float | None = Field(default=None, ge=0, le=3660)


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


class Item(Part):
    """What every question has in common; `error` is what to say when a required answer is missing."""

    id: Word
    label: Text | None = None
    hint: Text | None = None
    error: Text | None = None
    required: bool = False
    when: Condition | None = None
    prefill: Literal["person", "previous_wave"] | None = None
    allow: tuple[Literal["dont_know", "prefer_not"], ...] = ()
    pii: Literal["none", "name", "contact", "free_text"] = "none"


class ChoiceItem(Item):
    """One or several of a list; `options` may name `roles`, `topics` or `mechanisms` and is resolved when read."""

    type: Literal["single", "multi"]
    options: tuple[Option, ...] = Field(min_length=1)
    other: bool = False


class ScaleItem(Item):
    """One step of a named scale; `options` are copied from the scale when read."""

    type: Literal["scale"]
    scale: Word
    options: tuple[Option, ...] = Field(min_length=2)


class TextItem(Item):
    """Words typed by the respondent, one line or several."""

    type: Literal["text", "longtext"]
    max_length: int = Field(default=500, ge=1, le=10_000)


class NumberItem(Item):
    """A whole or decimal number within bounds."""

    type: Literal["number"]
    minimum: float | None = None
    maximum: float | None = None
    decimals: int = Field(default=0, ge=0, le=6)


class BooleanItem(Item):
    """Yes or no."""

    type: Literal["boolean"]


class LookupItem(Item):
    """One entry of a roster; the answer is the entry's code."""

    type: Literal["lookup"]
    roster: Word


AnyItem = Annotated[
    ChoiceItem | ScaleItem | TextItem | NumberItem | BooleanItem | LookupItem, Field(discriminator="type")
]


class Page(Part):
    """What every page has in common; `waves` lists the wave numbers that ask it (all when empty)."""

    id: Word
    title: Text | None = None
    intro: Text | None = None
    help: Text | None = None
    when: Condition | None = None
    waves: tuple[int, ...] = ()


class Statement(Part):
    """One sentence that a respondent agrees to."""

    id: Word
    label: Text


class ConsentPage(Page):
    """Versioned statements, each agreed to before anything is asked."""

    type: Literal["consent"]
    text: Text
    statements: tuple[Statement, ...] = Field(min_length=1)
    version: int = Field(ge=1)


class FormPage(Page):
    """Questions about the respondent."""

    type: Literal["form"]
    items: tuple[AnyItem, ...] = Field(min_length=1)


class Prompt(Part):
    """One question that calls names to mind; `reuse` offers names given to earlier prompts again."""

    id: Word
    text: Text
    reuse: tuple[Word, ...] = ()


class NameGeneratorPage(Page):
    """Whom do you contact: picked from a roster or typed; "no one" is an answer."""

    type: Literal["name_generator"]
    relation: Word
    modes: tuple[GeneratorMode, ...] = Field(min_length=1)
    roster: Word | None = None
    max: int = Field(default=8, ge=1, le=50)
    none_option: Text
    prompts: tuple[Prompt, ...] = Field(min_length=1)
    nudges: tuple[Text, ...] = ()


class AlterFormPage(Page):
    """The same questions about each person named, one person a page."""

    type: Literal["alter_form"]
    alters: Word
    layout: Literal["one_at_a_time"] = "one_at_a_time"
    items: tuple[AnyItem, ...] = Field(min_length=1)


class GridOver(Part):
    """The rows and columns of a grid: the people named on one page, by topics."""

    alters: Word
    by: Literal["topics"] = "topics"


class AlterGridPage(Page):
    """Person by topic: which topics, and who gives and who gets."""

    type: Literal["alter_grid"]
    over: GridOver
    then: tuple[ChoiceItem, ...] = Field(min_length=1, max_length=1)


class FinishPage(Page):
    """The end: what happens next, and the respondent's own map."""

    type: Literal["finish"]
    show: tuple[Literal["own_map", "next_wave_date"], ...] = ()


AnyPage = Annotated[
    ConsentPage | FormPage | NameGeneratorPage | AlterFormPage | AlterGridPage | FinishPage,
    Field(discriminator="type"),
]


class TieBinding(Part):
    """Which page and items an answer's network meaning comes from, by id."""

    source: Word = Field(alias="from")
    topic: Word | None = None
    frequency: Word | None = None
    formality: Word | None = None
    direction: Word | None = None
    mechanism: Word | None = None


class Instrument(Part):
    """One version of one questionnaire, whole and checked."""

    id: Slug
    version: Semantic
    title: Text
    languages: tuple[Language, ...] = ("en",)
    target_minutes: float = Field(default=6, gt=0, le=120)
    privacy: Privacy = Privacy()
    topics: tuple[Topic, ...] = ()
    roles: tuple[Role, ...] = ()
    scales: dict[Word, Scale] = {}
    mechanisms: tuple[Mechanism, ...] = ()
    rosters: dict[Word, Roster] = {}
    relations: dict[Word, Relation] = {}
    pages: tuple[AnyPage, ...] = Field(min_length=2, max_length=200)
    ties: dict[Word, TieBinding] = {}

    def page(self, page_id: str) -> AnyPage:
        """The page of that id; KeyError when there is none."""
        return next_or_key_error(self.pages, page_id)


def next_or_key_error(pages: tuple[AnyPage, ...], page_id: str) -> AnyPage:
    """The page of that id among `pages`; KeyError when there is none."""
    for page in pages:
        if page.id == page_id:
            return page
    raise KeyError(page_id)
