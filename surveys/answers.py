"""Answers between rows and Responses: read for one interview, and written where they changed.

The statements are built once, on Core tables: these run with every page that a respondent opens or saves.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, func, null, select, text, union_all
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from instruments.baseline import items_of
from instruments.calculated import calculate
from instruments.check import Checked
from instruments.once import once
from instruments.responses import Alter, AnswerKey, Missing, Nomination, Responses, Value
from instruments.route import Step
from instruments.schema import CalculatedItem, Instrument, NameGeneratorPage
from surveys.people import SEARCHED
from surveys.tables import Base, Interview

NO_ONE = "no_one"

_answer = Base.metadata.tables["answer"]
_alter = Base.metadata.tables["alter"]
_nomination = Base.metadata.tables["nomination"]
_person = Base.metadata.tables["person"]
_role = Base.metadata.tables["role"]
_saved_step = Base.metadata.tables["saved_step"]
_site = Base.metadata.tables["site"]

_this_interview = bindparam("interview", type_=_alter.c.interview_id.type)
_SAID = union_all(  # answers, and the steps that were saved: rows with a revision
    select(
        _answer.c.item,
        _answer.c.alter_id,
        _answer.c.topic,
        _answer.c.to_alter_id,
        _answer.c.value,
        _answer.c.missing,
        _answer.c.other_text,
        null().label("revision"),
    ).where(_answer.c.interview_id == _this_interview),
    select(_saved_step.c.step, null(), null(), null(), null(), null(), null(), _saved_step.c.revision).where(
        _saved_step.c.interview_id == _this_interview
    ),
)
_ALTERS = (
    select(
        _alter.c.id,
        _alter.c.number,
        _alter.c.label,
        _alter.c.carried_from_id,
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
_WRITE = {
    name: statement.on_conflict_do_update(
        index_elements=_QUESTION, set_={column: statement.excluded[column] for column in _ANSWERED}
    )
    for name, statement in (("sqlite", sqlite.insert(_answer)), ("postgresql", postgresql.insert(_answer)))
}


@dataclass(frozen=True)
class Said:
    """One interview as the store has it: what was said, each alter's row by number, each saved step's revision."""

    responses: Responses
    rows: Mapping[int, int]
    revisions: Mapping[str, int]


def read_said(session: Session, interview: Interview, instrument: Instrument, wave: int) -> Said:
    """Everything said so far in one interview; nothing is asked about people before the first one is named."""
    connection, this = session.connection(), {"interview": interview.id}
    people = connection.execute(_ALTERS, this).all() if interview.last_alter else ()
    nominations = connection.execute(_NOMINATIONS, this).all() if people else ()
    revisions: dict[str, int] = {}
    names, shown = _name_pages(instrument), _shown(instrument)
    numbers = {row.id: row.number for row in people}
    answers: dict[AnswerKey, Value] = {}
    other_text: dict[AnswerKey, str] = {}
    no_one = set()
    for item, alter, topic, to, value, missing, other, revision in connection.execute(_SAID, this):
        if revision is not None:
            revisions[item] = revision
            continue
        if item in names:
            no_one.add(item)
            continue
        key = AnswerKey(item, numbers.get(alter), topic, numbers.get(to))
        answers[key] = from_stored(value, missing)
        if other:
            other_text[key] = other
    responses = Responses(
        wave=wave,
        answers=answers,
        alters=tuple(_as_alter(row, shown) for row in people),
        nominations=tuple(Nomination(*row) for row in nominations),
        no_one=frozenset(no_one),
        done=frozenset(revisions),
        other_text=other_text,
        seed=interview.seed,
        language=interview.language,
    )
    return Said(responses, {row.number: row.id for row in people}, revisions)


@once
def _name_pages(instrument: Instrument) -> frozenset[str]:
    return frozenset(page.id for page in instrument.pages if isinstance(page, NameGeneratorPage))


@once
def _shown(instrument: Instrument) -> frozenset[str]:
    """The columns that rosters of people show; all of them where none says."""
    columns = {column for roster in instrument.rosters.values() if roster.source == "people" for column in roster.show}
    return frozenset(columns or SEARCHED)


def _as_alter(row: Any, shown: frozenset[str]) -> Alter:
    """A person named: someone of the roster with the columns that it shows, someone else with their role and site."""
    label = row.name or row.label or f"Person {row.number}"
    role = row.job_title or row.role_label if not row.key or "job_title" in shown else None
    site = row.site_name if not row.key or "site" in shown else None
    detail = ", ".join(part for part in (role, site) if part)
    return Alter(row.number, label, row.key, row.site, row.role, detail, carried=row.carried_from_id is not None)


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
        connection.execute(_WRITE[connection.dialect.name], new)


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
