"""Which pairs are known, and who may change places with whom so that what is unknown stays where it is."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from networks.inference.refusals import ScatteredMissing, TooManyNodes

Matrix = NDArray[np.float64]
"""n x n: the row's value for the column; NaN where it is not known. The diagonal counts nowhere."""
Mask = NDArray[np.bool_]
"""n x n: true where a pair (row, column) counts."""
Vector = NDArray[np.float64]
"""Real numbers, of a shape that is told where they are taken."""
Orders = NDArray[np.intp]
"""Node numbers: a class of nodes, or one order of all nodes in each row."""


def refuse_too_many(nodes: int, most: int) -> None:
    """Refuses TooManyNodes beyond `most`, where matrices of all pairs fill the memory of a usual machine."""
    if nodes > most:
        raise TooManyNodes(nodes, most)


def known(matrices: Iterable[Matrix], nodes: int) -> Mask:
    """The pairs of different nodes for which every matrix has a value."""
    mask = ~np.eye(nodes, dtype=bool)
    for matrix in matrices:
        mask &= ~np.isnan(matrix)
    return mask


def unknown_cells(matrix: Matrix) -> int:
    """For how many pairs of different nodes there is no value."""
    return int(np.isnan(matrix).sum() - np.isnan(matrix.diagonal()).sum())


def exchangeable(mask: Mask) -> list[Orders]:
    """The nodes in classes that may change places: those who answered, those who did not.

    A permutation within the classes leaves `mask` as it is, so every permuted matrix has its values where the real one
    has them. Refuses ScatteredMissing where single pairs are unknown, which no such classes can keep in place.
    """
    signs = np.column_stack([mask.sum(axis=1), mask.sum(axis=0)])
    kinds, belongs = np.unique(signs, axis=0, return_inverse=True)
    member = np.eye(len(kinds))[belongs.reshape(-1)]
    sizes = member.sum(axis=0)
    possible = np.outer(sizes, sizes) - np.diag(sizes)
    found = member.T @ mask @ member
    if not np.all((found == 0) | (found == possible)):
        raise ScatteredMissing
    return [np.flatnonzero(column) for column in member.T]


def random_orders(classes: Sequence[Orders], count: int, seed: int) -> Orders:
    """`count` random orders of the nodes (count x n), each class of nodes shuffled among its own places."""
    orders = np.tile(np.arange(sum(map(len, classes)), dtype=np.intp), (count, 1))
    random = np.random.default_rng(seed)
    for members in classes:
        orders[:, members] = random.permuted(orders[:, members], axis=1)
    return orders
