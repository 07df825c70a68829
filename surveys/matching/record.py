"""What every act on matches does to the tables: one at a time in a study, each with a line in the record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from surveys.tables import Match, MatchDecision, Study

AUTOMATIC = "automatic"


def hold(session: Session, study_id: int) -> None:
    """Let acts on the study's matches come one after the other, until the caller commits."""
    session.execute(select(Study.id).where(Study.id == study_id).with_for_update())


@dataclass(frozen=True)
class Found:
    """That an identity is a person, or another identity, how likely that is (0..1), and the question that asked."""

    identity: int
    score: float
    person: int | None = None
    other: int | None = None
    question: int | None = None


def match(session: Session, study_id: int, found: Sequence[Found], *, how: str, by: str, now: datetime) -> None:
    """Keep what was found, and write a line of the record for each."""
    if not found:
        return
    session.execute(
        insert(Match),
        [
            {
                "identity_id": one.identity,
                "person_id": one.person,
                "same_as_id": one.other,
                "score": one.score,
                "how": how,
                "decided_by": by,
                "decided_at": now,
            }
            for one in found
        ],
    )
    note(session, study_id, how, found, by=by, now=now)


def note(
    session: Session, study_id: int, what: str, about: Sequence[Found], *, by: str, now: datetime, **more: int
) -> None:
    """Write a line of the record for each; `more` has further columns."""
    session.execute(
        insert(MatchDecision),
        [
            {
                "study_id": study_id,
                "what": what,
                "identity_id": one.identity,
                "person_id": one.person,
                "other_id": one.other,
                "score": one.score,
                "question_id": one.question,
                "decided_by": by,
                "decided_at": now,
                **more,
            }
            for one in about
        ],
    )
