"""Every question of an interview with its answer, or with the reason why there is none: what an export holds."""

from __future__ import annotations

from collections.abc import Iterator

from instruments.asked import keys_put, questions_on
from instruments.baseline import item_keys, with_baseline
from instruments.pairs import pair_key, said_of_pairs
from instruments.responses import AnswerKey, Missing, Responses, Value
from instruments.route import Route, Step, steps
from instruments.schema import AlterFormPage, AlterTiesPage, AnyPage, ConsentPage, Instrument, OrgTiesPage


def every_answer(instrument: Instrument, responses: Responses) -> dict[AnswerKey, Value | None]:
    """Each question about ego, each person named and each pair: its answer, a reason for none, or None for a blank.

    SKIPPED     a condition ruled out the question, its page or the pair
    NOT_ASKED   the page is not of this wave, or its step was not saved yet
    None        the step was saved and the question left blank
    "Do not know" and "would rather not say" are as stored. An answer given for good in an earlier wave counts; one on a
    page that has left the route does not. Sites stand only where something was said of them.
    """
    known = with_baseline(instrument, responses)
    given_before = {key: value for key, value in known.answers.items() if key not in responses.answers}
    route = steps(instrument, responses)
    return {
        key: given_before.get(key, _outcome(page, key, value, route, known))
        for page in instrument.pages
        for key, value in _keys(page, instrument, known)
    }


def _keys(page: AnyPage, instrument: Instrument, responses: Responses) -> Iterator[tuple[AnswerKey, Value | None]]:
    """Every key that a page may answer, with what is stored there or follows from "none of the rest"."""
    if isinstance(page, AlterTiesPage):
        yield from ((pair_key(page, pair), value) for pair, value in said_of_pairs(page, responses))
        return
    for key in _plain_keys(page, instrument, responses):
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


def _outcome(page: AnyPage, key: AnswerKey, value: Value | None, route: Route, responses: Responses) -> Value | None:
    if page.waves and responses.wave not in page.waves:
        return Missing.NOT_ASKED
    here = [step for step in route if step.page == page.id]
    asked = next((step for step in here if _asks_about(step, page, key)), None)
    if value is not None and (asked or (here and isinstance(page, AlterTiesPage))):
        return value
    if asked is None:
        return Missing.SKIPPED
    return None if asked.key in responses.done else Missing.NOT_ASKED


def _asks_about(step: Step, page: AnyPage, key: AnswerKey) -> bool:
    """Whether a step may hold an answer; a pair asked person by person is asked with whoever of the two comes first."""
    if isinstance(page, AlterTiesPage) and page.mode == "one_to_many":
        return step.alter in (key.alter, key.to)
    return step.alter in (None, key.alter) and step.to in (None, key.to)
