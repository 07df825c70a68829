"""From wave to wave: who was named last time is brought along, and what was said then can be read, never written."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import bindparam, exists, insert, select
from sqlalchemy.orm import Session

from instruments.baseline import items_of
from instruments.responses import AnswerKey, Responses, Value
from instruments.schema import AlterReviewPage, Instrument, NameGeneratorPage
from surveys.answers import from_stored
from surveys.invitations import Invited
from surveys.tables import Alter, Base, Interview, Invitation, Nomination, Person, Wave

_answer = Base.metadata.tables["answer"]
_mine = Base.metadata.tables["alter"].alias("mine")
_mine_too = Base.metadata.tables["alter"].alias("mine_too")
_this_interview = bindparam("interview", type_=_mine.c.interview_id.type)
_PREVIOUS = (
    select(
        _answer.c.item,
        _answer.c.alter_id,
        _mine.c.number,
        _answer.c.topic,
        _answer.c.to_alter_id,
        _mine_too.c.number.label("to_number"),
        _answer.c.value,
        _answer.c.missing,
    )
    .select_from(
        _answer.outerjoin(
            _mine, (_mine.c.carried_from_id == _answer.c.alter_id) & (_mine.c.interview_id == _this_interview)
        ).outerjoin(
            _mine_too,
            (_mine_too.c.carried_from_id == _answer.c.to_alter_id) & (_mine_too.c.interview_id == _this_interview),
        )
    )
    .where(_answer.c.interview_id == bindparam("previous", type_=_answer.c.interview_id.type))
)


def looks_back(instrument: Instrument) -> bool:
    """Whether a questionnaire asks about last wave's people, or uses last wave's answers."""
    return any(
        isinstance(page, AlterReviewPage)
        or any(item.ask_once or item.prefill == "previous_wave" for item in items_of(page))
        for page in instrument.pages
    )


def carry(session: Session, invited: Invited, interview: Interview, instrument: Instrument) -> None:
    """Tie a new interview to the person's last one that was sent, and bring along whom they named from the roster.

    Those brought along are not nominated: they are asked about first. Without an earlier interview, or when the
    questionnaire does not look back, nothing is carried.
    """
    if not looks_back(instrument):
        return
    interview.previous_id = _last_sent(session, invited, interview)
    if interview.previous_id is None:
        return
    people = session.execute(
        select(Alter.id, Alter.person_id, Person.site_id, Person.role_id)
        .join(Person, Person.id == Alter.person_id)
        .where(Alter.interview_id == interview.previous_id, exists().where(Nomination.alter_id == Alter.id))
        .order_by(Alter.number)
    ).all()
    rows = [
        {
            "interview_id": interview.id,
            "number": number,
            "person_id": person,
            "site_id": site,
            "role_id": role,
            "carried_from_id": alter,
        }
        for number, (alter, person, site, role) in enumerate(people, 1)
    ]
    if rows:
        session.execute(insert(Alter), rows)
    interview.last_alter = len(rows)
    session.flush()


def _last_sent(session: Session, invited: Invited, interview: Interview) -> int | None:
    """The same person's interview of the latest earlier wave that has one which was sent."""
    return session.scalar(
        select(Interview.id)
        .join(Invitation, Invitation.id == Interview.invitation_id)
        .join(Wave, Wave.id == Invitation.wave_id)
        .where(
            Invitation.person_id == invited.person.id,
            Wave.study_id == invited.study.id,
            Wave.number < invited.wave.number,
            Interview.finished_at.is_not(None),
            Interview.simulated == interview.simulated,
        )
        .order_by(Wave.number.desc())
        .limit(1)
    )


def with_previous(session: Session, interview: Interview, instrument: Instrument, responses: Responses) -> Responses:
    """The responses with what was said last time: about ego, and by present number about those brought along."""
    if interview.previous_id is None:
        return responses
    names = {page.id for page in instrument.pages if isinstance(page, NameGeneratorPage)}
    scope = {"interview": interview.id, "previous": interview.previous_id}
    answers: dict[AnswerKey, Value] = {}
    for row in session.connection().execute(_PREVIOUS, scope):
        lost = (row.alter_id is not None and row.number is None) or (row.to_alter_id and row.to_number is None)
        if lost or row.item in names:
            continue
        alter, to = _in_order(row.number, row.to_number)
        answers[AnswerKey(row.item, alter, row.topic, to)] = from_stored(row.value, row.missing)
    return replace(responses, previous=answers)


def _in_order(alter: int | None, to: int | None) -> tuple[int | None, int | None]:
    """The smaller number of a pair first."""
    return (to, alter) if alter is not None and to is not None and to < alter else (alter, to)
