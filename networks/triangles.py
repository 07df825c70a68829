"""Every three nodes tied to each other, found once, for all measures that look at who of one's contacts are tied."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Matrix = sparse.csr_array
Numbers = NDArray[np.int64]
Values = NDArray[np.float64]
_PAIRS = 2_000_000
"""How many pairs of contacts are looked at together: some 100 MB."""


@dataclass(frozen=True)
class Triangles:
    """The ties of a network, direction forgotten, and all triangles of them.

    ends         E x 2 node numbers of each tie, the end with fewer ties first
    there, back  E weights: from the first end to the second, and from the second to the first; 0 where none
    sides        T x 3 numbers of ties, for corners u, v, w: the ties u-v, u-w and v-w, each from the one to the other
    n            how many nodes
    """

    ends: Numbers
    there: Values
    back: Values
    sides: Numbers
    n: int

    @property
    def corners(self) -> Numbers:
        """T x 3 node numbers u, v, w."""
        return np.column_stack([self.ends[self.sides[:, 0]], self.ends[self.sides[:, 1], 1]])

    def at_each_node(self, values: Values) -> Values:
        """For each node (n) the values of its triangles, given for each corner (T x 3), added up."""
        return _added_up(self.corners, values, self.n)

    def at_each_tie(self, side: int, values: Values) -> Values:
        """For each tie (E) the values of the triangles (T) of which it is that side, added up."""
        return _added_up(self.sides[:, side], values, len(self.ends))

    def at_both_ends(self, values: Values) -> Values:
        """For each node (n) the values of its ties (E), added up."""
        return _added_up(self.ends, np.repeat(values, 2), self.n)


def _added_up(places: Numbers, values: Values, size: int) -> Values:
    return np.bincount(places.ravel(), weights=values.ravel(), minlength=size).astype(float)


def triangles(weights: Matrix) -> Triangles:
    """All triangles of n x n weights (0 where no tie, no loops): three nodes with a tie, either way, between each two.

    Each tie is looked at from the end with fewer ties, so that a node to whom thousands go costs no more than others:
    a network of m ties has at most m sqrt(2m) such pairs of contacts, and they are looked at in blocks.
    Source: Schank and Wagner 2005, doi:10.1007/11427186_54 (algorithm forward).
    """
    size = weights.shape[0]
    # One number for each pair, with the way there in its real part and the way back in its imaginary part.
    ways = (weights + 1j * weights.T).tocoo()
    rows, columns = ways.coords
    rank = _by_ties(np.bincount(rows, minlength=size))
    upwards = rank[rows] < rank[columns]
    ordered = sparse.csr_array((ways.data[upwards], (rank[rows[upwards]], rank[columns[upwards]])), shape=weights.shape)
    ordered.sort_indices()
    node = np.argsort(rank)
    low = np.repeat(np.arange(size), np.diff(ordered.indptr))
    ends = np.column_stack([node[low], node[ordered.indices]])
    sides = np.concatenate([np.empty((0, 3), np.int64), *_closed(ordered, low)])
    return Triangles(ends, ordered.data.real.copy(), ordered.data.imag.copy(), sides, size)


def _by_ties(counts: Numbers) -> Numbers:
    """Each node's place in the order of how many ties it has."""
    rank = np.empty(len(counts), dtype=np.int64)
    rank[np.argsort(counts, kind="stable")] = np.arange(len(counts))
    return rank


def _closed(ordered: Matrix, low: Numbers) -> Iterator[Numbers]:
    """The triangles, block by block, as numbers of ties: two from one end, and that which joins their other ends."""
    high = ordered.indices.astype(np.int64)
    keys = low * ordered.shape[0] + high
    later = ordered.indptr[low + 1] - 1 - np.arange(len(low))
    pairs = np.cumsum(later)
    first = 0
    while first < len(low):
        seen = pairs[first - 1] if first else 0
        last = max(first + 1, int(np.searchsorted(pairs, seen + _PAIRS, side="right")))
        some = later[first:last]
        one = np.repeat(np.arange(first, last), some)
        other = one + 1 + np.arange(len(one)) - np.repeat(np.cumsum(some) - some, some)
        wanted = high[one] * ordered.shape[0] + high[other]
        place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        found = keys[place] == wanted
        yield np.column_stack([one[found], other[found], place[found]])
        first = last
