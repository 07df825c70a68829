"""How somebody comes onto a list: known or new, once for each prompt, up to as many as the page takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from instruments.responses import Alter as Named
from instruments.responses import Nomination as Naming
from instruments.responses import Responses
from instruments.route import Step
from instruments.schema import NameGeneratorPage
from surveys.interviews import OpenInterview, refuse_beyond, refuse_changes_when_over
from surveys.progress import ask_again, touch
from surveys.tables import Alter, Base

_alter = Base.metadata.tables["alter"]
_answer = Base.metadata.tables["answer"]
_interview = Base.metadata.tables["interview"]
_nomination = Base.metadata.tables["nomination"]
_this_interview = bindparam("interview", type_=_interview.c.id.type)
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


class UnknownAlter(Exception):
    """Nobody in this interview has that number."""


def nominate(
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
    refuse_unless_asked(current, page, now=now)
    named = _named_on(session, current, page)
    if len(named) >= page.max and (known is None or known[0] not in named):
        raise TooManyPeople(f"You can add up to {page.max} people. Remove someone to add another.")
    alter_id, number = known or _new_alter(session, current, values)
    if prompt not in named.get(alter_id, ()):
        nomination = {"alter_id": alter_id, "page": page.id, "prompt": prompt, "named_at": now}
        session.connection().execute(_NOMINATE, nomination)
        forget_no_one(session, current, page)
        ask_more(session, current, _with_named(current.responses, page, prompt, number))
        touch(session, current.interview, now=now)
    return number


def _with_named(said: Responses, page: NameGeneratorPage, prompt: str, number: int) -> Responses:
    """The responses with one more nomination, of somebody known or new: enough to see what is asked then."""
    there = any(alter.number == number for alter in said.alters)
    alters = said.alters if there else (*said.alters, Named(number, ""))
    return replace(said, alters=alters, nominations=(*said.nominations, Naming(page.id, prompt, number)))


def ask_more(session: Session, current: OpenInterview, after: Responses) -> None:
    """Pages that show several people at once have more to ask than when they were saved: they are not done any more."""
    ask_again(session, current.interview.id, current.instrument, current.responses, after)


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


def forget_no_one(session: Session, current: OpenInterview, page: NameGeneratorPage) -> None:
    """Take back that there is no one, when it was said."""
    session.connection().execute(_FORGET_NO_ONE, {"interview": current.interview.id, "on_page": page.id})


def refuse_unless_asked(current: OpenInterview, page: NameGeneratorPage, *, now: datetime) -> None:
    """Raise WaveClosed, AlreadyFinished or StepNotReached when nobody may be named on the page now."""
    refuse_changes_when_over(current, now=now)
    refuse_beyond(current, Step(page.id, None))


def find_alter(session: Session, current: OpenInterview, number: int) -> Alter:
    """The row of an alter's number; raises UnknownAlter."""
    alter = session.scalar(select(Alter).where(Alter.interview_id == current.interview.id, Alter.number == number))
    if alter is None:
        raise UnknownAlter("We could not find that person in your list. They may have been removed already.")
    return alter
