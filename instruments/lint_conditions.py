"""Conditions: do they parse, and do they ask about something that was asked before?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from instruments.conditions import CompiledCondition, ConditionError, compile_condition
from instruments.problems import Finding, Place, did_you_mean
from instruments.schema import AlterFormPage, AlterGridPage, ConsentPage, FormPage, Instrument, NameGeneratorPage


@dataclass
class _Known:
    """What has been asked up to one place of the questionnaire."""

    ego: set[str] = field(default_factory=lambda: {"wave"})
    alter: dict[str, set[str]] = field(default_factory=dict)


def conditions(instrument: Instrument) -> Iterator[Finding]:
    """Each condition in order; what it names must stand earlier, and `alter` only on pages about people."""
    known = _Known()
    for at, page in enumerate(instrument.pages):
        source = _source(page)
        yield from _check(page.when, ("pages", at, "when"), known, None if isinstance(page, AlterGridPage) else source)
        if isinstance(page, ConsentPage):
            known.ego |= {statement.id for statement in page.statements}
        elif isinstance(page, NameGeneratorPage):
            known.ego.add(page.id)
        elif isinstance(page, FormPage | AlterFormPage | AlterGridPage):
            key = "then" if isinstance(page, AlterGridPage) else "items"
            for n, item in enumerate(getattr(page, key)):
                yield from _check(item.when, ("pages", at, key, n, "when"), known, source)
                _asked(known, source).add(item.id)


def _source(page: object) -> str | None:
    """The page that named the people whom this page is about."""
    if isinstance(page, AlterFormPage):
        return page.alters
    return page.over.alters if isinstance(page, AlterGridPage) else None


def _asked(known: _Known, source: str | None) -> set[str]:
    return known.ego if source is None else known.alter.setdefault(source, set())


def _check(text: str | None, place: Place, known: _Known, source: str | None) -> Iterator[Finding]:
    if text is None:
        return
    try:
        compiled = compile_condition(text)
    except ConditionError as error:
        yield Finding(place, f"The condition is not understood: {error}", "Write it as in: size(page_id) > 3.")
        return
    if not compiled.names:
        yield Finding(place, "The condition names no answer", "Remove it, or name a question.")
    yield from _unknown(compiled, place, known, source)


def _unknown(compiled: CompiledCondition, place: Place, known: _Known, source: str | None) -> Iterator[Finding]:
    for name in compiled.names:
        if name != "alter" and name not in known.ego:
            remedy = did_you_mean(name, known.ego, "Name a question that stands before this one.")
            yield Finding(place, f"The condition names '{name}', which is not asked before", remedy)
        elif name == "alter" and source is None:
            yield Finding(place, "The condition names 'alter' where there is none", "Use it on pages about people.")
    about = known.alter.get(source or "", set())
    for item in compiled.alter_items if source is not None else ():
        if item not in about:
            remedy = did_you_mean(item, about, "Name a question about people that stands before this one.")
            yield Finding(place, f"The condition names 'alter.{item}', which is not asked before", remedy)
