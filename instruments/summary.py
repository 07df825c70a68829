"""What was said, page by page and person by person, for "check your answers"."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from instruments.answer_text import answer_text
from instruments.asked import Put, expanded, page_item, questions_on, row_of
from instruments.baseline import asks
from instruments.counted import Walked, walk
from instruments.pairs import is_tie, said_of_pairs
from instruments.responses import Alter, AnswerKey, Missing, Responses
from instruments.route import Step, people
from instruments.schema import (
    AlterFormPage,
    AlterGridPage,
    AlterReviewPage,
    AlterTiesPage,
    AnyPage,
    ArdPage,
    FormPage,
    Instrument,
    LookupItem,
    NameGeneratorPage,
    NarrativePage,
    OrgTiesPage,
    PlacePage,
    Silent,
)
from instruments.wording import phrase, question, say

__all__ = ["Entry", "Row", "Section", "answer_text", "summarise"]

Entry = Callable[[str, str], str]
"""entry(roster, code): what a roster calls one of its entries."""

AboutPeople = AlterFormPage | AlterGridPage | AlterReviewPage | PlacePage


class Row(NamedTuple):
    """One question, its answer in words, and the step where it can be changed."""

    question: str
    answer: str
    step_key: str


class Section(NamedTuple):
    """A heading with its rows: one page about the respondent, the names given, or all about one person."""

    title: str
    step_key: str
    rows: tuple[Row, ...]


def summarise(
    instrument: Instrument, responses: Responses, language: str, *, entry: Entry | None = None
) -> tuple[Section, ...]:
    """Everything that counts, in the order of the route; people stand where the first page about them does.

    Pairs are told in one row a page, and so are sites. `entry(roster, code)` gives the words for what a lookup chose;
    without it the code is shown.
    """
    teller = _Teller(instrument, walk(instrument, responses), language, entry or (lambda roster, code: code))
    return tuple(section for section in teller.sections() if section.rows)


class _Teller:
    """Puts one interview into words in one language."""

    def __init__(self, instrument: Instrument, walked: Walked, language: str, entry: Entry) -> None:
        self.instrument, self.language, self.entry = instrument, language, entry
        self.route, self.responses = walked
        self.pages = {step.page: instrument.page(step.page) for step in self.route}
        self.topics = {t.id: say(t.label, language) for t in instrument.topics}

    def sections(self) -> Iterator[Section]:
        told: set[int] = set()
        for page_id, page in self.pages.items():
            step = next(step for step in self.route if step.page == page_id)
            if isinstance(page, AboutPeople):
                fresh = [alter for alter in people(page, self.responses) if alter.number not in told]
                told |= {alter.number for alter in fresh}
                yield from (self.person(alter) for alter in fresh)
            elif isinstance(page, NameGeneratorPage):
                yield self.names(page, step)
            elif isinstance(page, FormPage | ArdPage | NarrativePage):
                yield Section(self.title(page), step.key, tuple(self.rows(step)))
            elif isinstance(page, AlterTiesPage):
                yield Section(self.title(page), step.key, (self.pairs(page, step),))
            elif isinstance(page, OrgTiesPage):
                yield Section(self.title(page), step.key, (self.sites(page, step),))

    def title(self, page: AnyPage, **names: str) -> str:
        if page.title is not None:
            return say(page.title, self.language, **names)
        label = getattr(page, "label", None)
        return say(label, self.language) if label is not None else page.id.replace("_", " ").capitalize()

    def names(self, page: NameGeneratorPage, step: Step) -> Section:
        """Who was named; the words for "no one" when nobody was."""
        labels = ", ".join(alter.label for alter in self.responses.named_on(page.id))
        none = say(page.none_option, self.language) if page.id in self.responses.no_one else ""
        asked = say(page.prompts[0].text, self.language)
        title = say(page.title, self.language) if page.title else asked
        return Section(title, step.key, (Row(asked, labels or none or phrase("blank", self.language), step.key),))

    def person(self, alter: Alter) -> Section:
        """All that was said about one alter, from every page on the route; changed first at their own page."""
        rows = [row for step in self.route for row in self.about(alter, step)]
        own = next((step.key for step in self.route if _is_own(step, self.pages[step.page], alter)), "")
        return Section(alter.label, own or (rows[0].step_key if rows else ""), tuple(rows))

    def about(self, alter: Alter, step: Step) -> Iterator[Row]:
        page = self.pages[step.page]
        if isinstance(page, AlterGridPage) and alter in people(page, self.responses):
            yield self.topics_row(page, step, alter)
        elif isinstance(page, AlterFormPage | AlterReviewPage | PlacePage):
            yield from self.rows(step, alter)

    def topics_row(self, page: AlterGridPage, step: Step, alter: Alter) -> Row:
        item = page.then[0]
        said = [
            f"{label}: {answer_text(item, value, self.language)}"
            for topic, label in self.topics.items()
            if (value := self.responses.answers.get(AnswerKey(item.id, alter.number, topic)))
            and not isinstance(value, Missing)
        ]
        title = say(page.title, self.language, alter=alter.label) if page.title else phrase("topics", self.language)
        return Row(title, "; ".join(said) or phrase("blank", self.language), step.key)

    def rows(self, step: Step, alter: Alter | None = None) -> Iterator[Row]:
        """One row for each question that was put; what a condition ruled out has none."""
        for put in questions_on(self.instrument, step, self.responses, self.language):
            asked = alter is None or put.key.alter == alter.number
            if asked and not isinstance(put.item, Silent) and asks(put.item, self.responses, put.key.alter):
                yield from (self.row(part, step, alter) for part in self.told(put))

    def told(self, put: Put) -> Iterator[Put]:
        parts = expanded(put, self.language)
        return (part for part in parts if self.responses.answers.get(part.key) is not Missing.SKIPPED)

    def row(self, put: Put, step: Step, alter: Alter | None) -> Row:
        value = self.responses.answers.get(put.key)
        if isinstance(put.item, LookupItem) and isinstance(value, str):
            value = self.entry(put.item.roster, value)
        words = question(put.item, self.language, **put.names)
        asked = put.row if put.row and alter is None else words
        return Row(
            asked, answer_text(put.item, value, self.language, self.responses.other_text.get(put.key, "")), step.key
        )

    def pairs(self, page: AlterTiesPage, step: Step) -> Row:
        """Who know each other, in one row: each person with those after them."""
        asked = say(page.label, self.language) if page.label is not None and page.mode != "one_to_many" else ""
        said, item = said_of_pairs(page, self.responses), page_item(page)
        tied = [
            f"{low.label} – {high.label}"
            + (f" ({answer_text(item, value, self.language)})" if page.mode == "strength" else "")
            for (low, high), value in said
            if is_tie(value)
        ]
        nothing = "no_pairs" if any(value is not None for _, value in said) else "blank"
        words = asked if asked and "{" not in asked else phrase("pairs", self.language)
        return Row(words, "; ".join(tied) or phrase(nothing, self.language), step.key)

    def sites(self, page: OrgTiesPage, step: Step) -> Row:
        """Every site with an answer, in one row."""
        said = [
            f"{self.entry(page.roster, key.topic)}: {answer_text(row_of(page, '', '').item, value, self.language)}"
            for key, value in self.responses.answers.items()
            if key.item == page.id and key.topic is not None
        ]
        return Row(self.title(page), "; ".join(said) or phrase("blank", self.language), step.key)


def _is_own(step: Step, page: AnyPage, alter: Alter) -> bool:
    """Whether a step asks about this person what only people are asked, alone or with others."""
    return isinstance(page, AlterFormPage) and step.alter in (None, alter.number)
