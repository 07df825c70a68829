"""Everything that matching reads: who was typed, by whom, with which site and role, and who is on the roster."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.matching.scoring import Described
from surveys.tables import Alter, Interview, Invitation, Person, TypedName, Wave


@dataclass(frozen=True)
class Typed:
    """An alter who was typed or named by position: with the row of the interview, and of the respondent."""

    alter: int
    interview: int
    ego: int
    wave: int
    name: str
    position: bool
    site: int | None
    role: int | None

    @property
    def described(self) -> Described:
        return Described(self.name, self.site, self.role)


def typed(session: Session, study_id: int) -> list[Typed]:
    """Everyone typed in an interview that was sent, as far as names are kept; simulated answers are left out."""
    query = (
        select(
            Alter.id,
            Alter.interview_id,
            Invitation.person_id,
            Wave.number,
            TypedName.name,
            TypedName.position,
            Alter.site_id,
            Alter.role_id,
        )
        .join(TypedName, TypedName.alter_id == Alter.id)
        .join(Interview, Interview.id == Alter.interview_id)
        .join(Invitation, Invitation.id == Interview.invitation_id)
        .join(Wave, Wave.id == Invitation.wave_id)
        .where(Wave.study_id == study_id, Interview.finished_at.is_not(None), Interview.simulated.is_(False))
        .order_by(Alter.id)
    )
    rows = session.execute(query).all()
    return [Typed(*row[:4], name=row.name or "", position=row.position, site=row[6], role=row[7]) for row in rows]


def people(session: Session, study_id: int) -> dict[int, Described]:
    """The roster, by row, with those who have left: an earlier wave may have named them."""
    query = select(Person.id, Person.name, Person.site_id, Person.role_id).where(Person.study_id == study_id)
    return {row.id: Described(*row[1:]) for row in session.execute(query.order_by(Person.id))}


def present(session: Session, study_id: int) -> frozenset[int]:
    """Those of the roster who have not left."""
    query = select(Person.id).where(Person.study_id == study_id, Person.left_at.is_(None))
    return frozenset(session.scalars(query))


def not_them(session: Session, named: Sequence[Typed]) -> Mapping[int, set[int]]:
    """For each interview the people whom nobody typed there can be: the respondent, and those picked there."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    for one in named:
        found[one.interview].add(one.ego)
    theirs = select(Alter.interview_id).join(TypedName, TypedName.alter_id == Alter.id)
    picked = select(Alter.interview_id, Alter.person_id).where(
        Alter.person_id.is_not(None), Alter.interview_id.in_(theirs)
    )
    for interview, person in session.execute(picked):
        if person is not None:
            found[interview].add(person)
    return found
