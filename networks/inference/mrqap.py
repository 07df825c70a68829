"""Which of several things explain who goes to whom: regression over pairs, tested by exchanging people (MRQAP)."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from networks.inference.cells import (
    EQUAL,
    Mask,
    Matrix,
    Orders,
    Vector,
    exchangeable,
    known,
    random_orders,
    refuse_too_many,
    unknown_cells,
)
from networks.inference.least_squares import Fit, fit
from networks.inference.refusals import DoubledTerm, NoTerms, TooFewCells

INTERCEPT = "intercept"
OUTCOME = "outcome"
MOST_NODES = 2_500
STEP = 250_000
"""How many cells times targets are multiplied at a time: what a cache holds, and too few for OpenBLAS to call upon
several threads, which on a busy machine wait for each other longer than they work."""


@dataclass(frozen=True)
class Explained:
    """A regression over pairs: one coefficient for each term, the intercept first.

    terms         intercept, then the names given
    coef, t       each coefficient and its t value, as ordinary least squares has them
    r2            share of the variance that the terms explain, 0 to 1
    p_two_sided   (c + 1) / (permutations + 1), c the permutations whose |t| is as large; None for the intercept
    n, cells      nodes, and the pairs that counted
    unknown       by matrix (outcome, or a term) the pairs for which it has no value, where there are any
    permutations, seed   how many permutations, and what they were drawn from
    """

    terms: tuple[str, ...]
    coef: tuple[float, ...]
    t: tuple[float, ...]
    r2: float
    p_two_sided: tuple[float | None, ...]
    n: int
    cells: int
    unknown: Mapping[str, int]
    permutations: int
    seed: int


def mrqap(outcome: Matrix, terms: Mapping[str, Matrix], permutations: int = 2000, seed: int = 1) -> Explained:
    """What each term adds to explaining the outcome when the others are known, by double semi-partialling.

    Each term is cleared of the others, what is left of it is moved by exchanging people (rows and columns together),
    and the network's t is held against those that then arise. Whatever makes pairs alike that share a person, and
    ordinary p-values too small, stays in every permutation.

    Takes   outcome, terms  n x n, directed, 0 and 1 or valued; NaN where not known; the diagonal counts nowhere
    Gives   coefficients with t, two-sided p and r2. Pairs with any value unknown are left out and counted, and people
            are exchanged among those of whom the same is known: who answered with who answered.
    Refuses NotTestable in its kinds: NoTerms, DoubledTerm, TooFewCells, NothingToExplain, ConstantTerm, CollinearTerm,
            NothingLeft, FewExchanges, TooManyNodes.
    Source: Dekker, Krackhardt and Snijders 2007, doi:10.1007/s11336-007-9016-1.
    """
    _refuse_names(terms)
    refuse_too_many(len(outcome), MOST_NODES)
    mask = known([outcome, *terms.values()], len(outcome))
    cells = int(mask.sum())
    unknown = _unknown({OUTCOME: outcome, **terms})
    if cells <= len(terms) + 1:
        raise TooFewCells(cells, len(terms) + 1, unknown)
    orders = random_orders(exchangeable(mask), permutations, seed)
    fitted = fit(outcome[mask], np.column_stack([term[mask] for term in terms.values()]), list(terms))
    return Explained(
        terms=(INTERCEPT, *terms),
        coef=tuple(fitted.coefficients.tolist()),
        t=tuple(fitted.t.tolist()),
        r2=fitted.r2,
        p_two_sided=(None, *_p_values(fitted, mask, orders)),
        n=len(outcome),
        cells=cells,
        unknown=unknown,
        permutations=permutations,
        seed=seed,
    )


def _refuse_names(terms: Mapping[str, Matrix]) -> None:
    if not terms:
        raise NoTerms
    for taken in (INTERCEPT, OUTCOME):
        if taken in terms:
            raise DoubledTerm(taken)


def _unknown(matrices: Mapping[str, Matrix]) -> dict[str, int]:
    """The pairs for which each matrix has no value, of those that lack any."""
    missing = {name: unknown_cells(matrix) for name, matrix in matrices.items()}
    return {name: pairs for name, pairs in missing.items() if pairs}


def _p_values(fitted: Fit, mask: Mask, orders: Orders) -> list[float]:
    """Two-sided p of each term.

    What is left of a term is a combination of the basis, so the basis is permuted once for all terms. t grows with the
    partial correlation alone, and that needs no more than products of the permuted basis with the outcome and the
    basis (Frisch and Waugh 1933, doi:10.2307/1907330).
    """
    planes = np.zeros((fitted.basis.shape[1], mask.size))
    planes[:, mask.ravel()] = fitted.basis.T
    targets = np.zeros((mask.size, 1 + len(planes)))
    targets[mask.ravel()] = np.column_stack([fitted.outcome, fitted.basis])
    permuted = _products(planes, targets, orders)
    return [_p_value(fitted, term, permuted) for term in range(len(planes))]


def _products(planes: Vector, targets: Vector, orders: Orders) -> Vector:
    """Each permuted plane times each target: permutations x planes x targets.

    Takes planes (k x n*n) and targets (n*n x m) with 0 in pairs that don't count, and orders (permutations x n).
    """
    count, n = orders.shape
    found = np.zeros((count, len(planes), targets.shape[1]))
    step = STEP // targets.shape[1]
    together = max(2, step // n**2)
    for first in range(0, count, together):
        some = orders[first : first + together]
        rows = max(1, step // (n * len(some)))
        for top in range(0, n, rows):
            places = (some[:, top : top + rows, None] * n + some[:, None, :]).reshape(len(some), -1)
            beside = targets[top * n : top * n + places.shape[1]]
            for number, plane in enumerate(planes):
                found[first : first + together, number] += plane.take(places) @ beside
    return found


def _p_value(fitted: Fit, term: int, permuted: Vector) -> float:
    own, others = fitted.upper[:, term], np.linalg.qr(np.delete(fitted.upper, term, axis=1))[0]
    rest = own - others @ (own @ others)
    rest = rest / np.linalg.norm(rest)
    explained = fitted.along @ others
    to_explain = fitted.total - float(explained @ explained)
    with_outcome, with_basis = permuted[:, :, 0].T, permuted[:, :, 1:]
    shadow = np.einsum("k,pkb->pb", rest, with_basis) @ others
    shared = rest @ with_outcome - shadow @ explained
    lengths = 1 - (shadow**2).sum(axis=1)
    certain = np.ones_like(shared)
    drawn = np.divide(np.abs(shared), np.sqrt(np.abs(lengths) * to_explain), out=certain, where=lengths > EQUAL)
    real = abs(float(rest @ fitted.along)) / np.sqrt(to_explain)
    return (int((drawn >= real - EQUAL).sum()) + 1) / (len(drawn) + 1)
