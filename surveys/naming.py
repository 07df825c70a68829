"""Naming people in an interview: picked from the roster, typed, removed, or "no one"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlalchemy.orm import Session

from instruments.responses import Responses
from instruments.route import Step, steps
from instruments.schema import AlterGridPage, NameGeneratorPage
from surveys.answers import NO_ONE
from surveys.interviews import OpenInterview, mark_done, mark_undone, refuse_beyond, refuse_changes_when_over, touch
from surveys.tables import Alter, Answer, Base, Nomination, Role, SavedStep, Site

LONGEST_LABEL = 200


_alter = Base.metadata.tables["alter"]
_answer = Base.metadata.tables["answer"]
_interview = Base.metadata.tables["interview"]
_nomination = Base.metadata.tables["nomination"]
_person = Base.metadata.tables["person"]
_this_interview = bindparam("interview", type_=_interview.c.id.type)
_ON_ROSTER = (
    select(_person.c.id, _person.c.site_id, _person.c.role_id, _alter.c.id.label("alter_id"), _alter.c.number)
    .select_from(
        _person.outerjoin(_alter, (_alter.c.person_id == _person.c.id) & (_alter.c.interview_id == _this_interview))
    )
    .where(_person.c.study_id == bindparam("study"), _person.c.key == bindparam("key"), _person.c.left_at.is_(None))
)
_NAMED = (
    select(_nomination.c.alter_id, _nomination.c.prompt)
    .join(_alter, _alter.c.id == _nomination.c.alter_id)
    .where(_alter.c.interview_id == _this_interview, _nomination.c.page == bindparam("on_page"))
)
_NEXT_NUMBER = (
    update(_interview)
    .where(_interview.c.id == _this_interview)
    .values(last_alter=_interview.c.last_alter + 1)
    .returning(_interview.c.last_alter)
)
_ADD_ALTER = insert(_alter).returning(_alter.c.id)
_NOMINATE = insert(_nomination)
_FORGET_NO_ONE = delete(_answer).where(
    _answer.c.interview_id == _this_interview, _answer.c.item == bindparam("on_page")
)


class TooManyPeople(Exception):
    """The page takes no more people; the text says how many it takes."""


class NotOnRoster(Exception):
    """Nobody on the roster has that key."""


class UnknownAlter(Exception):
    """Nobody in this interview has that number."""


def add_from_roster(
    session: Session, current: OpenInterview, page: NameGeneratorPage, prompt: str, key: str, *, now: datetime
) -> int:
    """Name a person of the roster; naming them twice is naming them once. Gives the alter's number.

    Raises NotOnRoster (also for ego), TooManyPeople, and what saving raises.
    """
    scope = {"interview": current.interview.id, "study": current.invited.study.id, "key": key}
    row = session.connection().execute(_ON_ROSTER, scope).one_or_none()
    if row is None or row.id == current.invited.person.id:
        raise NotOnRoster("We could not find that person. Search again, or type their name.")
    known = (row.alter_id, row.number) if row.alter_id is not None else None
    person = {"label": None, "person_id": row.id, "site_id": row.site_id, "role_id": row.role_id}
    return _name(session, current, page, prompt, known, person, now=now)


def add_typed(
    session: Session, current: OpenInterview, page: NameGeneratorPage, prompt: str, label: str, *, now: datetime
) -> int:
    """Name someone by typing; two people may have one name, so each call adds one. Gives the alter's number.

    The label only helps the respondent and goes when the answers are sent. Raises TooManyPeople and what saving raises.
    """
    text = " ".join(label.split())[:LONGEST_LABEL]
    if not text:
        raise ValueError("A name is needed.")
    typed = {"label": text, "person_id": None, "site_id": None, "role_id": None}
    return _name(session, current, page, prompt, None, typed, now=now)


def _name(
    session: Session,
    current: OpenInterview,
    page: NameGeneratorPage,
    prompt: str,
    known: tuple[int, int] | None,
    values: Mapping[str, object],
    *,
    now: datetime,
) -> int:
    """Nominate a known alter (row and number), or a new one of these values; gives the number."""
    _refuse_unless_asked(current, page, now=now)
    named = _named_on(session, current, page)
    if len(named) >= page.max and (known is None or known[0] not in named):
        raise TooManyPeople(f"You can add up to {page.max} people. Remove someone to add another.")
    alter_id, number = known or _new_alter(session, current, values)
    if prompt not in named.get(alter_id, ()):
        nomination = {"alter_id": alter_id, "page": page.id, "prompt": prompt, "named_at": now}
        session.connection().execute(_NOMINATE, nomination)
        _forget_no_one(session, current, page)
        _ask_grids_again(session, current, page)
        touch(session, current.interview, now=now)
    return number


def _new_alter(session: Session, current: OpenInterview, values: Mapping[str, object]) -> tuple[int, int]:
    """A number is never given twice, so that a page left open cannot speak of somebody else."""
    connection, interview = session.connection(), current.interview.id
    number = connection.execute(_NEXT_NUMBER, {"interview": interview}).scalar_one()
    row = connection.execute(_ADD_ALTER, {"interview_id": interview, "number": number, **values})
    return row.scalar_one(), number


def _named_on(session: Session, current: OpenInterview, page: NameGeneratorPage) -> dict[int, set[str]]:
    """The rows of the alters named on a page as the store has them now, each with the prompts that named them."""
    named: dict[int, set[str]] = {}
    scope = {"interview": current.interview.id, "on_page": page.id}
    for alter_id, prompt in session.connection().execute(_NAMED, scope):
        named.setdefault(alter_id, set()).add(prompt)
    return named


def _ask_grids_again(session: Session, current: OpenInterview, page: NameGeneratorPage) -> None:
    """A grid over this page's people has a new row to fill in, so it is no longer done."""
    for grid in current.instrument.pages:
        if isinstance(grid, AlterGridPage) and grid.over.alters == page.id:
            mark_undone(session, current.interview.id, grid.id)


def describe(
    session: Session, current: OpenInterview, number: int, *, site: str | None, role: str | None, now: datetime
) -> None:
    """Say where a typed person works and what they do, by code; None when not sure.

    Raises UnknownAlter (also for people of the roster, whose site is known), and what saving raises.
    """
    refuse_changes_when_over(current, now=now)
    alter = _find(session, current, number)
    if alter.person_id is not None:
        raise UnknownAlter("This person comes from the list. Their place of work is known.")
    study = current.invited.study.id
    alter.site_id = session.scalar(select(Site.id).where(Site.study_id == study, Site.code == site))
    alter.role_id = session.scalar(select(Role.id).where(Role.study_id == study, Role.code == role))
    touch(session, current.interview, now=now)


def remove(session: Session, current: OpenInterview, page: NameGeneratorPage, number: int, *, now: datetime) -> None:
    """Take someone off a page's list; when no other page names them, they and their answers go.

    Raises UnknownAlter and what saving raises.
    """
    _refuse_unless_asked(current, page, now=now)
    alter = _find(session, current, number)
    session.execute(delete(Nomination).where(Nomination.alter_id == alter.id, Nomination.page == page.id))
    if session.scalar(select(func.count()).where(Nomination.alter_id == alter.id)) == 0:
        _forget(session, current, alter)
    if len(current.responses.named_on(page.id)) <= 1:
        mark_undone(session, current.interview.id, page.id)
    touch(session, current.interview, now=now)


def _forget(session: Session, current: OpenInterview, alter: Alter) -> None:
    """Delete an alter with its answers, and the saved steps about it."""
    session.execute(delete(Answer).where(Answer.alter_id == alter.id))
    session.execute(
        delete(SavedStep).where(
            SavedStep.interview_id == current.interview.id, SavedStep.step.endswith(f"/{alter.number}")
        )
    )
    session.execute(delete(Alter).where(Alter.id == alter.id))


def say_no_one(session: Session, current: OpenInterview, page: NameGeneratorPage, *, now: datetime) -> OpenInterview:
    """Answer that there is nobody: an answer of zero, never a missing one. Refused while people are listed."""
    _refuse_unless_asked(current, page, now=now)
    if current.responses.named_on(page.id):
        raise ValueError("People are listed. Remove them first.")
    _forget_no_one(session, current, page)
    session.execute(
        insert(Answer).values(interview_id=current.interview.id, page=page.id, item=page.id, value=NO_ONE, saved_at=now)
    )
    no_one = replace(current.responses, no_one=current.responses.no_one | {page.id})
    return _done(session, current, page, no_one, now=now)


def done_naming(session: Session, current: OpenInterview, page: NameGeneratorPage, *, now: datetime) -> OpenInterview:
    """Leave the page with the people listed, and give the interview as it then stands."""
    _refuse_unless_asked(current, page, now=now)
    if not current.responses.named_on(page.id):
        raise ValueError("Nobody is listed.")
    return _done(session, current, page, current.responses, now=now)


def _done(
    session: Session, current: OpenInterview, page: NameGeneratorPage, said: Responses, *, now: datetime
) -> OpenInterview:
    mark_done(session, current.interview.id, Step(page.id, None), now=now)
    touch(session, current.interview, now=now)
    responses = replace(said, done=said.done | {page.id})
    return replace(current, responses=responses, route=steps(current.instrument, responses))


def _forget_no_one(session: Session, current: OpenInterview, page: NameGeneratorPage) -> None:
    session.connection().execute(_FORGET_NO_ONE, {"interview": current.interview.id, "on_page": page.id})


def _refuse_unless_asked(current: OpenInterview, page: NameGeneratorPage, *, now: datetime) -> None:
    refuse_changes_when_over(current, now=now)
    refuse_beyond(current, Step(page.id, None))


def _find(session: Session, current: OpenInterview, number: int) -> Alter:
    alter = session.scalar(select(Alter).where(Alter.interview_id == current.interview.id, Alter.number == number))
    if alter is None:
        raise UnknownAlter("We could not find that person in your list. They may have been removed already.")
    return alter
