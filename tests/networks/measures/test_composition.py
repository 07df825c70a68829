"""What alters are, in shares."""

import json
from pathlib import Path

import polars as pl
import pytest

from networks.graphs import UnknownAttribute, network
from networks.measures.composition import composition, compositions, external_share
from networks.measures.ego import blau, density, external_internal, iqv

EXPECTED = Path(__file__).parents[4] / "shared" / "data" / "networks" / "expected.json"


def test_every_category_of_the_frame_has_a_share_even_one_nobody_is_in() -> None:
    assert composition(["a", "a", "b", "c"], ["a", "b", "c", "d"]) == {"a": 0.5, "b": 0.25, "c": 0.25, "d": 0.0}


def test_without_alters_there_are_no_shares() -> None:
    assert composition([], ["a"]) is None
    assert external_share([], "a") is None


def test_the_external_share_counts_those_of_another_group() -> None:
    assert external_share(["a", "b", "c", "a"], "a") == 0.5
    assert external_share(["a"], None) is None


def test_alters_of_unknown_group_are_left_out_of_a_network_too() -> None:
    nodes = pl.DataFrame({"id": ["x", "y", "z", "w"], "site": ["a", "b", None, "a"]})
    edges = pl.DataFrame({"source": ["x", "x", "x", "z"], "target": ["y", "w", "z", "x"]})
    shares, external = compositions(network(nodes, edges), "site")
    assert shares == [{"a": 0.5, "b": 0.5}, None, {"a": 1.0}, None]
    assert external == [0.5, None, None, None]
    with pytest.raises(UnknownAttribute):
        compositions(network(nodes, edges), "town")


@pytest.mark.skipif(not EXPECTED.exists(), reason="the reference values are not at hand")
def test_the_cases_worked_by_hand_come_out() -> None:
    cases = json.loads(EXPECTED.read_text())["hand_cases"]
    assert external_internal(list("bcdef"), "a") == cases["EI_5_alters_all_different"]["correct"]
    assert external_internal(list("aaab"), "a") == cases["EI_4_alters_3_same"]["correct"]
    assert blau(list("aabc")) == cases["blau_[a,a,b,c]"]
    assert iqv(list("aabc"), 3) == pytest.approx(cases["iqv_k=3"])
    assert iqv(list("aabc"), 5) == pytest.approx(cases["iqv_k=5"])
    assert density(4, 3) == cases["density_4_alters_3_ties"]
