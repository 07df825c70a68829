"""Where interviews are held in these tests: one application and one store for many small studies of two waves."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import count
from typing import Any

from flask import Flask
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from instruments.responses import Responses
from instruments.route import Step
from instruments.schema import Instrument
from surveys.agreements import record_agreement
from surveys.interviews import NotBegun, resume
from surveys.invitations import find_invited, invite
from surveys.people import new_key, search_text
from surveys.store import Store
from surveys.studies import create_study, parsed
from surveys.tables import Answer, InstrumentVersion, Interview, Invitation, Person, Role, SavedStep, Site, Study, Wave
from surveys.waves import add_wave, close_wave, open_wave
from tests.machine.browser import Browser
from tests.small_study import TERMS, tokens

START = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
WAVE = timedelta(days=28)
SITES = ("A", "B", "C")
OTHERS = ("B", "C")
PEOPLE = (
    ("p1", "Ada Byrne", "A"),
    ("p2", "Ben Costa", "A"),
    ("p3", "Raj Khan", "B"),
    ("p4", "Raj Khan", "C"),
    ("p5", "Dee Okafor", "B"),
    ("p6", "Eli Novák", "C"),
)
KEYS = tuple(reference for reference, _, _ in PEOPLE)


@dataclass
class Clock:
    """The time as the application has it."""

    now: datetime = START

    def __call__(self) -> datetime:
        return self.now


@dataclass(frozen=True)
class State:
    """One interview as the store has it."""

    said: Responses
    route: tuple[Step, ...]
    revision: int
    revisions: Mapping[str, int]
    last_alter: int
    finished: bool

    @property
    def waiting(self) -> Step | None:
        """The first step before the end that is not saved."""
        return next((step for step in self.route[:-1] if step.key not in self.said.done), None)

    @property
    def open(self) -> tuple[Step, ...]:
        """The steps that may be saved now."""
        waiting = self.waiting
        return tuple(s for s in self.route[:-1] if s == waiting or s.key in self.said.done)


@dataclass(frozen=True)
class Field:
    """One study: its questionnaire, the roster's keys by reference, and every link by wave and reference."""

    study: int
    instrument: Instrument
    keys: Mapping[str, str]
    links: Mapping[tuple[int, str], str]
    rosters: Mapping[str, tuple[str, ...]]


@dataclass
class Memory:
    """What was found in the store, for as long as nobody writes to it; `watch` is a connection that never writes."""

    watch: sqlite3.Connection
    found: dict[tuple[object, str], Any] = field(default_factory=dict)
    version: int = 0

    def recall(self, question: tuple[object, str], ask: Callable[[], Any]) -> Any:
        """The answer to a question, asked again only when something was written since."""
        (now,) = self.watch.execute("PRAGMA data_version").fetchone()
        if now != self.version:
            self.found, self.version = {}, now
        if question not in self.found:
            self.found[question] = ask()
        return self.found[question]


@dataclass
class World:
    """The application, its store and its clock."""

    app: Flask
    store: Store
    clock: Clock
    key: bytes
    numbers: count[int]
    memory: Memory

    def browser(self, link: str) -> Browser:
        """A browser of its own at one link."""
        return Browser(self.app.test_client(), f"/interview/{link}")

    def field(self, text: str) -> Field:
        """A new study with the questionnaire and two waves, the first one open."""
        instrument = parsed(text)
        with self.store.writing() as session:
            study = create_study(session, f"machine{next(self.numbers)}", "A study", now=START)
            record_agreement(session, study, TERMS, by="evaluator@example.org", now=START)
            version = _published(session, study, text, instrument)
            people = _people(session, study)
            links = {}
            for number in (1, 2):
                opens = START + (number - 1) * WAVE - timedelta(days=1)
                wave = add_wave(session, study, version, f"Wave {number}", opens_at=opens, closes_at=opens + WAVE)
                invite(session, wave, people[:2], key=self.key, now=START)
                links |= {(number, who): token for who, token in tokens(session, wave, self.key).items()}
            open_wave(session.scalars(select(Wave).where(Wave.study_id == study.id, Wave.number == 1)).one())
            keys = {person.reference: person.key for person in people}
            return Field(
                study.id, instrument, keys, links, {"staff": tuple(keys.values()), "sites": SITES, "others": OTHERS}
            )

    def to_wave_two(self, field: Field) -> None:
        """Close the first wave and open the second."""
        self.clock.now = START + timedelta(days=20)
        with self.store.writing() as session:
            first, second = session.scalars(select(Wave).where(Wave.study_id == field.study).order_by(Wave.number))
            close_wave(first, now=self.clock())
            open_wave(second)
        self.clock.now = START + WAVE

    def state(self, token: str) -> State | None:
        """The interview behind a link; None when it was not begun."""
        return self.memory.recall((token, "state"), lambda: self._state(token))

    def _state(self, token: str) -> State | None:
        with self.store.reader() as session:
            try:
                current = resume(session, find_invited(session, token))
            except NotBegun:
                return None
            interview = current.interview
            return State(
                current.responses,
                current.route,
                interview.revision,
                {step.key: current.revision_of(step) for step in current.route},
                interview.last_alter,
                current.finished,
            )

    def settle_seed(self, field: Field, seed: int) -> None:
        """Give all interviews of a study one seed, so that the same run shows the same orders."""
        with self.store.writing() as session:
            ours = select(Invitation.id).join(Wave).where(Wave.study_id == field.study)
            session.execute(update(Interview).where(Interview.invitation_id.in_(ours)).values(seed=seed))

    def rows_of(self, field: Field, reference: str) -> tuple[object, ...]:
        """How much there is of one person's interviews, and when each was changed last."""
        return self.memory.recall((field.study, reference), lambda: self._rows_of(field, reference))

    def _rows_of(self, field: Field, reference: str) -> tuple[object, ...]:
        with self.store.reader() as session:
            mine = (
                select(Invitation.id).join(Person).where(Person.study_id == field.study, Person.reference == reference)
            )
            found = session.execute(
                select(Interview.id, Interview.revision, Interview.saved_at, Interview.language, Interview.finished_at)
                .where(Interview.invitation_id.in_(mine))
                .order_by(Interview.id)
            ).all()
            numbers = [row.id for row in found]
            counts = [
                session.scalar(select(func.count()).select_from(table).where(table.interview_id.in_(numbers)))
                for table in (Answer, SavedStep)
            ]
            return (*map(tuple, found), *counts)


def _published(session: Session, study: Study, text: str, instrument: Instrument) -> InstrumentVersion:
    """The questionnaire as one published version, without reading it again."""
    roles = [Role(study_id=study.id, code=r.id, label=str(r.label), position=n) for n, r in enumerate(instrument.roles)]
    version = InstrumentVersion(
        study_id=study.id,
        instrument=instrument.id,
        version=instrument.version,
        content_hash=sha256(text.encode()).hexdigest(),
        source=text,
        published_at=START,
    )
    session.add_all([*roles, version])
    session.flush()
    return version


def _people(session: Session, study: Study) -> list[Person]:
    sites = [
        Site(study_id=study.id, code=code, name=f"Site {code}", designation="exemplar", care_setting="acute",
             region="London", latitude=51.5, longitude=-0.1)
        for code in SITES
    ]  # fmt: skip
    session.add_all(sites)
    session.flush()
    by_code = {site.code: site.id for site in sites}
    role = session.scalars(select(Role.id).where(Role.study_id == study.id, Role.code == "nurse")).one()
    people = [
        Person(key=new_key(), study_id=study.id, reference=reference, name=name, email=f"{reference}@example.org",
               job_title="Nurse", site_id=by_code[site], role_id=role, search_text=search_text(name, "Nurse", site))
        for reference, name, site in PEOPLE
    ]  # fmt: skip
    session.add_all(people)
    session.flush()
    return people
