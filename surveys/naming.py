"""Naming people in an interview: picked from the roster, typed, removed, or "no one"."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import bindparam, delete, func, insert, select
from sqlalchemy.orm import Session

from instruments.responses import Alter as Named
from instruments.responses import Responses
from instruments.route import Step, steps
from instruments.schema import AlterReviewPage, NameGeneratorPage
from instruments.wording import say
from surveys.answers import NO_ONE, with_calculated, write_changes
from surveys.interviews import OpenInterview, refuse_changes_when_over
from surveys.nominating import (
    TooManyPeople,
    UnknownAlter,
    ask_more,
    find_alter,
    forget_no_one,
    nominate,
    refuse_unless_asked,
)
from surveys.people import fold
from surveys.progress import mark_done, mark_undone, touch
from surveys.tables import Alter, Answer, Base, Nomination, Role, SavedStep, Site

__all__ = [
    "NotOnRoster",
    "TooManyPeople",
    "UnknownAlter",
    "UnknownPosition",
    "add_from_roster",
    "add_position",
    "add_typed",
    "already_named",
    "describe",
    "done_naming",
    "remove",
    "renominate",
    "say_no_one",
]

LONGEST_LABEL = 200
ROLE_AT_SITE = {"en": "{role} at {site}", "cy": "{role} yn {site}"}

_alter = Base.metadata.tables["alter"]
_interview = Base.metadata.tables["interview"]
_person = Base.metadata.tables["person"]
_this_interview = bindparam("interview", type_=_interview.c.id.type)
_ON_ROSTER = (
    select(_person.c.id, _person.c.site_id, _person.c.role_id, _alter.c.id.label("alter_id"), _alter.c.number)
    .select_from(
        _person.outerjoin(_alter, (_alter.c.person_id == _person.c.id) & (_alter.c.interview_id == _this_interview))
    )
    .where(_person.c.study_id == bindparam("study"), _person.c.key == bindparam("key"), _person.c.left_at.is_(None))
)


class NotOnRoster(Exception):
    """Nobody on the roster has that key."""


class UnknownPosition(Exception):
    """The study has no such site or role; the text says what to choose again."""


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
    return nominate(session, current, page, prompt, known, person, now=now)


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
    return nominate(session, current, page, prompt, None, typed, now=now)


def add_position(
    session: Session,
    current: OpenInterview,
    page: NameGeneratorPage,
    prompt: str,
    *,
    site: str,
    role: str,
    now: datetime,
) -> int:
    """Name whoever holds a role at a site, by code; naming the position twice is naming it once. Gives the number.

    Raises UnknownPosition, TooManyPeople and what saving raises.
    """
    study = current.invited.study.id
    place = session.execute(select(Site.id, Site.name).where(Site.study_id == study, Site.code == site)).one_or_none()
    job = session.execute(select(Role.id, Role.label).where(Role.study_id == study, Role.code == role)).one_or_none()
    if place is None or job is None:
        raise UnknownPosition("Choose a place of work and a role from the lists.")
    label = _position(current, role, job.label, place.name)
    known = session.execute(
        select(Alter.id, Alter.number).where(
            Alter.interview_id == current.interview.id, Alter.person_id.is_(None), Alter.label == label
        )
    ).first()
    values = {"label": label, "person_id": None, "site_id": place.id, "role_id": job.id}
    return nominate(session, current, page, prompt, (known.id, known.number) if known else None, values, now=now)


def _position(current: OpenInterview, role: str, label: str, site: str) -> str:
    """What a position is called: "IT lead at Leeds", in the language of the interview where there are words for it."""
    language = current.responses.language
    words = next((say(one.label, language) for one in current.instrument.roles if one.id == role), label)
    return ROLE_AT_SITE.get(language, ROLE_AT_SITE["en"]).format(role=words, site=site)[:LONGEST_LABEL]


def renominate(
    session: Session, current: OpenInterview, page: NameGeneratorPage, prompt: str, number: int, *, now: datetime
) -> int:
    """Name someone again who was named to an earlier prompt that this one offers; gives their number.

    Raises UnknownAlter when they were not, and what saving raises.
    """
    offered = {earlier for one in page.prompts if one.id == prompt for earlier in one.reuse}
    said = current.responses.nominations
    if not any(one.alter == number and one.page == page.id and one.prompt in offered for one in said):
        raise UnknownAlter("We could not find that person in your list. They may have been removed already.")
    alter = find_alter(session, current, number)
    return nominate(session, current, page, prompt, (alter.id, number), {}, now=now)


def already_named(current: OpenInterview, label: str) -> Named | None:
    """Who of those named so far is called the same, but for capitals, accents and punctuation; None when nobody is."""
    wanted = fold(label).split()
    named = {nomination.alter for nomination in current.responses.nominations}
    listed = (alter for alter in current.responses.alters if alter.number in named)
    return next((alter for alter in listed if wanted and fold(alter.label).split() == wanted), None)


def describe(
    session: Session, current: OpenInterview, number: int, *, site: str | None, role: str | None, now: datetime
) -> None:
    """Say where a typed person works and what they do, by code; None when not sure.

    Raises UnknownAlter (also for people of the roster, whose site is known), and what saving raises.
    """
    refuse_changes_when_over(current, now=now)
    alter = find_alter(session, current, number)
    if alter.person_id is not None:
        raise UnknownAlter("This person comes from the list. Their place of work is known.")
    study = current.invited.study.id
    alter.site_id = session.scalar(select(Site.id).where(Site.study_id == study, Site.code == site))
    alter.role_id = session.scalar(select(Role.id).where(Role.study_id == study, Role.code == role))
    touch(session, current.interview, now=now)


def remove(session: Session, current: OpenInterview, page: NameGeneratorPage, number: int, *, now: datetime) -> None:
    """Take someone off a page's list; when no other page names them, they and what was said of them go.

    Somebody from last wave stays to be reviewed, with what the review says of them. Raises UnknownAlter and what saving
    raises.
    """
    refuse_unless_asked(current, page, now=now)
    alter = find_alter(session, current, number)
    session.execute(delete(Nomination).where(Nomination.alter_id == alter.id, Nomination.page == page.id))
    if session.scalar(select(func.count()).where(Nomination.alter_id == alter.id)) == 0:
        _forget(session, current, alter)
    left = tuple(one for one in current.responses.nominations if (one.page, one.alter) != (page.id, number))
    if not any(one.page == page.id for one in left):
        mark_undone(session, current.interview.id, page.id)
    ask_more(session, current, replace(current.responses, nominations=left))
    touch(session, current.interview, now=now)


def _forget(session: Session, current: OpenInterview, alter: Alter) -> None:
    """Delete what was said of an alter, alone and with others, the saved steps about it, and the alter itself."""
    reviews = [page.id for page in current.instrument.pages if isinstance(page, AlterReviewPage)]
    about = (Answer.alter_id == alter.id) | (Answer.to_alter_id == alter.id)
    session.execute(delete(Answer).where(about, Answer.page.not_in(reviews)))
    session.execute(
        delete(SavedStep).where(
            SavedStep.interview_id == current.interview.id,
            SavedStep.step.endswith(f"/{alter.number}") | SavedStep.step.contains(f"/{alter.number}/"),
        )
    )
    if alter.carried_from_id is None:
        session.execute(delete(Alter).where(Alter.id == alter.id))


def say_no_one(session: Session, current: OpenInterview, page: NameGeneratorPage, *, now: datetime) -> OpenInterview:
    """Answer that there is nobody: an answer of zero, never a missing one. Refused while people are listed."""
    refuse_unless_asked(current, page, now=now)
    if current.responses.named_on(page.id):
        raise ValueError("People are listed. Remove them first.")
    forget_no_one(session, current, page)
    session.execute(
        insert(Answer).values(interview_id=current.interview.id, page=page.id, item=page.id, value=NO_ONE, saved_at=now)
    )
    no_one = replace(current.responses, no_one=current.responses.no_one | {page.id})
    return _done(session, current, page, no_one, now=now)


def done_naming(session: Session, current: OpenInterview, page: NameGeneratorPage, *, now: datetime) -> OpenInterview:
    """Leave the page with the people listed, and give the interview as it then stands."""
    refuse_unless_asked(current, page, now=now)
    if not current.responses.named_on(page.id):
        raise ValueError("Nobody is listed.")
    return _done(session, current, page, current.responses, now=now)


def _done(
    session: Session, current: OpenInterview, page: NameGeneratorPage, said: Responses, *, now: datetime
) -> OpenInterview:
    interview, instrument, step = current.interview, current.instrument, Step(page.id)
    after = with_calculated(instrument, replace(said, done=said.done | {page.id}))
    write_changes(session, interview.id, instrument, current.rows, current.responses, after, now=now)
    touch(session, interview, now=now)
    mark_done(session, interview, step, now=now)
    revisions = {**current.revisions, step.key: interview.revision}
    return replace(current, responses=after, route=steps(instrument, after), revisions=revisions)
