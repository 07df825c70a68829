"""How likely it is that a description means a certain person: names, site and role weighed against coincidence.

Source: Fellegi and Sunter 1969, doi:10.1080/01621459.1969.10501049, with the frequency of each name taken from the
roster, as Winkler 1989 does; the share of those described who are on the roster is found by expectation-maximisation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from surveys.matching.alike import family_likelihoods, given_likelihoods
from surveys.matching.names import Reading, on_roster, readings

SITE_RIGHT = 0.95
ROLE_RIGHT = 0.88
MIDDLE_AS_GIVEN = 0.04
MIDDLE_IN_FAMILY = 0.04
HALF_A_NAME = 0.01
SHARED_BY_CHANCE = 0.05
"""How much likelier than its words alone a whole name is somebody else's too: names come together in families."""
UNKNOWN_NAMES = 100
"""For how many people whose names are not known a roster counts, when it tells how common a name is."""
ROUNDS = 12
BELIEVED = 20.0
"""How many descriptions the first belief about the share on the roster counts for."""
SHARE_BEFORE = 0.7

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Described:
    """Someone as they were described: a name as typed, a site and a role by row where they are known."""

    name: str
    site: int | None = None
    role: int | None = None


@dataclass(frozen=True)
class Weights:
    """For each description (row) and person (column) the likelihood ratio against coincidence, where above nothing.

    `whole` is what of it comes from reading the name as a whole one: a family name and something of a given name.
    """

    ratios: csr_array
    whole: csr_array

    def row(self, row: int) -> list[tuple[int, float, bool]]:
        """One description's people: column, ratio, and whether it rests on a whole name."""
        whole = dict(zip(*_row(self.whole, row), strict=True))
        return [
            (column, ratio, whole.get(column, 0.0) >= ratio / 2)
            for column, ratio in zip(*_row(self.ratios, row), strict=True)
        ]


def _row(table: csr_array, row: int) -> tuple[list[int], list[float]]:
    start, end = table.indptr[row : row + 2]
    return table.indices[start:end].tolist(), table.data[start:end].tolist()


def weigh(described: Sequence[Described], people: Sequence[Described], *, known: Sequence[Described]) -> Weights:
    """Likelihood ratios of all descriptions and people; how common each name is, is taken from those `known`.

    Where nothing in a name is like a person's, there is no ratio: nobody is matched by site and role alone.
    """
    flat = [(row, reading) for row, one in enumerate(described) for reading in readings(one.name)]
    shape = (len(described), len(people))
    if not flat or not people:
        return Weights(csr_array(shape), csr_array(shape))
    both = _both_parts(flat, people)
    chance = _chance(flat, len(described), known)
    return Weights(
        *(
            _with_place(
                _scaled_rows(csr_array(_sums(flat, len(described), only) @ both), 1 / chance), described, people
            )
            for only in (False, True)
        )
    )


Flat = Sequence[tuple[int, Reading]]


def _both_parts(flat: Flat, people: Sequence[Described]) -> csr_array:
    """P(name as read | person), for each reading; half a name has to be one's own, without slips."""
    by_family, by_given = _parts(flat, people)
    both = csr_array(by_family.multiply(by_given))
    half = np.array([not reading.whole for _, reading in flat])
    both.data[half[np.repeat(np.arange(len(flat)), np.diff(both.indptr))] & (both.data < HALF_A_NAME)] = 0
    both.eliminate_zeros()
    return both


def _chance(flat: Flat, rows: int, known: Sequence[Described]) -> Floats:
    """P(name as written | anyone): its parts as common as among those known, or a little rarer than the rarest."""
    count, sums = len(known), _sums(flat, rows, only_whole=False)
    rare_family, rare_given = 1 / (10 * count + 200), 1 / (2 * count + 50)
    if not known:
        return np.asarray(sums.sum(axis=1), dtype=np.float64) * rare_family * rare_given
    by_family, by_given = _parts(flat, known)
    together = (sums @ by_family.multiply(by_given).tocsr()).sum(axis=1) / (count + UNKNOWN_NAMES)
    family, given = (part.sum(axis=1) / (count + UNKNOWN_NAMES) for part in (by_family, by_given))
    apart = sums @ ((family + rare_family) * (given + rare_given))
    return np.maximum(np.asarray(apart + SHARED_BY_CHANCE * together, dtype=np.float64), np.finfo(float).tiny)


def _sums(flat: Flat, rows: int, only_whole: bool) -> csr_array:
    """What adds the readings of each name up, by weight: all of them, or only those of a whole name."""
    weights = [reading.weight if reading.whole or not only_whole else 0.0 for _, reading in flat]
    places = [row for row, _ in flat]
    return csr_array((weights, (places, np.arange(len(flat)))), shape=(rows, len(flat)))


def _parts(flat: Flat, people: Sequence[Described]) -> tuple[csr_array, csr_array]:
    """P(family name | person) and P(given name | person), for each reading."""
    names = [on_roster(one.name) for one in people]
    return (
        _by_person([reading.family for _, reading in flat], [_families(one) for one in names], family=True),
        _by_person([reading.given for _, reading in flat], [_givens(one) for one in names], family=False),
    )


Forms = Sequence[tuple[str, float]]


def _families(name: Reading) -> Forms:
    """The family names that somebody may go by: their own, or with the name before it."""
    if not name.middles:
        return ((name.family, 1.0),)
    return ((name.family, 1 - MIDDLE_IN_FAMILY), (f"{name.middles[-1]}-{name.family}", MIDDLE_IN_FAMILY))


def _givens(name: Reading) -> Forms:
    """The given names that somebody may go by: the first, or a middle one."""
    share = MIDDLE_AS_GIVEN if name.middles else 0.0
    middles = tuple((middle, share / len(name.middles)) for middle in name.middles)
    return ((name.given, 1 - 2 * share), *middles, (f"{name.given}-{''.join(name.middles[:1])}".strip("-"), share))


def _by_person(words: Sequence[str], forms: Sequence[Forms], *, family: bool) -> csr_array:
    """P(word | person) for each word (row) and person (column); an empty word is as likely from anybody."""
    written = {word: at for at, word in enumerate(dict.fromkeys(words))}
    names = {name: at for at, name in enumerate(dict.fromkeys(form for some in forms for form, _ in some))}
    likely = (family_likelihoods if family else given_likelihoods)(list(written), list(names))
    held = [(names[form], person, share) for person, some in enumerate(forms) for form, share in some if share]
    at, person, share = (np.array(column) for column in zip(*held, strict=True))
    people = csr_array((share, (at, person)), shape=(len(names), len(forms)))
    table = csr_array(likely @ people)
    if "" in written:
        table = _with_row(table, written[""])
    return csr_array(table[np.array([written[word] for word in words], dtype=int)])


def _with_row(table: csr_array, row: int) -> csr_array:
    """The table with one row of ones."""
    rows, columns = table.shape
    one = csr_array(([1.0], ([row], [0])), shape=(rows, 1))
    return csr_array(table + one @ csr_array(np.ones((1, columns))))


def _scaled_rows(table: csr_array, by: Floats) -> csr_array:
    scaled = table.tocsr(copy=True)
    scaled.data *= np.repeat(by, np.diff(scaled.indptr))
    return scaled


def _with_place(ratios: csr_array, described: Sequence[Described], people: Sequence[Described]) -> csr_array:
    table = ratios.tocsr(copy=True)
    rows, columns = np.repeat(np.arange(table.shape[0]), np.diff(table.indptr)), table.indices
    for part, right in (("site", SITE_RIGHT), ("role", ROLE_RIGHT)):
        said = np.array([_code(getattr(one, part)) for one in described], dtype=int)
        theirs = np.array([_code(getattr(one, part)) for one in people], dtype=int)
        table.data *= _agreement(said[rows], theirs[columns], theirs, right)
    return table


def _code(row: int | None) -> int:
    return -1 if row is None else row


def _agreement(said: NDArray[np.int_], theirs: NDArray[np.int_], everyone: NDArray[np.int_], right: float) -> Floats:
    """The ratio that a site or a role adds: agreement counts more the fewer share it; not known adds nothing."""
    codes, counts = np.unique(everyone[everyone >= 0], return_counts=True)
    kinds, total = max(len(codes), 2), max(int(counts.sum()), 1)
    share = dict(zip(codes.tolist(), ((counts + 1) / (total + kinds)).tolist(), strict=True))
    shares = np.array([share.get(code, 1 / (total + kinds)) for code in said.tolist()])
    agreed = np.where(said == theirs, right, (1 - right) / (kinds - 1)) / shares
    return np.where((said < 0) | (theirs < 0), 1.0, agreed)


def share_known(weights: Weights, people: int, counts: Floats) -> float:
    """The share of all descriptions that mean one of the people; `counts` is how often each was given.

    Begins at 0.7 and is moved by what the descriptions themselves say.
    """
    total = np.asarray(weights.ratios.sum(axis=1)).ravel() / max(people, 1)
    share = SHARE_BEFORE
    for _ in range(ROUNDS):
        meant = share * total / (share * total + 1 - share)
        share = float((meant @ counts + SHARE_BEFORE * BELIEVED) / (counts.sum() + BELIEVED))
        share = min(max(share, 0.02), 0.98)
    return share
