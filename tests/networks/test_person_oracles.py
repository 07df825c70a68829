"""Counts, centralisation, personal networks and weights against plain counts, on a thousand small networks."""

from collections.abc import Callable
from dataclasses import astuple
from itertools import combinations

import numpy as np
import pytest
from scipy import sparse

from networks.graphs import Network
from networks.measures import contacts, nodes, personal, whole
from tests.networks.test_oracles import CASES, Arcs, betweenness, near, same

Plain = Callable[[int, Arcs], object]
Weights = dict[tuple[int, int], float]


def dyads(n: int, arcs: Arcs) -> list[int]:
    ways = [((a, b) in arcs) + ((b, a) in arcs) for a, b in combinations(range(n), 2)]
    return [ways.count(2), ways.count(1), ways.count(0)]


def arc_reciprocity(n: int, arcs: Arcs) -> float | None:
    return sum((b, a) in arcs for a, b in arcs) / len(arcs) if arcs else None


def dyad_reciprocity(n: int, arcs: Arcs) -> float | None:
    mutual, one_sided, _ = dyads(n, arcs)
    return mutual / (mutual + one_sided) if arcs else None


def centralisation(n: int, arcs: Arcs, side: int) -> float | None:
    degrees = [sum(arc[side] == node for arc in arcs) for node in range(n)]
    return sum(max(degrees) - degree for degree in degrees) / (n - 1) ** 2 if n > 1 else None


def betweenness_centralisation(n: int, arcs: Arcs) -> float | None:
    scores = betweenness(n, arcs)
    return sum(max(scores) - score for score in scores) / ((n - 1) ** 2 * (n - 2)) if n > 2 else None


def simple_effective_size(n: int, arcs: Arcs) -> list[float | None]:
    """Each contact less the share of the others that it is tied to."""
    found: list[float | None] = []
    for node in range(n):
        alters = near(arcs, node)
        found.append(sum(1 - len(near(arcs, one) & alters) / len(alters) for one in alters) if alters else None)
    return found


def personals(n: int, arcs: Arcs) -> list[list[object]]:
    """Of those each names: how many, density, effective size, efficiency, constraint and betweenness, pair by pair."""
    found = []
    for node in range(n):
        alters = sorted(b for a, b in arcs if a == node)
        know = {one: {other for other in alters if other in near(arcs, one)} for one in alters}
        size, pairs = len(alters), list(combinations(alters, 2))
        tied = sum(two in know[one] for one, two in pairs)
        effective = sum(1 - len(know[one]) / size for one in alters) if alters else None
        hemmed = [((1 + sum(1 / (1 + len(know[two])) for two in know[one])) / size) ** 2 for one in alters]
        open_pairs = [(one, two) for one, two in pairs if two not in know[one]]
        between = sum(1 / (1 + len(know[one] & know[two])) for one, two in open_pairs)
        efficiency = None if effective is None else effective / size
        density = tied / len(pairs) if pairs else None
        found.append([size, density, effective, efficiency, sum(hemmed) if alters else None, between])
    return found


PLAIN: dict[str, tuple[Plain, Callable[[Network], object]]] = {
    "density": (lambda n, arcs: len(arcs) / (n * (n - 1)) if n > 1 else None, whole.density),
    "dyads": (dyads, lambda net: list(whole.dyads(net))),
    "arc reciprocity": (arc_reciprocity, whole.arc_reciprocity),
    "dyad reciprocity": (dyad_reciprocity, whole.dyad_reciprocity),
    "centralisation in": (
        lambda n, arcs: centralisation(n, arcs, 1),
        lambda net: whole.degree_centralisation(net, "in"),
    ),
    "centralisation out": (
        lambda n, arcs: centralisation(n, arcs, 0),
        lambda net: whole.degree_centralisation(net, "out"),
    ),
    "centralisation betweenness": (betweenness_centralisation, whole.betweenness_centralisation),
    "simple effective size": (simple_effective_size, nodes.simple_effective_size),
    "personal networks": (personals, lambda net: [list(astuple(one)) for one in personal.personals(net)]),
}


@pytest.mark.parametrize("measure", PLAIN)
def test_a_thousand_networks_come_out_as_counted_plainly(measure: str) -> None:
    plain, engine = PLAIN[measure]
    for n, arcs, net in CASES:
        assert same(engine(net), plain(n, arcs)), (measure, n, sorted(arcs))


def weighted() -> list[tuple[int, Weights, sparse.csr_array]]:
    draw = np.random.default_rng(9)
    found = []
    for n, arcs, _ in CASES:
        weights = {pair: float(draw.integers(1, 9)) for pair in sorted(arcs)}
        matrix = np.zeros((n, n))
        for pair, weight in weights.items():
            matrix[pair] = weight
        found.append((n, weights, sparse.csr_array(matrix)))
    return found


def ties(n: int, weights: Weights) -> list[list[float]]:
    return [[weights.get((a, b), 0) + weights.get((b, a), 0) for b in range(n)] for a in range(n)]


def constraint(n: int, weights: Weights) -> list[float | None]:
    tie = ties(n, weights)
    share = [[tie[a][b] / sum(tie[a]) if sum(tie[a]) else 0.0 for b in range(n)] for a in range(n)]
    found: list[float | None] = []
    for a in range(n):
        by = [(share[a][b] + sum(share[a][q] * share[q][b] for q in range(n))) ** 2 for b in range(n) if tie[a][b]]
        found.append(sum(by) if by else None)
    return found


def effective_size(n: int, weights: Weights) -> list[float | None]:
    tie = ties(n, weights)
    found: list[float | None] = []
    for a in range(n):
        alters = [b for b in range(n) if tie[a][b]]
        sizes = [1 - sum(tie[a][q] / sum(tie[a]) * tie[b][q] / max(tie[b]) for q in range(n)) for b in alters]
        found.append(sum(sizes) if alters else None)
    return found


def test_weights_come_out_as_counted_plainly() -> None:
    for n, weights, matrix in weighted():
        assert same(nodes.constraint(matrix), constraint(n, weights)), (n, weights)
        assert same(nodes.effective_size(matrix), effective_size(n, weights)), (n, weights)
        given_back = sum(min(weight, weights.get((b, a), 0)) for (a, b), weight in weights.items())
        wanted = given_back / sum(weights.values()) if weights else None
        assert same(contacts.weighted_reciprocity(matrix), wanted), (n, weights)
