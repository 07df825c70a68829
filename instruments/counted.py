"""What counts of all that was said: the answers to questions on the route, with calculated values worked out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import isfinite
from typing import NamedTuple

from instruments.baseline import answered_before, asks, items_of, with_baseline
from instruments.conditions import applies, compile_condition, evaluate
from instruments.once import once
from instruments.page_steps import Route, page_steps, people
from instruments.pairs import sampled
from instruments.responses import AnswerKey, Missing, Responses, Value
from instruments.schema import (
    AlterFormPage,
    AlterGridPage,
    AlterReviewPage,
    AlterTiesPage,
    AnyItem,
    AnyPage,
    CalculatedItem,
    ConsentPage,
    FormPage,
    Instrument,
    LikertItem,
    NameGeneratorPage,
    PlacePage,
    QuestionPage,
)

Numbers = Sequence[int | None]
"""Whom something is asked about: numbers of alters, or None for ego."""


class Walked(NamedTuple):
    """The route, and the responses with what counts on it."""

    route: Route
    responses: Responses


def counted(instrument: Instrument, responses: Responses) -> Responses:
    """The responses with only what counts: the store keeps the rest, so that going back brings it back.

    An answer counts while its question is put: its page is on the route, for the person it is about, and its own
    condition holds; where only the latter fails it counts as skipped. Conditions before it were judged by answers
    that count, so what hangs on an answer leaves with it. People named on a page that left the route count as not
    named. An answer given for good in an earlier wave counts always. Calculated values are worked out afresh.
    """
    return walk(instrument, responses).responses


def walk(instrument: Instrument, responses: Responses) -> Walked:
    """The route and what counts on it: page after page, as each page hangs on answers before it."""
    walker = _Walker(with_baseline(instrument, responses))
    return Walked(walker.route(instrument), walker.so_far)


def as_judged(instrument: Instrument, responses: Responses) -> Responses:
    """The responses as a page's conditions and rules see them: what counts, or all where no condition rules it out."""
    return counted(instrument, responses) if _deciding(instrument) else with_baseline(instrument, responses)


def route_alone(instrument: Instrument, responses: Responses) -> Route:
    """The route of `walk`; only answers that decide it are followed, as it is asked for with every page."""
    known = with_baseline(instrument, responses)
    deciding = _deciding(instrument)
    if not deciding:
        return tuple(step for page in instrument.pages for step in page_steps(instrument, page, known))
    return _Walker(known, deciding).route(instrument)


@once
def _deciding(instrument: Instrument) -> frozenset[str]:
    """The names of all answers that conditions and calculations read, and of pages of pairs; none when none reads."""
    sources: list[str] = []
    for page in instrument.pages:
        sources += [page.when] if page.when else ()
        for item in items_of(page):
            sources += [item.when] if item.when else ()
            sources += [item.value] if item.type == "calculated" else ()
    compiled = [compile_condition(source) for source in sources]
    pairs = (page.id for page in instrument.pages if isinstance(page, AlterTiesPage)) if sources else ()
    return frozenset((*pairs, *(name for one in compiled for name in (*one.names, *one.alter_items))))


class _Walker:
    """Goes through the pages; `so_far` is what counts of those passed: of all items, or only of some."""

    def __init__(self, known: Responses, only: frozenset[str] | None = None) -> None:
        self.known, self.only = known, only
        self.answers: dict[AnswerKey, Value] = {}
        self.so_far = replace(known, answers=self.answers)
        self.stored: dict[tuple[str, int | None], list[AnswerKey]] = {}
        for key in known.answers:
            if only is None or key.item in only:
                self.stored.setdefault((key.item, key.alter), []).append(key)
        self.held = {name for name, _ in self.stored}

    def route(self, instrument: Instrument) -> Route:
        return tuple(step for page in instrument.pages for step in self.steps(instrument, page))

    def steps(self, instrument: Instrument, page: AnyPage) -> Route:
        """The steps of the next page; what it holds counts from here on."""
        own = {key: self.known.answers[key] for key in self.said_on(page)}
        self.answers |= own  # how far a page of pairs goes hangs on what was said there
        here = page_steps(instrument, page, self.so_far)
        if not here:
            for key in own:
                del self.answers[key]
        if not here and isinstance(page, NameGeneratorPage):
            self.forget_names(page.id)
        self.items(page, here)
        return here

    def forget_names(self, page_id: str) -> None:
        """Nobody was named on a page that is off the route, nor "no one"."""
        so_far = self.so_far
        named = tuple(one for one in so_far.nominations if one.page != page_id)
        off = {page_id}
        self.so_far = replace(so_far, nominations=named, no_one=so_far.no_one - off, done=so_far.done - off)

    def said_on(self, page: AnyPage) -> Iterator[AnswerKey]:
        """The stored answers of a page that is a question itself, about those whom it asks about."""
        if isinstance(page, ConsentPage):
            yield from (key for one in page.statements for key in self.stored.get((one.id, None), ()))
        elif isinstance(page, QuestionPage):
            numbers = _numbers(page, self.so_far)
            for of in numbers:
                yield from (key for key in self.stored.get((page.id, of), ()) if key.to is None or key.to in numbers)

    def items(self, page: AnyPage, here: Route) -> None:
        """Item after item, as the next may hang on it."""
        items = items_of(page)
        followed = [item for item in items if self.follows(item)]
        if not followed:
            return
        numbers = _numbers(page, self.so_far) if here or _only_calculates(page, items, self.so_far) else ()
        for item in followed:
            if isinstance(item, CalculatedItem):
                self.calculate(item, numbers)
            else:
                self.item(item, numbers)

    def follows(self, item: AnyItem) -> bool:
        """Whether an item can have a value here that matters."""
        if isinstance(item, CalculatedItem):
            return self.only is None or item.id in self.only
        return item.id in self.held or (isinstance(item, LikertItem) and not self.held.isdisjoint(_names(item)))

    def calculate(self, item: CalculatedItem, numbers: Numbers) -> None:
        for number in numbers:
            if applies(item.when, self.so_far, number):
                value = _as_value(evaluate(compile_condition(item.value), self.so_far, number))
                if value is not None:
                    self.answers[AnswerKey(item.id, number)] = value

    def item(self, item: AnyItem, numbers: Numbers) -> None:
        for number in self.everyone() if item.ask_once else numbers:
            stored = [key for name in _names(item) for key in self.stored.get((name, number), ())]
            if not stored:
                continue
            if item.ask_once and answered_before(item, self.known, number):
                self.answers.update((key, self.known.answers[key]) for key in stored)
            elif number in numbers:
                put = asks(item, self.so_far, number)
                self.answers.update((key, self.known.answers[key] if put else Missing.SKIPPED) for key in stored)

    def everyone(self) -> Numbers:
        return (None, *(alter.number for alter in self.known.alters))


def _names(item: AnyItem) -> tuple[str, ...]:
    """The names under which answers to an item stand."""
    return tuple(one.id for one in item.statements) if isinstance(item, LikertItem) else (item.id,)


def _numbers(page: AnyPage, responses: Responses) -> Numbers:
    """Whom a page on the route asks about, also where a single question is ruled out for them."""
    if isinstance(page, AlterFormPage):
        named = responses.named_on(page.alters)
        return [a.number for a in named if page.when is None or applies(page.when, responses, a.number)]
    if isinstance(page, AlterTiesPage):
        return [alter.number for alter in sampled(page, responses)]
    if isinstance(page, AlterGridPage | AlterReviewPage | PlacePage):
        return [alter.number for alter in people(page, responses)]
    return (None,)


def _only_calculates(page: AnyPage, items: tuple[AnyItem, ...], responses: Responses) -> bool:
    """Whether a page of this wave holds calculations only: it is never shown and counts as on the route."""
    if not isinstance(page, FormPage | AlterFormPage | AlterReviewPage):
        return False
    in_wave = not page.waves or responses.wave in page.waves
    only = in_wave and all(isinstance(item, CalculatedItem) for item in items)
    return only and (isinstance(page, AlterFormPage) or applies(page.when, responses))


def _as_value(value: object) -> Value | None:
    """What a calculation gave, as an answer; None for what is neither text, finite number, yes or no, nor texts."""
    if isinstance(value, bool | str):
        return value
    if isinstance(value, int | float):
        return float(value) if isfinite(value) else None
    if isinstance(value, list) and all(isinstance(entry, str) for entry in value):
        return tuple(value)
    return None
