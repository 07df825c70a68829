"""How uncertain a measure of a network is, and a change between waves: the network drawn again from its own people."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
"""n x n: 1 where the row goes to the column, 0 where not (or its weight); NaN where not known; the diagonal is NaN."""
Numbers = NDArray[np.int64]
"""Numbers of nodes, or pairs of them (k x 2)."""
Spoke = NDArray[np.bool_]
"""Whether each node said anything."""
Statistic = Callable[[Matrix], float]
"""A number that describes one network; NaN where it is not defined."""


@dataclass(frozen=True)
class Uncertain:
    """One measure of one network and its standard error; None where undefined."""

    value: float | None
    se: float | None
    draws: int
    seed: int


@dataclass(frozen=True)
class Change:
    """The second network's measure less the first's; None where undefined.

    paired_se        standard error of the change, the same people drawn in both waves: the one to use
    independent_se   as if the waves had been asked of different people; to compare with
    """

    diff: float | None
    paired_se: float | None
    independent_se: float | None
    draws: int
    seed: int


def density(matrix: Matrix) -> float:
    """Ties of all pairs of different nodes that are known; NaN where none is."""
    unknown = int(np.count_nonzero(np.isnan(matrix)))
    pairs = matrix.size - unknown
    return (int(np.count_nonzero(matrix)) - unknown) / pairs if pairs else np.nan


def uncertainty(matrix: Matrix, statistic: Statistic = density, draws: int = 2000, seed: int = 1) -> Uncertain:
    """A measure of a network with its standard error by the vertex bootstrap.

    Each draw takes n people with replacement, and the ties between them. Where one person is drawn twice, the pair of
    the two is given the ties, both ways, of a pair drawn at random among those of whom both ways are known.

    Takes   matrix     a row of NaN for each who did not answer, who are drawn as anyone is, and stay silent
            statistic  any measure of an n x n matrix of that kind
    Source: Snijders and Borgatti 1999, Non-parametric standard errors and tests for network statistics,
            Connections 22(2):161-170.
    """
    values = [statistic(drawn) for (drawn,) in redrawn([matrix], draws, np.random.default_rng(seed))]
    return Uncertain(_defined(statistic(_without_diagonal(matrix))), _spread(values), draws, seed)


def change(earlier: Matrix, later: Matrix, statistic: Statistic = density, draws: int = 2000, seed: int = 1) -> Change:
    """How a measure changed between two waves of the same people, with its standard error.

    Drawing the same people in both waves keeps what a person has in common with themselves; two independent draws
    lose it, and overstate the error of a change. Takes and source as for `uncertainty`.
    """
    random = np.random.default_rng(seed)
    pairs = [(statistic(one), statistic(two)) for one, two in redrawn([earlier, later], draws, random)]
    apart = [statistic(two) for (two,) in redrawn([later], draws, random)]
    firsts = [one for one, _ in pairs]
    return Change(
        diff=_defined(statistic(_without_diagonal(later)) - statistic(_without_diagonal(earlier))),
        paired_se=_spread([two - one for one, two in pairs]),
        independent_se=_spread([two - one for one, two in zip(firsts, apart, strict=True)]),
        draws=draws,
        seed=seed,
    )


def redrawn(matrices: Sequence[Matrix], draws: int, random: np.random.Generator) -> Iterator[tuple[Matrix, ...]]:
    """Each draw of all the networks with the same people, and the same pairs lent where one stands twice."""
    plain = [_without_diagonal(matrix) for matrix in matrices]
    n = len(plain[0])
    spoke: list[Spoke] = [np.any(~np.isnan(matrix), axis=1) for matrix in plain]
    lenders = np.argwhere(np.all([~np.isnan(matrix + matrix.T) for matrix in plain], axis=0))
    for _ in range(draws if n else 0):
        people = random.integers(0, n, n)
        twice = _twice(people)
        lent = lenders[random.integers(0, len(lenders), len(twice))] if len(lenders) else np.empty((0, 2), np.intp)
        twice = twice[: len(lent)]
        yield tuple(_drawn(one, people, spoke_in, twice, lent) for one, spoke_in in zip(plain, spoke, strict=True))


def _twice(people: Numbers) -> Numbers:
    """The pairs of places (low, high) that hold one person."""
    low, high = np.divmod(np.flatnonzero(np.equal(people[:, None], people)), len(people))
    return np.column_stack([low, high])[low < high]


def _drawn(matrix: Matrix, people: Numbers, spoke: Spoke, twice: Numbers, lent: Numbers) -> Matrix:
    """The network among the people drawn. Someone who said nothing says nothing the second time either."""
    drawn: Matrix = matrix[np.ix_(people, people)]
    filled = spoke[people[twice[:, 0]]]
    (one, other), (lender, borrower) = twice[filled].T, lent[filled].T
    drawn[one, other], drawn[other, one] = matrix[lender, borrower], matrix[borrower, lender]
    return drawn


def _without_diagonal(matrix: Matrix) -> Matrix:
    plain = matrix.astype(np.float64)
    np.fill_diagonal(plain, np.nan)
    return plain


def _spread(values: Sequence[float]) -> float | None:
    """The standard deviation of the values that are defined; None of fewer than two."""
    defined = [value for value in values if not np.isnan(value)]
    return float(np.std(defined, ddof=1)) if len(defined) > 1 else None


def _defined(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
