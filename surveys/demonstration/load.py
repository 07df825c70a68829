"""Loads the demonstration: invents the study, then holds its interviews wave by wave."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import count
from random import Random

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select
from sqlalchemy.orm import Session

from instruments.check import Known
from instruments.schema import Instrument
from surveys import invitations, studies, waves
from surveys.agreements import Terms, record_agreement
from surveys.demonstration.answering import Sitting, hold
from surveys.demonstration.bonds import Vocabulary
from surveys.demonstration.calendar import PREPARED_BEFORE, Dates, Watch, opening_moment, wave_dates
from surveys.demonstration.crowd import gather
from surveys.demonstration.growth import Bonds, Chance, first_bonds, next_bonds
from surveys.demonstration.keeping import keep_people, keep_sites, questionnaire
from surveys.demonstration.minds import Minds, minds_of
from surveys.demonstration.places import plan_sites
from surveys.demonstration.shape import Shape
from surveys.demonstration.staff import derived_key, plan_staff
from surveys.demonstration.turnout import DECLINES, LOOKS, STOPS, eagerness, turnout
from surveys.invitations import Invited
from surveys.matching import running as matching
from surveys.tables import InstrumentVersion, Invitation, Person, Study, Wave

CODE = "demonstration"
NAME = "Demonstration: digital exemplars and their fast followers"
AGREED_BY = "evaluator@example.org"
AGREED = Terms(
    agreed_with="The invented sites of the demonstration",
    who_sees_what="Programme teams see protected numbers of whole groups. Nobody but the evaluators sees an answer.",
    no_judging=True,
    agreed_on=date.min,
    reference="Invented, like everything here",
)
BATCH = 100
LONGEST_START = 8
"""How many pages someone saves at most who then stops for good."""


class AlreadyLoaded(Exception):
    """The study is there; the text says so."""


@dataclass(frozen=True)
class Progress:
    """How far a load is: so many of those who take part in a wave."""

    wave: int
    done: int
    of: int


@dataclass(frozen=True)
class _Stage:
    """Everything that interviews are held with."""

    study: Study
    version: InstrumentVersion
    instrument: Instrument
    people: Sequence[Person]
    minds: Minds
    ready: NDArray[np.float64]
    seed: int
    key: bytes
    known: Known
    now: datetime


def load(session: Session, shape: Shape, *, key: bytes, now: datetime, code: str = CODE) -> Iterator[Progress]:
    """Invent the study and hold its interviews, as of `now`; yields after each batch, where the caller may commit.

    Names that were typed are matched at the end; some are left for a person to decide. `key` makes the links.
    Everything but the links' secret numbers comes from the shape's seed. Raises AlreadyLoaded.
    """
    _refuse_second(session, code)
    dates = wave_dates(shape, now)
    chance = Chance(Random(shape.seed), np.random.default_rng(shape.seed))
    stage = _set_up(session, shape, chance, code, key, dates[0].opens_at - PREPARED_BEFORE, now)
    words = Vocabulary(
        tuple(topic.id for topic in stage.instrument.topics),
        {mechanism.id: mechanism.kind for mechanism in stage.instrument.mechanisms},
    )
    crowd = stage.minds.crowd
    bonds = first_bonds(crowd, words, chance)
    for number, when in enumerate(dates, 1):
        yield from _hold_wave(session, stage, number, when, bonds, chance)
        bonds = next_bonds(crowd, words, bonds, chance)
    names = (derived_key(f"{code}/{shape.seed}/identity/{number}") for number in count())
    matching.run(session, stage.study.id, now=now, keys=lambda: next(names))


def _refuse_second(session: Session, code: str) -> None:
    if session.scalar(select(Study.id).where(Study.code == code)) is not None:
        raise AlreadyLoaded(f"The study “{code}” is there already. Nothing was changed.")


def _set_up(
    session: Session, shape: Shape, chance: Chance, code: str, key: bytes, prepared: datetime, now: datetime
) -> _Stage:
    study = studies.create_study(session, code, NAME, now=prepared)
    record_agreement(session, study, replace(AGREED, agreed_on=prepared.date()), by=AGREED_BY, now=prepared)
    version = studies.publish_instrument(session, study, questionnaire(), now=prepared)
    instrument = studies.instrument_of(session, version.id)
    planned = plan_sites(shape, chance.one)
    staff = plan_staff(shape, [role.id for role in instrument.roles], code, chance.one)
    crowd = gather(planned, staff, chance.many)
    people = keep_people(session, study, staff, planned, keep_sites(session, study, planned))
    codes = {site.code for site in planned}
    return _Stage(
        study=study,
        version=version,
        instrument=instrument,
        people=people,
        minds=minds_of(crowd, chance.one),
        ready=eagerness(crowd, shape.silent_sites, chance.many),
        seed=shape.seed,
        key=key,
        known=lambda _roster, entry: entry in codes,
        now=now,
    )


def _hold_wave(
    session: Session, stage: _Stage, number: int, when: Dates, bonds: Bonds, chance: Chance
) -> Iterator[Progress]:
    """Open a wave, invite everyone, let those answer who do, and close it when its time is over."""
    wave = waves.add_wave(
        session, stage.study, stage.version, f"Wave {number}", opens_at=when.opens_at, closes_at=when.closes_at
    )
    waves.open_wave(wave)
    invitations.invite(session, wave, stage.people, key=stage.key, now=when.opens_at)
    invited = _invited(session, stage, wave)
    visits = _visits(stage, wave, when, turnout(stage.ready, number, chance.many))
    for done, visit in enumerate(visits, 1):
        _visit(session, stage, invited[visit.person], visit, when, bonds)
        if done % BATCH == 0 or done == len(visits):
            session.flush()
            yield Progress(number, done, len(visits))
    if stage.now >= when.closes_at:
        waves.close_wave(wave, now=when.closes_at)


def _invited(session: Session, stage: _Stage, wave: Wave) -> list[Invited]:
    """Everyone's invitation to a wave, by place in the roster."""
    rows = session.scalars(select(Invitation).where(Invitation.wave_id == wave.id))
    by_person = {row.person_id: row for row in rows}
    return [Invited(by_person[person.id], wave, person, stage.study) for person in stage.people]


@dataclass(frozen=True)
class _Visit:
    """One person's visit to their link: what comes of it, when, and the chances of that visit alone."""

    person: int
    act: str
    moment: datetime
    random: Random


def _visits(stage: _Stage, wave: Wave, when: Dates, acts: dict[int, str]) -> list[_Visit]:
    """Who comes, in order of time."""
    visits = []
    for person, act in acts.items():
        random = Random(f"{stage.seed}/{wave.number}/{person}")
        visits.append(_Visit(person, act, opening_moment(when, stage.now, random), random))
    return sorted(visits, key=lambda visit: (visit.moment, visit.person))


def _visit(session: Session, stage: _Stage, invited: Invited, visit: _Visit, when: Dates, bonds: Bonds) -> None:
    if visit.act == DECLINES:
        return invitations.decline(invited.invitation, now=visit.moment)
    most_pages = {LOOKS: 0, STOPS: visit.random.randint(1, LONGEST_START)}.get(visit.act)
    telling = stage.minds.telling(visit.person, bonds, visit.random)
    watch = Watch(visit.moment, min(when.closes_at, stage.now), visit.random)
    hold(session, Sitting(invited, telling, watch, most_pages, stage.known, visit.random))
    return None
