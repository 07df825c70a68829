"""Names forgotten for good, when it is known who was meant: what they were found to be stays, and so does every tie."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, delete, select, update
from sqlalchemy.orm import Session

from surveys.matching.questions import OPEN
from surveys.matching.record import hold
from surveys.matching.standing import Standing, standing
from surveys.tables import Alter, Identity, Interview, Invitation, MatchDecision, MatchQuestion, TypedName, Wave

FORGOTTEN = "forgotten"
LEFT = "left"


class UndecidedMatches(Exception):
    """Questions still wait that nobody can decide once the names are gone; the text says what to do."""


@dataclass(frozen=True)
class Forgotten:
    """How many names were deleted, and how many questions can no longer be decided."""

    names: int
    left: int


def forget_names(
    session: Session, study_id: int, wave: int | None = None, *, by: str, now: datetime, leave_undecided: bool = False
) -> Forgotten:
    """Delete the typed names of a study, or of one of its waves by number, with what questions knew of them.

    Identities, matches and ties stay: the network measured afterwards is the one before. What is found out about
    names in a later wave can no longer reach those forgotten. Raises UndecidedMatches while names were not matched yet
    or a question about one of them waits, unless `leave_undecided`: then those stay who they are, each on their own.
    """
    hold(session, study_id)
    alters = _named(session, study_id, wave)
    waiting = _waiting_about(session, study_id, alters)
    if not leave_undecided:
        _refuse_undecided(session, alters, len(waiting))
    session.execute(
        delete(TypedName).where(TypedName.alter_id.in_(_of_wave(study_id, wave)), TypedName.name.is_not(None))
    )
    gone = select(Identity.id).where(Identity.alter_id.in_(_of_wave(study_id, wave)))
    about = MatchQuestion.identity_id.in_(gone) | MatchQuestion.other_id.in_(gone)
    session.execute(update(MatchQuestion).where(about).values(alike=None))
    if waiting:
        session.execute(update(MatchQuestion).where(MatchQuestion.id.in_(waiting)).values(status=LEFT))
    line = MatchDecision(study_id=study_id, what=FORGOTTEN, names=len(alters), decided_by=by, decided_at=now)
    session.add(line)
    session.flush()
    return Forgotten(len(alters), len(waiting))


def _of_wave(study_id: int, wave: int | None) -> Select[int]:
    """The alters of a study's interviews, or of those of one wave."""
    query = (
        select(Alter.id)
        .join(Interview, Interview.id == Alter.interview_id)
        .join(Invitation, Invitation.id == Interview.invitation_id)
        .join(Wave, Wave.id == Invitation.wave_id)
        .where(Wave.study_id == study_id)
    )
    return query if wave is None else query.where(Wave.number == wave)


def _named(session: Session, study_id: int, wave: int | None) -> frozenset[int]:
    query = select(TypedName.alter_id).where(
        TypedName.name.is_not(None), TypedName.alter_id.in_(_of_wave(study_id, wave))
    )
    return frozenset(session.scalars(query))


def _waiting_about(session: Session, study_id: int, forgotten: Collection[int]) -> list[int]:
    """The open questions of which one side has no name left once those of some alters are gone."""
    kept = frozenset(session.scalars(select(TypedName.alter_id))) - frozenset(forgotten)
    stand = standing(session, study_id)
    alters = stand.alters()
    rows = session.scalars(
        select(MatchQuestion).where(MatchQuestion.study_id == study_id, MatchQuestion.status.in_(OPEN))
    )

    def nameless(identity: int | None) -> bool:
        return identity is not None and kept.isdisjoint(alters.get(stand.root(identity), ()))

    return [row.id for row in rows if still_open(stand, row) and (nameless(row.identity_id) or nameless(row.other_id))]


def still_open(stand: Standing, row: MatchQuestion) -> bool:
    """Whether what a question asks is not settled by another match meanwhile."""
    root = stand.root(row.identity_id)
    if row.other_id is None:
        return stand.person(root) is None
    other = stand.root(row.other_id)
    return root != other and (stand.person(root) is None or stand.person(other) is None)


def _refuse_undecided(session: Session, alters: Collection[int], waiting: int) -> None:
    known = frozenset(session.scalars(select(Identity.alter_id).where(Identity.alter_id.is_not(None))))
    unmatched = len(frozenset(alters) - known)
    remedy = "or say that undecided ones may stay on their own (--leave-undecided)."
    if unmatched:
        raise UndecidedMatches(
            f"{unmatched} names were not matched yet. Run matching first (flask matching run), {remedy}"
        )
    if waiting:
        raise UndecidedMatches(
            f"{waiting} questions still wait, and nobody can decide them without the names. "
            f"Decide them first (flask matching queue), {remedy}"
        )
