"""Simulated respondents: they try a questionnaire out in the field's own tables, flagged so that nobody counts them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from instruments.check import check_step
from instruments.route import Step, first_open
from instruments.schema import Instrument, NameGeneratorPage
from instruments.synthetic import Naming, invent, namings
from instruments.synthetic_draws import Rosters
from surveys import naming
from surveys.interviews import OpenInterview, begin, finish, resume, save_step
from surveys.invitations import Invited
from surveys.sites import site_names
from surveys.tables import Interview, Invitation, Person, Study, Wave
from surveys.waves import refuse_unless_open

MOST_STEPS = 500


class NeverFinished(Exception):
    """A simulated interview came to no end; the text says at which step it stood."""


@dataclass(frozen=True)
class _Field:
    """What the simulated may name: the entries of each roster, and the roles."""

    rosters: Rosters
    roles: Sequence[str]


def simulate(session: Session, wave: Wave, most: int, *, random: Random, now: datetime) -> int:
    """Answer as up to `most` of those invited to a wave who have not begun, and give how many did.

    Answers follow `synthetic:` beside each question. They make way when the person begins, and `forget_simulated` takes
    them all away. Raises WaveClosed, NothingFits and NeverFinished.
    """
    refuse_unless_open(wave, now=now)
    study = session.get_one(Study, wave.study_id)
    begun = exists().where(Interview.invitation_id == Invitation.id)
    free = (
        select(Invitation, Person)
        .join(Person, Person.id == Invitation.person_id)
        .where(Invitation.wave_id == wave.id, Invitation.revoked_at.is_(None), ~begun)
        .order_by(Invitation.id)
        .limit(most)
    )
    invited = [Invited(invitation, wave, person, study) for invitation, person in session.execute(free)]
    for one in invited:
        _answer_all(session, one, random, now)
    return len(invited)


def forget_simulated(session: Session, study_id: int) -> int:
    """Take away every simulated interview of a study with all that hangs on it; gives how many there were."""
    of_study = select(Invitation.id).join(Wave, Wave.id == Invitation.wave_id).where(Wave.study_id == study_id)
    simulated = Interview.simulated.is_(True) & Interview.invitation_id.in_(of_study)
    gone = session.execute(select(Interview.id).where(simulated)).all()
    session.execute(delete(Interview).where(simulated).execution_options(synchronize_session="fetch"))
    return len(gone)


def _answer_all(session: Session, invited: Invited, random: Random, now: datetime) -> None:
    """One simulated interview from beginning to end."""
    interview = begin(session, invited, language="en", seed=random.getrandbits(31), simulated=True, now=now)
    current = resume(session, invited, simulated=True)
    interview.language = current.instrument.languages[0]
    field = _field(session, invited, current.instrument)
    for _ in range(MOST_STEPS):
        current = resume(session, invited, simulated=True)
        step = first_open(current.route, current.responses)
        if step == current.route[-1]:
            return finish(session, current, now=now)
        _answer(session, current, step, field, random, now)
    raise NeverFinished(f"A simulated interview did not get past “{step.key}”. Look at its conditions and rules.")


def _field(session: Session, invited: Invited, instrument: Instrument) -> _Field:
    """People by key without ego, sites by code, under the name that the questionnaire gives each roster."""
    people = session.scalars(
        select(Person.key).where(
            Person.study_id == invited.study.id, Person.left_at.is_(None), Person.id != invited.person.id
        )
    ).all()
    entries = {"people": tuple(people), "sites": tuple(site_names(session, invited.study.id))}
    rosters = {name: entries[roster.source] for name, roster in instrument.rosters.items()}
    return _Field(rosters, tuple(role.id for role in instrument.roles))


def _answer(session: Session, current: OpenInterview, step: Step, field: _Field, random: Random, now: datetime) -> None:
    page = current.instrument.page(step.page)
    if isinstance(page, NameGeneratorPage):
        return _name(session, current, page, namings(page, random, field.rosters, field.roles), now)
    posted = invent(current.instrument, step, current.responses, random, field.rosters)
    checked = check_step(
        current.instrument,
        step,
        current.responses,
        posted,
        known=lambda roster, code: code in field.rosters.get(roster, ()),
    )
    save_step(session, current, step, checked, now=now)
    return None


def _name(
    session: Session, current: OpenInterview, page: NameGeneratorPage, named: Sequence[Naming], now: datetime
) -> None:
    """Name people as the draw says, beside those taken over from last wave, or say that there is no one."""
    room = page.max - len(current.responses.named_on(page.id))
    for one in named[: max(room, 0)]:
        if one.mode == "roster":
            naming.add_from_roster(session, current, page, one.prompt, one.text, now=now)
        elif one.mode == "position" and one.site is not None:
            naming.add_position(session, current, page, one.prompt, site=one.site, role=one.text, now=now)
        else:
            naming.add_typed(session, current, page, one.prompt, one.text, now=now)
    current = resume(session, current.invited, simulated=True)
    if current.responses.named_on(page.id):
        naming.done_naming(session, current, page, now=now)
    else:
        naming.say_no_one(session, current, page, now=now)
