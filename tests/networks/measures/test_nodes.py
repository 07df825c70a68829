"""Burt's measures on published graphs, and against a second engine."""

import igraph
import networkx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from networks.measures.nodes import constraint, effective_size
from networks.triangles import triangles

BOOK = {"AB": 2, "AF": 3, "AG": 5, "AE": 2, "BG": 4, "BD": 1, "FG": 3, "GE": 8, "GD": 3, "GC": 10}
"""Burt 1992, Structural Holes: seven people A to G, who talks to whom and how much."""


def book(weighted: bool) -> sparse.csr_array:
    matrix = np.zeros((7, 7))
    for (one, other), weight in BOOK.items():
        ends = "ABCDEFG".index(one), "ABCDEFG".index(other)
        matrix[ends] = matrix[ends[::-1]] = weight if weighted else 1
    return sparse.csr_array(matrix)


def directed_three(weighted: bool) -> sparse.csr_array:
    """0 -> 1 twice, 0 -> 2 twice, 1 -> 0 once, 2 -> 1 once."""
    weights = [2, 2, 1, 1] if weighted else [1, 1, 1, 1]
    return sparse.csr_array((np.array(weights, dtype=float), ([0, 0, 1, 2], [1, 2, 0, 1])), shape=(3, 3))


def test_constraint_of_the_book_graph() -> None:
    expected = [0.5954861111, 0.6427469136, 1, 0.7847222222, 0.7309027778, 0.7309027778, 0.4002700617]
    assert constraint(book(False)) == pytest.approx(expected, abs=1e-9)


def test_weighted_constraint_of_the_book_graph() -> None:
    expected = [0.7949553266, 0.8127483087, 1, 0.9134128858, 0.8834550046, 0.8332328972, 0.2988516061]
    assert constraint(book(True)) == pytest.approx(expected, abs=1e-9)


def test_effective_size_of_the_book_graph() -> None:
    assert effective_size(book(False)) == pytest.approx([2.5, 5 / 3, 1, 1, 1, 1, 14 / 3])


def test_weighted_effective_size_of_the_book_graph() -> None:
    expected = [2.475, 1.6714285714, 1, 1.15, 1.1, 1.25, 5.4717171717]
    assert effective_size(book(True)) == pytest.approx(expected, abs=1e-9)


def test_direction_and_weight_count_in_both_measures() -> None:
    assert constraint(directed_three(False)) == pytest.approx([1.0030864198, 1.0030864198, 1.3888888889])
    assert constraint(directed_three(True)) == pytest.approx([0.8402777778, 1.1427777778, 1.3780555556])
    assert effective_size(directed_three(False)) == pytest.approx([7 / 6, 7 / 6, 1])
    assert effective_size(directed_three(True)) == pytest.approx([1.5666666667, 1.0833333333, 1.0])


def test_a_loner_has_neither() -> None:
    alone = sparse.csr_array((2, 2), dtype=float)
    assert constraint(alone) == effective_size(alone) == [None, None]


@settings(max_examples=60, deadline=None)
@given(st.integers(2, 8).flatmap(lambda n: st.lists(st.booleans(), min_size=n * n, max_size=n * n)))
def test_constraint_agrees_with_two_other_engines(bits: list[bool]) -> None:
    size = int(len(bits) ** 0.5)
    matrix = np.array(bits, dtype=float).reshape(size, size)
    np.fill_diagonal(matrix, 0)
    ours = np.array([np.nan if value is None else value for value in constraint(sparse.csr_array(matrix))])
    theirs = igraph.Graph.Adjacency(matrix.tolist()).constraint()
    third = networkx.constraint(networkx.from_numpy_array(matrix, create_using=networkx.DiGraph))
    np.testing.assert_allclose(ours, theirs, atol=1e-9)
    np.testing.assert_allclose(ours, [third[node] for node in range(size)], atol=1e-9)


def test_a_hub_of_many_costs_no_more_than_its_ties() -> None:
    """50,000 go to one: the hub is hemmed in by each by 1/50,000, everyone else by the hub alone."""
    many = 50_000
    star = sparse.csr_array((np.ones(many), (np.arange(many), np.full(many, many))), shape=(many + 1, many + 1))
    hemmed, free = constraint(star), effective_size(star)
    assert hemmed[many] == pytest.approx(1 / many) and free[many] == pytest.approx(many)
    assert set(hemmed[:many]) == set(free[:many]) == {1.0}


def test_triangles_found_already_give_the_same() -> None:
    found = triangles(directed_three(True))
    assert constraint(found) == constraint(directed_three(True))
    assert effective_size(found) == effective_size(directed_three(True))
