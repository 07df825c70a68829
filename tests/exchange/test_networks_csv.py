"""Networks from two files: ids are text, edges know their line, and what is wrong is refused by line."""

import polars as pl
import pytest

from exchange.networks_csv import read_edges, read_nodes
from exchange.refusals import UnusableFile, WrongColumns
from exchange.tables import read_rows
from networks.measure import measure


def nodes(data: bytes) -> pl.DataFrame:
    return read_nodes(read_rows(data, name="nodes.csv"))


def edges(data: bytes) -> pl.DataFrame:
    return read_edges(read_rows(data, name="edges.csv"))


def test_ids_stay_text_and_further_columns_are_kept() -> None:
    frame = nodes(b"dept,ID,age\n4,007,\n2,8,41\n")
    assert frame.to_dict(as_series=False) == {"dept": ["4", "2"], "id": ["007", "8"], "age": [None, "41"]}


def test_edges_know_their_line() -> None:
    frame = edges(b"source,target\n1,2\n\n2,3\n")
    assert frame.rows() == [("1", "2", 2), ("2", "3", 4)]


def test_a_file_with_no_edges_is_a_network_without_ties() -> None:
    assert edges(b"source,target\n").schema == {"source": pl.String, "target": pl.String, "line": pl.Int64}
    assert measure(nodes(b"id\na\nb\n"), edges(b"source,target\n"))["arcs"] == 0


def test_the_frames_are_what_the_measures_take() -> None:
    found = measure(nodes(b"id,team\na,x\nb,x\nc,y\n"), edges(b"from,to\na,b\nb,a\nb,c\n"), "team")
    assert (found["n"], found["arcs"], found["density"]) == (3, 3, 0.5)
    assert found["EI_network_team"] == pytest.approx(-1 / 3)


@pytest.mark.parametrize(
    ("read", "data", "message"),
    [
        (nodes, b"name_of,dept\na,1\n", "nodes.csv, line 1: the first line lacks the column “id”"),
        (edges, b"source,goal\na,b\n", "edges.csv, line 1: the first line lacks the column “target”"),
    ],
)
def test_missing_columns_are_named(read, data: bytes, message: str) -> None:
    with pytest.raises(WrongColumns, match=message):
        read(data)


@pytest.mark.parametrize(
    ("read", "data", "message"),
    [
        (nodes, b"id,dept\na,1\n,2\n", "nodes.csv, line 3: the id is blank. Fill it in"),
        (edges, b"source,target\na,\n", "edges.csv, line 2: the target is blank"),
        (edges, b"source,target\na,b,c\n", "edges.csv, line 2: this row has 3 cells where the first line has 2"),
        (nodes, b"id,dept,dept\na,1,2\n", "“dept” twice"),
    ],
)
def test_bad_rows_are_refused_by_line(read, data: bytes, message: str) -> None:
    with pytest.raises(UnusableFile, match=message):
        read(data)
