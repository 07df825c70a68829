"""What was said, page by page and person by person, for "check your answers"."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from instruments.conditions import applies
from instruments.responses import Alter, AnswerKey, Missing, Responses, Value
from instruments.route import Route, Step, steps
from instruments.schema import (
    AlterFormPage,
    AlterGridPage,
    AnyItem,
    FormPage,
    Instrument,
    LookupItem,
    NameGeneratorPage,
)
from instruments.wording import option_label, phrase, question, say

Entry = Callable[[str, str], str]
"""entry(roster, code): what a roster calls one of its entries."""


class Row(NamedTuple):
    """One question, its answer in words, and the step where it can be changed."""

    question: str
    answer: str
    step_key: str


class Section(NamedTuple):
    """A heading with its rows: one form page, the names given, or one person."""

    title: str
    step_key: str
    rows: tuple[Row, ...]


def summarise(
    instrument: Instrument, responses: Responses, language: str, *, entry: Entry | None = None
) -> tuple[Section, ...]:
    """Everything on the route, in its order; people stand where the first page about them does.

    `entry(roster, code)` gives the words for what a lookup chose; without it the code is shown.
    """
    teller = _Teller(instrument, responses, language, entry or (lambda roster, code: code))
    return tuple(teller.sections())


def answer_text(item: AnyItem, value: Value | None, language: str, other: str = "") -> str:
    """One answer in words; "Not answered" when there is none."""
    if value is None:
        return phrase("blank", language)
    if isinstance(value, tuple):
        return ", ".join(_choice(item, word, language, other) for word in value) or phrase("blank", language)
    if isinstance(value, float):
        return f"{value:.15g}"
    if isinstance(value, bool | Missing) or item.type in ("single", "scale"):
        return _choice(item, value, language, other)
    return str(value)


def _choice(item: AnyItem, value: str | bool | Missing, language: str, other: str) -> str:
    label = option_label(item, value, language)
    return f"{label}: {other}" if value == "other" and other else label


class _Teller:
    """Puts one interview into words in one language."""

    def __init__(self, instrument: Instrument, responses: Responses, language: str, entry: Entry) -> None:
        self.instrument, self.responses, self.language, self.entry = instrument, responses, language, entry
        self.route: Route = steps(instrument, responses)
        self.topics = {t.id: say(t.label, language) for t in instrument.topics}

    def sections(self) -> Iterator[Section]:
        told: set[int] = set()
        for step in self.route:
            page = self.instrument.page(step.page)
            if isinstance(page, FormPage):
                title = say(page.title, self.language) if page.title else page.id.replace("_", " ").capitalize()
                yield Section(title, step.key, tuple(self.answers(page, step)))
            elif isinstance(page, NameGeneratorPage):
                yield self.names(page, step)
            elif isinstance(page, AlterFormPage | AlterGridPage):
                source = page.alters if isinstance(page, AlterFormPage) else page.over.alters
                fresh = [alter for alter in self.responses.named_on(source) if alter.number not in told]
                told |= {alter.number for alter in fresh}
                yield from (self.person(alter) for alter in fresh)

    def names(self, page: NameGeneratorPage, step: Step) -> Section:
        """Who was named; the words for "no one" when nobody was."""
        labels = ", ".join(alter.label for alter in self.responses.named_on(page.id))
        none = say(page.none_option, self.language) if page.id in self.responses.no_one else ""
        asked = say(page.prompts[0].text, self.language)
        title = say(page.title, self.language) if page.title else asked
        return Section(title, step.key, (Row(asked, labels or none or phrase("blank", self.language), step.key),))

    def person(self, alter: Alter) -> Section:
        """All that was said about one alter, from every page on the route; changed first at their own page."""
        rows: list[Row] = []
        for step in self.route:
            page = self.instrument.page(step.page)
            if isinstance(page, AlterFormPage) and step.alter == alter.number:
                rows += self.answers(page, step, alter)
            elif isinstance(page, AlterGridPage) and alter in self.responses.named_on(page.over.alters):
                rows.append(self.topics_row(page, step, alter))
        own = next((step.key for step in self.route if step.alter == alter.number), rows[0].step_key if rows else "")
        return Section(alter.label, own, tuple(rows))

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

    def answers(self, page: FormPage | AlterFormPage, step: Step, alter: Alter | None = None) -> Iterator[Row]:
        """One row for each question that was put; what a condition ruled out has none."""
        names = {"alter": alter.label} if alter else {}
        for item in page.items:
            key = AnswerKey(item.id, step.alter)
            value = self.responses.answers.get(key)
            if value is Missing.SKIPPED or not applies(item.when, self.responses, step.alter):
                continue
            if isinstance(item, LookupItem) and isinstance(value, str):
                value = self.entry(item.roster, value)
            text = answer_text(item, value, self.language, self.responses.other_text.get(key, ""))
            yield Row(question(item, self.language, **names), text, step.key)
