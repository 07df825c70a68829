"""Who may change places with whom: whatever is unknown stays where it is."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from networks.inference.cells import exchangeable, known, random_orders, unknown_cells
from networks.inference.refusals import FewExchanges


def classes(mask: np.ndarray) -> list[list[int]]:
    return [members.tolist() for members in exchangeable(mask)]


def test_where_all_is_known_anyone_changes_places_with_anyone() -> None:
    assert classes(known([np.zeros((4, 4))], 4)) == [[0, 1, 2, 3]]
    assert classes(known([], 0)) == []


def test_those_who_answered_and_those_who_did_not_and_the_unheard_of_are_kept_apart() -> None:
    """1 and 4 said nothing; of 6 and 7 nothing at all is known."""
    ties, ages = np.zeros((8, 8)), np.zeros((8, 8))
    ties[[1, 4]] = np.nan
    ages[[6, 7]] = ages[:, [6, 7]] = np.nan
    assert classes(known([ties, ages], 8)) == [[0, 2, 3, 5], [1, 4], [6, 7]]


def test_unknown_pairs_are_counted_without_the_diagonal() -> None:
    matrix = np.zeros((3, 3))
    matrix[0] = np.nan
    assert unknown_cells(matrix) == 2
    assert known([matrix], 3).sum() == 4


@settings(max_examples=100, deadline=None)
@given(st.integers(3, 8), st.data())
def test_no_order_moves_what_is_unknown(nodes: int, data: st.DataObject) -> None:
    node = st.integers(0, nodes - 1)
    matrix = np.zeros((nodes, nodes))
    for row, column in data.draw(st.lists(st.tuples(node, node), max_size=6)):
        matrix[row, column] = np.nan
    matrix[data.draw(st.lists(node, max_size=2))] = np.nan
    mask = known([matrix], nodes)
    try:
        orders = random_orders(exchangeable(mask), 20, seed=1)
    except FewExchanges:
        assume(False)
    for order in orders:
        assert sorted(order) == list(range(nodes))
        assert (mask[np.ix_(order, order)] == mask).all()


def test_every_order_of_a_class_comes_equally_often() -> None:
    orders = random_orders([np.array([0, 2, 3]), np.array([1])], 6000, seed=1)
    _, counts = np.unique(orders, axis=0, return_counts=True)
    assert set(orders[:, 1]) == {1}
    assert len(counts) == 6
    assert (abs(counts - 1000) < 120).all()


def test_too_few_exchanges_are_refused_with_their_number() -> None:
    """Of five people two said nothing: 3! x 2! orders, and no p could be as small as 5 %."""
    ties = np.zeros((5, 5))
    ties[:2] = np.nan
    with pytest.raises(FewExchanges, match="only 12 ways") as refusal:
        exchangeable(known([ties], 5))
    assert refusal.value.ways == 12
