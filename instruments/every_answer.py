"""Every question of an interview with its answer, or with the reason why there is none: what an export holds."""

from __future__ import annotations

from collections.abc import Iterator

from instruments.asked import keys_put, questions_on
from instruments.baseline import item_keys, items_of
from instruments.conditions import applies
from instruments.counted import Walked, walk
from instruments.pairs import pair_key, said_of_pairs
from instruments.responses import AnswerKey, Missing, Responses, Value
from instruments.route import Step, people
from instruments.schema import (
    AlterFormPage,
    AlterReviewPage,
    AlterTiesPage,
    AnyPage,
    CalculatedItem,
    ConsentPage,
    Instrument,
    OrgTiesPage,
)


def every_answer(instrument: Instrument, responses: Responses) -> dict[AnswerKey, Value | None]:
    """Each question about ego, each person named and each pair: its answer, a reason for none, or None for a blank.

    SKIPPED     a condition ruled out the question, its page or the pair
    NOT_ASKED   the page is not of this wave, or its step was not saved yet
    None        the step was saved and the question left blank; or a calculation lacks an answer
    "Do not know" and "would rather not say" are as stored. Only what counts is told (`counted`): an answer given for
    good in an earlier wave does, and one whose question has left the route does not, nor do people named on a page
    that has. Sites stand only where something was said of them.
    """
    walked = walk(instrument, responses)
    return {
        key: _outcome(page, key, value, walked)
        for page in instrument.pages
        for key, value in _keys(page, instrument, walked.responses)
    }


def _keys(page: AnyPage, instrument: Instrument, responses: Responses) -> Iterator[tuple[AnswerKey, Value | None]]:
    """Every key that a page may answer, with what is stored there or follows from "none of the rest"."""
    if isinstance(page, AlterTiesPage):
        yield from ((pair_key(page, pair), value) for pair, value in said_of_pairs(page, responses))
        return
    for key in (*_plain_keys(page, instrument, responses), *_calculated_keys(page, responses)):
        yield key, responses.answers.get(key)


def _plain_keys(page: AnyPage, instrument: Instrument, responses: Responses) -> tuple[AnswerKey, ...]:
    if isinstance(page, ConsentPage):
        return tuple(AnswerKey(statement.id) for statement in page.statements)
    if isinstance(page, OrgTiesPage):
        return tuple(key for key in responses.answers if key.item == page.id)
    if isinstance(page, AlterFormPage):
        named = responses.named_on(page.alters)
        return tuple(key for alter in named for item in page.items for key in item_keys(item, alter.number))
    return keys_put(questions_on(instrument, Step(page.id), responses, responses.language))


def _calculated_keys(page: AnyPage, responses: Responses) -> Iterator[AnswerKey]:
    about: list[int | None] = [None]
    if isinstance(page, AlterFormPage | AlterReviewPage):
        named = responses.named_on(page.alters) if isinstance(page, AlterFormPage) else responses.carried
        about = [alter.number for alter in named]
    items = [item for item in items_of(page) if isinstance(item, CalculatedItem)]
    return (AnswerKey(item.id, number) for number in about for item in items)


def _outcome(page: AnyPage, key: AnswerKey, value: Value | None, walked: Walked) -> Value | None:
    if value is not None:
        return value
    if page.waves and walked.responses.wave not in page.waves:
        return Missing.NOT_ASKED
    asked = next((step for step in walked.route if step.page == page.id and _asks_about(step, page, key)), None)
    if asked is None or not _asks_of(page, key, walked.responses):
        return Missing.SKIPPED
    if asked.key not in walked.responses.done:
        return Missing.NOT_ASKED
    return None if _puts(page, key, walked.responses) else Missing.SKIPPED


def _asks_about(step: Step, page: AnyPage, key: AnswerKey) -> bool:
    """Whether a step may hold an answer; a pair asked person by person is asked with whoever of the two comes first."""
    if isinstance(page, AlterTiesPage) and page.mode == "one_to_many":
        return step.alter in (key.alter, key.to)
    return step.alter in (None, key.alter) and step.to in (None, key.to)


def _asks_of(page: AnyPage, key: AnswerKey, responses: Responses) -> bool:
    """Whether a page that is on the route asks about this person: a page in one table may ask of some only."""
    if not isinstance(page, AlterFormPage):
        return True
    return any(alter.number == key.alter for alter in people(page, responses))


def _puts(page: AnyPage, key: AnswerKey, responses: Responses) -> bool:
    """Whether the question's own condition holds, or it has none."""
    return all(
        applies(item.when, responses, key.alter)
        for item in items_of(page)
        if any(part.item == key.item for part in item_keys(item))
    )
