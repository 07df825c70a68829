"""Ego's own network, worked by hand, and against other engines and a plain count."""

from itertools import combinations, permutations

import networkx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from networks.measures.personal import flow_betweenness, flow_betweennesses, personal, personals
from tests.networks.measures.test_panels import net

Pairs = list[tuple[int, int]]


def tied(size: int, pairs: Pairs) -> sparse.csr_array:
    matrix = np.zeros((size, size))
    for one, other in pairs:
        matrix[one, other] = matrix[other, one] = 1
    return sparse.csr_array(matrix)


def test_four_alters_of_whom_three_stand_in_a_row() -> None:
    """Alters 0-1-2 tied in a row, 3 to nobody.

    Pairs without a tie: 0-2 (through ego or 1: a half), 0-3, 1-3, 2-3 (through ego alone).
    """
    found = personal(tied(4, [(0, 1), (1, 2)]))
    assert (found.size, found.density, found.effective_size, found.efficiency) == (4, 1 / 3, 3.0, 3 / 4)
    assert found.betweenness == pytest.approx(3.5)
    p_1, p_2, p_3 = 1 / 2, 1 / 3, 1 / 2
    by_alter = [(1 + p_2) / 4, (1 + p_1 + p_3) / 4, (1 + p_2) / 4, 1 / 4]
    assert found.constraint_alone == pytest.approx(sum(share**2 for share in by_alter))


def test_who_names_no_one_has_size_0_and_is_there() -> None:
    found = personal(tied(0, []))
    assert (found.size, found.betweenness) == (0, 0.0)
    assert (found.density, found.effective_size, found.efficiency, found.constraint_alone) == (None,) * 4


def test_one_alter_has_no_pair_and_hems_ego_in() -> None:
    found = personal(tied(1, []))
    assert (found.density, found.betweenness, found.efficiency, found.constraint_alone) == (None, 0.0, 1.0, 1.0)


def test_knowledge_that_goes_round_ego_counts_less() -> None:
    """0 gives to ego, ego gives to 2; 0 -> 1 -> 2 runs beside it. Nothing goes from 2 to 0."""
    flows = sparse.csr_array(np.array([[0, 1, 0], [0, 0, 1], [0, 0, 0]], dtype=float))
    gives, gets = np.array([True, False, False]), np.array([False, False, True])
    assert flow_betweenness(flows, gives, gets) == pytest.approx(0.5)
    assert flow_betweenness(flows, gets, gives) == pytest.approx(1.0)


def test_an_alter_with_whom_ego_swaps_is_no_pair_of_its_own() -> None:
    both = np.array([True])
    assert flow_betweenness(tied(1, []), both, both) == 0


def test_a_hub_of_many_is_counted_in_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    draw = np.random.default_rng(1)
    matrix = tied(30, [(int(a), int(b)) for a, b in draw.integers(0, 30, (60, 2)) if a != b])
    whole = personal(matrix).betweenness
    monkeypatch.setattr("networks.measures.personal._CELLS", 70)
    assert personal(matrix).betweenness == pytest.approx(whole)


@st.composite
def drawn(draw: st.DrawFn) -> tuple[int, Pairs]:
    n = draw(st.integers(1, 7))
    node = st.integers(0, n - 1)
    return n, draw(
        st.lists(st.tuples(node, node).filter(lambda pair: pair[0] != pair[1]), max_size=25)
    ) if n > 1 else []


def plain_flow(arcs: set[tuple[int, int]], ego: int, n: int) -> float:
    """Counted path by path: arcs say who names whom, so knowledge goes from the second to the first."""
    flow = {(target, source) for source, target in arcs}
    near = {other for other in range(n) if (ego, other) in flow or (other, ego) in flow} - {ego}
    total = 0.0
    for start, end in permutations(near, 2):
        if (start, ego) in flow and (ego, end) in flow and (start, end) not in flow:
            ways = [one for one in near | {ego} if (start, one) in flow and (one, end) in flow]
            total += 1 / len(ways)
    return total


@settings(max_examples=150, deadline=None)
@given(drawn())
def test_every_ego_agrees_with_networkx_on_ego_and_alters(case: tuple[int, Pairs]) -> None:
    n, pairs = case
    linked = networkx.Graph(pairs)
    linked.add_nodes_from(range(n))
    arcs = set(pairs)
    for ego, found in enumerate(personals(net(n, pairs))):
        alters = {b for a, b in arcs if a == ego}
        near = linked.subgraph({ego, *alters}).copy()
        near.add_edges_from((ego, alter) for alter in alters)
        assert found.size == len(alters)
        assert found.betweenness == pytest.approx(networkx.betweenness_centrality(near, normalized=False)[ego])
        if alters:
            assert found.constraint_alone == pytest.approx(networkx.constraint(near)[ego])
            assert found.effective_size == pytest.approx(networkx.effective_size(near)[ego])


@settings(max_examples=150, deadline=None)
@given(drawn())
def test_betweenness_of_flows_agrees_with_a_plain_count(case: tuple[int, Pairs]) -> None:
    n, pairs = case
    found = flow_betweennesses(net(n, pairs))
    assert found == pytest.approx([plain_flow(set(pairs), ego, n) for ego in range(n)])


def test_a_plain_count_of_pairs_agrees_without_direction() -> None:
    """Ego 0 with alters 1-4; 1-2, 2-3 tied: 1-3 has two ways, 1-4, 2-4, 3-4 one."""
    pairs = [(0, alter) for alter in (1, 2, 3, 4)] + [(1, 2), (2, 3)]
    ways = {frozenset(pair) for pair in pairs}
    total = 0.0
    for one, other in combinations((1, 2, 3, 4), 2):
        if frozenset((one, other)) not in ways:
            total += 1 / sum({one, mid} in ways and {mid, other} in ways for mid in range(5))
    assert personals(net(5, pairs))[0].betweenness == pytest.approx(total) == pytest.approx(3.5)
