"""Ordinary least squares over pairs, kept in a form in which permuted terms are cheap to fit again."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from networks.inference.cells import Vector
from networks.inference.refusals import CollinearTerm, ConstantTerm, NothingLeft, NothingToExplain

NOTHING = 1e-7
"""What is left of a column of length 1 when it follows from others: rounding, and nothing else."""


@dataclass(frozen=True)
class Fit:
    """A least-squares fit of k terms and an intercept over c cells.

    outcome, middle    c values less their mean, and that mean
    basis, upper       c x k orthonormal and k x k triangular: basis @ upper are the terms less their means
    middles            the k means of the terms
    """

    outcome: Vector
    middle: float
    basis: Vector
    upper: Vector
    middles: Vector

    @cached_property
    def along(self) -> Vector:
        """The outcome in the k coordinates of the basis."""
        return self.outcome @ self.basis

    @cached_property
    def total(self) -> float:
        """The sum of squares of the outcome about its mean."""
        return float(self.outcome @ self.outcome)

    @cached_property
    def left(self) -> float:
        """The sum of squares that the terms do not explain."""
        rest = self.outcome - self.basis @ self.along
        return float(rest @ rest)

    @property
    def r2(self) -> float:
        """The share of the variance that the terms explain."""
        return 1 - self.left / self.total

    @cached_property
    def coefficients(self) -> Vector:
        """The intercept, then one coefficient for each term."""
        slopes = np.linalg.solve(self.upper, self.along)
        return np.concatenate([[self.middle - slopes @ self.middles], slopes])

    @property
    def t(self) -> Vector:
        """Each coefficient over its ordinary standard error."""
        cells, terms = self.basis.shape
        inverse = np.linalg.solve(self.upper, np.eye(terms))
        at_middle = self.middles @ inverse
        spread = np.concatenate([[1 / cells + at_middle @ at_middle], (inverse**2).sum(axis=1)])
        errors: Vector = np.sqrt(spread * self.left / (cells - terms - 1))
        return self.coefficients / errors


def fit(outcome: Vector, columns: Vector, names: Sequence[str]) -> Fit:
    """The fit of an outcome (c) on columns (c x k) and an intercept.

    Takes more cells than k + 1. Refuses NothingToExplain, ConstantTerm, CollinearTerm and NothingLeft, each naming the
    term at fault.
    """
    if not _varies(outcome):
        raise NothingToExplain
    basis, upper = _orthonormal(columns - columns.mean(axis=0), [_varies(column) for column in columns.T], names)
    found = Fit(outcome - outcome.mean(), float(outcome.mean()), basis, upper, columns.mean(axis=0))
    if found.left <= NOTHING**2 * found.total:
        raise NothingLeft
    return found


def _varies(values: Vector) -> bool:
    return bool(np.ptp(values) > NOTHING**2 * np.abs(values).max())


def _orthonormal(centred: Vector, varies: Sequence[bool], names: Sequence[str]) -> tuple[Vector, Vector]:
    """The QR decomposition of columns that must not be constant, nor follow from each other."""
    for name, some in zip(names, varies, strict=True):
        if not some:
            raise ConstantTerm(name)
    lengths = np.linalg.norm(centred, axis=0)
    basis, upper = np.linalg.qr(centred / lengths)
    for place, own in enumerate(np.abs(upper.diagonal())):
        if own < NOTHING:
            shares = np.linalg.solve(upper[:place, :place], upper[:place, place])
            others = [names[one] for one in range(place) if abs(shares[one]) > NOTHING]
            raise CollinearTerm(names[place], others)
    return basis, upper * lengths
