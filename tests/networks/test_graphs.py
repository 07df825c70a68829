"""Networks from node and edge frames, and what is refused."""

import polars as pl
import pytest

from networks.columns import MissingColumn
from networks.graphs import BadWeight, DuplicateNode, UnknownAttribute, UnknownNode, both_ways, network


def nodes(*ids: str | None, **columns: list[object]) -> pl.DataFrame:
    return pl.DataFrame({"id": list(ids), **columns}, schema_overrides={"id": pl.String})


def edges(*pairs: tuple[str | None, str | None]) -> pl.DataFrame:
    schema = {"source": pl.String, "target": pl.String}
    return pl.DataFrame(list(pairs), schema=schema, orient="row")


def test_loops_are_dropped_and_doubles_count_once() -> None:
    net = network(nodes("a", "b"), edges(("a", "a"), ("a", "b"), ("a", "b")))
    assert net.arcs.tolist() == [[0, 1]]
    assert net.adjacency.toarray().tolist() == [[0, 1], [0, 0]]


def test_no_edges_is_a_network_too() -> None:
    net = network(nodes("a", "b"), edges())
    assert (net.n, len(net.arcs), net.graph.ecount()) == (2, 0, 0)


def test_ids_are_any_text_and_numbers_count_as_text() -> None:
    frame = pl.DataFrame({"id": [10, 9]})
    assert network(frame, pl.DataFrame({"source": [9], "target": [10]})).arcs.tolist() == [[1, 0]]
    assert network(nodes("é, x", "1"), edges(("1", "é, x"))).ids == ("é, x", "1")


def test_an_edge_to_nobody_is_refused_with_the_line_of_the_file() -> None:
    with pytest.raises(UnknownNode, match='Line 3 of the edges: the column "target" holds "z"') as refusal:
        network(nodes("a", "b"), edges(("a", "b"), ("b", "z")))
    assert refusal.value.line == 3


def test_the_line_column_says_which_line_it_was() -> None:
    numbered = edges(("z", "a")).with_columns(line=pl.Series([41]))
    with pytest.raises(UnknownNode, match=r'Line 41 .* "source" holds "z"'):
        network(nodes("a"), numbered)


def test_an_empty_end_is_refused() -> None:
    with pytest.raises(UnknownNode, match='"target" holds nothing'):
        network(nodes("a"), edges(("a", None)))


def test_an_id_given_twice_is_refused_with_both_lines() -> None:
    with pytest.raises(DuplicateNode, match='Line 4 of the nodes repeats the id "a" of line 2'):
        network(nodes("a", "b", "a"), edges())


def test_a_node_without_an_id_is_refused() -> None:
    with pytest.raises(DuplicateNode, match='Line 3 of the nodes has no "id"'):
        network(nodes("a", None), edges())


@pytest.mark.parametrize("column", ["source", "target"])
def test_a_missing_edge_column_is_refused(column: str) -> None:
    with pytest.raises(MissingColumn, match=f'no column "{column}" .* in the edges'):
        network(nodes("a"), edges().drop(column))


def test_an_unknown_attribute_is_refused_with_those_there_are() -> None:
    net = network(nodes("a", dept=["x"], age=[3]), edges())
    with pytest.raises(UnknownAttribute, match="Choose one of: dept, age"):
        net.groups("depot")


def test_groups_are_in_order_with_numbers_by_size_and_the_unknown_left_out() -> None:
    net = network(nodes("a", "b", "c", "d", dept=["10", "9", None, "x"]), edges())
    assert net.groups("dept") == (["10", "9", None, "x"], ["9", "10", "x"])


def weighted(*rows: tuple[str, str, object]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=["source", "target", "weight"], orient="row")


def test_weights_of_doubles_are_added_up_and_those_of_loops_dropped() -> None:
    net = network(nodes("a", "b", "c"), weighted(("b", "c", "2"), ("a", "b", "1.5"), ("a", "b", "2"), ("a", "a", "9")))
    assert (net.arcs.tolist(), net.weights.tolist()) == ([[0, 1], [1, 2]], [3.5, 2.0])
    assert net.weighted.toarray().tolist() == [[0, 3.5, 0], [0, 0, 2], [0, 0, 0]]
    assert net.adjacency.toarray().tolist() == [[0, 1, 0], [0, 0, 1], [0, 0, 0]]


@pytest.mark.parametrize("weight", ["0", "-1", "much", None, "nan", "inf"])
def test_a_weight_that_is_no_number_above_0_is_refused_by_line(weight: str | None) -> None:
    with pytest.raises(BadWeight, match=r"Line 3 of the edges: the weight is"):
        network(nodes("a", "b"), weighted(("a", "b", "1"), ("b", "a", weight)))


def test_the_file_column_says_which_file_it_was() -> None:
    placed = edges(("z", "a")).with_columns(line=pl.Series([7]), file=pl.lit("second.csv"))
    with pytest.raises(UnknownNode, match=r"Line 7 of second\.csv"):
        network(nodes("a"), placed)


def test_both_ways_makes_every_tie_mutual_and_keeps_the_greater_weight() -> None:
    net = both_ways(network(nodes("a", "b", "c"), weighted(("a", "b", "2"), ("b", "a", "5"), ("c", "b", "1"))))
    assert net.weighted.toarray().tolist() == [[0, 5, 0], [5, 0, 1], [0, 1, 0]]
    assert both_ways(network(nodes("a", "b"), edges(("b", "a")))).arcs.tolist() == [[0, 1], [1, 0]]
    assert both_ways(network(nodes("a"), edges())).arcs.tolist() == []


def test_a_further_column_called_line_that_holds_no_numbers_is_no_line() -> None:
    odd = edges(("a", "z")).with_columns(line=pl.lit("Northern"))
    with pytest.raises(UnknownNode, match="Line 2"):
        network(nodes("a"), odd)
