"""Pages about ties between others checked: two people named, or the respondent's site and another."""

from __future__ import annotations

from instruments.answers import Asked, NotAccepted, read_answer
from instruments.asked import questions_on, row_of
from instruments.check_items import check_questions
from instruments.checked import Checked, FieldError, Visit
from instruments.fields import field_name, parse_field
from instruments.messages import message
from instruments.pairs import unrelated_key
from instruments.responses import AnswerKey, Value
from instruments.schema import AlterTiesPage, OrgTiesPage
from instruments.wording import phrase, say

UNRELATED = "unrelated_option"


def unrelated_words(page: AlterTiesPage, language: str) -> str:
    """What the option "none of the rest" is called; "" when the page has none."""
    if page.mode != "one_to_many" or page.unrelated_option is False:
        return ""
    return phrase("unrelated", language) if page.unrelated_option is True else say(page.unrelated_option, language)


def check_alter_ties(page: AlterTiesPage, visit: Visit) -> Checked:
    """Pairs: one question for one pair; else a tick for each pair that has a tie, and no tick means none.

    "None of the rest" is ticked in the field of its key, or in `unrelated_option`.
    "None of the rest" is kept once, at the step where it was said: it covers that step and all later ones, which then
    leave the route (`pairs.said_of_pairs` reads it).
    """
    put = questions_on(visit.instrument, visit.step, visit.responses, visit.language)
    if page.mode in ("pairs", "strength"):
        return check_questions(put, visit)
    ticked = {one.key for one in put if visit.ticked(field_name(one.key))}
    none = unrelated_words(page, visit.language)
    if not none or visit.step.alter is None:
        return Checked({one.key: one.key in ticked for one in put})
    key = unrelated_key(page, visit.step.alter)
    if visit.ticked(UNRELATED) or visit.ticked(field_name(key)):
        words = FieldError(field_name(key), message("ticked_and_none", visit.language, none=none))
        return Checked({key: True, **{one.key: False for one in put}}) if not ticked else Checked(errors=(words,))
    return Checked({one.key: one.key in ticked for one in put})


def check_org_ties(page: OrgTiesPage, visit: Visit) -> Checked:
    """Each site with an answer; a site left blank has no tie, so nothing is required of it."""
    values, errors = dict[AnswerKey, Value](), list[FieldError]()
    for name, given in visit.posted.items():
        field = parse_field(name)
        code = field.key.topic if field and field.key.item == page.id and field.key.alter is None else None
        if code is None or field is None or field.other or field.part or not any(given):
            continue
        one = row_of(page, code, code)
        asked = Asked(one.item, visit.language, one.names, visit.known, one.row)
        try:
            value = _site_answer(page, code, asked, visit)
        except NotAccepted as refused:
            errors.append(FieldError(name, str(refused)))
            continue
        if value is not None:
            values[one.key] = value
    return Checked(values, errors=tuple(errors) or _totals(page, values, visit))


def _site_answer(page: OrgTiesPage, code: str, asked: Asked, visit: Visit) -> Value | None:
    if not visit.known(page.roster, code):
        raise asked.refusal("no_such_place")
    if visit.responses.ego is not None and visit.responses.ego.site == code:
        raise asked.refusal("own_site")
    return read_answer(asked, visit.posted[field_name(AnswerKey(page.id, None, code))])


def _totals(page: OrgTiesPage, values: dict[AnswerKey, Value], visit: Visit) -> tuple[FieldError, ...]:
    """Whether there are too many sites, or none where one is wanted."""
    if len(values) > page.max:
        words = message("too_many_places", visit.language, most=page.max, over=len(values) - page.max)
        return (FieldError(page.id, words),)
    if page.required and not values:
        asked = Asked(row_of(page, "", "").item, visit.language, {}, visit.known)
        return (FieldError(page.id, str(asked.refusal("blank_choices"))),)
    return ()
