"""What answers mean for the network: one tie for each person and each topic ticked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from instruments.baseline import items_of
from instruments.counted import walk
from instruments.pairs import is_tie, said_of_pairs
from instruments.responses import Alter, AnswerKey, Missing, Responses, Value
from instruments.route import Step
from instruments.schema import (
    AlterFormPage,
    AlterGridPage,
    AlterReviewPage,
    AlterTiesPage,
    AnyItem,
    AnyPage,
    Choosing,
    Instrument,
    OrgTiesPage,
    TieBinding,
)

Direction = Literal["get", "give", "both"]
DIRECTIONS: dict[frozenset[str], Direction] = {
    frozenset({"i_get"}): "get",
    frozenset({"i_give"}): "give",
    frozenset({"i_get", "i_give"}): "both",
    frozenset({"both"}): "both",
}


@dataclass(frozen=True)
class BoundTie:
    """From the respondent to one alter, about one topic; None is "not asked or not said".

    contacts_per_year  1/year, as the chosen step of the scale says
    formality          "formal", "informal" or "both"
    direction          of knowledge, seen from the respondent: "get", "give" or "both"
    mechanism_kind     "formal", "informal" or "intermediary"
    """

    relation: str
    alter: int
    topic: str | None
    contacts_per_year: float | None
    formality: str | None
    direction: Direction | None
    mechanism: str | None
    mechanism_kind: str | None


@dataclass(frozen=True)
class BoundPair:
    """A tie that the respondent sees between two alters; `low` < `high`; `strength` is a step of a scale, if asked."""

    relation: str
    low: int
    high: int
    strength: str | None


@dataclass(frozen=True)
class BoundSite:
    """What the respondent's site has to do with another: the options chosen, or the one step of a scale."""

    relation: str
    site: str
    values: tuple[str, ...]


def bind(instrument: Instrument, responses: Responses) -> tuple[BoundTie, ...]:
    """The ties that the answers so far mean: an alter with no topic ticked gives one tie without a topic.

    Answers on pages that are no longer on the route (their condition stopped holding) count as not given, and people
    named there as not named.
    """
    said = _Said(instrument, responses)
    return tuple(
        tie
        for relation, binding in instrument.ties.items()
        for alter in said.responses.named_on(binding.source)
        for tie in _ties_with(alter, relation, binding, said)
    )


def bind_pairs(instrument: Instrument, responses: Responses) -> tuple[BoundPair, ...]:
    """The ties between alters that the answers so far mean, on pages of the route; no row where there is no tie.

    Where several pages ask about one relation a pair still gives one row, with the first strength that was said.
    """
    on_route, said = _pages_on_route(instrument, responses)
    found: dict[tuple[str, int, int], str | None] = {}
    for page in instrument.pages:
        if not isinstance(page, AlterTiesPage) or page.id not in on_route:
            continue
        for (low, high), value in said_of_pairs(page, said):
            if is_tie(value):
                key = (page.relation, low.number, high.number)
                found[key] = found.get(key) or _word(value)
    return tuple(BoundPair(*key, strength) for key, strength in found.items())


def bind_sites(instrument: Instrument, responses: Responses) -> tuple[BoundSite, ...]:
    """The ties between the respondent's site and others that the answers so far mean, on pages of the route.

    Where several pages ask about one relation a site still gives one row, with all that was said of it.
    """
    on_route, said = _pages_on_route(instrument, responses)
    relations = {p.id: p.relation for p in instrument.pages if isinstance(p, OrgTiesPage) and p.id in on_route}
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for key, value in said.answers.items():
        if key.item in relations and key.topic is not None and value and isinstance(value, str | tuple):
            place = (relations[key.item], key.topic)
            words = (value,) if isinstance(value, str) else value
            found[place] = tuple(dict.fromkeys((*found.get(place, ()), *words)))
    return tuple(BoundSite(relation, site, values) for (relation, site), values in found.items())


def _pages_on_route(instrument: Instrument, responses: Responses) -> tuple[set[str], Responses]:
    """The pages on the route and what counts; none is looked for when no page asks about others' ties."""
    if not any(isinstance(page, AlterTiesPage | OrgTiesPage) for page in instrument.pages):
        return set(), responses
    walked = walk(instrument, responses)
    return {step.page for step in walked.route}, walked.responses


class _Said:
    """Looks up by item and alter the answers that count: on the route, or given for good in an earlier wave."""

    def __init__(self, instrument: Instrument, responses: Responses) -> None:
        route, self.responses = walk(instrument, responses)
        self.instrument, self.route = instrument, set(route)
        self.items: dict[str, tuple[AnyItem, AnyPage]] = {
            item.id: (item, page)
            for page in instrument.pages
            if isinstance(page, AlterFormPage | AlterGridPage | AlterReviewPage)
            for item in items_of(page)
        }

    def answer(self, item_id: str | None, alter: int, topic: str | None = None) -> Value | None:
        """The answer given; None when there is none or only a reason for none."""
        if item_id not in self.items:
            return None
        value = self.responses.answers.get(AnswerKey(item_id, alter, topic))
        return None if isinstance(value, Missing) else value

    def topics(self, binding: TieBinding, alter: int) -> tuple[tuple[str, Value], ...]:
        """The topics ticked for one alter in the bound grid, with what was ticked."""
        if binding.topic is None or Step(binding.topic) not in self.route:
            return ()
        item = next(item_id for item_id, (_, page) in self.items.items() if page.id == binding.topic)
        found = ((t.id, self.responses.answers.get(AnswerKey(item, alter, t.id))) for t in self.instrument.topics)
        return tuple((topic, value) for topic, value in found if value and not isinstance(value, Missing))


def _ties_with(alter: Alter, relation: str, binding: TieBinding, said: _Said) -> Iterator[BoundTie]:
    number = alter.number
    mechanism = _word(said.answer(binding.mechanism, number))
    for topic, ticked in said.topics(binding, number) or ((None, None),):
        yield BoundTie(
            relation=relation,
            alter=number,
            topic=topic,
            contacts_per_year=_contacts_per_year(binding, number, said),
            formality=_word(said.answer(binding.formality, number)),
            direction=_direction(binding, number, ticked, said),
            mechanism=mechanism,
            mechanism_kind=_kind(mechanism, said.instrument),
        )


def _contacts_per_year(binding: TieBinding, alter: int, said: _Said) -> float | None:
    value = said.answer(binding.frequency, alter)
    item = said.items[binding.frequency][0] if binding.frequency in said.items else None
    options = item.options if isinstance(item, Choosing) else ()
    return next((option.contacts_per_year for option in options if option.value == value), None)


def _direction(binding: TieBinding, alter: int, ticked: Value | None, said: _Said) -> Direction | None:
    """From the ticked cell when the grid asks for the direction, else from the question about the alter."""
    asked_in_grid = binding.direction in said.items and isinstance(said.items[binding.direction][1], AlterGridPage)
    value = ticked if asked_in_grid else said.answer(binding.direction, alter)
    words = (value,) if isinstance(value, str) else value if isinstance(value, tuple) else ()
    return "both" if "both" in words else DIRECTIONS.get(frozenset(words))


def _kind(mechanism: str | None, instrument: Instrument) -> str | None:
    return next((m.kind for m in instrument.mechanisms if m.id == mechanism), None)


def _word(value: Value | None) -> str | None:
    return value if isinstance(value, str) else None
