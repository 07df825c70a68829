"""Questions about matches as rows: put where something may be a match, and found again whatever became of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from surveys.matching.mentions import Typed
from surveys.matching.names import written
from surveys.matching.record import Found
from surveys.tables import MatchQuestion

WAITING = "waiting"
AGAIN = "again"
OPEN = (WAITING, AGAIN)
DIGEST = 32

Pair = tuple[int, int | None, int | None]
"""An identity, with a person or another identity."""


@dataclass(frozen=True)
class Asked:
    """A question that there is: its row and how it stands."""

    id: int
    status: str


def asked(session: Session, study_id: int) -> dict[Pair, Asked]:
    """Every question of the study; one about two identities is found from either."""
    query = select(
        MatchQuestion.id,
        MatchQuestion.status,
        MatchQuestion.identity_id,
        MatchQuestion.person_id,
        MatchQuestion.other_id,
    ).where(MatchQuestion.study_id == study_id)
    found: dict[Pair, Asked] = {}
    for row in session.execute(query):
        question = Asked(row.id, row.status)
        found[row.identity_id, row.person_id, row.other_id] = question
        if row.other_id is not None:
            found[row.other_id, None, row.identity_id] = question
    return found


def ask(
    session: Session,
    study_id: int,
    found: Iterable[Found],
    there: Mapping[Pair, Asked],
    described: Mapping[int, Typed],
) -> int:
    """Put the questions that are not there yet; those that wait get the score of now. Gives how many are new."""
    new: dict[Pair, dict[str, object]] = {}
    for one in found:
        question = there.get((one.identity, one.person, one.other))
        if question is None and (one.other, None, one.identity) not in new:
            new[one.identity, one.person, one.other] = _row(study_id, one, described)
        elif question is not None and question.status in OPEN:
            session.execute(update(MatchQuestion).where(MatchQuestion.id == question.id).values(score=one.score))
    if new:
        session.execute(insert(MatchQuestion), list(new.values()))
    return len(new)


def _row(study_id: int, one: Found, described: Mapping[int, Typed]) -> dict[str, object]:
    return {
        "study_id": study_id,
        "identity_id": one.identity,
        "person_id": one.person,
        "other_id": one.other,
        "score": one.score,
        "alike": _alike(one, described),
        "status": WAITING,
    }


def _alike(one: Found, described: Mapping[int, Typed]) -> str:
    """The same text for questions that read the same: the words, site and role, and whom they are compared with."""
    sides = [
        _told(described.get(one.identity)),
        str(one.person) if one.other is None else _told(described.get(one.other)),
    ]
    return hashlib.sha256("|".join(sides).encode()).hexdigest()[:DIGEST]


def _told(side: Typed | None) -> str:
    return "" if side is None else f"{written(side.name)}/{side.position}/{side.site}/{side.role}"
