"""Words of a search that nobody on the roster has, mended by those that somebody has: a slip of the keys away."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA
from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from surveys.tables import Base

SHORTEST_MENDED = 4
LONG_WORD = 8
MOST_READINGS = 5

_person = Base.metadata.tables["person"]
_TEXTS = select(func.aggregate_strings(_person.c.search_text, "")).where(
    _person.c.study_id == bindparam("study"), _person.c.left_at.is_(None)
)


def mended(session: Session, study_id: int, words: Sequence[str]) -> list[tuple[str, ...]]:
    """For each word of a search, what it may have meant: itself where somebody's name, job or site has it.

    A word of four letters or more may have one letter wrong, missing, added or swapped with its neighbour; one of
    eight or more, two. It is compared with the beginnings of words, as a search compares it. The nearest five are
    given, and none for a word that is like no other. Swaps count once: optimal string alignment, Damerau 1964,
    doi:10.1145/363958.363994.
    """
    texts = _texts_of(session, study_id)
    unknown = {word for word in words if f" {word}" not in texts}
    others = frozenset(texts.split()) if unknown else frozenset()
    return [_readings(word, others) if word in unknown else (word,) for word in words]


def _readings(word: str, others: Iterable[str]) -> tuple[str, ...]:
    if len(word) < SHORTEST_MENDED:
        return ()
    slips = 2 if len(word) >= LONG_WORD else 1
    starts = word[:2]  # a slip spares one of the first two letters
    alike = [other for other in others if other[0] in starts or other[1:2] in starts]
    beginnings = {other[: len(word) + extra] for other in alike for extra in range(-slips, slips + 1)}
    near = process.extract(word, beginnings, scorer=OSA.distance, score_cutoff=slips, limit=None)
    by_slips = sorted((slips_made, other) for other, slips_made, _ in near if len(other) > slips)
    return tuple(other for _, other in by_slips[:MOST_READINGS])


def _texts_of(session: Session, study_id: int) -> str:
    """All that the search looks through, in one string: each word of the whole roster is led by a space."""
    return session.connection().execute(_TEXTS, {"study": study_id}).scalar_one() or ""
