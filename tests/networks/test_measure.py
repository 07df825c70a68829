"""Every measure of one network, against worked cases and against reference values."""

import json
import math
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from networks.graphs import UnknownAttribute
from networks.measure import measure

DATA = Path(__file__).parents[3] / "shared" / "data" / "networks"
REFERENCES = {
    "ht_advice": "dept",
    "ht_friends": "dept",
    "ht_reports": "dept",
    "knecht_w1": "gender",
    "knecht_w2": "gender",
    "knecht_w3": "gender",
    "knecht_w4": "gender",
}
Arcs = list[tuple[int, int]]


def differences(found: object, wanted: object, where: str) -> list[str]:
    """Where `found` is not `wanted` to one part in a million; further keys of `found` are passed over."""
    if isinstance(wanted, dict) and isinstance(found, dict):
        return [
            line for key in wanted for line in differences(found.get(key, "missing"), wanted[key], f"{where}.{key}")
        ]
    if isinstance(wanted, list) and isinstance(found, list) and len(found) == len(wanted):
        pairs = enumerate(zip(found, wanted, strict=True))
        return [line for place, (one, other) in pairs for line in differences(one, other, f"{where}[{place}]")]
    if isinstance(wanted, int | float) and isinstance(found, int | float):
        same = math.isclose(found, wanted, rel_tol=1e-6, abs_tol=1e-6)
    else:
        same = found == wanted
    return [] if same else [f"{where}: {found} where {wanted} belongs"]


def frames(groups: list[str | None], arcs: Arcs) -> tuple[pl.DataFrame, pl.DataFrame]:
    nodes = pl.DataFrame({"id": [str(node) for node in range(len(groups))], "group": groups})
    schema = {"source": pl.String, "target": pl.String}
    ends = [(str(source), str(target)) for source, target in arcs]
    return nodes.cast({"group": pl.String}), pl.DataFrame(ends, schema=schema, orient="row")


@pytest.mark.skipif(not DATA.exists(), reason="the reference networks are not at hand")
@pytest.mark.parametrize(("name", "attribute"), REFERENCES.items())
def test_reference_networks_are_met_by_every_measure(name: str, attribute: str) -> None:
    expected = json.loads((DATA / "expected.json").read_text())["networks"][name]
    wanted = {key: value for key, value in expected.items() if "NETWORKX" not in key.upper() and "DISAGREES" not in key}
    nodes = pl.read_csv(DATA / f"{name}_nodes.csv", infer_schema=False)
    edges = pl.read_csv(DATA / f"{name}_edges.csv", infer_schema=False)
    found = measure(nodes, edges, attribute)
    assert len(wanted) >= 37
    assert differences(found, wanted, name) == []


def test_three_people_in_two_groups_worked_by_hand() -> None:
    """0 -> 1 -> 2, 1 -> 0; 0 and 1 in x, 2 in y.   (0) <=> (1) -> (2)"""
    found = measure(*frames(["x", "x", "y"], [(0, 1), (1, 0), (1, 2)]), "group")
    wanted = {
        "n": 3,
        "arcs": 3,
        "density": 0.5,
        "dyads_MAN": [1, 1, 1],
        "reciprocity_edgewise": 2 / 3,
        "reciprocity_dyadic_nonnull": 0.5,
        "reciprocity_sna_dyadic_default": 2 / 3,
        "centralization_in": 0.0,
        "centralization_out": (1 + 0 + 2) / 4,
        "igraph_transitivity_global_undirected": 0.0,
        "transitivity_directed_weak": 0.0,
        "weak_components": 1,
        "strong_components": 2,
        "giant_weak": 3,
        "betweenness": [0.0, 1.0, 0.0],
        "centralization_betweenness_directed": 0.5,
        "constraint_burt_sum": [1.0, (2 / 3) ** 2 + (1 / 3) ** 2, 1.0],
        "effective_size_valued": [1.0, 2.0, 1.0],
        "effective_size_borgatti_undirected": [1.0, 2.0, 1.0],
        "coreness_undirected": [1.0, 1.0, 1.0],
        "assortativity_degree_undirected": -1.0,
        "EI_network_group": -1 / 3,
        "assortativity_group": (2 / 3 - 2 / 3) / (1 - 2 / 3),
        "modularity_partition_group_undirected": 1 / 2 - (9 + 1) / 16,
        "gould_fernandez_group_node": [[0] * 5, [0, 0, 0, 1, 0], [0] * 5],
        "gould_fernandez_group_total": [0, 0, 0, 1, 0],
        "flow_matrix_group": {"labels": ["x", "y"], "cells": [[2, 1], [0, 0]]},
        "sna_connectedness": 1.0,
        "sna_hierarchy_krackhardt": 2 / 3,
        "sna_efficiency": 1 - (3 - 2) / (6 - 2),
        "sna_lubness": 1.0,
        "sna_triad_census": [0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0],
        "ego_group": [
            {"size": 1, "blau": 0.0, "iqv": 0.0, "ei": -1.0, "density": None},
            {"size": 2, "blau": 0.5, "iqv": 1.0, "ei": 0.0, "density": 0.0},
            {"size": 0, "blau": None, "iqv": None, "ei": None, "density": None},
        ],
    }
    assert differences(found, wanted, "three") == []


def test_undefined_is_none_and_never_zero() -> None:
    found = measure(*frames(["x"], []), "group")
    undefined = {key for key, value in found.items() if value is None}
    assert {"density", "reciprocity_edgewise", "centralization_in", "transitivity_directed_weak"} <= undefined
    assert {"assortativity_group", "EI_network_group", "modularity_partition_group_undirected"} <= undefined
    assert {"sna_connectedness", "sna_hierarchy_krackhardt", "sna_efficiency", "sna_lubness"} <= undefined
    assert found["constraint_burt_sum"] == found["effective_size_valued"] == [None]


def test_no_nodes_at_all_is_measured_too() -> None:
    found = measure(*frames([], []), "group")
    assert (found["n"], found["arcs"], found["giant_weak"], found["density"]) == (0, 0, 0, None)
    assert found["ego_group"] == []


def test_without_an_attribute_there_is_no_measure_by_group() -> None:
    found = measure(*frames(["x", "y"], [(0, 1)]))
    assert "density" in found
    assert "ego_betweenness" in found
    assert not [key for key in found if "group" in key]


def test_an_unknown_group_is_left_out_and_not_a_group_of_its_own() -> None:
    found = measure(*frames(["x", "y", None], [(0, 1), (0, 2), (2, 1)]), "group")
    assert found["flow_matrix_group"] == {"labels": ["x", "y"], "cells": [[0, 1], [0, 0]]}
    assert found["EI_network_group"] == 1.0


def test_where_no_group_is_known_no_measure_by_group_is_defined() -> None:
    found = measure(*frames([None, None, None], [(0, 1), (1, 2)]), "group")
    assert found["flow_matrix_group"] == {"labels": [], "cells": []}
    undefined = ("assortativity_group", "EI_network_group", "modularity_partition_group_undirected")
    assert [found[name] for name in undefined] == [None] * 3
    assert found["leiden_match_group"] == {"ari": None, "nmi": None}
    assert found["composition_group"] == found["external_share_group"] == [None] * 3


def test_an_attribute_that_is_not_there_is_refused() -> None:
    with pytest.raises(UnknownAttribute, match="Choose one of: group"):
        measure(*frames(["x"], []), "site")


def test_every_value_can_be_written_as_json() -> None:
    found = measure(*frames(["x", "x", "y", None], [(0, 1), (1, 2), (2, 3), (3, 0), (0, 2)]), "group")
    assert json.loads(json.dumps(found, allow_nan=False)) == found


@st.composite
def small_networks(draw: st.DrawFn) -> tuple[list[str], Arcs, list[int]]:
    n = draw(st.integers(1, 7))
    groups = draw(st.lists(st.sampled_from(["x", "y", "z"]), min_size=n, max_size=n))
    node = st.integers(0, n - 1)
    arcs = draw(st.lists(st.tuples(node, node), max_size=20))
    return groups, arcs, draw(st.permutations(range(n)))


@settings(max_examples=60, deadline=None)
@given(small_networks())
def test_relabelling_people_never_changes_a_measure(drawn: tuple[list[str], Arcs, list[int]]) -> None:
    groups, arcs, order = drawn
    moved_groups = [groups[order.index(node)] for node in range(len(groups))]
    plain = measure(*frames(list(groups), arcs), "group")
    moved = measure(*frames(list(moved_groups), [(order[a], order[b]) for a, b in arcs]), "group")
    for key, value in plain.items():
        wanted = [value[order.index(node)] for node in range(len(groups))] if by_node(key) else value
        assert key.startswith("leiden") or differences(sure(moved[key]), sure(wanted), key) == []


@settings(max_examples=60, deadline=None)
@given(small_networks())
def test_the_order_of_rows_never_changes_a_measure(drawn: tuple[list[str], Arcs, list[int]]) -> None:
    groups, arcs, _ = drawn
    nodes, edges = frames(list(groups), arcs)
    assert measure(nodes, edges.reverse(), "group") == measure(nodes, edges, "group")
    backwards = measure(nodes.reverse(), edges, "group")
    for key, value in measure(nodes, edges, "group").items():
        wanted = value[::-1] if by_node(key) else value
        assert differences(sure(backwards[key]), sure(wanted), key) == []


def by_node(key: str) -> bool:
    """Whether the measure is a list with one value for each node."""
    each = {"betweenness", "constraint_burt_sum", "coreness_undirected", "clustering_undirected"}
    each |= {
        "efficiency_borgatti_undirected",
        "effective_size_valued",
        "effective_size_borgatti_undirected",
        "gould_fernandez_group_node",
    }
    return key in each or key.startswith(("ego_", "composition_", "external_share_"))


def sure(value: object) -> object:
    """The value without what a search may find in several ways: which of two equal communities or cores it is."""
    if isinstance(value, dict) and "membership" in value:
        return {"modularity": value["modularity"]}
    if isinstance(value, dict) and "core" in value:
        return {"correlation": value["correlation"]}
    return None if isinstance(value, dict) and "nmi" in value else value


UNMOVED = {
    "arcs",
    "reciprocity_edgewise",
    "reciprocity_dyadic_nonnull",
    "igraph_transitivity_global_undirected",
    "transitivity_directed_weak",
    "giant_weak",
    "sna_hierarchy_krackhardt",
    "sna_efficiency",
    "sna_lubness",
    "igraph_assortativity_degree_directed",
    "assortativity_degree_undirected",
    "assortativity_group",
    "EI_network_group",
    "modularity_partition_group_undirected",
    "flow_matrix_group",
    "gould_fernandez_group_total",
    "leiden_undirected",
}


@settings(max_examples=60, deadline=None)
@given(small_networks(), st.integers(1, 3))
def test_somebody_tied_to_nobody_changes_nothing_that_rests_on_ties(
    drawn: tuple[list[str], Arcs, list[int]], loners: int
) -> None:
    groups, arcs, _ = drawn
    plain = measure(*frames(list(groups), arcs), "group")
    more = measure(*frames([*groups, *[groups[0]] * loners], arcs), "group")
    for key, value in plain.items():
        if key in UNMOVED:
            assert differences(sure(more[key]), sure(value), key) == []
        elif by_node(key):
            assert differences(more[key][: len(groups)], value, key) == []


def test_weights_change_what_the_published_tables_say_they_do() -> None:
    """Burt 1992, Structural Holes: seven people A to G, who talks to whom and how much."""
    ties = {"AB": 2, "AF": 3, "AG": 5, "AE": 2, "BG": 4, "BD": 1, "FG": 3, "GE": 8, "GD": 3, "GC": 10}
    nodes = pl.DataFrame({"id": list("ABCDEFG")})
    rows = [(one, other, weight) for (one, other), weight in ties.items()]
    edges = pl.DataFrame(rows, schema=["source", "target", "weight"], orient="row")
    for directed in (True, False):
        found = measure(nodes, edges, directed=directed)
        assert found["constraint_unweighted"] == found["constraint_burt_sum"]
        assert [round(value, 3) for value in found["constraint_weighted"]][::6] == [0.795, 0.299]
        assert [round(value, 3) for value in found["effective_size_weighted"]][::6] == [2.475, 5.472]
        assert found["reciprocity_weighted"] == (0 if directed else 1)
    assert "constraint_weighted" not in measure(nodes, edges.drop("weight"))


def test_not_directed_makes_every_tie_mutual() -> None:
    found = measure(*frames(["x", "x", "y"], [(0, 1), (1, 2)]), directed=False)
    assert (found["arcs"], found["reciprocity_edgewise"], found["density"]) == (4, 1.0, 4 / 6)


@settings(max_examples=60, deadline=None)
@given(small_networks())
def test_transposing_swaps_gatekeepers_and_representatives(drawn: tuple[list[str], Arcs, list[int]]) -> None:
    groups, arcs, _ = drawn
    named = measure(*frames(list(groups), arcs), "group")["gould_fernandez_group_total"]
    flowing = measure(*frames(list(groups), [(b, a) for a, b in arcs]), "group")["gould_fernandez_group_total"]
    assert [named[0], named[1], named[3], named[2], named[4]] == flowing
