"""What two people have to do with each other: worked by hand, with what is not known, and what is refused."""

import numpy as np
import polars as pl
import pytest

from networks.graphs import UnknownAttribute, network
from networks.inference import dyads
from networks.inference.refusals import TooManyNodes, UnclearAnswered, WrongNumber

NODES = pl.DataFrame(
    {
        "id": ["a", "b", "c", "d"],
        "team": ["x", "NA", "x", "y"],
        "age": ["30", "41.5", "", "35"],
        "said": ["yes", "No", "", "1"],
        "rank": [1, 2, None, 2],
        "sure": [True, False, True, None],
    }
)
EDGES = pl.DataFrame({"source": ["a", "a", "c", "d"], "target": ["b", "b", "a", "d"], "weight": [2.0, 3.0, 0.5, 1.0]})
NAN = np.nan


def test_texts_are_none_where_empty_or_not_available() -> None:
    assert dyads.texts(NODES, "team") == ["x", None, "x", "y"]
    assert dyads.texts(NODES, "rank") == ["1", "2", None, "2"]


def test_numbers_are_nan_where_empty() -> None:
    assert dyads.numbers(NODES, "age").tolist() == pytest.approx([30, 41.5, NAN, 35], nan_ok=True)
    assert dyads.numbers(NODES, "rank").tolist() == pytest.approx([1, 2, NAN, 2], nan_ok=True)


@pytest.mark.parametrize("value", ["old", "3,5", "inf", "1e999"])
def test_what_is_no_number_is_refused_with_its_row(value: str) -> None:
    nodes = pl.DataFrame({"id": ["a", "b"], "age": ["", value]})
    with pytest.raises(WrongNumber, match='Row 2 of the nodes: "age" holds') as refusal:
        dyads.numbers(nodes, "age")
    assert (refusal.value.row, refusal.value.value) == (1, value)


def test_who_answered_is_said_in_several_ways_and_empty_means_no() -> None:
    assert dyads.answered(NODES, "said").tolist() == [True, False, False, True]
    assert dyads.answered(NODES, "sure").tolist() == [True, False, True, False]
    with pytest.raises(UnclearAnswered, match='Row 1 of the nodes: "team" holds "x"'):
        dyads.answered(NODES, "team")


@pytest.mark.parametrize("attribute", ["tram", "id"])
def test_an_attribute_that_is_not_there_is_refused(attribute: str) -> None:
    with pytest.raises(UnknownAttribute, match=f'"{attribute}"'):
        dyads.texts(NODES, attribute)


def test_same_and_apart_are_unknown_where_either_is() -> None:
    """Teams x, not known, x, y; ages 30, 41.5, not known, 35."""
    alike = [[1, NAN, 1, 0], [NAN, NAN, NAN, NAN], [1, NAN, 1, 0], [0, NAN, 0, 1]]
    apart = [[0, 11.5, NAN, 5], [11.5, 0, NAN, 6.5], [NAN, NAN, NAN, NAN], [5, 6.5, NAN, 0]]
    np.testing.assert_array_equal(dyads.same(dyads.texts(NODES, "team")), alike)
    np.testing.assert_array_equal(dyads.absdiff(dyads.numbers(NODES, "age")), apart)
    assert dyads.same([]).shape == dyads.absdiff(np.empty(0)).shape == (0, 0)


def test_distances_on_the_ground() -> None:
    """A degree along a meridian, or along the equator, is 111.19 km; half round the world is 20,015 km."""
    found = dyads.distance_km(np.array([0.0, 1.0, 0.0, 0.0, NAN]), np.array([0.0, 0.0, 1.0, 180.0, 0.0]))
    assert found[0].tolist() == pytest.approx([0, 111.19, 111.19, 20_015.1, NAN], abs=0.05, nan_ok=True)
    np.testing.assert_array_equal(found, found.T)


def test_ties_with_the_silent_unknown() -> None:
    net = network(NODES, EDGES.drop("weight"))
    silent = np.array([True, False, True, True])
    np.testing.assert_array_equal(dyads.tied(net), [[0, 1, 0, 0], [0] * 4, [1, 0, 0, 0], [0] * 4])
    np.testing.assert_array_equal(dyads.tied(net, silent), [[0, 1, 0, 0], [NAN] * 4, [1, 0, 0, 0], [0] * 4])
    np.testing.assert_array_equal(dyads.weighted(net), dyads.tied(net))


def test_weights_of_a_tie_given_twice_are_added_up_and_loops_dropped() -> None:
    net = network(NODES, EDGES)
    wanted = [[0, 5, 0, 0], [0] * 4, [0.5, 0, 0, 0], [0] * 4]
    np.testing.assert_array_equal(dyads.weighted(net), wanted)
    np.testing.assert_array_equal(dyads.tied(net), np.array(wanted) > 0)


def test_a_network_too_large_for_a_matrix_is_refused() -> None:
    nodes = pl.DataFrame({"id": [str(number) for number in range(dyads.MOST_NODES + 1)]})
    net = network(nodes, pl.DataFrame(schema={"source": pl.String, "target": pl.String}))
    with pytest.raises(TooManyNodes, match="6001 nodes; 6000 are the most"):
        dyads.tied(net)
