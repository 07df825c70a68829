"""Everything said in one interview, read from its rows.

The statements are built once, on Core tables: these run with every page that a respondent opens or saves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, null, select, union_all
from sqlalchemy.orm import Session

from instruments.once import once
from instruments.responses import Alter, AnswerKey, Nomination, Responses, Value
from instruments.schema import Instrument, NameGeneratorPage
from surveys.answers import from_stored
from surveys.people import SEARCHED
from surveys.tables import Base, Interview

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
