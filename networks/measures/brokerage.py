"""Who stands between groups: the five roles of Gould and Fernandez, and what chance alone would give."""

from itertools import permutations

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from networks.graphs import Network
from networks.triangles import Triangles

ORDER = ("coordinator AAA", "itinerant ABA", "gatekeeper A|BB", "representative AA|B", "liaison ABC")
"""The roles of b on a path a -> b -> c without a -> c, by the groups of a, b and c, as named (who goes to whom)."""

Counts = NDArray[np.float64]
Matrix = sparse.csr_array


def brokerage(network: Network, attribute: str) -> NDArray[np.int64]:
    """How often each node plays each role of ORDER: n x 5 counts, in nomination direction.

    All paths through a node, by how many of each group come in and go out, less those that come back to where they
    began and those with a direct way beside them, which are triangles.

    Transposing the network swaps gatekeeper and representative. A node of unknown group brokers nothing and its
    paths are left out. Source: Gould and Fernandez 1989, doi:10.2307/270949.
    """
    group = _groups(network, attribute)
    counts = _paths(network.adjacency, group) - _returning(network.adjacency, group)
    counts -= _beside_a_direct_way(network.triangles, group)
    counts[group < 0] = 0
    return counts


def _groups(network: Network, attribute: str) -> NDArray[np.int64]:
    """Each node's group as a number, -1 where it is not known."""
    values, groups = network.groups(attribute)
    number = {group: place for place, group in enumerate(groups)}
    return np.array([-1 if value is None else number[value] for value in values], dtype=np.int64)


def _members(group: NDArray[np.int64]) -> Matrix:
    """n x groups, 1 where the node is in the group."""
    known = np.flatnonzero(group >= 0)
    shape = len(group), int(group.max(initial=-1)) + 1
    return sparse.csr_array((np.ones(len(known)), (known, group[known])), shape=shape)


def _sum(matrix: Matrix) -> Counts:
    return np.asarray(matrix.sum(axis=1), dtype=float)


def _paths(ties: Matrix, group: NDArray[np.int64]) -> NDArray[np.int64]:
    """Paths a -> b -> c through each node b, by role, whether or not a is c or a -> c too."""
    members = _members(group)
    into, out_of = (ties.T @ members).tocsr(), (ties @ members).tocsr()
    own_in, own_out = _sum(into.multiply(members)), _sum(out_of.multiply(members))
    far_in, far_out = _sum(into) - own_in, _sum(out_of) - own_out
    itinerant = _sum(into.multiply(out_of)) - own_in * own_out
    roles = [own_in * own_out, itinerant, far_in * own_out, own_in * far_out, far_in * far_out - itinerant]
    return np.column_stack(roles).astype(np.int64)


def _returning(ties: Matrix, group: NDArray[np.int64]) -> NDArray[np.int64]:
    """Paths a -> b -> a through each node b, by role: coordinator within a group, itinerant from another."""
    middle, end = ties.multiply(ties.T).tocoo().coords
    known = group[end] >= 0
    return _counted(middle[known], np.where(group[middle] == group[end], 0, 1)[known], len(group))


def _beside_a_direct_way(found: Triangles, group: NDArray[np.int64]) -> NDArray[np.int64]:
    """Paths a -> b -> c with a -> c too, through each node b, by role."""
    corners = found.corners.T
    counts = np.zeros((found.n, len(ORDER)), dtype=np.int64)
    for first, middle, last in permutations(range(3)):
        ways = [_way(found, *ends) for ends in ((first, middle), (middle, last), (first, last))]
        closed = np.logical_and.reduce(ways)
        a, b, c = (corners[corner, closed] for corner in (first, middle, last))
        known = (group[a] >= 0) & (group[c] >= 0)
        counts += _counted(b[known], _role(group[a], group[b], group[c])[known], found.n)
    return counts


def _way(found: Triangles, start: int, end: int) -> NDArray[np.bool_]:
    """Of each triangle, whether one corner goes to another."""
    side = found.sides[:, start + end - 1]
    way: NDArray[np.bool_] = (found.there if start < end else found.back)[side] > 0
    return way


def _role(start: NDArray[np.int64], middle: NDArray[np.int64], end: NDArray[np.int64]) -> NDArray[np.int64]:
    """The place in ORDER of each path, by the groups of its start, middle and end."""
    into, out_of = start == middle, middle == end
    return np.select([into & out_of, ~into & (start == end), ~into & out_of, into & ~out_of], [0, 1, 2, 3], default=4)


def _counted(node: NDArray[np.int64], role: NDArray[np.int64], n: int) -> NDArray[np.int64]:
    """n x 5: how often each node stands with each role."""
    return np.bincount(node * len(ORDER) + role, minlength=n * len(ORDER)).reshape(n, len(ORDER))


def _triples(sizes: Counts) -> Counts:
    """How many triples a, b, c could play each role, and all together."""
    n, total = sizes, sizes.sum()
    inside = (n * (n - 1) * (n - 2)).sum()
    two_groups = (n * (n - 1) * (total - n)).sum()
    every = total * (total - 1) * (total - 2)
    return np.array([inside, two_groups, two_groups, two_groups, every - inside - 3 * two_groups, every])


def _overlap_one_kind(size: Counts, density: float) -> float:
    """Covariance of overlapping triples where all three come from one set of each size."""
    d, free = density, 1 - density
    shared = (4 * size - 10) * (d * free) ** 3 - 4 * (size - 3) * d**4 * free**2 + (size - 3) * d**5 * free
    return float((size * (size - 1) * (size - 2) * shared).sum())


def _overlap_itinerant(sizes: Counts, density: float) -> float:
    d, free, total = density, 1 - density, sizes.sum()
    ends, middle = sizes[:, None], sizes[None, :]
    shared = (2 * ends + 2 * middle - 6) * (d * free) ** 3 + (total - ends - 1) * d**5 * free
    pairs = ends * (ends - 1) * middle * shared
    return float(pairs.sum() - np.trace(pairs))


def _overlap_gatekeeper(sizes: Counts, density: float) -> float:
    d, free, total = density, 1 - density, sizes.sum()
    shared = (total - 3) * (d * free) ** 3 + (sizes - 2) * d**5 * free
    return float((sizes * (sizes - 1) * (total - sizes) * shared).sum())


def _overlap_liaison(sizes: Counts, density: float) -> float:
    d, free, total, overlap = density, 1 - density, sizes.sum(), 0.0
    for place, first in enumerate(sizes):
        rest = np.delete(sizes, place)
        second, third = rest[:, None], rest[None, :]
        shared = (4 * (total - second) - 2 * (first + third + 1)) * (d * free) ** 3
        shared -= (4 * (total - third) - 2 * (first + second + 1)) * d**4 * free**2
        shared += (total - (first + third + 1)) * d**5 * free
        triples = first * second * third * shared
        overlap += float(triples.sum() - np.trace(triples))
    return overlap


def expected(sizes: list[int], density: float) -> tuple[Counts, Counts]:
    """Mean and standard deviation of each role's total, and of all together, where arcs fall by chance.

    Takes the groups' sizes and the network's density. Gives six means and six standard deviations: the five of ORDER,
    then all. Follows the moments of the R package sna, after Gould and Fernandez 1989.
    """
    n = np.array(sizes, dtype=float)
    chance = density**2 * (1 - density)
    means = chance * _triples(n)
    gate = _overlap_gatekeeper(n, density)
    overlaps = [
        _overlap_one_kind(n, density),
        _overlap_itinerant(n, density),
        gate,
        gate,
        _overlap_liaison(n, density),
        _overlap_one_kind(n.sum(keepdims=True), density),
    ]
    variances = means * (1 - chance) + np.array(overlaps)
    return means, np.sqrt(np.maximum(variances, 0))


def against_chance(totals: NDArray[np.int64], sizes: list[int], density: float) -> list[float | None]:
    """How many standard deviations each role's total, and all together, lies from chance; None where none can vary.

    Raw counts follow the sizes of the groups; compare networks by these.
    """
    means, spreads = expected(sizes, density)
    counts = np.append(totals, totals.sum())
    scores = zip(counts, means, spreads, strict=True)
    return [float((count - mean) / spread) if spread > 0 else None for count, mean, spread in scores]
