"""The five roles between groups, one drawn path each."""

import numpy as np
import polars as pl
import pytest

from networks.graphs import network
from networks.measures.brokerage import ORDER, against_chance, brokerage, expected


def roles(groups: str, *arcs: str) -> list[list[int]]:
    """Counts per node; groups "xxy" for nodes 0, 1, 2; arcs "01" for 0 -> 1."""
    nodes = pl.DataFrame({"id": [str(node) for node in range(len(groups))], "group": list(groups)})
    edges = pl.DataFrame([(arc[0], arc[1]) for arc in arcs], schema=["source", "target"], orient="row")
    return brokerage(network(nodes, edges), "group").tolist()


@pytest.mark.parametrize(
    ("groups", "role"),
    [
        ("xxx", "coordinator AAA"),
        ("xyx", "itinerant ABA"),
        ("xyy", "gatekeeper A|BB"),
        ("xxy", "representative AA|B"),
        ("xyz", "liaison ABC"),
    ],
)
def test_the_groups_along_a_path_say_the_role_of_its_middle(groups: str, role: str) -> None:
    played = [int(name == role) for name in ORDER]
    assert roles(groups, "01", "12") == [[0] * 5, played, [0] * 5]


def test_a_direct_way_leaves_nothing_to_broker() -> None:
    assert roles("xyz", "01", "12", "02") == [[0] * 5] * 3


def test_going_and_coming_back_is_no_path_between_two() -> None:
    assert roles("xy", "01", "10") == [[0] * 5] * 2


def test_chance_agrees_with_the_mean_and_spread_of_random_networks() -> None:
    """Groups of 3, 3 and 2; each arc with chance .3; spreads of coordinators and of all roles together."""
    random, groups = np.random.default_rng(5), np.array(list("xxxyyyzz"))
    totals = []
    for _ in range(1500):
        source, target = np.nonzero(np.triu(random.random((8, 8)) < 0.3, 1) | np.tril(random.random((8, 8)) < 0.3, -1))
        arcs = [f"{one}{other}" for one, other in zip(source, target, strict=True)]
        found = np.array(roles("".join(groups), *arcs)).sum(axis=0)
        totals.append([*found, found.sum()])
    means, spreads = expected([3, 3, 2], 0.3)
    np.testing.assert_allclose(np.mean(totals, axis=0), means, rtol=0.05)
    np.testing.assert_allclose(np.std(totals, axis=0)[[0, 5]], spreads[[0, 5]], rtol=0.1)


def test_a_role_that_cannot_be_played_has_no_score() -> None:
    scores = against_chance(np.array([1, 0, 0, 0, 0]), [3, 3], 0.3)
    assert scores[4] is None
    assert all(score is not None for score in scores[:4])


def test_turning_all_arrows_round_swaps_gatekeeper_and_representative() -> None:
    draw = np.random.default_rng(8)
    for _ in range(200):
        size = int(draw.integers(1, 8))
        groups = "".join(draw.choice(list("xyz"), size))
        arcs = [f"{a}{b}" for a in range(size) for b in range(size) if a != b and draw.random() < 0.4]
        there, back = roles(groups, *arcs), roles(groups, *(arc[::-1] for arc in arcs))
        assert [[counts[place] for place in (0, 1, 3, 2, 4)] for counts in back] == there


def test_a_hub_of_many_is_counted_exactly_without_going_through_its_paths() -> None:
    """50,000 of x go to one of x who goes to 50,000 of y: two and a half thousand million paths."""
    many = 50_000
    ids = [*(f"a{one}" for one in range(many)), "hub", *(f"c{one}" for one in range(many))]
    nodes = pl.DataFrame({"id": ids, "group": ["x"] * (many + 1) + ["y"] * many})
    edges = pl.DataFrame({"source": ids[:many] + ["hub"] * many, "target": ["hub"] * many + ids[many + 1 :]})
    found = brokerage(network(nodes, edges), "group")
    assert found[many].tolist() == [0, 0, 0, many**2, 0]
    assert found.sum() == many**2


def test_who_is_of_no_known_group_brokers_nothing_and_ends_no_path() -> None:
    """0 -> 1 -> 2 with one of the three unknown each time."""
    for unknown in range(3):
        groups = ["x", "x", "y"]
        groups[unknown] = None
        nodes = pl.DataFrame({"id": ["0", "1", "2"], "group": groups}, schema={"id": pl.String, "group": pl.String})
        edges = pl.DataFrame({"source": ["0", "1"], "target": ["1", "2"]})
        assert brokerage(network(nodes, edges), "group").sum() == 0
