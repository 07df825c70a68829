"""A small study for tests: three sites, six people, the library's questionnaire, one open wave with links."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

import instruments
from instruments.check import check_step
from instruments.route import Step
from surveys.accounts import settle_attempt, try_password
from surveys.agreements import Terms, record_agreement
from surveys.interviews import OpenInterview, begin, resume, save_step
from surveys.invitations import find_invited, invite, link_token
from surveys.people import new_key, search_text
from surveys.studies import create_study, publish_instrument
from surveys.tables import Account, Invitation, Person, Role, Site, Study, Wave
from surveys.waves import add_wave, open_wave

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
KEY = b"a key for tests only, long enough to sign links"
SOURCE = (Path(instruments.__file__).parent / "library" / "gde.yaml").read_text(encoding="utf-8")
TERMS = Terms("The three sites", "The sites see counts; nobody sees a person's answers.", True, NOW.date(), "E/1")
SITES = (
    ("A", "Site A", "exemplar", "London", 51.5, -0.1),
    ("B", "Site B", "fast follower", "London", 51.6, -0.2),
    ("C", "Site C", "fast follower", "Midlands", 52.5, -1.9),
)
PEOPLE = (
    ("p1", "Ada Byrne", "Lead pharmacist", "A", "pharmacist"),
    ("p2", "Ben Costa", "Chief nursing information officer", "A", "cio"),
    ("p3", "Raj Khan", "Pharmacist", "B", "pharmacist"),
    ("p4", "Raj Khan", "IT manager", "C", "it"),
    ("p5", "Dee Okafor", "Ward sister", "B", "nurse"),
    ("p6", "Eli Novák", "Data analyst", "C", "analyst"),
)


@dataclass(frozen=True)
class SmallStudy:
    """The study's rows, and each person's link token by reference."""

    study: Study
    wave: Wave
    people: Mapping[str, Person]
    tokens: Mapping[str, str]


def make_small_study(session: Session, *, now: datetime = NOW, key: bytes = KEY, source: str = SOURCE) -> SmallStudy:
    """Make it; the wave opened yesterday and closes in four weeks."""
    study = create_study(session, "small", "A small study", now=now)
    record_agreement(session, study, replace(TERMS, agreed_on=now.date()), by="evaluator@example.org", now=now)
    version = publish_instrument(session, study, source, now=now)
    sites = {row[0]: _site(study, row) for row in SITES}
    session.add_all(sites.values())
    session.flush()
    sites["A"].pair_id, sites["B"].pair_id = sites["B"].id, sites["A"].id
    roles = {role.code: role for role in session.scalars(select(Role).where(Role.study_id == study.id))}
    people = {row[0]: _person(study, row, sites, roles) for row in PEOPLE}
    session.add_all(people.values())
    session.flush()
    wave = add_wave(
        session, study, version, "Wave 1", opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=28)
    )
    open_wave(wave)
    invite(session, wave, list(people.values()), key=key, now=now)
    return SmallStudy(study, wave, people, tokens(session, wave, key))


def tokens(session: Session, wave: Wave, key: bytes = KEY) -> dict[str, str]:
    """Each invited person's link token, by reference."""
    rows = session.execute(
        select(Person.reference, Invitation.nonce)
        .join(Invitation, Invitation.person_id == Person.id)
        .where(Invitation.wave_id == wave.id)
    )
    return {reference: link_token(key, nonce) for reference, nonce in rows}


def _site(study: Study, row: tuple[str, str, str, str, float, float]) -> Site:
    code, name, designation, region, latitude, longitude = row
    return Site(
        study_id=study.id,
        code=code,
        name=name,
        designation=designation,
        care_setting="acute",
        region=region,
        latitude=latitude,
        longitude=longitude,
    )


def _person(study: Study, row: tuple[str, ...], sites: Mapping[str, Site], roles: Mapping[str, Role]) -> Person:
    reference, name, job, site, role = row
    return Person(
        key=new_key(),
        study_id=study.id,
        reference=reference,
        name=name,
        email=f"{reference}@example.org",
        job_title=job,
        site_id=sites[site].id,
        role_id=roles[role].id,
        search_text=search_text(name, job, sites[site].name),
    )


def begun(session: Session, small: SmallStudy, reference: str = "p1", *, now: datetime = NOW) -> OpenInterview:
    """That person's interview, begun."""
    invited = find_invited(session, small.tokens[reference])
    begin(session, invited, language="en", now=now)
    return resume(session, invited)


def answer(
    session: Session, current: OpenInterview, step: str, *, now: datetime = NOW, **posted: str | list[str]
) -> OpenInterview:
    """Save a step with posted values; dots of field names are written as two underscores.

    A step about one person ("about_contacts/1") adds their number to each name.
    """
    page, _, number = step.partition("/")
    place = Step(page, int(number) if number else None)
    about = f".{number}" if number else ""
    fields = {name.replace("__", ".") + about: [v] if isinstance(v, str) else v for name, v in posted.items()}
    checked = check_step(current.instrument, place, current.responses, fields, known=lambda roster, code: True)
    return save_step(session, current, place, checked, now=now)


def check_password(session: Session, email: str, password: str, *, now: datetime) -> Account | None:
    """The account that a password signs in, tried and settled in one session."""
    return settle_attempt(session, try_password(session, email, password, now=now), now=now)


def answered_about_ego(session: Session, small: SmallStudy, reference: str = "p1") -> OpenInterview:
    """That person's interview as far as the names page."""
    current = begun(session, small, reference)
    current = answer(session, current, "consent", agree_read="yes", agree_voluntary="yes")
    return answer(session, current, "about_you", site="A", role="pharmacist")
