"""Triangles: each once, whichever way the ties between its corners go, and hubs cost no more than others."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from networks.triangles import triangles

Pairs = list[tuple[int, int]]


def weights(size: int, *arcs: tuple[int, int, float]) -> sparse.csr_array:
    matrix = np.zeros((size, size))
    for start, end, weight in arcs:
        matrix[start, end] = weight
    return sparse.csr_array(matrix)


def test_a_triangle_is_found_whichever_way_its_ties_go() -> None:
    """0 -> 1 (2), 1 -> 0 (3), 1 -> 2 (5), 2 -> 0 (7); 3 -> 0 closes nothing, so 0 has most ties."""
    found = triangles(weights(4, (0, 1, 2), (1, 0, 3), (1, 2, 5), (2, 0, 7), (3, 0, 1)))
    told = {
        (int(one), int(other)): (there, back)
        for (one, other), there, back in zip(found.ends, found.there, found.back, strict=True)
    }
    assert told == {(1, 2): (5, 0), (1, 0): (3, 2), (2, 0): (7, 0), (3, 0): (1, 0)}
    assert found.corners.tolist() == [[1, 2, 0]]
    assert [found.ends[side].tolist() for side in found.sides[0]] == [[1, 2], [1, 0], [2, 0]]


def test_values_add_up_at_nodes_and_ties() -> None:
    """The triangle above: a value for each corner, and for each of its sides."""
    found = triangles(weights(4, (0, 1, 1), (1, 2, 1), (2, 0, 1), (3, 0, 1)))
    assert found.at_each_node(np.array([[1.0, 2.0, 4.0]])).tolist() == [4, 1, 2, 0]
    assert found.at_both_ends(np.ones(4)).tolist() == [3, 2, 2, 1]
    assert found.at_each_tie(2, np.array([5.0])).tolist() == [
        5.0 if end == [2, 0] else 0 for end in found.ends.tolist()
    ]


@pytest.mark.parametrize("size", [0, 1, 2])
def test_too_few_for_a_triangle_have_none(size: int) -> None:
    found = triangles(weights(size, *([(0, 1, 1)] if size == 2 else [])))
    assert found.sides.shape == (0, 3)
    assert found.at_each_node(np.ones((0, 3))).tolist() == [0.0] * size


@settings(max_examples=100, deadline=None)
@given(
    st.integers(3, 9).flatmap(lambda n: st.lists(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)), max_size=40))
)
def test_every_three_tied_to_each_other_are_found_once(pairs: Pairs) -> None:
    tied = {frozenset(pair) for pair in pairs if pair[0] != pair[1]}
    found = triangles(weights(9, *((one, other, 1) for one, other in pairs if one != other)))
    wanted = [
        set(three)
        for three in combinations(range(9), 3)
        if all(frozenset(two) in tied for two in combinations(three, 2))
    ]
    assert sorted(map(sorted, found.corners.tolist())) == sorted(map(sorted, wanted))


def test_blocks_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    draw = np.random.default_rng(2)
    matrix = sparse.csr_array(np.triu(draw.random((30, 30)) < 0.4, 1).astype(float))
    whole = triangles(matrix).sides
    monkeypatch.setattr("networks.triangles._PAIRS", 7)
    assert triangles(matrix).sides.tolist() == whole.tolist()


def test_a_hub_of_many_is_no_trouble() -> None:
    """A hundred thousand go to one, whose five thousand million pairs of contacts are never looked at."""
    many = 100_000
    ends = np.arange(many), np.full(many, many)
    star = sparse.csr_array((np.ones(many), ends), shape=(many + 1, many + 1))
    assert len(triangles(star).sides) == 0
