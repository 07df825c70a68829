"""`flask networks`: anyone's CSV measured, followed from wave to wave, and laid in layers; as JSON or as a table."""

import json
from pathlib import Path

import pytest

from tests.networks.test_measure import REFERENCES, differences

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


def test_a_table_tells_nodes_from_kinds_even_when_there_are_as_many(succeed, file) -> None:
    """Three people, and three kinds of pairs: mutual, one-sided, empty."""
    lines = succeed(*measure(file), "--attribute", "team").splitlines()
    heading = next(line for line in lines if line.startswith("id ")).split()
    assert {"betweenness", "ego_team.ei", "leiden_undirected.membership", "external_share_team"} <= set(heading)
    assert "dyads_MAN" not in heading
    assert "dyads_MAN  [1, 1, 1]" in lines
    assert [line.split()[1] for line in lines if line.startswith("leiden_undirected.runs")] == ["20"]


def test_a_network_of_nobody_has_no_density_but_a_table(succeed, file) -> None:
    assert "density" in succeed(*measure(file, "id\n", "source,target\n"))


@pytest.mark.parametrize(
    ("nodes", "edges", "more", "message"),
    [
        ("name_of\na\n", EDGES, (), "nodes.csv, line 1: the first line lacks the column “id”"),
        (NODES, "source,goal\na,b\n", (), "edges.csv, line 1: the first line lacks the column “target”"),
        (NODES, EDGES + "c,zz\n", (), 'Line 5 of edges.csv: the column "target" holds "zz"'),
        (NODES + "a,y\n", EDGES, (), 'repeats the id "a"'),
        (NODES, EDGES, ("--attribute", "tea"), 'no column "tea"'),
        ("", EDGES, (), "nodes.csv: the file is empty"),
    ],
)
def test_what_is_wrong_is_refused_with_file_and_line(refuse, file, nodes, edges, more, message: str) -> None:
    assert message in refuse(*measure(file, nodes, edges), *more, "--json")


here = pytest.mark.skipif(not REAL.is_dir(), reason="the public networks are not here")


def expected(*keys: str) -> dict[str, object]:
    found = json.loads((REAL / "expected.json").read_text())
    for key in keys:
        found = found[key]
    return found


@here
@pytest.mark.parametrize(("name", "attribute"), REFERENCES.items())
def test_public_networks_come_out_as_published(succeed, name: str, attribute: str) -> None:
    files = ("--nodes", REAL / f"{name}_nodes.csv", "--edges", REAL / f"{name}_edges.csv")
    found = json.loads(succeed("networks", "measure", *files, "--attribute", attribute, "--permutations", 0, "--json"))
    wanted = {key: value for key, value in expected("networks", name).items() if "DISAGREES" not in key}
    assert len(wanted) >= 37
    assert differences(found, wanted, name) == []
    assert found["leiden_undirected"]["modularity"] > found[f"modularity_partition_{attribute}_undirected"]
    assert found["core_periphery_undirected"]["correlation"] > 0.2


@here
@pytest.mark.parametrize(("one", "other"), [(1, 2), (2, 3), (3, 4)])
def test_public_waves_come_out_as_published(succeed, one: int, other: int) -> None:
    edges = [word for wave in (one, other) for word in ("--edges", REAL / f"knecht_w{wave}_edges.csv")]
    found = json.loads(succeed("networks", "panel", "--nodes", REAL / "knecht_w1_nodes.csv", *edges, "--json"))
    assert differences(found, expected("panels", f"knecht_{one}_{other}"), "panel") == []


@here
def test_four_waves_give_one_object_for_each_and_the_next(succeed) -> None:
    edges = [word for wave in (1, 2, 3, 4) for word in ("--edges", REAL / f"knecht_w{wave}_edges.csv")]
    found = json.loads(succeed("networks", "panel", "--nodes", REAL / "knecht_w1_nodes.csv", *edges, "--json"))
    wanted = {key.removeprefix("knecht_"): value for key, value in expected("panels").items()}
    assert list(found) == ["1_2", "2_3", "3_4"]
    assert differences(found, wanted, "panels") == []


@here
def test_who_named_nobody_is_taken_to_be_missing_when_told_so(succeed, file) -> None:
    """Between waves 2 and 3 those who named somebody both times kept .470 of their ties; all together .389."""
    answered = []
    for wave in (2, 3):
        names = {line.split(",")[0] for line in (REAL / f"knecht_w{wave}_edges.csv").read_text().splitlines()[1:]}
        path = file(f"answered{wave}.csv", "id\n" + "\n".join(sorted(names)) + "\n")
        answered += ["--edges", REAL / f"knecht_w{wave}_edges.csv", "--respondents", path]
    found = json.loads(succeed("networks", "panel", "--nodes", REAL / "knecht_w1_nodes.csv", *answered, "--json"))
    assert found["jaccard"] == pytest.approx(0.470, abs=5e-4)
    assert found["egos"] < 26


@here
def test_public_layers_share_what_is_published(succeed) -> None:
    layers = [
        word for name in ("advice", "friends", "reports") for word in ("--layer", f"{name}={REAL}/ht_{name}_edges.csv")
    ]
    found = json.loads(succeed("networks", "overlap", "--nodes", REAL / "ht_advice_nodes.csv", *layers, "--json"))
    assert differences(found, expected("multiplexity", "ht"), "overlap") == []
    for pair in ("advice_friends", "advice_reports", "friends_reports"):
        wanted = expected("qap", f"ht_{pair}", "jaccard")
        assert found["jaccard"][pair.replace("_", "&")] == pytest.approx(wanted, abs=1e-6)


@here
def test_gatekeepers_and_representatives_swap_when_the_edges_are_turned_round(succeed, file) -> None:
    lines = (REAL / "ht_advice_edges.csv").read_text().splitlines()[1:]
    turned = file("turned.csv", "source,target\n" + "".join("{1},{0}\n".format(*line.split(",")) for line in lines))
    wanted = expected("gould_fernandez_direction")
    for edges, key in ((REAL / "ht_advice_edges.csv", "naming_matrix"), (turned, "flow_matrix_transposed")):
        words = ("--nodes", REAL / "ht_advice_nodes.csv", "--edges", edges, "--attribute", "dept", "--json")
        found = json.loads(succeed("networks", "measure", *words, "--permutations", 0))
        assert found["gould_fernandez_dept_total"] == wanted[f"ht_advice_{key}"]


@here
@pytest.mark.parametrize(("name", "part"), [("burt_book_graph", None), ("directed_3node", "computed")])
def test_published_graphs_with_weights_come_out(succeed, file, name: str, part: str | None) -> None:
    graph = expected("published", name)
    ids = graph.get("nodes", [0, 1, 2])
    nodes = file("nodes.csv", "id\n" + "".join(f"{one}\n" for one in ids))
    edges = file("edges.csv", "source,target,weight\n" + "".join("{},{},{}\n".format(*row) for row in graph["edges"]))
    found = json.loads(succeed("networks", "measure", "--nodes", nodes, "--edges", edges, "--json"))
    values = graph if part is None else graph[part]
    wanted = {key: value for key, value in values.items() if key.startswith(("constraint", "effective"))}
    assert len(wanted) == 4
    assert differences(found, wanted, name) == []


def test_several_files_are_measured_as_one(succeed, file) -> None:
    whole = json.loads(succeed(*measure(file), "--attribute", "team", "--json"))
    parts = [
        file("one.csv", "source,target\nb,c\n"),
        file("two.csv", "target;source\nb;a\n\n"),
        file("3.csv", "from\tto\nb\ta\n"),
    ]
    words = [word for part in parts for word in ("--edges", part)]
    split = succeed("networks", "measure", "--nodes", file("n.csv", NODES), *words, "--attribute", "team", "--json")
    assert json.loads(split) == whole


def test_without_direction_every_tie_is_mutual(succeed, file) -> None:
    found = json.loads(succeed(*measure(file, edges="source,target\na,b\nb,c\n"), "--undirected", "--json"))
    assert (found["arcs"], found["reciprocity_edgewise"]) == (4, 1.0)


def test_the_core_is_compared_with_chance_in_small_networks(succeed, file) -> None:
    few = "source,target\na,b\nb,c\nb,d\n"
    nodes = "id\na\nb\nc\nd\ne\n"
    found = json.loads(succeed(*measure(file, nodes, few), "--json"))["core_periphery_undirected"]
    assert (found["size"], found["core"], found["permutations"]) == (1, [False, True, False, False, False], 99)
    assert 0.01 <= found["p"] <= 1
    assert json.loads(succeed(*measure(file, nodes, few), "--seed", 1, "--json"))["core_periphery_undirected"] == found


@pytest.mark.parametrize(
    ("nodes", "edges"),
    [
        ("\ufeffid;team\n1;x\n2;y\n3;\n", "\ufeffsource;target;weight;wave\n1;2;0.5;1\n2;2;1;1\n1;2;2;2\n"),
        ("id,team\n1,x\n2,x\n", "source,target\n1,2\n"),
        ("id,team\n1,1.5\n2,10\n3,9\n", "source,target\n"),
        ("id,team\n1,NA\n", "source,target\n1,1\n"),
        ("id,team\n", "source,target\n"),
        ("id,team\n1,x\n2,y\n", "source,target,team\n2,1,z\n1,2,z\n"),
    ],
)
def test_odd_files_are_measured(succeed, file, nodes: str, edges: str) -> None:
    found = json.loads(succeed(*measure(file, nodes, edges), "--attribute", "team", "--json"))
    assert found["n"] == len(nodes.splitlines()) - 1
    assert len(found["ego_betweenness"]) == found["n"]
    assert succeed(*measure(file, nodes, edges), "--attribute", "team").startswith("measure")


def panel(file, *more: object) -> tuple[object, ...]:
    waves = [file("w1.csv", "source,target\na,b\nc,a\n"), file("w2.csv", "source,target\na,b\nb,a\n")]
    words = [word for wave in waves for word in ("--edges", wave)]
    nodes = file("nodes.csv", "id,there,then\na,yes,1\nb,yes,0\nc,no,1\n")
    return ("networks", "panel", "--nodes", nodes, *words, *more)


def test_a_panel_leaves_out_who_did_not_answer(succeed, file) -> None:
    everyone = json.loads(succeed(*panel(file, "--json")))
    assert (everyone["maintained"], everyone["dissolved"], everyone["formed"], everyone["never"]) == (1, 1, 1, 3)
    some = json.loads(succeed(*panel(file, "--respondents", "there", "--json")))
    assert (some["maintained"], some["dissolved"], some["formed"], some["never"], some["egos"]) == (1, 0, 1, 2, 2)
    each = json.loads(succeed(*panel(file, "--respondents", "there", "--respondents", "then", "--json")))
    assert (each["maintained"], each["dissolved"], each["formed"], each["egos"]) == (1, 0, 0, 1)


def test_a_panel_without_direction_counts_a_pair_once(succeed, file) -> None:
    found = json.loads(succeed(*panel(file, "--undirected", "--json")))
    assert (found["maintained"], found["dissolved"], found["formed"], found["never"]) == (1, 1, 0, 1)


def test_a_panel_as_a_table_has_a_column_for_each_wave_and_the_next(succeed, file) -> None:
    lines = succeed(*panel(file, "--edges", file("w3.csv", "source,target\n"))).splitlines()
    assert " ".join(lines[0].split()) == "measure waves 1 to 2 waves 2 to 3"
    assert lines[2].split() == ["dissolved", "1", "2"]


def formal_panel(file, after: str = "a,b,both\nb,a,\n") -> tuple[object, ...]:
    waves = [
        file("f1.csv", "source,target,formality\na,b,formal\na,c,formal\nc,a,informal\n"),
        file("f2.csv", "source,target,Formality\n" + after),
    ]
    return ("networks", "panel", "--nodes", file("nodes.csv", NODES), *(w for wave in waves for w in ("--edges", wave)))


def test_a_panel_with_formality_says_what_became_formal_or_informal(succeed, file) -> None:
    """a > b turns from formal to both, a > c and c > a end; of b > a it is not known how formal it is."""
    found = json.loads(succeed(*formal_panel(file), "--json"))
    assert (found["maintained"], found["dissolved"], found["formed"]) == (1, 2, 1)
    assert found["transitions"]["formal"] == {"none": 1, "formal": 0, "informal": 0, "both": 1}
    assert found["transitions"]["none"] == {"none": 2, "formal": 0, "informal": 0, "both": 0}
    assert found["conversion"]["formal"] == {"pairs": 2, "converted": 1, "share": 0.5}
    assert found["conversion"]["informal"] == {"pairs": 1, "converted": 0, "share": 0.0}
    lines = succeed(*formal_panel(file)).splitlines()
    assert ["1", "2", "formal", "both", "1"] in [line.split() for line in lines]
    assert "transitions" not in json.loads(succeed(*panel(file, "--json")))


def test_another_word_for_formality_is_refused_by_line(refuse, file) -> None:
    assert "f2.csv, line 3: the formality is “semi”" in refuse(*formal_panel(file, "a,b,both\nb,a,semi\n"))


@pytest.mark.parametrize(
    ("more", "code", "message"),
    [
        (("--respondents", "when"), 1, 'no column "when"'),
        (("--respondents", "id.csv"), 1, 'no column "id.csv"'),
        (("--respondents", "there") * 3, 2, "Give --respondents once for all waves, or 2 times"),
    ],
)
def test_who_answered_must_be_told_so_that_it_is_clear(refuse, file, more, code: int, message: str) -> None:
    assert message in refuse(*panel(file, *more), code=code)


def test_a_stranger_among_those_who_answered_is_refused(refuse, file) -> None:
    assert "“z” is not an id of the nodes" in refuse(*panel(file, "--respondents", file("who.csv", "id\na\nz\n")))


def test_one_wave_is_no_panel(refuse, file) -> None:
    words = ("--nodes", file("nodes.csv", NODES), "--edges", file("edges.csv", EDGES))
    assert "give --edges at least twice" in refuse("networks", "panel", *words, code=2)


def layers(file, *given: str) -> tuple[object, ...]:
    file("advice.csv", "source,target\na,b\nb,c\n")
    folder = file("friends.csv", "source,target\nb,a\nb,c\n").parent
    words = [word for layer in given for word in ("--layer", layer.replace("@", f"{folder}/"))]
    return ("networks", "overlap", "--nodes", file("nodes.csv", NODES), *words)


def test_two_layers_share_ties_with_and_without_direction(succeed, file) -> None:
    words = layers(file, "advice=@advice.csv", "friends=@friends.csv")
    found = json.loads(succeed(*words, "--json"))
    assert (found["advice&friends"], found["jaccard"]["advice&friends"]) == (1, 1 / 3)
    assert "all2" not in found
    assert json.loads(succeed(*words, "--undirected", "--json"))["advice&friends"] == 2
    lines = succeed(*words).splitlines()
    assert lines[1].split() == ["advice", "friends", "2", "2", "1", "0.3333"]


@pytest.mark.parametrize("given", [("a=@advice.csv",), ("a=@advice.csv", "a=@friends.csv")])
def test_layers_need_another_with_another_name(refuse, file, given: tuple[str, ...]) -> None:
    assert "each with its own name" in refuse(*layers(file, *given), code=2)


def test_a_weight_that_is_none_is_refused_with_its_file_and_line(refuse, file) -> None:
    weights = "source,target,weight\na,b,1\nb,c,-2\n"
    assert "edges.csv, line 3: the weight is “-2”" in refuse(*measure(file, edges=weights), "--json")
