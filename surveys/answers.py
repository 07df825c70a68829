"""Answers between rows and Responses: read for one interview, written for one step."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from instruments.responses import Alter, AnswerKey, Missing, Nomination, Responses, Value
from surveys import tables
from surveys.tables import Answer, Person, Role, SavedStep, Site

NO_ONE = "no_one"


def read_responses(session: Session, interview_id: int, wave_number: int) -> Responses:
    """Everything said so far in one interview."""
    rows = _alter_rows(session, interview_id)
    numbers = {row.id: row.number for row in rows}
    answers: dict[AnswerKey, Value] = {}
    other_text: dict[AnswerKey, str] = {}
    no_one = set()
    for row in session.execute(
        select(Answer.item, Answer.alter_id, Answer.topic, Answer.value, Answer.missing, Answer.other_text).where(
            Answer.interview_id == interview_id
        )
    ):
        if row.value == NO_ONE:
            no_one.add(row.item)
            continue
        key = AnswerKey(row.item, numbers.get(row.alter_id), row.topic)
        answers[key] = from_stored(row.value, row.missing)
        if row.other_text:
            other_text[key] = row.other_text
    return Responses(
        wave=wave_number,
        answers=answers,
        alters=tuple(_alter(row) for row in rows),
        nominations=_nominations(session, numbers),
        no_one=frozenset(no_one),
        done=frozenset(session.scalars(select(SavedStep.step).where(SavedStep.interview_id == interview_id))),
        other_text=other_text,
    )


def _alter_rows(session: Session, interview_id: int) -> list[Any]:
    alter = tables.Alter
    return list(
        session.execute(
            select(
                alter.id,
                alter.number,
                alter.label,
                Person.key,
                Person.name,
                Person.job_title,
                Site.code.label("site"),
                Site.name.label("site_name"),
                Role.code.label("role"),
                Role.label.label("role_label"),
            )
            .outerjoin(Person, Person.id == alter.person_id)
            .outerjoin(Site, Site.id == alter.site_id)
            .outerjoin(Role, Role.id == alter.role_id)
            .where(alter.interview_id == interview_id)
            .order_by(alter.number)
        )
    )


def _alter(row: Any) -> Alter:
    label = row.name or row.label or f"Person {row.number}"
    detail = ", ".join(part for part in (row.job_title or row.role_label, row.site_name) if part)
    return Alter(row.number, label, row.key, row.site, row.role, detail)


def _nominations(session: Session, numbers: Mapping[int, int]) -> tuple[Nomination, ...]:
    if not numbers:
        return ()
    rows = session.execute(
        select(tables.Nomination.page, tables.Nomination.prompt, tables.Nomination.alter_id)
        .where(tables.Nomination.alter_id.in_(numbers))
        .order_by(tables.Nomination.named_at, tables.Nomination.alter_id)
    )
    return tuple(Nomination(row.page, row.prompt, numbers[row.alter_id]) for row in rows)


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
    scope = delete(Answer).where(Answer.interview_id == interview_id, Answer.page == page)
    session.execute(scope if alter_id is None else scope.where(Answer.alter_id == alter_id))
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
        session.execute(insert(Answer), rows)


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
