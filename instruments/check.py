"""The only validator of answers: one posted page as values to keep, or messages to show.

Four kinds of "no answer" stay apart. `Missing.SKIPPED` is stored when a question's own condition ruled it out;
`Missing.DONT_KNOW` and `Missing.PREFER_NOT` when the respondent chose them. A question left blank by choice has no
row although its step is done; one that was never shown (`Missing.NOT_ASKED`) has no row and its step is not done.
So a save replaces the answers of the whole step: everything in `step_keys` goes, what `Checked.values` holds stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from instruments.answers import Asked, Known, NotAccepted, read_answer, read_other, when_blank
from instruments.conditions import applies
from instruments.fields import Field, field_name, parse_field
from instruments.responses import Alter, AnswerKey, Missing, Responses, Value
from instruments.route import Step
from instruments.schema import (
    AlterFormPage,
    AlterGridPage,
    AnyItem,
    AnyPage,
    ConsentPage,
    FormPage,
    Instrument,
    NameGeneratorPage,
)
from instruments.wording import say

__all__ = ["Checked", "Field", "FieldError", "Known", "Posted", "check_step", "field_name", "parse_field", "step_keys"]

Posted = Mapping[str, Sequence[str]]
"""Field name to values, as a browser posts them."""

TICKED = "yes"


@dataclass(frozen=True)
class FieldError:
    """What to change, in the respondent's words, and the field to link to."""

    field: str
    message: str


@dataclass(frozen=True)
class Checked:
    """What a posted page means: to be stored only when there are no errors.

    `values` hold what was accepted, also beside errors, so that a page can be shown again as it was filled in.
    `no_one` is whether "no one" was chosen on a name generator.
    """

    values: dict[AnswerKey, Value] = field(default_factory=dict)
    other_text: dict[AnswerKey, str] = field(default_factory=dict)
    errors: tuple[FieldError, ...] = ()
    no_one: bool = False


@dataclass(frozen=True)
class _Visit:
    """One page, one posting of it, and what was known before."""

    instrument: Instrument
    step: Step
    responses: Responses
    posted: Posted
    known: Known
    language: str


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
    A tick (consent, "no one") and a boolean's yes are posted as "yes"; a boolean's no as "no".
    """
    page = instrument.page(step.page)
    return CHECKS[page.type](page, _Visit(instrument, step, responses, posted, known, language))


def step_keys(instrument: Instrument, step: Step, responses: Responses) -> tuple[AnswerKey, ...]:
    """Every question that a step may answer: what a save of it replaces."""
    page = instrument.page(step.page)
    if isinstance(page, ConsentPage):
        return tuple(AnswerKey(statement.id) for statement in page.statements)
    if isinstance(page, FormPage | AlterFormPage):
        return tuple(AnswerKey(item.id, step.alter) for item in page.items)
    if isinstance(page, AlterGridPage):
        return tuple(key for _, _, key in _cells(page, instrument, responses))
    return ()


def _cells(
    page: AlterGridPage, instrument: Instrument, responses: Responses
) -> Iterator[tuple[AnyItem, Alter, AnswerKey]]:
    for alter in responses.named_on(page.over.alters):
        for item in page.then:
            for topic in instrument.topics:
                yield item, alter, AnswerKey(item.id, alter.number, topic.id)


def _consent(page: ConsentPage, visit: _Visit) -> Checked:
    """Every statement ticked."""
    values: dict[AnswerKey, Value] = {}
    errors: list[FieldError] = []
    for statement in page.statements:
        if TICKED in visit.posted.get(statement.id, ()):
            values[AnswerKey(statement.id)] = True
        else:
            words = say(statement.label, visit.language)
            errors.append(FieldError(statement.id, f"Tick the box if you agree: ‘{words}’"))
    return Checked(values, errors=tuple(errors))


def _form(page: FormPage | AlterFormPage, visit: _Visit) -> Checked:
    alter = _alter(visit)
    names = {"alter": alter.label} if alter else {}
    keyed = [(item, AnswerKey(item.id, visit.step.alter), names) for item in page.items]
    return _questions(keyed, visit)


def _grid(page: AlterGridPage, visit: _Visit) -> Checked:
    """A blank cell means that the topic was not talked about, so no cell is ever required."""
    labels = {topic.id: say(topic.label, visit.language) for topic in visit.instrument.topics}
    keyed = [
        (item, key, {"alter": alter.label, "topic": labels[key.topic or ""]})
        for item, alter, key in _cells(page, visit.instrument, visit.responses)
        if item.when is not None or field_name(key) in visit.posted
    ]
    return _questions(keyed, visit)


def _questions(keyed: Sequence[tuple[AnyItem, AnswerKey, dict[str, str]]], visit: _Visit) -> Checked:
    """Question after question, so that a later condition sees the earlier answers of the same page."""
    before = _answers_elsewhere(visit) if any(item.when for item, _, _ in keyed) else {}
    so_far = replace(visit.responses, answers=before)
    checked, errors = Checked(), list[FieldError]()
    for item, key, names in keyed:
        if not applies(item.when, so_far, key.alter):
            value: Value | None = Missing.SKIPPED
        else:
            value = _question(item, key, names, visit, checked.other_text, errors)
        if value is not None:
            checked.values[key] = before[key] = value
    return replace(checked, errors=tuple(errors))


def _answers_elsewhere(visit: _Visit) -> dict[AnswerKey, Value]:
    """What other steps were told: what this one held before is about to be replaced."""
    replaced = set(step_keys(visit.instrument, visit.step, visit.responses))
    return {key: value for key, value in visit.responses.answers.items() if key not in replaced}


def _question(
    item: AnyItem,
    key: AnswerKey,
    names: dict[str, str],
    visit: _Visit,
    other_text: dict[AnswerKey, str],
    errors: list[FieldError],
) -> Value | None:
    name = field_name(key)
    given = visit.posted.get(name, ())
    if not given and not item.required:
        return None
    asked = Asked(item, visit.language, names, visit.known)
    try:
        value = read_answer(asked, given)
        if value is None and item.required and key.topic is None:
            raise NotAccepted(when_blank(asked))
    except NotAccepted as refused:
        errors.append(FieldError(name, str(refused)))
        return None
    if value == "other" or (isinstance(value, tuple) and "other" in value):
        _other(item, key, visit, other_text, errors)
    return value


def _other(
    item: AnyItem, key: AnswerKey, visit: _Visit, other_text: dict[AnswerKey, str], errors: list[FieldError]
) -> None:
    """The words beside "Other", where the item asks for them."""
    if not getattr(item, "other", False):
        return
    name = field_name(key, other=True)
    try:
        other_text[key] = read_other(visit.posted.get(name, ()))
    except NotAccepted as refused:
        errors.append(FieldError(name, str(refused)))


def _names(page: NameGeneratorPage, visit: _Visit) -> Checked:
    """Someone named, or "no one" chosen, and not both; people were added one by one before."""
    named = len(visit.responses.named_on(page.id))
    no_one = TICKED in visit.posted.get("no_one", ())
    none_option = say(page.none_option, visit.language)
    message = ""
    if named == 0 and not no_one:
        message = f"Add a person, or choose ‘{none_option}’"
    elif named and no_one:
        message = f"Remove the people on your list, or do not choose ‘{none_option}’"
    elif named > page.max:
        message = f"You can add up to {page.max} people. Remove {named - page.max} to go on"
    return Checked(errors=(FieldError("no_one", message),) if message else (), no_one=no_one)


def _nothing(page: AnyPage, visit: _Visit) -> Checked:
    return Checked()


def _alter(visit: _Visit) -> Alter | None:
    return next((alter for alter in visit.responses.alters if alter.number == visit.step.alter), None)


CHECKS: dict[str, Callable[..., Checked]] = {
    "consent": _consent,
    "form": _form,
    "alter_form": _form,
    "alter_grid": _grid,
    "name_generator": _names,
    "finish": _nothing,
}
