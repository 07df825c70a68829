"""Networks from two files: ids are text, edges know their line, and what is wrong is refused by line."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exchange.networks_csv import read_edges, read_edges_of, read_names, read_nodes
from exchange.refusals import UnusableFile, WrongColumns
from exchange.tables import Table, read_rows
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
    assert frame.rows() == [("1", "2", 2, "edges.csv"), ("2", "3", 4, "edges.csv")]


def test_a_file_with_no_edges_is_a_network_without_ties() -> None:
    columns = {"source": pl.String, "target": pl.String, "line": pl.Int64, "file": pl.String}
    assert edges(b"source,target\n").schema == columns
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
        (edges, b"source,target,weight\na,b,1\na,b,0\n", "edges.csv, line 3: the weight is “0”. Give a number above 0"),
        (edges, b"source,target,weight\na,b,\n", "edges.csv, line 2: the weight is blank"),
        (edges, b"source;target;weight\na;b;1,5\n", "edges.csv, line 2: the weight is “1,5”"),
        (edges, b"source,target,weight\na,b,1_0\n", "edges.csv, line 2: the weight is “1_0”"),
        (edges, b"source,target,weight\na,b,inf\n", "edges.csv, line 2: the weight is “inf”"),
        (edges, "source,target,weight\na,b,٣\n".encode(), "edges.csv, line 2: the weight is “٣”"),
    ],
)
def test_bad_rows_are_refused_by_line(read, data: bytes, message: str) -> None:
    with pytest.raises(UnusableFile, match=message):
        read(data)


def tables(*files: bytes) -> list[Table]:
    return [read_rows(data, name=f"{place}.csv") for place, data in enumerate(files, 1)]


def test_several_files_are_one_list_and_each_edge_knows_its_file() -> None:
    frame = read_edges_of(tables(b"source,target,wave\na,b,1\n", b"target;source\nc;b\n"))
    assert frame.rows() == [("a", "b", 2, "1.csv"), ("b", "c", 2, "2.csv")]


def test_weights_are_kept_when_every_file_has_them_and_refused_when_some_do() -> None:
    with_weights, without = b"source,target,Weight\na,b,2.5\n", b"source,target\nb,c\n"
    assert read_edges_of(tables(with_weights, with_weights))["weight"].to_list() == ["2.5", "2.5"]
    with pytest.raises(UnusableFile, match=r"2\.csv, line 1: there is no column “weight”, which 1\.csv has"):
        read_edges_of(tables(with_weights, without))


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(*[st.sampled_from("abcd")] * 2, st.integers(1, 9)), max_size=12), st.integers(1, 4))
def test_splitting_files_changes_no_measure(rows: list[tuple[str, str, int]], parts: int) -> None:
    def of(some: list[tuple[str, str, int]]) -> bytes:
        return ("source,target,weight\n" + "".join("{},{},{}\n".format(*row) for row in some)).encode()

    people = nodes(b"id,team\na,x\nb,x\nc,y\nd,\n")
    whole = measure(people, read_edges_of(tables(of(rows))), "team")
    split = read_edges_of(tables(*(of(rows[start::parts]) for start in range(parts))))
    assert measure(people, split, "team") == whole


@pytest.mark.parametrize("weight", ["1", "+2", ".5", "5.", "1e3", "2.5E-1"])
def test_every_way_to_write_a_number_that_is_read_is_measured(weight: str) -> None:
    found = edges(f"source,target,weight\na,b,{weight}\n".encode())
    assert measure(nodes(b"id\na\nb\n"), found)["constraint_weighted"] == [1.0, 1.0]


def test_what_r_writes_for_not_known_is_not_known_but_may_be_an_id() -> None:
    assert nodes(b"id,dept\nNA,x\nb,NA\n").rows() == [("NA", "x"), ("b", None)]


def test_names_are_the_ids_of_a_file() -> None:
    assert read_names(tables(b"id,why\na,x\nb,\n")[0]) == {"a", "b"}
