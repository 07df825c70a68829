"""Who stands between groups: the five roles of Gould and Fernandez, and what chance alone would give."""

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from networks.graphs import Network

ORDER = ("coordinator AAA", "itinerant ABA", "gatekeeper A|BB", "representative AA|B", "liaison ABC")
"""The roles of b on a path a -> b -> c without a -> c, by the groups of a, b and c, as named (who goes to whom)."""

Counts = NDArray[np.float64]


def _role(start: NDArray[np.int64], middle: int, end: NDArray[np.int64]) -> NDArray[np.int64]:
    """The place in ORDER of each pair of start and end groups around a middle group."""
    into, out_of = start[:, None] == middle, middle == end[None, :]
    same_ends = start[:, None] == end[None, :]
    return np.select([into & out_of, ~into & same_ends, ~into & out_of, into & ~out_of], [0, 1, 2, 3], default=4)


def brokerage(network: Network, attribute: str) -> NDArray[np.int64]:
    """How often each node plays each role of ORDER: n x 5 counts, in nomination direction.

    Transposing the network swaps gatekeeper and representative. A node of unknown group brokers nothing and its
    paths are left out. Source: Gould and Fernandez 1989, doi:10.2307/270949.
    """
    values, groups = network.groups(attribute)
    number = {group: place for place, group in enumerate(groups)}
    group = np.array([-1 if value is None else number[value] for value in values], dtype=np.int64)
    forward, backward = network.adjacency, network.adjacency.T.tocsr()
    counts = np.zeros((network.n, len(ORDER)), dtype=np.int64)
    for node in np.flatnonzero(group >= 0).tolist():
        before, after = _neighbours(backward, node, group), _neighbours(forward, node, group)
        if len(before) and len(after):
            open_paths = forward[before][:, after].toarray() == 0
            open_paths &= before[:, None] != after[None, :]
            roles = _role(group[before], int(group[node]), group[after])
            counts[node] = np.bincount(roles[open_paths], minlength=len(ORDER))
    return counts


def _neighbours(matrix: sparse.csr_array, node: int, group: NDArray[np.int64]) -> NDArray[np.int64]:
    row = matrix.indices[matrix.indptr[node] : matrix.indptr[node + 1]]
    return np.asarray(row[group[row] >= 0], dtype=np.int64)


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
