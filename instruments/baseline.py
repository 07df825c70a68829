"""Questions asked once: left out where an earlier wave has the answer, which then counts for this wave."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from instruments.conditions import applies
from instruments.responses import AnswerKey, Missing, Responses
from instruments.schema import (
    AlterFormPage,
    AlterGridPage,
    AlterReviewPage,
    AnyItem,
    AnyPage,
    FormPage,
    Instrument,
    LikertItem,
    Silent,
)


def items_of(page: AnyPage) -> tuple[AnyItem, ...]:
    """The items that a page holds, in the order of the file; empty for pages without."""
    if isinstance(page, FormPage | AlterFormPage):
        return page.items
    if isinstance(page, AlterReviewPage):
        return page.ask
    return page.then if isinstance(page, AlterGridPage) else ()


def item_keys(item: AnyItem, alter: int | None = None) -> tuple[AnswerKey, ...]:
    """Where the answers to one item stand: one each, for a likert one a statement, none for texts and calculations."""
    if isinstance(item, Silent):
        return ()
    if isinstance(item, LikertItem):
        return tuple(AnswerKey(statement.id, alter) for statement in item.statements)
    return (AnswerKey(item.id, alter),)


def asks(item: AnyItem, responses: Responses, alter: int | None = None) -> bool:
    """Whether an item is put: its condition holds, and it was not answered for good in an earlier wave."""
    return not (item.ask_once and answered_before(item, responses, alter)) and applies(item.when, responses, alter)


def answered_before(item: AnyItem, responses: Responses, alter: int | None = None) -> bool:
    """Whether the last wave has an answer to every part of an item."""
    keys = item_keys(item, alter)
    return bool(keys) and all(_told(responses.previous.get(key)) for key in keys)


def with_baseline(instrument: Instrument, responses: Responses) -> Responses:
    """The responses with last wave's answers to the questions that are asked once."""
    if not responses.previous:
        return responses
    known = {key: responses.previous[key] for key in _once(instrument, responses) if key not in responses.answers}
    return replace(responses, answers=known | dict(responses.answers)) if known else responses


def _once(instrument: Instrument, responses: Responses) -> Iterator[AnswerKey]:
    numbers = (None, *(alter.number for alter in responses.alters))
    for page in instrument.pages:
        for item in items_of(page):
            for key in (key for number in numbers for key in item_keys(item, number)) if item.ask_once else ():
                if _told(responses.previous.get(key)):
                    yield key


def _told(value: object) -> bool:
    return value is not None and not isinstance(value, Missing)
