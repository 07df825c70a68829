"""The pages of a questionnaire, one class for each type, and `AnyPage` for them all."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from instruments.schema_items import AnyItem, ChoiceItem
from instruments.schema_parts import Condition, Option, Part, Reason, Rule, Statement, Synthetic, Text, Word

GeneratorMode = Literal["roster", "recall", "position"]
Shuffled = Literal["items", "alters"]


class Page(Part):
    """What every page has in common; `waves` lists the wave numbers that ask it (all when empty)."""

    id: Word
    title: Text | None = None
    intro: Text | None = None
    help: Text | None = None
    when: Condition | None = None
    waves: tuple[int, ...] = ()


class QuestionPage(Page):
    """A page that is one question itself: its answers stand under the page's id."""

    label: Text | None = None
    hint: Text | None = None
    required: bool = False
    allow: tuple[Reason, ...] = ()
    synthetic: Synthetic | None = None


class ConsentPage(Page):
    """Versioned statements, each agreed to before anything is asked."""

    type: Literal["consent"]
    text: Text
    statements: tuple[Statement, ...] = Field(min_length=1)
    version: int = Field(ge=1)


class InfoPage(Page):
    """A text to read."""

    type: Literal["info"]
    text: Text


class FormPage(Page):
    """Questions about the respondent, and rules between their answers."""

    type: Literal["form"]
    items: tuple[AnyItem, ...] = Field(min_length=1)
    rules: tuple[Rule, ...] = ()
    randomise: Literal["items"] | None = None


class Prompt(Part):
    """One question that calls names to mind; `reuse` offers names given to earlier prompts again."""

    id: Word
    text: Text
    reuse: tuple[Word, ...] = ()


class NameGeneratorPage(Page):
    """Whom do you contact: picked from a roster, typed, or a role at a site; "no one" is an answer.

    `sites` is the roster of sites that positions are picked from.
    """

    type: Literal["name_generator"]
    relation: Word
    modes: tuple[GeneratorMode, ...] = Field(min_length=1)
    roster: Word | None = None
    sites: Word | None = None
    max: int = Field(default=8, ge=1, le=50)
    none_option: Text
    prompts: tuple[Prompt, ...] = Field(min_length=1)
    nudges: tuple[Text, ...] = ()
    synthetic: Synthetic | None = None


class AlterReviewPage(Page):
    """Last wave's people, all on one page: those whose first answer is not "stopped" go on to the page `names`.

    Without `names` that is the first page after this one that asks for names.
    """

    type: Literal["alter_review"]
    source: Literal["previous_wave"] = Field(default="previous_wave", alias="from")
    ask: tuple[AnyItem, ...] = Field(min_length=1)
    names: Word | None = None


class AlterFormPage(Page):
    """The same questions about each person named: one person a page, or all on one as a matrix or in bins."""

    type: Literal["alter_form"]
    alters: Word
    layout: Literal["one_at_a_time", "matrix", "bins"] = "one_at_a_time"
    items: tuple[AnyItem, ...] = Field(min_length=1)
    rules: tuple[Rule, ...] = ()
    randomise: Shuffled | None = None


class GridOver(Part):
    """The rows and columns of a grid: the people named on one page, by topics."""

    alters: Word
    by: Literal["topics"] = "topics"


class AlterGridPage(Page):
    """Person by topic: which topics, and who gives and who gets."""

    type: Literal["alter_grid"]
    over: GridOver
    then: tuple[ChoiceItem, ...] = Field(min_length=1, max_length=1)
    randomise: Literal["alters"] | None = None


class AlterSample(Part):
    """The people named on one page, or `sample` of them by chance."""

    source: Word = Field(alias="from")
    sample: int | None = Field(default=None, ge=2, le=50)


class AlterTiesPage(QuestionPage):
    """Which of the people named know each other: asked person by person, pair by pair, or as one picture.

    `unrelated_option` (true, or its words) is "none of the rest": one answer for all pairs not asked yet.
    `strength` takes the steps of `scale` for each pair; the other modes take yes or no.
    """

    type: Literal["alter_ties"]
    relation: Word
    alters: AlterSample
    mode: Literal["one_to_many", "pairs", "strength", "sociogram"] = "one_to_many"
    scale: Word | None = None
    options: tuple[Option, ...] = ()
    unrelated_option: bool | Text = False
    randomise: Literal["alters"] | None = None


class OrgTiesPage(QuestionPage):
    """What the respondent's site has to do with other sites: several options a site, or one step of a scale."""

    type: Literal["org_ties"]
    roster: Word
    relation: Word
    scale: Word | None = None
    options: tuple[Option, ...] = Field(min_length=1)
    max: int = Field(default=50, ge=1, le=500)


class Group(Part):
    """A kind of people that a respondent may know some of."""

    id: Word
    label: Text


class ArdPage(QuestionPage):
    """How many people do you know in each group: whole numbers, no names."""

    type: Literal["ard"]
    groups: tuple[Group, ...] = Field(min_length=1, max_length=50)
    maximum: int = Field(default=999, ge=1, le=100_000)


class PlacePage(QuestionPage):
    """Each person put into one circle or bin."""

    type: Literal["place"]
    alters: Word
    mode: Literal["circles", "bins"] = "bins"
    scale: Word | None = None
    options: tuple[Option, ...] = Field(min_length=2)
    randomise: Literal["alters"] | None = None


class NarrativePage(QuestionPage):
    """The respondent's own map so far; with a `label` it asks what they say about it."""

    type: Literal["narrative"]
    alters: Word | None = None
    color_by: Word | None = None
    size_by: Word | None = None


class FinishPage(Page):
    """The end: what happens next, and the respondent's own map."""

    type: Literal["finish"]
    show: tuple[Literal["own_map", "next_wave_date"], ...] = ()


AnyPage = Annotated[
    ConsentPage
    | InfoPage
    | FormPage
    | NameGeneratorPage
    | AlterReviewPage
    | AlterFormPage
    | AlterGridPage
    | AlterTiesPage
    | OrgTiesPage
    | ArdPage
    | PlacePage
    | NarrativePage
    | FinishPage,
    Field(discriminator="type"),
]
