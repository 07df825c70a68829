"""The only validator of answers: one posted page as values to keep, or messages to show.

Four kinds of "no answer" stay apart. `Missing.SKIPPED` is stored when a question's own condition ruled it out;
`Missing.DONT_KNOW` and `Missing.PREFER_NOT` when the respondent chose them. A question left blank by choice has no
row although its step is done; one that was never shown (`Missing.NOT_ASKED`) has no row and its step is not done.
So a save replaces the answers of the whole step: everything in `step_keys` goes, what `Checked.values` holds stays.
"""

from __future__ import annotations

from collections.abc import Callable

from instruments.answers import Known
from instruments.asked import keys_put, questions_on
from instruments.baseline import with_baseline
from instruments.check_items import check_questions
from instruments.check_ties import check_alter_ties, check_org_ties
from instruments.checked import TICKED, Checked, FieldError, Posted, Visit
from instruments.counted import as_judged
from instruments.fields import Field, confirm_field, field_name, parse_field
from instruments.messages import message
from instruments.pairs import unrelated_key
from instruments.responses import AnswerKey, Responses, Value
from instruments.route import Step
from instruments.schema import (
    AlterFormPage,
    AlterTiesPage,
    AnyPage,
    ConsentPage,
    FormPage,
    Instrument,
    NameGeneratorPage,
    OrgTiesPage,
)
from instruments.wording import say

__all__ = [
    "TICKED", "Checked", "Field", "FieldError", "Known", "Posted", "check_step", "confirm_field", "field_name",
    "parse_field", "step_keys",
]  # fmt: skip


def check_step(
    instrument: Instrument,
    step: Step,
    responses: Responses,
    posted: Posted,
    *,
    known: Known,
    language: str = "en",
) -> Checked:
    """What the posted fields of one step mean; fields that the page does not have are ignored.

    `known(roster, code)` says whether a roster has an entry. Raises KeyError when the instrument has no such page.
    A tick (consent, "no one", two people who know each other) and a boolean's yes are posted as "yes"; a boolean's no
    as "no". The boxes of a date, a month and a ranking are posted each (`born~year`), or the whole value at once.
    """
    page = instrument.page(step.page)
    visit = Visit(instrument, step, as_judged(instrument, responses), posted, known, language)
    return CHECKS.get(page.type, _questions)(page, visit)


def step_keys(instrument: Instrument, step: Step, responses: Responses) -> tuple[AnswerKey, ...]:
    """Every question that a step may answer: what a save of it replaces. Calculated values are not among them.

    The keys of a page of pairs name both alters; either may be the one that the step is about.
    """
    page = instrument.page(step.page)
    if isinstance(page, ConsentPage):
        return tuple(AnswerKey(statement.id) for statement in page.statements)
    if isinstance(page, OrgTiesPage):
        return tuple(key for key in responses.answers if key.item == page.id)
    table = isinstance(page, AlterFormPage) and page.layout != "one_at_a_time"  # whom it asks hangs on conditions
    judged = as_judged(instrument, responses) if table else with_baseline(instrument, responses)
    keys = keys_put(questions_on(instrument, step, judged, responses.language))
    if isinstance(page, AlterTiesPage) and page.mode == "one_to_many" and step.alter is not None:
        return (unrelated_key(page, step.alter), *keys)
    return keys


def _questions(page: AnyPage, visit: Visit) -> Checked:
    """Everything that the page puts; a blank cell of a grid means that the topic was not talked about."""
    put = questions_on(visit.instrument, visit.step, visit.responses, visit.language)
    return check_questions(put, visit, page.rules if isinstance(page, FormPage | AlterFormPage) else ())


def _consent(page: ConsentPage, visit: Visit) -> Checked:
    """Every statement ticked."""
    values: dict[AnswerKey, Value] = {}
    errors: list[FieldError] = []
    for statement in page.statements:
        if visit.ticked(statement.id):
            values[AnswerKey(statement.id)] = True
        else:
            words = say(statement.label, visit.language)
            errors.append(FieldError(statement.id, message("consent", visit.language, statement=words)))
    return Checked(values, errors=tuple(errors))


def _names(page: NameGeneratorPage, visit: Visit) -> Checked:
    """Someone named, or "no one" chosen, and not both; people were added one by one before."""
    named, no_one = len(visit.responses.named_on(page.id)), visit.ticked("no_one")
    fault = ""
    if named == 0 and not no_one:
        fault = "no_one_named"
    elif named and no_one:
        fault = "named_and_none"
    elif named > page.max:
        fault = "too_many_people"
    if not fault:
        return Checked(no_one=no_one)
    none = say(page.none_option, visit.language)
    words = message(fault, visit.language, none=none, most=page.max, over=named - page.max)
    return Checked(errors=(FieldError("no_one", words),), no_one=no_one)


def _nothing(page: AnyPage, visit: Visit) -> Checked:
    return Checked()


CHECKS: dict[str, Callable[..., Checked]] = {
    "consent": _consent,
    "name_generator": _names,
    "alter_ties": check_alter_ties,
    "org_ties": check_org_ties,
    "info": _nothing,
    "finish": _nothing,
}
