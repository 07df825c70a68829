"""What answers mean for the network: one tie for each person and each topic ticked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from instruments.responses import Alter, AnswerKey, Missing, Responses, Value
from instruments.route import Step, steps
from instruments.schema import AlterFormPage, AlterGridPage, AnyItem, ChoiceItem, Instrument, ScaleItem, TieBinding

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


def bind(instrument: Instrument, responses: Responses) -> tuple[BoundTie, ...]:
    """The ties that the answers so far mean: an alter with no topic ticked gives one tie without a topic.

    Answers on pages that are no longer on the route (their condition stopped holding) count as not given.
    """
    said = _Said(instrument, responses)
    return tuple(
        tie
        for relation, binding in instrument.ties.items()
        for alter in responses.named_on(binding.source)
        for tie in _ties_with(alter, relation, binding, said)
    )


class _Said:
    """Looks answers up by item and alter, on pages of the route only."""

    def __init__(self, instrument: Instrument, responses: Responses) -> None:
        self.instrument, self.responses = instrument, responses
        self.route = set(steps(instrument, responses))
        self.items: dict[str, tuple[AnyItem, Step | str]] = {}
        for page in instrument.pages:
            if isinstance(page, AlterGridPage):
                self.items |= {item.id: (item, Step(page.id)) for item in page.then}
            elif isinstance(page, AlterFormPage):
                self.items |= {item.id: (item, page.id) for item in page.items}

    def answer(self, item_id: str | None, alter: int, topic: str | None = None) -> Value | None:
        """The answer given; None when there is none or only a reason for none."""
        if item_id not in self.items:
            return None
        place = self.items[item_id][1]
        if (Step(place, alter) if isinstance(place, str) else place) not in self.route:
            return None
        value = self.responses.answers.get(AnswerKey(item_id, alter, topic))
        return None if isinstance(value, Missing) else value

    def topics(self, binding: TieBinding, alter: int) -> tuple[tuple[str, Value], ...]:
        """The topics ticked for one alter in the bound grid, with what was ticked."""
        if binding.topic is None or Step(binding.topic) not in self.route:
            return ()
        item = next(i for i, (_, place) in self.items.items() if place == Step(binding.topic))
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
    options = item.options if isinstance(item, ChoiceItem | ScaleItem) else ()
    return next((option.contacts_per_year for option in options if option.value == value), None)


def _direction(binding: TieBinding, alter: int, ticked: Value | None, said: _Said) -> Direction | None:
    """From the ticked cell when the grid asks for the direction, else from the question about the alter."""
    asked_in_grid = binding.direction in said.items and isinstance(said.items[binding.direction][1], Step)
    value = ticked if asked_in_grid else said.answer(binding.direction, alter)
    words = (value,) if isinstance(value, str) else value if isinstance(value, tuple) else ()
    return "both" if "both" in words else DIRECTIONS.get(frozenset(words))


def _kind(mechanism: str | None, instrument: Instrument) -> str | None:
    return next((m.kind for m in instrument.mechanisms if m.id == mechanism), None)


def _word(value: Value | None) -> str | None:
    return value if isinstance(value, str) else None
