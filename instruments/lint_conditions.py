"""Conditions: do they parse, and do they ask about something that was asked before?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from instruments.baseline import items_of
from instruments.conditions import CompiledCondition, ConditionError, compile_condition
from instruments.lint_people import CARRIED, asks_person_by_person, source_of
from instruments.problems import Finding, Place, did_you_mean
from instruments.schema import (
    AlterGridPage,
    AlterReviewPage,
    AnyItem,
    AnyPage,
    CalculatedItem,
    ConsentPage,
    InfoItem,
    Instrument,
    LikertItem,
    NameGeneratorPage,
    PlacePage,
)


@dataclass
class _Known:
    """What has been asked up to one place of the questionnaire."""

    ego: set[str] = field(default_factory=lambda: {"wave"})
    alter: dict[str, set[str]] = field(default_factory=dict)

    def asked(self, source: str | None) -> set[str]:
        """The set that answers about one source's people, or ego, are added to."""
        return self.ego if source is None else self.alter.setdefault(source, set())

    def about(self, source: str | None) -> set[str]:
        """What may be known of one source's people: last wave's review too, since they can be among them."""
        return self.alter.get(source or "", set()) | self.alter.get(CARRIED, set())


def conditions(instrument: Instrument) -> Iterator[Finding]:
    """Each condition in order; what it names must stand earlier, and `alter` only on pages about people."""
    known = _Known()
    for at, page in enumerate(instrument.pages):
        place: Place = ("pages", at)
        source = source_of(page)
        yield from _check(page.when, (*place, "when"), known, source if asks_person_by_person(page) else None)
        yield from _items(page, place, known, source)
        for n, rule in enumerate(getattr(page, "rules", ())):
            yield from _check(rule.when, (*place, "rules", n, "when"), known, source)
        _learn(page, known)


def _items(page: AnyPage, place: Place, known: _Known, source: str | None) -> Iterator[Finding]:
    key = "then" if isinstance(page, AlterGridPage) else "ask" if isinstance(page, AlterReviewPage) else "items"
    for n, item in enumerate(items_of(page)):
        yield from _check(item.when, (*place, key, n, "when"), known, source)
        if isinstance(item, CalculatedItem):
            yield from _check(item.value, (*place, key, n, "value"), known, source, what="calculation")
        known.asked(source).update(_names(item))


def _names(item: AnyItem) -> Iterator[str]:
    """The names under which a condition finds the answers to an item."""
    if isinstance(item, LikertItem):
        yield from (statement.id for statement in item.statements)
    elif not isinstance(item, InfoItem):
        yield item.id


def _learn(page: AnyPage, known: _Known) -> None:
    """What a page itself answers, once it is passed."""
    if isinstance(page, ConsentPage):
        known.ego |= {statement.id for statement in page.statements}
    elif isinstance(page, NameGeneratorPage):
        known.ego.add(page.id)
    elif isinstance(page, PlacePage):
        known.asked(page.alters).add(page.id)


def _check(
    text: str | None, place: Place, known: _Known, source: str | None, *, what: str = "condition"
) -> Iterator[Finding]:
    if text is None:
        return
    try:
        compiled = compile_condition(text)
    except ConditionError as error:
        yield Finding(place, f"The {what} is not understood: {error}", "Write it as in: size(page_id) > 3.")
        return
    if not compiled.names:
        yield Finding(place, f"The {what} names no answer", "Remove it, or name a question.")
    yield from _unknown(compiled, place, known, source, what)


def _unknown(
    compiled: CompiledCondition, place: Place, known: _Known, source: str | None, what: str
) -> Iterator[Finding]:
    for name in compiled.names:
        if name != "alter" and name not in known.ego:
            remedy = did_you_mean(name, known.ego, "Name a question that stands before this one.")
            yield Finding(place, f"The {what} names '{name}', which is not asked before", remedy)
        elif name == "alter" and source is None:
            yield Finding(place, f"The {what} names 'alter' where there is none", "Use it on pages about people.")
    about = known.about(source)
    for item in compiled.alter_items if source is not None else ():
        if item not in about:
            remedy = did_you_mean(item, about, "Name a question about people that stands before this one.")
            yield Finding(place, f"The {what} names 'alter.{item}', which is not asked before", remedy)
