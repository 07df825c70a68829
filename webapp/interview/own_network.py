"""The respondent's own network in words: each person with how often, how, and who learns what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from instruments.responses import Alter, AnswerKey, Responses
from instruments.schema import AlterFormPage, AnyItem, Instrument
from instruments.summary import answer_text
from instruments.ties import BoundTie, bind
from instruments.wording import say

TAILS = (" NHS Foundation Trust", " NHS Trust")


@dataclass(frozen=True)
class Contact:
    """One person as the respondent described them.

    site               its short name; None when not known
    often, how         in the questionnaire's words; None when not answered
    contacts_per_year  1/year; None when not answered
    formality          "formal", "informal", "both" or None
    you_learn, they_learn  labels of topics
    numbered           whether the name was typed and is gone
    number             which of the people named it is
    """

    name: str
    detail: str
    site: str | None
    often: str | None
    how: str | None
    contacts_per_year: float | None
    formality: str | None
    you_learn: tuple[str, ...]
    they_learn: tuple[str, ...]
    numbered: bool
    number: int = 0

    @property
    def learns(self) -> bool:
        """Whether they learn from the respondent."""
        return bool(self.they_learn)

    @property
    def teaches(self) -> bool:
        """Whether the respondent learns from them."""
        return bool(self.you_learn)


def own_network(
    instrument: Instrument, responses: Responses, sites: Mapping[str, str], language: str
) -> tuple[Contact, ...]:
    """Everyone named, in the order they were named. `sites` gives code to name."""
    ties: dict[int, list[BoundTie]] = {}
    for tie in bind(instrument, responses):
        ties.setdefault(tie.alter, []).append(tie)
    topics = {topic.id: say(topic.label, language) for topic in instrument.topics}
    return tuple(
        _contact(alter, ties.get(alter.number, []), topics, sites, _Words(instrument, responses, language))
        for alter in responses.alters
    )


def short_site(name: str) -> str:
    """A site's name without the words that most of them end with."""
    for tail in TAILS:
        name = name.removesuffix(tail)
    return name


@dataclass(frozen=True)
class _Words:
    """Looks up what was answered about one alter, in words."""

    instrument: Instrument
    responses: Responses
    language: str

    def answer(self, item_id: str | None, number: int) -> str | None:
        item, value = self._item(item_id), self.responses.answers.get(AnswerKey(item_id or "", number))
        return answer_text(item, value, self.language) if item and value is not None else None

    def _item(self, item_id: str | None) -> AnyItem | None:
        pages = (page for page in self.instrument.pages if isinstance(page, AlterFormPage))
        return next((item for page in pages for item in page.items if item.id == item_id), None)


def _contact(
    alter: Alter, ties: list[BoundTie], topics: Mapping[str, str], sites: Mapping[str, str], words: _Words
) -> Contact:
    bindings = words.instrument.ties
    binding = bindings.get(ties[0].relation) if ties else None
    site = sites.get(alter.site or "")
    return Contact(
        name=alter.label,
        detail=alter.detail,
        site=short_site(site) if site else None,
        often=words.answer(binding.frequency, alter.number) if binding else None,
        how=words.answer(binding.formality, alter.number) if binding else None,
        contacts_per_year=ties[0].contacts_per_year if ties else None,
        formality=ties[0].formality if ties else None,
        you_learn=_topics(ties, topics, "get"),
        they_learn=_topics(ties, topics, "give"),
        numbered=alter.person is None,
        number=alter.number,
    )


def _topics(ties: list[BoundTie], topics: Mapping[str, str], direction: str) -> tuple[str, ...]:
    """Labels of the topics with that direction, each once, in the questionnaire's order."""
    ticked = {tie.topic for tie in ties if tie.topic and tie.direction in (direction, "both")}
    return tuple(label for topic, label in topics.items() if topic in ticked)
