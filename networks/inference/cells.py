"""Which pairs are known, and who may change places with whom so that what is unknown stays where it is."""

import math
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from networks.inference.refusals import FewExchanges, TooManyNodes

Matrix = NDArray[np.float64]
"""n x n: the row's value for the column; NaN where it is not known. The diagonal counts nowhere."""
Mask = NDArray[np.bool_]
"""n x n: true where a pair (row, column) counts."""
Vector = NDArray[np.float64]
"""Real numbers, of a shape that is told where they are taken."""
EQUAL = 1e-10
"""Correlations this near are equal, so that rounding never makes a permutation smaller than the network itself."""
FEWEST_WAYS = 20
"""With fewer orders than this no p could be as small as 5 %."""
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
    """The nodes in classes that may change places: those who answered, and those who did not.

    Two nodes are of one class when `mask` stays as it is when they change places. So does it in any order within the
    classes: every permuted matrix has its values where the real one has them. Refuses FewExchanges.
    """
    left, classes = np.arange(len(mask)), []
    while len(left):
        alike = _alike(mask, left[0], left)
        classes.append(left[alike])
        left = left[~alike]
    _refuse_few(classes, mask)
    return classes


def _alike(mask: Mask, one: np.intp, others: Orders) -> NDArray[np.bool_]:
    """Which of the others could change places with one."""
    differs = (mask[others] != mask[one]) | (mask[:, one] != mask[:, others].T)
    differs[:, one] = differs[np.arange(len(others)), others] = False
    alike: NDArray[np.bool_] = ~differs.any(axis=1) & (mask[one, others] == mask[others, one])
    return alike


def _refuse_few(classes: Sequence[Orders], mask: Mask) -> None:
    sizes = [len(members) for members in classes if mask[members[0]].any() or mask[:, members[0]].any()]
    ways = math.prod(math.factorial(size) for size in sizes)
    if ways < min(FEWEST_WAYS, math.factorial(sum(sizes))):
        raise FewExchanges(ways)


def random_orders(classes: Sequence[Orders], count: int, seed: int) -> Orders:
    """`count` random orders of the nodes (count x n), each class of nodes shuffled among its own places."""
    orders = np.tile(np.arange(sum(map(len, classes)), dtype=np.intp), (count, 1))
    random = np.random.default_rng(seed)
    for members in classes:
        orders[:, members] = random.permuted(orders[:, members], axis=1)
    return orders
