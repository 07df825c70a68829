"""A wave's answers as a data frame: the codebook's columns, and before them whose answers they are and about whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import polars as pl
from sqlalchemy import select
from sqlalchemy.orm import Session

from instruments.answer_rows import AnswerRow, answer_rows, columns_of
from instruments.responses import Alter
from surveys.frames import alter_id
from surveys.interviews import OpenInterview, as_it_stands
from surveys.invitations import Invited
from surveys.matching.standing import Meant, who
from surveys.studies import instrument_of
from surveys.tables import InstrumentVersion, Interview, Invitation, Person, Role, Site, Study, Wave

EGO = ("ego.wave", "ego.id", "ego.site", "ego.role", "ego.simulated")
ALTER = ("alter.id", "alter.site", "alter.role")
BEFORE = {
    "ego": EGO,
    "alter": EGO + ALTER,
    "topic": (*EGO, *ALTER, "topic.id"),
    "pair": (*EGO, *ALTER, "to.id", "to.site", "to.role"),
    "site": (*EGO, "site.code"),
}
"""The columns before the codebook's, by kind of row; they have dots, which no id of a question has."""


class _Ego(NamedTuple):
    """Whose interview it is, with the site and role that they had when invited."""

    interview: OpenInterview
    site: str
    role: str


def answers(
    session: Session, wave: Wave, unit: str = "ego", *, personal: bool = False, simulated: bool = False
) -> pl.DataFrame:
    """What was said in every interview of a wave that was sent: texts, one row a unit of `answer_rows.UNITS`.

    Each column after those of BEFORE is one of the codebook, in its order; those that may hold personal data are left
    out unless `personal`, and answers that nobody gave unless `simulated`. Alters are called as in `frames`: those
    matched with a person by that person's key, with that person's site and role.
    """
    meant = who(session, wave.study_id)
    columns = columns_of(instrument_of(session, wave.instrument_version_id), unit, personal=personal)
    rows = [
        (*_ego(ego), *_about(unit, row, ego.interview, meant), *row.texts)
        for ego in _sent(session, wave, simulated)
        for row in answer_rows(ego.interview.instrument, ego.interview.responses, unit, columns)
    ]
    names = (*BEFORE[unit], *(column.id for column in columns))
    return pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String()), orient="row")


def _sent(session: Session, wave: Wave, simulated: bool) -> Iterator[_Ego]:
    """Every interview that was sent, in the order of the invitations."""
    query = (
        select(Invitation, Person, Interview, InstrumentVersion.source, Site.code, Role.code)
        .join(Person, Person.id == Invitation.person_id)
        .join(Interview, Interview.invitation_id == Invitation.id)
        .join(InstrumentVersion, InstrumentVersion.id == Interview.instrument_version_id)
        .join(Site, Site.id == Invitation.site_id)
        .join(Role, Role.id == Invitation.role_id)
        .where(Invitation.wave_id == wave.id, Interview.finished_at.is_not(None))
        .order_by(Invitation.id)
    )
    study = session.get_one(Study, wave.study_id)
    for invitation, person, interview, source, site, role in session.execute(query).all():
        if simulated or not interview.simulated:
            yield _Ego(as_it_stands(session, Invited(invitation, wave, person, study), interview, source), site, role)


def _ego(ego: _Ego) -> tuple[str, ...]:
    of = ego.interview
    simulated = "true" if of.interview.simulated else "false"
    return (str(of.invited.wave.number), of.invited.person.key, ego.site, ego.role, simulated)


def _about(unit: str, row: AnswerRow, interview: OpenInterview, meant: Mapping[int, Meant]) -> tuple[str, ...]:
    """Whom a row is about, under the columns of BEFORE."""
    people = {alter.number: alter for alter in interview.responses.alters}
    found: tuple[str, ...] = ()
    for number in (row.about.alter, row.about.to):
        if number is not None:
            found += _alter(people[number], interview.rows[number], meant)
    return (*found, row.about.topic) if row.about.topic is not None and unit in ("topic", "site") else found


def _alter(alter: Alter, row: int, meant: Mapping[int, Meant]) -> tuple[str, ...]:
    one = meant.get(row)
    if alter.person is None and one is not None and one.on_roster:
        return (one.key, one.site or "", one.role or "")
    return (alter_id(alter.person, row, meant), alter.site or "", alter.role or "")
