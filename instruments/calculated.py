"""Values worked out from other answers when a page is saved: CEL over what the respondent said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from instruments.baseline import items_of, with_baseline
from instruments.conditions import applies, compile_condition, evaluate
from instruments.responses import AnswerKey, Responses, Value
from instruments.route import people, steps
from instruments.schema import AlterFormPage, AlterReviewPage, AnyPage, CalculatedItem, Instrument

SCALARS = (bool, str, float)


def calculate(instrument: Instrument, responses: Responses) -> dict[AnswerKey, Value]:
    """Every calculated value of the pages on the route, in the order of the file: a later one sees the earlier ones.

    One that needs an answer not given, or gives neither text, number, yes or no nor a list of texts, has no value.
    """
    known = with_baseline(instrument, responses)
    pages = [page for page in instrument.pages if any(isinstance(i, CalculatedItem) for i in items_of(page))]
    if not pages:
        return {}
    route = {step.page for step in steps(instrument, responses)}
    found: dict[AnswerKey, Value] = {}
    for page in pages:
        if page.id not in route:
            continue
        for item, number in _calculated(page, known):
            so_far = replace(known, answers={**known.answers, **found})
            value = _value(item, so_far, number)
            if value is not None:
                found[AnswerKey(item.id, number)] = value
    return found


def calculated_keys(instrument: Instrument, responses: Responses) -> tuple[AnswerKey, ...]:
    """Every key that a calculated value may stand under: what `calculate` gives afresh."""
    numbers = [alter.number for alter in responses.alters]
    return tuple(
        AnswerKey(item.id, number)
        for page in instrument.pages
        for item in items_of(page)
        if isinstance(item, CalculatedItem)
        for number in (numbers if isinstance(page, AlterFormPage | AlterReviewPage) else [None])
    )


def _calculated(page: AnyPage, responses: Responses) -> Iterator[tuple[CalculatedItem, int | None]]:
    about_people = isinstance(page, AlterFormPage | AlterReviewPage)
    numbers: list[int | None] = [alter.number for alter in people(page, responses)] if about_people else [None]
    for number in numbers:
        for item in items_of(page):
            if isinstance(item, CalculatedItem) and applies(item.when, responses, number):
                yield item, number


def _value(item: CalculatedItem, responses: Responses, alter: int | None) -> Value | None:
    return _as_value(evaluate(compile_condition(item.value), responses, alter))


def _as_value(value: object) -> Value | None:
    if isinstance(value, SCALARS):
        return value
    if isinstance(value, int):
        return float(value)
    if isinstance(value, list) and all(isinstance(entry, str) for entry in value):
        return tuple(value)
    return None
