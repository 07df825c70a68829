"""Questions checked one after the other, then the rules between their answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from instruments.answers import Asked, NotAccepted, gathered, read_answer, read_other, when_blank
from instruments.asked import Put, expanded, keys_put
from instruments.baseline import answered_before, item_keys
from instruments.checked import Checked, FieldError, Visit
from instruments.conditions import applies, compile_condition, verdict
from instruments.fields import confirm_field, field_name
from instruments.responses import AnswerKey, Missing, Responses, Value
from instruments.schema import AnyItem, Rule, Silent
from instruments.wording import say


def check_questions(put: Sequence[Put], visit: Visit, rules: Sequence[Rule] = ()) -> Checked:
    """Question after question, so that a later condition sees the earlier answers of the same page.

    Rules are looked at for ego, or for each person asked about, once all answers stand; not while one is refused.
    """
    watched = rules or any(one.item.when or one.item.ask_once for one in put)
    before = _answers_elsewhere(visit, put) if watched else {}
    so_far = replace(visit.responses, answers=before)
    checked, errors, asked_now = Checked(), list[FieldError](), list[AnswerKey]()
    for one in put:
        if isinstance(one.item, Silent):
            continue
        if one.item.ask_once and answered_before(one.item, so_far, one.key.alter):
            before |= {key: so_far.previous[key] for key in item_keys(one.item, one.key.alter)}
            continue
        asked = applies(one.item.when, so_far, one.key.alter)
        for part in expanded(one, visit.language):
            asked_now += [part.key] if asked else []
            value = _question(part, visit, checked.other_text, errors) if asked else Missing.SKIPPED
            if value is not None:
                checked.values[part.key] = before[part.key] = value
    broken, unsure = _rules(rules, put, asked_now, so_far, visit) if rules and not errors else ([], [])
    return replace(checked, errors=tuple(errors + broken), questions=tuple(unsure))


def _answers_elsewhere(visit: Visit, put: Sequence[Put]) -> dict[AnswerKey, Value]:
    """What other steps were told: what this one held before is about to be replaced."""
    gone = set(keys_put(put))
    return {key: value for key, value in visit.responses.answers.items() if key not in gone}


def _question(put: Put, visit: Visit, other_text: dict[AnswerKey, str], errors: list[FieldError]) -> Value | None:
    item, key = put.item, put.key
    given = gathered(item, key, visit.posted)
    if not given and not item.required:
        return None
    asked = Asked(item, visit.language, put.names, visit.known, put.row)
    try:
        value = read_answer(asked, given)
        if value is None and item.required:
            raise NotAccepted(when_blank(asked))
    except NotAccepted as refused:
        errors.append(FieldError(field_name(key), str(refused)))
        return None
    if value == "other" or (isinstance(value, tuple) and "other" in value):
        _other(item, key, visit, other_text, errors)
    return value


def _other(
    item: AnyItem, key: AnswerKey, visit: Visit, other_text: dict[AnswerKey, str], errors: list[FieldError]
) -> None:
    """The words beside "Other", where the item asks for them."""
    if not getattr(item, "other", False):
        return
    name = field_name(key, other=True)
    try:
        other_text[key] = read_other(visit.posted.get(name, ()), visit.language)
    except NotAccepted as refused:
        errors.append(FieldError(name, str(refused)))


def _rules(
    rules: Sequence[Rule], put: Sequence[Put], asked: Sequence[AnswerKey], so_far: Responses, visit: Visit
) -> tuple[list[FieldError], list[FieldError]]:
    """The rules that are broken, and those that a respondent may still confirm; `asked` can be answered here and now.

    A rule whose questions were all answered for good, or are ruled out, says nothing: nobody could do anything here.
    """
    broken, unsure = list[FieldError](), list[FieldError]()
    for rule in rules:
        for one in _subjects(put):
            if verdict(rule.when, so_far, one.key.alter) is not False:
                continue
            at = _at(rule, put, [key.item for key in asked if key.alter == one.key.alter])
            if at is not None:
                field = field_name(AnswerKey(at, one.key.alter))
                words = FieldError(field, say(rule.message, visit.language, **one.names))
                if not rule.confirm:
                    broken.append(words)
                elif not visit.ticked(confirm_field(field)):
                    unsure.append(words)
    return broken, unsure


def _subjects(put: Sequence[Put]) -> Iterator[Put]:
    """One question for each person asked about, or for ego."""
    return iter({one.key.alter: one for one in put}.values())


def _at(rule: Rule, put: Sequence[Put], asked: Sequence[str]) -> str | None:
    """The question to go back to: as the rule says, else the first of the page that it names; None for none asked."""
    compiled = compile_condition(rule.when)
    named = {*compiled.names, *compiled.alter_items}
    here = {part.key.item for one in put if not isinstance(one.item, Silent) for part in expanded(one, "en")}
    if rule.item in asked:
        return rule.item
    able = [item for item in asked if item in named] if named & here else list(asked)
    return able[0] if able else None
