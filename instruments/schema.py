"""The frozen types that one questionnaire file becomes: Instrument, with its pages, items and parts."""

from __future__ import annotations

from pydantic import Field

from instruments.schema_items import (
    AnyItem,
    BooleanItem,
    CalculatedItem,
    ChoiceItem,
    Choosing,
    ContactItem,
    DateItem,
    InfoItem,
    Item,
    LikertItem,
    LookupItem,
    NumberItem,
    RankItem,
    ScaleItem,
    Silent,
    TextItem,
)
from instruments.schema_pages import (
    AlterFormPage,
    AlterGridPage,
    AlterReviewPage,
    AlterSample,
    AlterTiesPage,
    AnyPage,
    ArdPage,
    ConsentPage,
    FinishPage,
    FormPage,
    GeneratorMode,
    GridOver,
    Group,
    InfoPage,
    NameGeneratorPage,
    NarrativePage,
    OrgTiesPage,
    Page,
    PlacePage,
    Prompt,
    QuestionPage,
)
from instruments.schema_parts import (
    Condition,
    Language,
    Mechanism,
    NamesMode,
    Option,
    Part,
    Privacy,
    Relation,
    Role,
    Roster,
    Rule,
    Scale,
    Semantic,
    Slug,
    Statement,
    Synthetic,
    Text,
    Topic,
    Word,
)

__all__ = [
    "AlterFormPage", "AlterGridPage", "AlterReviewPage", "AlterSample", "AlterTiesPage", "AnyItem", "AnyPage",
    "ArdPage", "BooleanItem", "CalculatedItem", "ChoiceItem", "Choosing", "Condition", "ConsentPage", "ContactItem",
    "DateItem", "FinishPage", "FormPage", "GeneratorMode", "GridOver", "Group", "InfoItem", "InfoPage", "Instrument",
    "Item", "Language", "LikertItem", "LookupItem", "Mechanism", "NameGeneratorPage", "NamesMode", "NarrativePage",
    "NumberItem", "Option", "OrgTiesPage", "Page", "Part", "PlacePage", "Privacy", "Prompt", "QuestionPage",
    "RankItem", "Relation", "Role", "Roster", "Rule", "Scale", "ScaleItem", "Semantic", "Silent", "Slug", "Statement",
    "Synthetic", "Text", "TextItem", "TieBinding", "Topic", "Word",
]  # fmt: skip


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
    languages: tuple[Language, ...] = Field(default=("en",), min_length=1)
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
