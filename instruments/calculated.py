"""Values worked out from other answers when a page is saved: CEL over what the respondent said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from math import isfinite

from instruments.baseline import items_of, with_baseline
from instruments.conditions import applies, compile_condition, evaluate
from instruments.responses import AnswerKey, Responses, Value
from instruments.route import steps
from instruments.schema import AlterFormPage, AlterReviewPage, AnyPage, CalculatedItem, Instrument


def calculate(instrument: Instrument, responses: Responses) -> dict[AnswerKey, Value]:
    """Every calculated value of the pages on the route, in the order of the file: a later one sees the earlier ones.

    One that needs an answer not given, or gives neither text, finite number, yes or no nor a list of texts, has no
    value. A page that holds nothing else is never shown and counts as on the route.
    """
    pages = [page for page in instrument.pages if any(isinstance(i, CalculatedItem) for i in items_of(page))]
    if not pages:
        return {}
    known, old = with_baseline(instrument, responses), calculated_keys(instrument, responses)
    answers = {key: value for key, value in known.answers.items() if key not in old}
    so_far, found = replace(known, answers=answers), dict[AnswerKey, Value]()
    route = {step.page for step in steps(instrument, so_far)}
    for page in pages:
        for item, number in _calculated(page, so_far) if page.id in route or _unseen(page, so_far) else ():
            value = _as_value(evaluate(compile_condition(item.value), so_far, number))
            if value is not None:
                answers[AnswerKey(item.id, number)] = found[AnswerKey(item.id, number)] = value
    return found


def calculated_keys(instrument: Instrument, responses: Responses) -> frozenset[AnswerKey]:
    """Every key that a calculated value may stand under: what `calculate` gives afresh."""
    numbers = [alter.number for alter in responses.alters]
    return frozenset(
        AnswerKey(item.id, number)
        for page in instrument.pages
        for item in items_of(page)
        if isinstance(item, CalculatedItem)
        for number in (numbers if isinstance(page, AlterFormPage | AlterReviewPage) else [None])
    )


def _unseen(page: AnyPage, responses: Responses) -> bool:
    """Whether a page of this wave holds calculations only, about ego or about people."""
    only = all(isinstance(item, CalculatedItem) for item in items_of(page))
    in_wave = not page.waves or responses.wave in page.waves
    return only and in_wave and (isinstance(page, AlterFormPage) or applies(page.when, responses))


def _calculated(page: AnyPage, responses: Responses) -> Iterator[tuple[CalculatedItem, int | None]]:
    for number in _numbers(page, responses):
        for item in items_of(page):
            if isinstance(item, CalculatedItem) and applies(item.when, responses, number):
                yield item, number


def _numbers(page: AnyPage, responses: Responses) -> list[int | None]:
    """Whom a page's calculations are about: the people that it concerns, else ego."""
    if isinstance(page, AlterFormPage):
        return [a.number for a in responses.named_on(page.alters) if applies(page.when, responses, a.number)]
    return [a.number for a in responses.carried] if isinstance(page, AlterReviewPage) else [None]


def _as_value(value: object) -> Value | None:
    if isinstance(value, bool | str):
        return value
    if isinstance(value, int | float):
        return float(value) if isfinite(value) else None
    if isinstance(value, list) and all(isinstance(entry, str) for entry in value):
        return tuple(value)
    return None
