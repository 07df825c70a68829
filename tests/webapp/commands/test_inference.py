"""`flask networks qap`, `mrqap` and `bootstrap`: anyone's CSV, as JSON or as a table, and what is refused."""

import json
from pathlib import Path

import pytest

REAL = Path(__file__).resolve().parents[4] / "shared" / "data" / "networks"
NODES = """id,team,age,said,lat,lon
a,x,30,yes,51.5,0
b,x,41,yes,52.5,-1.9
c,y,35,yes,53.5,-2.2
d,y,62,no,54.9,-1.6
e,y,28,yes,50.7,-3.5
"""
ADVICE = "source,target\na,b\nb,a\nb,c\nc,d\nd,a\n"
FRIENDS = "source,target\na,b\nb,a\nc,a\nd,c\n"
real = pytest.mark.skipif(not REAL.is_dir(), reason="the public networks are not here")


@pytest.fixture
def files(file):
    """The nodes, the advice ties and the friends, as paths."""
    return file("nodes.csv", NODES), file("advice.csv", ADVICE), file("friends.csv", FRIENDS)


def test_qap_has_the_figures_as_json_and_the_seed_they_were_drawn_from(succeed, files) -> None:
    """Five and four of twenty pairs; two in both, five in one alone: r = (20 * 2 - 5 * 4) / sqrt(5*15 * 4*16)."""
    nodes, advice, friends = files
    words = ("networks", "qap", "--nodes", nodes, "--edges", advice, "--edges", friends)
    found = json.loads(succeed(*words, "--permutations", 500, "--seed", 7, "--json"))
    assert found["r"] == pytest.approx((20 * 2 - 5 * 4) / (5 * 15 * 4 * 16) ** 0.5)
    assert (found["hamming"], found["jaccard"], found["cells"]) == (5, 2 / 7, 20)
    assert (found["n"], found["permutations"], found["seed"]) == (5, 500, 7)
    assert 0 < found["p_ge"] <= 1


def test_one_seed_gives_one_result_and_another_another(succeed, files) -> None:
    nodes, advice, friends = files
    words = ("networks", "qap", "--nodes", nodes, "--edges", advice, "--edges", friends, "--json", "--seed")
    assert succeed(*words, 1) == succeed(*words, 1) != succeed(*words, 2)


def test_mrqap_names_its_terms_in_order(succeed, files) -> None:
    nodes, advice, friends = files
    words = ("networks", "mrqap", "--nodes", nodes, "--edges", advice, "--absdiff", "age", "--same", "team")
    found = json.loads(succeed(*words, "--matrix", f"friends={friends}", "--distance", "lat", "lon", "--json"))
    assert found["terms"] == ["intercept", "friends", "same_team", "absdiff_age", "distance_km"]
    assert {len(found[key]) for key in ("coef", "t", "p_two_sided")} == {5}
    assert found["p_two_sided"][0] is None
    assert (found["n"], found["cells"], found["unknown"], found["seed"]) == (5, 20, {}, 1)


def test_rows_of_those_who_did_not_answer_are_left_out_and_told(succeed, files) -> None:
    nodes, advice, friends = files
    words = ("networks", "mrqap", "--nodes", nodes, "--edges", advice, "--matrix", f"friends={friends}")
    found = json.loads(succeed(*words, "--respondents", "said", "--json"))
    assert (found["cells"], found["unknown"]) == (16, {"outcome": 4, "friends": 4})
    table = succeed(*words, "--respondents", "said")
    assert ["pairs", "without", "friends", "4"] in [line.split() for line in table.splitlines()]


def test_each_file_may_have_respondents_of_its_own(succeed, file, files) -> None:
    _, advice, friends = files
    nodes = file("both.csv", "id,one,two\na,1,1\nb,1,0\nc,1,1\nd,0,1\ne,1,1\nf,1,1\n")
    words = ("networks", "qap", "--nodes", nodes, "--edges", advice, "--edges", friends, "--json")
    found = json.loads(succeed(*words, "--respondents", "one", "--respondents", "two"))
    assert found["cells"] == 4 * 5


def test_the_table_of_coefficients_has_one_row_for_each_term(succeed, files) -> None:
    nodes, advice, friends = files
    table = succeed("networks", "mrqap", "--nodes", nodes, "--edges", advice, "--matrix", f"friends={friends}")
    assert [line.split()[0] for line in table.splitlines()[:3]] == ["term", "intercept", "friends"]
    assert table.splitlines()[1].split()[-1] == "-"


def test_weights_count_when_asked_for_and_are_told_of_when_not(run, file) -> None:
    """Ties of weight 3 and 1 from a and b, one of them to a friend: the slope is a mean less a mean."""
    nodes = file("nodes.csv", "id\na\nb\nc\n")
    ties = file("ties.csv", "source,target,weight\na,b,3\nb,c,1\n")
    friends = file("friends.csv", "source,target\na,b\nb,a\n")
    words = ("networks", "mrqap", "--nodes", nodes, "--edges", ties, "--matrix", f"friends={friends}")
    assert "Weights are not used: ties.csv." in run(*words).stderr
    plain, weighted = run(*words, "--json"), run(*words, "--weighted", "--json")
    assert plain.stderr == weighted.stderr == ""
    assert json.loads(plain.stdout)["coef"] == pytest.approx([1 / 4, 1 / 2 - 1 / 4])
    assert json.loads(weighted.stdout)["coef"] == pytest.approx([1 / 4, 3 / 2 - 1 / 4])


def test_bootstrap_of_one_network_and_of_two(succeed, files) -> None:
    nodes, advice, friends = files
    one = json.loads(succeed("networks", "bootstrap", "--nodes", nodes, "--edges", advice, "--draws", 50, "--json"))
    assert (one["density"], one["draws"], one["seed"]) == (5 / 20, 50, 1)
    assert one["se"] > 0
    two = json.loads(
        succeed("networks", "bootstrap", "--nodes", nodes, "--edges", advice, "--edges", friends, "--json")
    )
    assert two["diff"] == pytest.approx(-1 / 20)
    assert min(two["paired_se"], two["independent_se"]) > 0
    assert "paired_se" in succeed("networks", "bootstrap", "--nodes", nodes, "--edges", advice, "--edges", friends)


@pytest.mark.parametrize(("people", "cells"), [("id\n", 0), ("id\n1\n", 0), ("id\n1\n2\n", 2)])
def test_the_fewest_people_have_no_correlation_and_no_error(succeed, file, people: str, cells: int) -> None:
    nodes, edges = file("nodes.csv", people), file("edges.csv", "source,target\n")
    found = json.loads(succeed("networks", "qap", "--nodes", nodes, "--edges", edges, "--edges", edges, "--json"))
    assert (found["r"], found["p_ge"], found["p_le"], found["jaccard"]) == (None, None, None, None)
    assert found["cells"] == cells
    drawn = json.loads(succeed("networks", "bootstrap", "--nodes", nodes, "--edges", edges, "--json"))
    assert (drawn["density"], drawn["se"]) == ((0.0, 0.0) if cells else (None, None))


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ((), "No term is named"),
        (("--same", "team", "--same", "team"), 'Two terms are called "same_team"'),
        (("--same", "tram"), 'The nodes have no column "tram"'),
        (("--same", "id"), 'The nodes have no column "id"'),
        (("--absdiff", "team"), 'nodes.csv, line 2: "team" holds "x", which is not a number'),
        (("--absdiff", "age", "--respondents", "team"), 'nodes.csv, line 2: "team" holds "x", which does not say'),
        (("--absdiff", "age", "--respondents", "none"), 'The nodes have no column "none"'),
        (("--same", "one"), 'The term "same_one" is the same for all pairs'),
        (("--absdiff", "age", "--absdiff", "months"), 'The term "absdiff_months" follows exactly from "absdiff_age"'),
        (("--matrix", "advice=ADVICE"), "The terms give the network exactly"),
        (("--matrix", "odd=STRANGER"), 'Line 3 of stranger.csv: the column "target" holds "zz"'),
        (("--matrix", "none=NOBODY"), 'The term "none" is the same for all pairs'),
    ],
)
def test_what_cannot_be_tested_is_refused_with_the_remedy(refuse, file, more, message: str) -> None:
    rows = [line.split(",")[:3] for line in NODES.splitlines()[1:]]
    people = "".join(f"{name},{team},{age},{int(age) * 12},1\n" for name, team, age in rows)
    named = {
        "ADVICE": file("advice.csv", ADVICE),
        "STRANGER": file("stranger.csv", "source,target\na,b\na,zz\n"),
        "NOBODY": file("nobody.csv", "source,target\n"),
    }
    for word, path in named.items():
        more = tuple(one.replace(word, str(path)) for one in more)
    nodes = file("nodes.csv", f"id,team,age,months,one\n{people}")
    said = refuse("networks", "mrqap", "--nodes", nodes, "--edges", named["ADVICE"], *more)
    assert message in said


def test_an_empty_network_leaves_nothing_to_explain(refuse, file) -> None:
    nodes, edges = file("nodes.csv", NODES), file("edges.csv", "source,target\n")
    assert "Nothing is to be explained" in refuse(
        "networks", "mrqap", "--nodes", nodes, "--edges", edges, "--same", "team"
    )


def test_too_few_people_for_the_terms_are_refused(refuse, file) -> None:
    nodes, edges = file("nodes.csv", "id,age\na,1\nb,2\n"), file("edges.csv", "source,target\na,b\n")
    said = refuse("networks", "mrqap", "--nodes", nodes, "--edges", edges, "--absdiff", "age")
    assert "2 known pairs are too few for 2 coefficients" in said


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("qap", "--edges", "A"), "give --edges twice"),
        (("qap", "--edges", "A", "--edges", "A", "--edges", "A"), "give --edges twice"),
        (("bootstrap", "--edges", "A", "--edges", "A", "--edges", "A"), "give --edges once or twice"),
        (("mrqap", "--edges", "A", "--matrix", "A"), "is not a name and a file"),
        (("mrqap", "--edges", "A", "--matrix", "friends=nowhere.csv"), "does not exist"),
        (("qap", "--edges", "A", "--edges", "A", *["--respondents", "said"] * 3), "Give --respondents once for all"),
        (("qap", "--edges", "A", "--edges", "A", "--permutations", "0"), "is not in the range"),
    ],
)
def test_a_command_line_that_makes_no_sense_is_refused(refuse, files, words: tuple[str, ...], message: str) -> None:
    nodes, advice, _ = files
    given = [str(advice) if word == "A" else word for word in words]
    assert message in refuse("networks", given[0], "--nodes", nodes, *given[1:], code=2)


@real
@pytest.mark.parametrize("pair", ["advice_friends", "advice_reports", "friends_reports"])
def test_the_managers_networks_go_together_as_published(succeed, pair: str) -> None:
    expected = json.loads((REAL / "expected.json").read_text())["qap"][f"ht_{pair}"]
    edges = [word for name in pair.split("_") for word in ("--edges", REAL / f"ht_{name}_edges.csv")]
    found = json.loads(succeed("networks", "qap", "--nodes", REAL / "ht_advice_nodes.csv", *edges, "--json"))
    assert found["r"] == pytest.approx(expected["r_sna"], abs=1e-6) == pytest.approx(expected["r"], abs=1e-6)
    assert (found["hamming"], found["jaccard"]) == (expected["hamming"], pytest.approx(expected["jaccard"], abs=1e-6))
    for reference in ("p_ge_python", "p_ge_sna"):
        assert found["p_ge"] == pytest.approx(expected[reference], abs=expected["p_tolerance"])


@real
def test_what_explains_advice_among_the_managers_is_as_published(succeed) -> None:
    expected = json.loads((REAL / "expected.json").read_text())["mrqap_dsp"]["ht_advice"]
    words = ("--nodes", REAL / "ht_advice_nodes.csv", "--edges", REAL / "ht_advice_edges.csv")
    others = [word for name in ("friends", "reports") for word in ("--matrix", f"{name}={REAL}/ht_{name}_edges.csv")]
    shared = ("--same", "dept", "--absdiff", "age", "--absdiff", "tenure")
    found = json.loads(succeed("networks", "mrqap", *words, *others, *shared, "--seed", 1, "--json"))
    assert found["terms"] == expected["terms"]
    for key in ("coef", "t", "r2"):
        assert found[key] == pytest.approx(expected[key], abs=1e-6)
    for reference in ("p_two_sided_python", "p_two_sided_sna"):
        assert found["p_two_sided"][1:] == pytest.approx(expected[reference][1:], abs=expected["p_tolerance"])


@real
def test_the_bootstrap_is_as_published(succeed) -> None:
    expected = json.loads((REAL / "expected.json").read_text())["vertex_bootstrap"]
    managers = ("--nodes", REAL / "ht_advice_nodes.csv", "--edges", REAL / "ht_advice_edges.csv")
    one, wanted = json.loads(succeed("networks", "bootstrap", *managers, "--json")), expected["ht_advice_density"]
    assert one["se"] == pytest.approx(wanted["se"], abs=wanted["tolerance"])
    waves = [word for wave in (1, 2) for word in ("--edges", REAL / f"knecht_w{wave}_edges.csv")]
    words = ("--nodes", REAL / "knecht_w1_nodes.csv", *waves, "--draws", 2000, "--seed", 1, "--json")
    two, wanted = json.loads(succeed("networks", "bootstrap", *words)), expected["knecht_w2_minus_w1"]
    assert two["diff"] == pytest.approx(wanted["diff"], abs=1e-6)
    for key in ("paired_se", "independent_se"):
        assert two[key] == pytest.approx(wanted[key], abs=wanted["tolerance"])
