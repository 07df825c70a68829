"""The record of decisions about matches, newest first, in words; each says whether it can still be undone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.matching.deciding import UNDOABLE
from surveys.matching.record import AUTOMATIC
from surveys.tables import Identity, MatchDecision, Person, TypedName

GONE = "a name that was deleted"
POSITION = "a position"
SAYS = {
    "automatic": "is {other}: found automatically",
    "confirmed": "is {other}",
    "refused": "is not {other}",
    "undone": "and {other}: decision undone",
}


@dataclass(frozen=True)
class Line:
    """One decision: its row, what was decided in words, by whom and when, and whether it can be undone."""

    id: int
    what: str
    text: str
    by: str
    at: datetime
    undoable: bool


def decisions(session: Session, study_id: int, *, most: int = 20, automatic: bool = False) -> list[Line]:
    """The newest decisions: those that people made, or those found automatically."""
    query = select(MatchDecision).where(MatchDecision.study_id == study_id)
    by_itself = MatchDecision.what == AUTOMATIC
    rows = session.scalars(
        query.where(by_itself if automatic else ~by_itself).order_by(MatchDecision.id.desc()).limit(most)
    ).all()
    undone = frozenset(
        session.scalars(select(MatchDecision.undoes_id).where(MatchDecision.undoes_id.in_([row.id for row in rows])))
    )
    names = _names(session, rows)
    people = _people(session, rows)
    return [_line(row, names, people, undone) for row in rows]


def _line(row: MatchDecision, names: dict[int, str], people: dict[int, str], undone: frozenset[int | None]) -> Line:
    undoable = row.what in UNDOABLE and row.id not in undone
    return Line(row.id, row.what, _text(row, names, people), row.decided_by, row.decided_at, undoable)


def _text(row: MatchDecision, names: dict[int, str], people: dict[int, str]) -> str:
    if row.identity_id is None:
        return f"{row.names} typed names were deleted"
    other = people.get(row.person_id or 0) or names.get(row.other_id or 0, GONE)
    return f"{names.get(row.identity_id, GONE)} {SAYS[row.what].format(other=other)}"


def _names(session: Session, rows: Sequence[MatchDecision]) -> dict[int, str]:
    """What was typed for the identities that decisions are about, as far as it is kept."""
    wanted = {identity for row in rows for identity in (row.identity_id, row.other_id) if identity is not None}
    query = (
        select(Identity.id, TypedName.name)
        .join(TypedName, TypedName.alter_id == Identity.alter_id)
        .where(Identity.id.in_(wanted))
    )
    return {row.id: f"“{row.name}”" if row.name else POSITION for row in session.execute(query)}


def _people(session: Session, rows: Sequence[MatchDecision]) -> dict[int, str]:
    wanted = {row.person_id for row in rows if row.person_id is not None}
    found = session.execute(select(Person.id, Person.name).where(Person.id.in_(wanted)))
    return {row.id: f"{row.name} (on the roster)" for row in found}
