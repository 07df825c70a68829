"""Measures of a whole network against counting one by one."""

from itertools import combinations, permutations

import networkx
import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from networks.graphs import Network, network
from networks.measures import whole

Arcs = set[tuple[int, int]]


def drawn(n: int, arcs: Arcs) -> Network:
    nodes = pl.DataFrame({"id": [str(node) for node in range(n)]})
    ends = [(str(source), str(target)) for source, target in arcs]
    return network(nodes, pl.DataFrame(ends, schema={"source": pl.String, "target": pl.String}, orient="row"))


@st.composite
def networks(draw: st.DrawFn) -> tuple[int, Arcs]:
    n = draw(st.integers(1, 7))
    possible = list(permutations(range(n), 2))
    return n, draw(st.sets(st.sampled_from(possible), max_size=14)) if possible else set()


def reach_of(n: int, arcs: Arcs) -> np.ndarray:
    """n x n, by squaring until nothing is added."""
    reach = np.eye(n, dtype=bool)
    for source, target in arcs:
        reach[source, target] = True
    for _ in range(n):
        reach = reach @ reach
    return reach


def plain_lubness(n: int, arcs: Arcs) -> float | None:
    """Look for the bound of each pair among all that reach both."""
    reach = reach_of(n, arcs)
    missing, most = 0, 0.0
    for members in networkx.connected_components(networkx.from_edgelist(arcs)):
        if len(members) > 2:
            most += (len(members) - 1) * (len(members) - 2) / 2
            for one, other in combinations(members, 2):
                above = [node for node in range(n) if reach[node, one] and reach[node, other]]
                missing += not any(all(reach[top, node] for node in above) for top in above)
    return 1 - missing / most if most else None


@settings(max_examples=150, deadline=None)
@given(networks())
def test_lubness_is_that_of_looking_at_each_pair(case: tuple[int, Arcs]) -> None:
    assert whole.lubness(drawn(*case)) == pytest.approx(plain_lubness(*case))


@settings(max_examples=100, deadline=None)
@given(networks())
def test_hierarchy_is_that_of_looking_at_each_pair(case: tuple[int, Arcs]) -> None:
    reach = reach_of(*case)
    pairs = [(reach[one, other], reach[other, one]) for one, other in combinations(range(case[0]), 2)]
    joined = [pair for pair in pairs if any(pair)]
    expected = sum(not all(pair) for pair in joined) / len(joined) if joined else None
    assert whole.hierarchy(drawn(*case)) == pytest.approx(expected)


@settings(max_examples=100, deadline=None)
@given(networks())
def test_transitivity_is_that_of_looking_at_each_path(case: tuple[int, Arcs]) -> None:
    n, arcs = case
    paths = [(a, c) for a, b, c in permutations(range(n), 3) if {(a, b), (b, c)} <= arcs]
    expected = sum(ends in arcs for ends in paths) / len(paths) if paths else None
    assert whole.weak_transitivity(drawn(n, arcs)) == pytest.approx(expected)


@settings(max_examples=60, deadline=None)
@given(networks())
def test_triads_are_those_of_a_second_engine(case: tuple[int, Arcs]) -> None:
    n, arcs = case
    graph = networkx.DiGraph(arcs)
    graph.add_nodes_from(range(n))
    theirs = networkx.triadic_census(graph) if n > 2 else {}
    names = ["003", "012", "102", "021D", "021U", "021C", "111D", "111U"]
    names += ["030T", "030C", "201", "120D", "120U", "120C", "210", "300"]
    assert whole.triad_census(drawn(n, arcs)) == [theirs.get(name, 0) for name in names]


def test_a_tree_downwards_is_a_perfect_hierarchy() -> None:
    """0 over 1 and 2, 1 over 3 and 4."""
    tree = drawn(5, {(0, 1), (0, 2), (1, 3), (1, 4)})
    found = whole.connectedness(tree), whole.hierarchy(tree), whole.efficiency(tree)
    assert found == (1, 1, 1)
    assert whole.lubness(tree) == plain_lubness(5, {(0, 1), (0, 2), (1, 3), (1, 4)}) == 1


def test_two_bosses_of_one_person_have_nobody_above_both() -> None:
    """0 -> 2 <- 1: three pairs, of which (0, 1) has no one above; one such pair is all that may go missing."""
    assert whole.lubness(drawn(3, {(0, 2), (1, 2)})) == 0
