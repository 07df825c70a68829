"""Whether two networks of the same people go together: correlation over pairs, tested by exchanging people (QAP)."""

from dataclasses import dataclass

import numpy as np

from networks.inference.cells import EQUAL, Mask, Matrix, Orders, Vector, exchangeable, known, random_orders

STEP = 100_000
"""How many ties are looked up at a time: about what a processor's cache holds."""


@dataclass(frozen=True)
class Together:
    """How far two networks go together.

    r              Pearson's correlation over pairs, -1 to 1; None where either is the same for all pairs
    p_ge, p_le     (c + 1) / (permutations + 1), c the permutations whose r is as large, or as small; None without r
    hamming        pairs tied in one of the two only
    jaccard        pairs tied in both, of those tied in either; None without any
    n, cells       nodes, and the pairs that counted
    permutations, seed   how many permutations, and what they were drawn from
    """

    r: float | None
    p_ge: float | None
    p_le: float | None
    hamming: int
    jaccard: float | None
    n: int
    cells: int
    permutations: int
    seed: int


def qap(one: Matrix, other: Matrix, permutations: int = 2000, seed: int = 1) -> Together:
    """Whether those tied in one network are tied in the other more often, or less, than when people are exchanged.

    Takes   one, other  n x n over the same people, directed, 0 and 1 or valued; NaN where not known
    Gives   the correlation with both one-sided p, over pairs known in both; see `mrqap` for who is exchanged
    Refuses FewExchanges, TooManyNodes.
    Source: Krackhardt 1987, doi:10.1016/0378-8733(87)90012-8.
    """
    mask = known([one, other], len(one))
    cells = int(mask.sum())
    first, second = one[mask] != 0, other[mask] != 0
    either = int((first | second).sum())
    r, drawn = _correlations(one, other, mask, random_orders(exchangeable(mask), permutations, seed))
    return Together(
        r=r,
        p_ge=None if r is None else (int((drawn >= r - EQUAL).sum()) + 1) / (permutations + 1),
        p_le=None if r is None else (int((drawn <= r + EQUAL).sum()) + 1) / (permutations + 1),
        hamming=int((first != second).sum()),
        jaccard=int((first & second).sum()) / either if either else None,
        n=len(one),
        cells=cells,
        permutations=permutations,
        seed=seed,
    )


def _correlations(one: Matrix, other: Matrix, mask: Mask, orders: Orders) -> tuple[float | None, Vector]:
    """The correlation as it is, and as it is with the people of `other` in each of the orders."""
    first, second = one[mask], other[mask]
    if mask.sum() < 2 or np.ptp(first) == 0 or np.ptp(second) == 0:
        return None, np.empty(0)
    scale = len(first) * first.std() * second.std()
    shift = len(first) * first.mean() * second.mean()
    real = float((first @ second - shift) / scale)
    return real, (_products(np.where(mask, one, 0), np.where(mask, other, 0), orders) - shift) / scale


def _products(one: Matrix, other: Matrix, orders: Orders) -> Vector:
    """The sum over pairs of one times the permuted other, for each order, from the pairs where `one` is not 0."""
    n = len(one)
    rows, columns = np.nonzero(one)
    weights, plane = one[rows, columns], other.ravel()
    together = max(1, STEP // len(weights))
    steps = [orders[first : first + together] for first in range(0, len(orders), together)]
    return np.concatenate([plane.take(some[:, rows] * n + some[:, columns]) @ weights for some in steps])
