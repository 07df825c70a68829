"""Communities that the ties show, and how far two groupings agree."""

import random

import igraph
import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from networks.graphs import UnknownAttribute, network
from networks.measures.communities import adjusted_rand, communities, match, mutual_information
from networks.measures.groups import modularity
from tests.networks.measures.test_panels import net

TWO_TRIANGLES = [(0, 1), (1, 2), (2, 0), (3, 4), (4, 5), (5, 3), (2, 3)]


def test_two_triangles_joined_by_one_tie_are_two_communities() -> None:
    """Q = 2 (3/7 - (7/14)^2) = 5/14."""
    found = communities(net(6, TWO_TRIANGLES))
    assert found is not None
    assert (found.membership, found.count) == ([0, 0, 0, 1, 1, 1], 2)
    assert found.modularity == pytest.approx(5 / 14)
    assert (found.found_by, found.runs, found.agreement) == (20, 20, 1.0)


def test_communities_are_numbered_from_the_largest_and_loners_stand_alone() -> None:
    found = communities(net(6, [(0, 1), (2, 3), (3, 4), (4, 2)]))
    assert found is not None
    assert found.membership == [1, 1, 0, 0, 0, 2]


def test_without_ties_there_are_none() -> None:
    assert communities(net(3, [])) is None


def test_the_same_seed_gives_the_same_and_leaves_others_draws_alone() -> None:
    draw = np.random.default_rng(3)
    drawn = net(40, [(int(a), int(b)) for a, b in draw.integers(0, 40, (90, 2))])
    random.seed(5)
    before = random.getstate()
    assert communities(drawn, seed=7) == communities(drawn, seed=7)
    assert random.getstate() == before
    igraph.Graph.Erdos_Renyi(n=10, m=5)
    assert random.getstate() != before


@settings(max_examples=40, deadline=None)
@given(st.integers(4, 14).flatmap(lambda n: st.lists(st.tuples(st.integers(0, n), st.integers(0, n)), min_size=3)))
def test_no_partition_into_groups_beats_the_communities(pairs: list[tuple[int, int]]) -> None:
    n = max(max(pair) for pair in pairs) + 1
    drawn = net(n, pairs)
    found = communities(drawn)
    for cut in (2, 3):
        nodes = pl.DataFrame({"id": drawn.ids, "part": [str(node % cut) for node in range(n)]})
        ends = [(drawn.ids[a], drawn.ids[b]) for a, b in drawn.arcs.tolist()]
        edges = pl.DataFrame(ends, schema={"source": pl.String, "target": pl.String}, orient="row")
        given_q = modularity(network(nodes, edges), "part")
        assert (found is None) == (given_q is None)
        assert found is None or found.modularity >= given_q - 1e-9


def test_agreement_is_1_for_the_same_whatever_its_numbers_and_undefined_for_all_in_one() -> None:
    same = np.array([0, 0, 1, 1]), np.array([7, 7, 3, 3])
    assert (adjusted_rand(*same), mutual_information(*same)) == (1.0, pytest.approx(1.0))
    one = np.zeros(4, dtype=int)
    assert (adjusted_rand(one, one), mutual_information(one, one)) == (None, None)
    assert adjusted_rand(one[:1], one[:1]) is None


def test_agreement_worked_by_hand() -> None:
    """{0,1}{2,3} against {0,1,2}{3}: together 1; 2 and 3 pairs of 6; (1 - 1) / (2.5 - 1)."""
    assert adjusted_rand(np.array([0, 0, 1, 1]), np.array([0, 0, 0, 1])) == pytest.approx(0.0)


@settings(max_examples=100, deadline=None)
@given(st.integers(2, 12).flatmap(lambda n: st.tuples(*[st.lists(st.integers(0, 3), min_size=n, max_size=n)] * 2)))
def test_agreement_is_that_of_igraph(groupings: tuple[list[int], list[int]]) -> None:
    one, other = groupings
    rand, shared = adjusted_rand(np.array(one), np.array(other)), mutual_information(np.array(one), np.array(other))
    if rand is not None:
        assert rand == pytest.approx(igraph.compare_communities(one, other, method="adjusted_rand"), abs=1e-9)
    if shared is not None:
        assert shared == pytest.approx(igraph.compare_communities(one, other, method="nmi"), abs=1e-9)


def test_communities_are_compared_with_the_known_groups_only() -> None:
    nodes = pl.DataFrame({"id": list("abcdef"), "dept": ["x", "x", None, "y", "y", "y"]})
    edges = pl.DataFrame({"source": ["a"], "target": ["b"]})
    drawn = network(nodes, edges)
    assert match(drawn, [0, 0, 1, 1, 1, 1], "dept") == (1.0, pytest.approx(1.0))
    unknown = network(nodes.with_columns(dept=pl.lit(None, pl.String)), edges)
    assert match(unknown, [0] * 6, "dept") == (None, None)
    with pytest.raises(UnknownAttribute):
        match(drawn, [0] * 6, "town")


def test_a_network_on_which_igraph_would_exchange_equal_answers_for_ever_comes_back() -> None:
    pairs = [(0, 3), (1, 3), (2, 3), (2, 4), (0, 5), (2, 5), (1, 6), (3, 6), (5, 6)]
    found = communities(net(7, pairs))
    assert found is not None
    assert found.count in (2, 3)
