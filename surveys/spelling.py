"""Words of a search that nobody on the roster has, mended by those that somebody has: a slip of the keys away."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from rapidfuzz.distance import OSA
from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from surveys.tables import Base

SHORTEST_MENDED = 4
LONG_WORD = 8
MOST_READINGS = 5

_person = Base.metadata.tables["person"]
_TEXTS = select(_person.c.search_text).where(_person.c.study_id == bindparam("study"), _person.c.left_at.is_(None))


def mended(session: Session, study_id: int, words: Sequence[str]) -> list[tuple[str, ...]]:
    """For each word of a search, what it may have meant: itself where somebody's name, job or site has it.

    A word of four letters or more may have one letter wrong, missing, added or swapped with its neighbour; one of
    eight or more, two. It is compared with the beginnings of words, as a search compares it. The nearest five are
    given, and none for a word that is like no other. Swaps count once: optimal string alignment, Damerau 1964,
    doi:10.1145/363958.363994.
    """
    known = _words_of(session, study_id)
    return [_readings(word, known) for word in words]


def _readings(word: str, known: Collection[str]) -> tuple[str, ...]:
    if any(other.startswith(word) for other in known):
        return (word,)
    if len(word) < SHORTEST_MENDED:
        return ()
    slips = 2 if len(word) >= LONG_WORD else 1
    starts = set(word[:2])
    alike = [other for other in known if not starts.isdisjoint(other[:2])]  # a slip spares one of the first two letters
    beginnings = {other[: len(word) + extra] for other in alike for extra in range(-slips, slips + 1)}
    near = ((OSA.distance(word, other, score_cutoff=slips), other) for other in beginnings if len(other) > slips)
    return tuple(other for slips_made, other in sorted(near) if slips_made <= slips)[:MOST_READINGS]


def _words_of(session: Session, study_id: int) -> frozenset[str]:
    """Every word that the search looks through: the whole roster's, in one go and in one string."""
    texts = session.connection().execute(_TEXTS, {"study": study_id}).scalars()
    return frozenset("".join(texts).split())
