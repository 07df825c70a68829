"""`flask networks measure`: anyone's CSV, as JSON or as a table."""

import json
from pathlib import Path

import pytest

REAL = Path(__file__).resolve().parents[4] / "shared" / "data" / "networks"
NODES = "id,team\na,x\nb,x\nc,y\n"
EDGES = "source,target\na,b\nb,a\nb,c\n"


def measure(file, nodes: str = NODES, edges: str = EDGES) -> tuple[object, ...]:
    return ("networks", "measure", "--nodes", file("nodes.csv", nodes), "--edges", file("edges.csv", edges))


def test_json_has_every_measure_by_name(succeed, file) -> None:
    found = json.loads(succeed(*measure(file), "--attribute", "team", "--json"))
    assert (found["n"], found["arcs"], found["density"], found["dyads_MAN"]) == (3, 3, 0.5, [1, 1, 1])
    assert found["EI_network_team"] == pytest.approx(-1 / 3)


def test_a_table_has_single_measures_and_one_row_for_each_node(succeed, file) -> None:
    lines = succeed(*measure(file), "--attribute", "team").splitlines()
    assert [line.split() for line in lines[:4]] == [["measure", "value"], ["n", "3"], ["arcs", "3"], ["density", "0.5"]]
    start = next(place for place, line in enumerate(lines) if line.startswith("id "))
    assert [line.split()[0] for line in lines[start : start + 4]] == ["id", "a", "b", "c"]


def test_a_network_of_nobody_has_no_density_but_a_table(succeed, file) -> None:
    assert "density" in succeed(*measure(file, "id\n", "source,target\n"))


@pytest.mark.parametrize(
    ("nodes", "edges", "more", "message"),
    [
        ("name_of\na\n", EDGES, (), "nodes.csv, line 1: the first line lacks the column “id”"),
        (NODES, "source,goal\na,b\n", (), "edges.csv, line 1: the first line lacks the column “target”"),
        (NODES, EDGES + "c,zz\n", (), 'Line 5 of the edges: the column "target" holds "zz"'),
        (NODES + "a,y\n", EDGES, (), 'repeats the id "a"'),
        (NODES, EDGES, ("--attribute", "tea"), 'no column "tea"'),
        ("", EDGES, (), "nodes.csv: the file is empty"),
    ],
)
def test_what_is_wrong_is_refused_with_file_and_line(refuse, file, nodes, edges, more, message: str) -> None:
    assert message in refuse(*measure(file, nodes, edges), *more, "--json")


@pytest.mark.skipif(not REAL.is_dir(), reason="the public networks are not here")
def test_the_managers_advice_network_comes_out_as_published(succeed) -> None:
    files = ("--nodes", REAL / "ht_advice_nodes.csv", "--edges", REAL / "ht_advice_edges.csv")
    found = json.loads(succeed("networks", "measure", *files, "--attribute", "dept", "--json"))
    expected = json.loads((REAL / "expected.json").read_text())["networks"]["ht_advice"]
    compared = {name for name in expected if "NETWORKX" not in name.upper()}
    assert compared - set(found) == set()
    assert {name: found[name] for name in ("n", "arcs", "dyads_MAN")} == {
        name: expected[name] for name in ("n", "arcs", "dyads_MAN")
    }
    assert found["constraint_burt_sum"] == pytest.approx(expected["constraint_burt_sum"], abs=1e-6)
