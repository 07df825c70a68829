"""Answers as they change: between two states of one interview, and as rows, written where they differ.

The statements are built once, on Core tables: these run with every page that a respondent opens or saves.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, func, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from instruments.baseline import items_of
from instruments.calculated import calculate
from instruments.check import Checked
from instruments.once import once
from instruments.responses import AnswerKey, Missing, Responses, Value
from instruments.route import Step
from instruments.schema import CalculatedItem, Instrument
from surveys.prepared import Prepared
from surveys.tables import Base

NO_ONE = "no_one"

_answer = Base.metadata.tables["answer"]
_nomination = Base.metadata.tables["nomination"]

_this_interview = bindparam("interview", type_=_answer.c.interview_id.type)
_UNNAME = delete(_nomination).where(
    _nomination.c.alter_id == bindparam("of_alter"),
    _nomination.c.page == bindparam("on_page"),
    _nomination.c.prompt == bindparam("to_prompt"),
)
_DELETE = delete(_answer).where(
    _answer.c.interview_id == _this_interview,
    _answer.c.item == bindparam("of_item"),
    func.coalesce(_answer.c.alter_id, 0) == bindparam("about"),
    func.coalesce(_answer.c.topic, "") == bindparam("of_topic"),
    func.coalesce(_answer.c.to_alter_id, 0) == bindparam("about_to"),
)
_QUESTION = (
    _answer.c.interview_id,
    _answer.c.item,
    text("coalesce(alter_id, 0)"),
    text("coalesce(topic, '')"),
    text("coalesce(to_alter_id, 0)"),
)
_ANSWERED = ("page", "value", "missing", "other_text", "saved_at")
_ANSWER = ("interview_id", "item", "alter_id", "topic", "to_alter_id", *_ANSWERED)
_WRITE = {
    name: Prepared(
        statement.on_conflict_do_update(
            index_elements=_QUESTION, set_={column: statement.excluded[column] for column in _ANSWERED}
        ),
        _ANSWER,
    )
    for name, statement in (("sqlite", sqlite.insert(_answer)), ("postgresql", postgresql.insert(_answer)))
}


def with_answers(responses: Responses, replaced: Iterable[AnswerKey], checked: Checked, step: Step) -> Responses:
    """The responses after a step was saved: what the store would give if it were read again."""
    gone = frozenset(replaced)
    kept = {key: value for key, value in responses.answers.items() if key not in gone}
    other = {key: text for key, text in responses.other_text.items() if key not in gone}
    return replace(
        responses,
        answers=kept | checked.values,
        other_text=other | {key: text for key, text in checked.other_text.items() if text},
        done=responses.done | {step.key},
    )


def with_calculated(instrument: Instrument, responses: Responses) -> Responses:
    """The responses with every calculated answer worked out again, and those that no longer can be left out."""
    items = _calculated(instrument)
    if not items:
        return responses
    given = {key: value for key, value in responses.answers.items() if key.item not in items}
    bare = replace(responses, answers=given)
    return replace(responses, answers=given | calculate(instrument, bare))


@once
def _calculated(instrument: Instrument) -> frozenset[str]:
    """The names of all calculated answers."""
    items = (item for page in instrument.pages for item in items_of(page))
    return frozenset(item.id for item in items if isinstance(item, CalculatedItem))


def write_changes(
    session: Session,
    interview_id: int,
    instrument: Instrument,
    rows: Mapping[int, int],
    before: Responses,
    after: Responses,
    *,
    now: datetime,
) -> None:
    """Write the answers that differ between two states of one interview; what is the same stays untouched.

    `rows` gives the row of each alter's number.
    """
    changed = [key for key, value in after.answers.items() if _differs(key, value, before, after)]
    gone = [key for key in before.answers if key not in after.answers]
    connection = session.connection()
    if gone:
        connection.execute(_DELETE, [_scope(interview_id, key, rows) for key in gone])
    if changed:
        pages = pages_of_items(instrument)
        new = [_row(interview_id, pages, key, rows, after, now) for key in changed]
        _WRITE[connection.dialect.name].run(connection, *new)


def _differs(key: AnswerKey, value: Value, before: Responses, after: Responses) -> bool:
    """Whether an answer is new or another; 1, 1.0 and yes are three answers."""
    known = before.answers.get(key)
    same = known == value and type(known) is type(value)
    return not same or before.other_text.get(key) != after.other_text.get(key)


def _scope(interview_id: int, key: AnswerKey, rows: Mapping[int, int]) -> dict[str, object]:
    return {
        "interview": interview_id,
        "of_item": key.item,
        "about": 0 if key.alter is None else rows[key.alter],
        "of_topic": key.topic or "",
        "about_to": 0 if key.to is None else rows[key.to],
    }


def _row(
    interview_id: int,
    pages: Mapping[str, str],
    key: AnswerKey,
    rows: Mapping[int, int],
    said: Responses,
    now: datetime,
) -> dict[str, object]:
    stored, missing = to_stored(said.answers[key])
    return {
        "interview_id": interview_id,
        "page": pages[key.item],
        "item": key.item,
        "alter_id": None if key.alter is None else rows[key.alter],
        "topic": key.topic,
        "to_alter_id": None if key.to is None else rows[key.to],
        "value": stored,
        "missing": missing,
        "other_text": said.other_text.get(key),
        "saved_at": now,
    }


@once
def pages_of_items(instrument: Instrument) -> Mapping[str, str]:
    """The page of everything that an answer may stand under: items, statements, and pages that are questions."""
    pages: dict[str, str] = {}
    for page in instrument.pages:
        pages[page.id] = page.id
        for part in (*items_of(page), *getattr(page, "statements", ())):
            pages[part.id] = page.id
            pages |= {statement.id: page.id for statement in getattr(part, "statements", ())}
    return pages


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


def forget_namings(session: Session, rows: Mapping[int, int], before: Responses, after: Responses) -> None:
    """Take away the namings that `after` has no more: those on pages that left the route.

    `rows` gives the row of each alter's number.
    """
    gone = [one for one in before.nominations if one not in after.nominations]
    if gone:
        scopes = [{"of_alter": rows[one.alter], "on_page": one.page, "to_prompt": one.prompt} for one in gone]
        session.connection().execute(_UNNAME, scopes)
