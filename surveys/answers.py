"""Answers between rows and Responses: read for one interview, written for one step.

The statements are built once, on Core tables: these run with every page that a respondent opens or saves.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert, select
from sqlalchemy.orm import Session

from instruments.responses import Alter, AnswerKey, Missing, Nomination, Responses, Value
from surveys.tables import Base

NO_ONE = "no_one"

_answer = Base.metadata.tables["answer"]
_alter = Base.metadata.tables["alter"]
_nomination = Base.metadata.tables["nomination"]
_person = Base.metadata.tables["person"]
_role = Base.metadata.tables["role"]
_saved_step = Base.metadata.tables["saved_step"]
_site = Base.metadata.tables["site"]

_this_interview = bindparam("interview", type_=_alter.c.interview_id.type)
_ANSWERS = select(
    _answer.c.item, _answer.c.alter_id, _answer.c.topic, _answer.c.value, _answer.c.missing, _answer.c.other_text
).where(_answer.c.interview_id == _this_interview)
_ALTERS = (
    select(
        _alter.c.id,
        _alter.c.number,
        _alter.c.label,
        _person.c.key,
        _person.c.name,
        _person.c.job_title,
        _site.c.code.label("site"),
        _site.c.name.label("site_name"),
        _role.c.code.label("role"),
        _role.c.label.label("role_label"),
    )
    .select_from(
        _alter.outerjoin(_person, _person.c.id == _alter.c.person_id)
        .outerjoin(_site, _site.c.id == _alter.c.site_id)
        .outerjoin(_role, _role.c.id == _alter.c.role_id)
    )
    .where(_alter.c.interview_id == _this_interview)
    .order_by(_alter.c.number)
)
_NOMINATIONS = (
    select(_nomination.c.page, _nomination.c.prompt, _alter.c.number)
    .select_from(_nomination.join(_alter, _alter.c.id == _nomination.c.alter_id))
    .where(_alter.c.interview_id == _this_interview)
    .order_by(_nomination.c.named_at, _alter.c.number)
)
_STEPS = select(_saved_step.c.step).where(_saved_step.c.interview_id == _this_interview)
_DELETE_PAGE = delete(_answer).where(_answer.c.interview_id == _this_interview, _answer.c.page == bindparam("on_page"))
_DELETE_ABOUT = _DELETE_PAGE.where(_answer.c.alter_id == bindparam("about"))
_INSERT = insert(_answer)


def read_responses(session: Session, interview_id: int, wave_number: int) -> Responses:
    """Everything said so far in one interview."""
    connection, this = session.connection(), {"interview": interview_id}
    rows = connection.execute(_ALTERS, this).all()
    numbers = {row.id: row.number for row in rows}
    answers: dict[AnswerKey, Value] = {}
    other_text: dict[AnswerKey, str] = {}
    no_one = set()
    for item, alter_id, topic, value, missing, other in connection.execute(_ANSWERS, this):
        if value == NO_ONE:
            no_one.add(item)
            continue
        key = AnswerKey(item, numbers.get(alter_id), topic)
        answers[key] = from_stored(value, missing)
        if other:
            other_text[key] = other
    nominations = connection.execute(_NOMINATIONS, this).all() if rows else ()
    return Responses(
        wave=wave_number,
        answers=answers,
        alters=tuple(_as_alter(row) for row in rows),
        nominations=tuple(Nomination(*row) for row in nominations),
        no_one=frozenset(no_one),
        done=frozenset(connection.execute(_STEPS, this).scalars()),
        other_text=other_text,
    )


def _as_alter(row: Any) -> Alter:
    label = row.name or row.label or f"Person {row.number}"
    detail = ", ".join(part for part in (row.job_title or row.role_label, row.site_name) if part)
    return Alter(row.number, label, row.key, row.site, row.role, detail)


def with_answers(
    responses: Responses,
    replaced: Collection[AnswerKey],
    values: Mapping[AnswerKey, Value],
    other_text: Mapping[AnswerKey, str],
    step: str,
) -> Responses:
    """The responses after a step was saved: what the store would give if it were read again."""
    kept = {key: value for key, value in responses.answers.items() if key not in replaced}
    other = {key: text for key, text in responses.other_text.items() if key not in replaced}
    return replace(
        responses,
        answers=kept | dict(values),
        other_text=other | {key: text for key, text in other_text.items() if text},
        done=responses.done | {step},
    )


def write_answers(
    session: Session,
    interview_id: int,
    page: str,
    alter_id: int | None,
    values: Mapping[AnswerKey, Value],
    other_text: Mapping[AnswerKey, str],
    alter_ids: Mapping[int, int],
    *,
    now: datetime,
) -> None:
    """Replace what one step stored: the page's answers, or those about one alter when `alter_id` is given.

    `alter_ids` gives the row of each alter's number.
    """
    connection, scope = session.connection(), {"interview": interview_id, "on_page": page}
    if alter_id is None:
        connection.execute(_DELETE_PAGE, scope)
    else:
        connection.execute(_DELETE_ABOUT, scope | {"about": alter_id})
    rows = []
    for key, value in values.items():
        stored, missing = to_stored(value)
        rows.append(
            {
                "interview_id": interview_id,
                "page": page,
                "item": key.item,
                "alter_id": alter_ids[key.alter] if key.alter is not None else None,
                "topic": key.topic,
                "value": stored,
                "missing": missing,
                "other_text": other_text.get(key),
                "saved_at": now,
            }
        )
    if rows:
        connection.execute(_INSERT, rows)


def to_stored(value: Value) -> tuple[Any, str | None]:
    """A value as the store keeps it: JSON, and the reason when there is none."""
    if isinstance(value, Missing):
        return None, value.value
    return (list(value) if isinstance(value, tuple) else value), None


def from_stored(value: Any, missing: str | None) -> Value:
    """A stored value as the interview knows it."""
    if missing is not None:
        return Missing(missing)
    stored: Value = tuple(value) if isinstance(value, list) else value
    return stored
