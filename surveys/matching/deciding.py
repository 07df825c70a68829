"""A person decides: the same or not the same, and takes it back again. Every decision has its line in the record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from surveys.matching.questions import AGAIN, OPEN, WAITING
from surveys.matching.record import AUTOMATIC, Found, hold, match, note
from surveys.matching.standing import Standing, standing
from surveys.tables import Alter, Identity, Interview, Invitation, Match, MatchDecision, MatchQuestion

Verdict = Literal["same", "different"]
CONFIRMED, REFUSED, UNDONE = "confirmed", "refused", "undone"
UNDOABLE = (AUTOMATIC, CONFIRMED, REFUSED)
WORDS = {"same": "the same person", "different": "not the same person"}


class UnknownQuestion(Exception):
    """The study has no such question, or no such decision."""


class AlreadyDecided(Exception):
    """Somebody else has decided otherwise meanwhile; the text has both. `verdict`, `by` and `at` are theirs."""

    def __init__(self, question: int, wanted: Verdict, verdict: str, by: str, at: datetime) -> None:
        self.question, self.wanted, self.verdict, self.by, self.at = question, wanted, verdict, by, at
        super().__init__(
            f"You said “{WORDS[wanted]}”, but {by} said “{WORDS.get(verdict, verdict)}” on {at.day} {at:%B} at "
            f"{at:%H:%M}. Nothing was changed. To change it, undo that decision first."
        )


class CannotBeOne(Exception):
    """The two cannot be one person; the text says why."""


class LaterDecision(Exception):
    """A decision cannot be undone because another came after it; the text says which to undo first."""


@dataclass(frozen=True)
class Decided:
    """What came of a press: how many questions were decided now, how many before, and how many cannot be like this."""

    now: int
    before: int
    cannot: int = 0


def decide(session: Session, study_id: int, ids: Sequence[int], verdict: Verdict, *, by: str, now: datetime) -> Decided:
    """Decide questions that read the same; deciding the same twice is deciding once.

    Raises UnknownQuestion, AlreadyDecided when one was decided otherwise, and then decides none. A single question
    raises CannotBeOne when the two were named side by side in one interview, or one was found to be another person; of
    several, those are left to wait.
    """
    hold(session, study_id)
    rows = session.scalars(
        select(MatchQuestion)
        .where(MatchQuestion.study_id == study_id, MatchQuestion.id.in_(ids))
        .order_by(MatchQuestion.id)
        .execution_options(populate_existing=True)
    ).all()
    if not rows or len(rows) != len(set(ids)):
        raise UnknownQuestion("We could not find that question. It may have gone with the answers it was about.")
    waiting = [row for row in rows if _waits(row, verdict)]
    done = sum(_settle(session, row, verdict, by, now, alone=len(rows) == 1) for row in waiting)
    return Decided(done, len(rows) - len(waiting), len(waiting) - done)


def _settle(session: Session, row: MatchQuestion, verdict: Verdict, by: str, now: datetime, *, alone: bool) -> bool:
    """Decide one question; whether that could be. Of several, those that cannot be are left to wait."""
    try:
        _confirm(session, row, by, now) if verdict == "same" else _refuse(session, row, by, now)
    except CannotBeOne:
        if alone:
            raise
        return False
    row.status, row.decided_by, row.decided_at = verdict, by, now
    session.flush()
    return True


def _waits(row: MatchQuestion, verdict: Verdict) -> bool:
    """Whether a question is open; raises AlreadyDecided when it was decided otherwise."""
    if row.status in OPEN:
        return True
    if row.status == "left":
        raise UnknownQuestion("The names were deleted, so this can no longer be decided.")
    if row.status != verdict and row.decided_by is not None and row.decided_at is not None:
        raise AlreadyDecided(row.id, verdict, row.status, row.decided_by, row.decided_at)
    return False


def _confirm(session: Session, row: MatchQuestion, by: str, now: datetime) -> None:
    """Match the identity, as it stands, with the person or the other identity, as that stands."""
    stand = standing(session, row.study_id)
    root = stand.root(row.identity_id)
    person, other = _target(stand, row)
    if root == other or (person is not None and stand.person(root) == person):
        return
    if stand.person(root) is not None:
        if other is None or stand.person(other) is not None:
            raise CannotBeOne("This name was found to be another person meanwhile. Undo that first.")
        root, other, person = other, None, stand.person(root)
    _refuse_side_by_side(session, stand, root, person, other)
    match(session, row.study_id, [Found(root, row.score, person, other, row.id)], how=CONFIRMED, by=by, now=now)


def _target(stand: Standing, row: MatchQuestion) -> tuple[int | None, int | None]:
    """The person or the other identity that a question compares with; an identity found to be a person is that one."""
    if row.other_id is None:
        return row.person_id, None
    other = stand.root(row.other_id)
    person = stand.person(other)
    return (person, None) if person is not None else (None, other)


def _refuse_side_by_side(session: Session, stand: Standing, root: int, person: int | None, other: int | None) -> None:
    """Raise CannotBeOne when both were named in one interview, or the person is the respondent."""
    alters = stand.alters()
    mine = _interviews(session, alters.get(root, []))
    theirs = _interviews(session, alters.get(other, [])) if other is not None else _with_person(session, stand, person)
    if mine & theirs:
        raise CannotBeOne(
            "These two were named side by side by the same respondent, or one of them is the respondent. "
            "They cannot be one person."
        )


def _interviews(session: Session, alters: Sequence[int]) -> set[int]:
    return set(session.scalars(select(Alter.interview_id).where(Alter.id.in_(alters))))


def _with_person(session: Session, stand: Standing, person: int | None) -> set[int]:
    """The interviews of a person, and those in which they were picked, or typed and found."""
    picked = session.scalars(select(Alter.interview_id).where(Alter.person_id == person))
    own = session.scalars(
        select(Interview.id)
        .join(Invitation, Invitation.id == Interview.invitation_id)
        .where(Invitation.person_id == person)
    )
    found = [alter for alter, identity in stand.of_alter.items() if stand.person(identity) == person]
    return {*picked, *own, *_interviews(session, found)}


def _refuse(session: Session, row: MatchQuestion, by: str, now: datetime) -> None:
    about = Found(row.identity_id, row.score, row.person_id, row.other_id, row.id)
    note(session, row.study_id, REFUSED, [about], by=by, now=now)


def undo(session: Session, study_id: int, decision_id: int, *, by: str, now: datetime) -> bool:
    """Take a decision back, so that everything is as it was before; whether it was not taken back already.

    What was found automatically is asked of a person afterwards, and not found automatically again. Raises
    UnknownQuestion, and LaterDecision when the match was replaced since.
    """
    hold(session, study_id)
    line = session.scalar(
        select(MatchDecision).where(MatchDecision.study_id == study_id, MatchDecision.id == decision_id)
    )
    if line is None or line.what not in UNDOABLE or line.identity_id is None or line.score is None:
        raise UnknownQuestion("We could not find that decision.")
    if session.scalar(select(MatchDecision.id).where(MatchDecision.undoes_id == line.id)) is not None:
        return False
    if line.what != REFUSED:
        _unmatch(session, line)
    _reopen(session, line)
    about = Found(line.identity_id, line.score, line.person_id, line.other_id, line.question_id)
    note(session, study_id, UNDONE, [about], by=by, now=now, undoes_id=line.id)
    return True


def _unmatch(session: Session, line: MatchDecision) -> None:
    gone = session.execute(
        delete(Match).where(
            Match.identity_id == line.identity_id,
            Match.person_id.is_not_distinct_from(line.person_id),
            Match.same_as_id.is_not_distinct_from(line.other_id),
        )
    )
    if gone.rowcount == 0:  # type: ignore[attr-defined]
        raise LaterDecision("This name has been matched again since. Undo the later decision first.")


def _reopen(session: Session, line: MatchDecision) -> None:
    """The question that the decision answered waits again; what was found without one is asked now."""
    if line.question_id is not None:
        waiting = {"status": WAITING, "decided_by": None, "decided_at": None}
        session.execute(update(MatchQuestion).where(MatchQuestion.id == line.question_id).values(waiting))
        return
    pair = {"identity_id": line.identity_id, "person_id": line.person_id, "other_id": line.other_id}
    there = session.scalar(select(MatchQuestion).filter_by(**pair))
    if there is not None:
        there.status = AGAIN
        session.flush()
    elif session.get(Identity, line.identity_id) is not None:
        session.execute(insert(MatchQuestion).values(**pair, study_id=line.study_id, score=line.score, status=AGAIN))
