"""Measures of a whole network: size, density, reciprocity, centralisation, transitivity, components, triads."""

import math

import numpy as np
from numpy.typing import NDArray

from networks.graphs import Network


def ratio(part: float, whole: float) -> float | None:
    """part / whole, and None where there is nothing to divide by: undefined is never 0."""
    return float(part) / float(whole) if whole else None


def known(value: float) -> float | None:
    """The value, or None where a library says NaN."""
    return None if math.isnan(value) else float(value)


def arcs(network: Network) -> int:
    """How many arcs, loops left out, doubles counted once."""
    return len(network.arcs)


def density(network: Network) -> float | None:
    """Arcs of all possible: m / n(n-1). Source: Wasserman and Faust 1994, doi:10.1017/CBO9780511815478."""
    return ratio(arcs(network), network.n * (network.n - 1))


def dyads(network: Network) -> tuple[int, int, int]:
    """Pairs of nodes that are mutual, one-sided and empty. Source: Holland and Leinhardt 1970, doi:10.1086/224954."""
    mutual = round(network.adjacency.multiply(network.adjacency.T).sum() / 2)
    one_sided = arcs(network) - 2 * mutual
    return mutual, one_sided, network.n * (network.n - 1) // 2 - mutual - one_sided


def arc_reciprocity(network: Network) -> float | None:
    """Share of arcs that are returned: 2M / (2M + A). Source: Wasserman and Faust 1994."""
    mutual, one_sided, _ = dyads(network)
    return ratio(2 * mutual, 2 * mutual + one_sided)


def dyad_reciprocity(network: Network) -> float | None:
    """Share of linked pairs that are mutual: M / (M + A). Source: Wasserman and Faust 1994."""
    mutual, one_sided, _ = dyads(network)
    return ratio(mutual, mutual + one_sided)


def agreeing_dyads(network: Network) -> float | None:
    """Share of pairs where both say the same, silence included: (M + N) / all.

    This is the default of the R package sna; it counts mutual silence, so read it only beside that package.
    """
    mutual, one_sided, empty = dyads(network)
    return ratio(mutual + empty, mutual + one_sided + empty)


def degree_centralisation(network: Network, mode: str) -> float | None:
    """How far one node holds all arcs: sum(max - d) / (n-1)^2; mode "in" or "out".

    Source: Freeman 1978, doi:10.1016/0378-8733(78)90021-7.
    """
    degrees = np.asarray(network.adjacency.sum(axis=0 if mode == "in" else 1))
    return None if network.n < 2 else ratio((degrees.max() - degrees).sum(), (network.n - 1) ** 2)


def betweenness_centralisation(network: Network) -> float | None:
    """How far one node lies between all others, directed: sum(max - b) / ((n-1)^2 (n-2)). Source: Freeman 1978."""
    if network.n < 3:
        return None
    scores = network.betweenness
    return ratio((scores.max() - scores).sum(), (network.n - 1) ** 2 * (network.n - 2))


def weak_transitivity(network: Network) -> float | None:
    """Share of two-paths i -> j -> k (i, k different) where i -> k too. Source: Holland and Leinhardt 1971."""
    ties = network.adjacency
    through = (np.asarray(ties.sum(axis=0)) * np.asarray(ties.sum(axis=1))).sum()
    there_and_back = ties.multiply(ties.T).sum()
    return ratio((ties @ ties).multiply(ties).sum(), through - there_and_back)


def undirected_transitivity(network: Network) -> float | None:
    """Share of connected triples that are triangles, direction forgotten. Source: Newman 2003, section III.B."""
    return known(network.undirected_graph.transitivity_undirected())


def components(network: Network, mode: str) -> list[int]:
    """Sizes of the components, mode "weak" or "strong", largest first."""
    return sorted(network.graph.connected_components(mode=mode).sizes(), reverse=True)


def connectedness(network: Network) -> float | None:
    """Share of pairs joined by some path, direction forgotten. Source: Krackhardt 1994."""
    joined = sum(size * (size - 1) for size in components(network, "weak"))
    return ratio(joined, network.n * (network.n - 1))


def hierarchy(network: Network) -> float | None:
    """Share of pairs joined by a path where only one reaches the other. Source: Krackhardt 1994."""
    if network.n == 0:
        return None
    parts = network.graph.connected_components(mode="strong")
    sizes, one_of_each = parts.sizes(), [part[0] for part in parts]
    seen = network.graph.neighborhood_size(one_of_each, order=network.n, mode="out")
    reached = sum(size * (count - 1) for size, count in zip(sizes, seen, strict=True))
    both = sum(size * (size - 1) // 2 for size in sizes)
    return ratio(reached - 2 * both, reached - both)


def efficiency(network: Network) -> float | None:
    """How few arcs there are beyond those that hold the weak components together: 1 when every component is a tree.

    Arcs to spare, of all that could be spared inside the components. Source: Krackhardt 1994.
    """
    sizes = components(network, "weak")
    needed = sum(size - 1 for size in sizes)
    spare = ratio(arcs(network) - needed, sum((size - 1) ** 2 for size in sizes))
    return None if spare is None else 1 - spare


def _tops(network: Network, members: list[int]) -> NDArray[np.float32]:
    """Members x tops, 1 where a path leads from the top down to the member.

    A top is a strong component that nobody outside it reaches.
    """
    belongs = network.graph.connected_components(mode="strong").membership
    entered = {belongs[end] for start, end in network.arcs.tolist() if belongs[start] != belongs[end]}
    tops = {belongs[node]: node for node in members if belongs[node] not in entered}
    below = np.zeros((len(tops), network.n), dtype=np.float32)
    for row, node in enumerate(tops.values()):
        below[row, network.graph.subcomponent(node, mode="out")] = 1
    return below[:, members].T


def _bounded_pairs(below: NDArray[np.float32], rows: int = 500) -> int:
    """Pairs of members under exactly one common top, counted `rows` members at a time."""
    ordered = 0
    for first in range(0, len(below), rows):
        shared = below[first : first + rows] @ below.T
        within = np.arange(len(shared))
        shared[within, first + within] = 0
        ordered += int((shared == 1).sum())
    return ordered // 2


def lubness(network: Network) -> float | None:
    """Share of pairs with a least bound above them, in the weak components of three nodes or more; 1 where all have.

    Follows the R package sna: i is above j when a path leads from i to j, and the bound is a node above both that
    reaches all others above both. Such a node lies at the top, and there is one exactly when the pair has one top in
    common. Source: Krackhardt 1994, Graph theoretical dimensions of informal organizations.
    """
    missing, most = 0, 0
    for members in network.graph.connected_components(mode="weak"):
        size = len(members)
        if size > 2:
            missing += size * (size - 1) // 2 - _bounded_pairs(_tops(network, members))
            most += (size - 1) * (size - 2) // 2
    without = ratio(missing, most)
    return None if without is None else 1 - without


def triad_census(network: Network) -> list[int]:
    """Triples of each of the sixteen kinds, in the order of Davis and Leinhardt (003, 012, 102, 021D, 021U, ... 300).

    Source: Davis and Leinhardt 1972, The structure of positive interpersonal relations in small groups.
    """
    if network.n < 3:
        return [0] * 16
    counts = list(network.graph.triad_census())
    counts[0] = math.comb(network.n, 3) - sum(counts[1:])
    return [int(count) for count in counts]
