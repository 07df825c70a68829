"""Naming people in an interview: picked from the roster, typed, removed, or "no one"."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import bindparam, delete, func, insert, select
from sqlalchemy.orm import Session

from instruments.route import Step
from instruments.schema import AlterGridPage, NameGeneratorPage
from surveys.answers import NO_ONE
from surveys.interviews import OpenInterview, mark_done, mark_undone, refuse_beyond, refuse_changes_when_over, touch
from surveys.tables import Alter, Answer, Base, Nomination, Person, Role, SavedStep, Site

LONGEST_LABEL = 200


_alter_table = Base.metadata.tables["alter"]
_nomination = Base.metadata.tables["nomination"]
_answer = Base.metadata.tables["answer"]
_this_interview = bindparam("interview", type_=_alter_table.c.id.type)
_NAMED = (
    select(_nomination.c.alter_id, _nomination.c.prompt)
    .join(_alter_table, _alter_table.c.id == _nomination.c.alter_id)
    .where(_alter_table.c.interview_id == _this_interview, _nomination.c.page == bindparam("on_page"))
)
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
    person = session.scalar(
        select(Person).where(Person.study_id == current.invited.study.id, Person.key == key, Person.left_at.is_(None))
    )
    if person is None or person.id == current.invited.person.id:
        raise NotOnRoster("We could not find that person. Search again, or type their name.")
    known = session.scalar(
        select(Alter).where(Alter.interview_id == current.interview.id, Alter.person_id == person.id)
    )
    values = {"person_id": person.id, "site_id": person.site_id, "role_id": person.role_id}
    return _name(session, current, page, prompt, known, values, now=now)


def add_typed(
    session: Session, current: OpenInterview, page: NameGeneratorPage, prompt: str, label: str, *, now: datetime
) -> int:
    """Name someone by typing; two people may have one name, so each call adds one. Gives the alter's number.

    The label only helps the respondent and goes when the answers are sent. Raises TooManyPeople and what saving raises.
    """
    text = " ".join(label.split())[:LONGEST_LABEL]
    if not text:
        raise ValueError("A name is needed.")
    return _name(session, current, page, prompt, None, {"label": text}, now=now)


def _name(
    session: Session,
    current: OpenInterview,
    page: NameGeneratorPage,
    prompt: str,
    known: Alter | None,
    values: Mapping[str, object],
    *,
    now: datetime,
) -> int:
    _refuse_unless_asked(current, page, now=now)
    named = _named_on(session, current, page)
    if len(named) >= page.max and (known is None or known.id not in named):
        raise TooManyPeople(f"You can add up to {page.max} people. Remove someone to add another.")
    alter = known or _new_alter(session, current, values)
    if prompt not in named.get(alter.id, ()):
        values = {"alter_id": alter.id, "page": page.id, "prompt": prompt, "named_at": now}
        session.connection().execute(_NOMINATE, values)
    _forget_no_one(session, current, page)
    _ask_grids_again(session, current, page)
    touch(session, current.interview, now=now)
    return alter.number


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


def _new_alter(session: Session, current: OpenInterview, values: Mapping[str, object]) -> Alter:
    """A number is never given twice, so that a page left open cannot speak of somebody else."""
    current.interview.last_alter += 1
    alter = Alter(interview_id=current.interview.id, number=current.interview.last_alter, **values)
    session.add(alter)
    session.flush()
    return alter


def describe(
    session: Session, current: OpenInterview, number: int, *, site: str | None, role: str | None, now: datetime
) -> None:
    """Say where a typed person works and what they do, by code; None when not sure.

    Raises UnknownAlter (also for people of the roster, whose site is known), and what saving raises.
    """
    refuse_changes_when_over(current, now=now)
    alter = _alter(session, current, number)
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
    alter = _alter(session, current, number)
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


def say_no_one(session: Session, current: OpenInterview, page: NameGeneratorPage, *, now: datetime) -> None:
    """Answer that there is nobody: an answer of zero, never a missing one. Refused while people are listed."""
    _refuse_unless_asked(current, page, now=now)
    if current.responses.named_on(page.id):
        raise ValueError("People are listed. Remove them first.")
    _forget_no_one(session, current, page)
    session.execute(
        insert(Answer).values(interview_id=current.interview.id, page=page.id, item=page.id, value=NO_ONE, saved_at=now)
    )
    mark_done(session, current.interview.id, Step(page.id, None), now=now)
    touch(session, current.interview, now=now)


def done_naming(session: Session, current: OpenInterview, page: NameGeneratorPage, *, now: datetime) -> None:
    """Leave the page with the people listed."""
    _refuse_unless_asked(current, page, now=now)
    if not current.responses.named_on(page.id):
        raise ValueError("Nobody is listed.")
    mark_done(session, current.interview.id, Step(page.id, None), now=now)
    touch(session, current.interview, now=now)


def _forget_no_one(session: Session, current: OpenInterview, page: NameGeneratorPage) -> None:
    session.connection().execute(_FORGET_NO_ONE, {"interview": current.interview.id, "on_page": page.id})


def _refuse_unless_asked(current: OpenInterview, page: NameGeneratorPage, *, now: datetime) -> None:
    refuse_changes_when_over(current, now=now)
    refuse_beyond(current, Step(page.id, None))


def _alter(session: Session, current: OpenInterview, number: int) -> Alter:
    alter = session.scalar(select(Alter).where(Alter.interview_id == current.interview.id, Alter.number == number))
    if alter is None:
        raise UnknownAlter("We could not find that person in your list. They may have been removed already.")
    return alter
