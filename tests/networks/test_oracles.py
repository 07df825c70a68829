"""Every engine against a plain count: the definitions written out once more, slowly, on a thousand small networks."""

import math
from collections.abc import Callable
from itertools import combinations, pairwise, permutations, product

import numpy as np
import polars as pl
import pytest

from networks.graphs import Network
from networks.measures import groups, nodes, whole
from tests.networks.measures.test_panels import net

Arcs = set[tuple[int, int]]
Plain = Callable[[int, Arcs], object]


def networks(count: int = 1000, seed: int = 7) -> list[tuple[int, Arcs]]:
    """Random networks of one to seven people, from empty to full."""
    draw = np.random.default_rng(seed)
    found = []
    for _ in range(count):
        n, share = int(draw.integers(1, 8)), draw.random()
        found.append((n, {pair for pair in permutations(range(n), 2) if draw.random() < share}))
    return found


CASES = [(n, arcs, net(n, sorted(arcs))) for n, arcs in networks()]


def near(arcs: Arcs, node: int) -> set[int]:
    return {b for a, b in arcs if a == node} | {a for a, b in arcs if b == node}


def reach(n: int, arcs: Arcs) -> set[tuple[int, int]]:
    """Every pair with a path from the first to the second; everyone reaches themselves."""
    found = {(node, node) for node in range(n)} | set(arcs)
    for middle, one, other in product(range(n), repeat=3):
        if (one, middle) in found and (middle, other) in found:
            found.add((one, other))
    return found


def both(arcs: Arcs) -> Arcs:
    return arcs | {(b, a) for a, b in arcs}


def shortest(n: int, arcs: Arcs, start: int, end: int) -> list[tuple[int, ...]]:
    """All shortest paths from start to end."""
    for between in range(n - 1):
        steps = permutations(set(range(n)) - {start, end}, between)
        paths = [(start, *middle, end) for middle in steps]
        found = [path for path in paths if all(pair in arcs for pair in pairwise(path))]
        if found:
            return found
    return []


def betweenness(n: int, arcs: Arcs) -> list[float]:
    scores = [0.0] * n
    for start, end in permutations(range(n), 2):
        paths = shortest(n, arcs, start, end)
        for path in paths:
            for node in path[1:-1]:
                scores[node] += 1 / len(paths)
    return scores


def components(n: int, arcs: Arcs) -> list[int]:
    joined = reach(n, arcs)
    groups_of = {frozenset(b for b in range(n) if (a, b) in joined and (b, a) in joined) for a in range(n)}
    return sorted((len(group) for group in groups_of), reverse=True)


def coreness(n: int, arcs: Arcs) -> list[int]:
    cores = [0] * n
    for k in range(1, n):
        left = set(range(n))
        while weak := {node for node in left if len(near(arcs, node) & left) < k}:
            left -= weak
        for node in left:
            cores[node] = k
    return cores


def undirected_transitivity(n: int, arcs: Arcs) -> float | None:
    paths = [(one, mid, two) for mid in range(n) for one, two in combinations(sorted(near(arcs, mid)), 2)]
    return sum(two in near(arcs, one) for one, _, two in paths) / len(paths) if paths else None


def weak_transitivity(n: int, arcs: Arcs) -> float | None:
    paths = [(a, c) for a, b, c in permutations(range(n), 3) if (a, b) in arcs and (b, c) in arcs]
    return sum(pair in arcs for pair in paths) / len(paths) if paths else None


def clustering(n: int, arcs: Arcs) -> list[float | None]:
    found: list[float | None] = []
    for node in range(n):
        pairs = list(combinations(sorted(near(arcs, node)), 2))
        found.append(sum(two in near(arcs, one) for one, two in pairs) / len(pairs) if pairs else None)
    return found


def hierarchy(n: int, arcs: Arcs) -> float | None:
    """Of pairs joined by a path, the share joined one way only; 1 less what is mutual of what is not null."""
    joined = reach(n, arcs)
    ways = [((a, b) in joined) + ((b, a) in joined) for a, b in combinations(range(n), 2)]
    return ways.count(1) / (ways.count(1) + ways.count(2)) if any(ways) else None


def efficiency(n: int, arcs: Arcs) -> float | None:
    sizes = components(n, both(arcs))
    needed, most = sum(size - 1 for size in sizes), sum(size * (size - 1) for size in sizes)
    return 1 - (len(arcs) - needed) / (most - needed) if most > needed else None


def lubness(n: int, arcs: Arcs) -> float | None:
    """The share of pairs of a component with a node above both from which all others above both can be reached."""
    joined, linked = reach(n, arcs), reach(n, both(arcs))
    parts = {frozenset(b for b in range(n) if (a, b) in linked) for a in range(n)}
    missing, most = 0, 0
    for part in (part for part in parts if len(part) > 2):
        most += (len(part) - 1) * (len(part) - 2) // 2
        for one, other in combinations(part, 2):
            above = [node for node in part if (node, one) in joined and (node, other) in joined]
            missing += not any(all((bound, node) in joined for node in above) for bound in above)
    return 1 - missing / most if most else None


def triads(n: int, arcs: Arcs) -> list[int]:
    """The sixteen kinds by what is the same in whatever order three people stand."""
    kinds = {kind: place for place, kind in enumerate(map(_canon, TRIADS))}
    counts = [0] * 16
    for three in combinations(range(n), 3):
        own = {(three.index(a), three.index(b)) for a, b in arcs if a in three and b in three}
        counts[kinds[_canon(own)]] += 1
    return counts


def _canon(arcs: Arcs) -> tuple[tuple[int, int], ...]:
    return min(tuple(sorted((order[a], order[b]) for a, b in arcs)) for order in permutations(range(3)))


TRIADS: list[Arcs] = [
    set(),
    {(0, 1)},
    {(0, 1), (1, 0)},
    {(1, 0), (1, 2)},
    {(0, 1), (2, 1)},
    {(0, 1), (1, 2)},
    {(0, 1), (1, 0), (2, 1)},
    {(0, 1), (1, 0), (1, 2)},
    {(0, 1), (2, 1), (0, 2)},
    {(0, 1), (1, 2), (2, 0)},
    {(0, 1), (1, 0), (1, 2), (2, 1)},
    {(1, 0), (1, 2), (0, 2), (2, 0)},
    {(0, 1), (2, 1), (0, 2), (2, 0)},
    {(0, 1), (1, 2), (0, 2), (2, 0)},
    {(0, 1), (1, 2), (2, 1), (0, 2), (2, 0)},
    {(0, 1), (1, 0), (1, 2), (2, 1), (0, 2), (2, 0)},
]
"""003 012 102 021D 021U 021C 111D 111U 030T 030C 201 120D 120U 120C 210 300: the arcs of each, 0 and 2 at the sides."""


def constraint(n: int, arcs: Arcs) -> list[float | None]:
    tie = [[((a, b) in arcs) + ((b, a) in arcs) for b in range(n)] for a in range(n)]
    share = [[tie[a][b] / sum(tie[a]) if sum(tie[a]) else 0.0 for b in range(n)] for a in range(n)]
    found: list[float | None] = []
    for a in range(n):
        reached = [
            (share[a][b] + sum(share[a][q] * share[q][b] for q in range(n) if q not in (a, b))) ** 2
            for b in range(n)
            if tie[a][b]
        ]
        found.append(sum(reached) if reached else None)
    return found


def effective_size(n: int, arcs: Arcs) -> list[float | None]:
    tie = [[((a, b) in arcs) + ((b, a) in arcs) for b in range(n)] for a in range(n)]
    found: list[float | None] = []
    for a in range(n):
        alters = [b for b in range(n) if tie[a][b]]
        sizes = [
            1 - sum(tie[a][q] / sum(tie[a]) * tie[b][q] / max(tie[b]) for q in range(n) if q not in (a, b))
            for b in alters
        ]
        found.append(sum(sizes) if alters else None)
    return found


def degree_correlation(n: int, arcs: Arcs) -> float | None:
    """Pearson correlation of degrees over ties both ways round, direction forgotten."""
    ends = sorted(both(arcs))
    one, other = ([len(near(arcs, pair[side])) for pair in ends] for side in (0, 1))
    return float(np.corrcoef(one, other)[0, 1]) if ends and np.std(one) > 0 else None


def directed_degree_correlation(n: int, arcs: Arcs) -> float | None:
    """Pearson correlation of the source's out-degree with the target's in-degree."""
    ends = sorted(arcs)
    one = [sum(a == source for a, _ in arcs) for source, _ in ends]
    other = [sum(b == target for _, b in arcs) for _, target in ends]
    return float(np.corrcoef(one, other)[0, 1]) if ends and np.std(one) > 0 and np.std(other) > 0 else None


PLAIN: dict[str, tuple[Plain, Callable[[Network], object]]] = {
    "betweenness": (betweenness, nodes.betweenness),
    "weak components": (lambda n, arcs: components(n, both(arcs)), lambda one: whole.components(one, "weak")),
    "strong components": (components, lambda one: whole.components(one, "strong")),
    "coreness": (coreness, nodes.coreness),
    "undirected transitivity": (undirected_transitivity, whole.undirected_transitivity),
    "weak transitivity": (weak_transitivity, whole.weak_transitivity),
    "clustering": (clustering, nodes.clustering),
    "hierarchy": (hierarchy, whole.hierarchy),
    "efficiency": (efficiency, whole.efficiency),
    "lubness": (lubness, whole.lubness),
    "triad census": (triads, whole.triad_census),
    "constraint": (constraint, lambda one: nodes.constraint(one.adjacency)),
    "effective size": (effective_size, lambda one: nodes.effective_size(one.adjacency)),
    "degree assortativity": (degree_correlation, lambda one: groups.degree_assortativity(one, directed=False)),
    "directed assortativity": (
        directed_degree_correlation,
        lambda one: groups.degree_assortativity(one, directed=True),
    ),
}


@pytest.mark.parametrize("measure", PLAIN)
def test_a_thousand_networks_come_out_as_counted_plainly(measure: str) -> None:
    plain, engine = PLAIN[measure]
    for n, arcs, drawn in CASES:
        assert same(engine(drawn), plain(n, arcs)), (measure, n, sorted(arcs))


def same(found: object, wanted: object) -> bool:
    if isinstance(found, list) and isinstance(wanted, list):
        return len(found) == len(wanted) and all(map(same, found, wanted))
    if isinstance(found, int | float) and isinstance(wanted, int | float):
        return math.isclose(found, wanted, abs_tol=1e-9)
    return found is wanted


def test_groups_come_out_as_counted_plainly() -> None:
    """Modularity and assortativity of a thousand networks in up to three groups, pair by pair."""
    draw = np.random.default_rng(3)
    for n, arcs, drawn in CASES:
        member = [str(group) for group in draw.integers(0, 3, n)]
        one = Network(drawn.ids, drawn.arcs, drawn.nodes.with_columns(pl.Series("group", member, dtype=pl.String)))
        ties, degree = both(arcs), [len(near(arcs, node)) for node in range(n)]
        pairs = [(a, b) for a, b in product(range(n), repeat=2) if member[a] == member[b]]
        excess = (
            sum(((a, b) in ties) - degree[a] * degree[b] / len(ties) for a, b in pairs) / len(ties) if ties else None
        )
        assert same(groups.modularity(one, "group"), excess), (n, sorted(arcs), member)
        inside = sum(member[a] == member[b] for a, b in arcs)
        ratio = (len(arcs) - 2 * inside) / len(arcs) if arcs else None
        assert same(groups.external_internal(one, "group"), ratio)
