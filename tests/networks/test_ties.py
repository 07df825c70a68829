"""Knowledge flows the other way from who goes to whom."""

from collections.abc import Callable

import polars as pl
import pytest

from networks.columns import FLOWS, TIES, MissingColumn
from networks.ties import knowledge_flows, ties_of_edges

Maker = Callable[..., pl.DataFrame]


def ends(flows: pl.DataFrame) -> list[tuple[str, str]]:
    return list(flows.select("giver", "getter").iter_rows())


@pytest.mark.parametrize(
    ("direction", "expected"),
    [
        ("get", [("b1", "a1")]),
        ("give", [("a1", "b1")]),
        ("both", [("b1", "a1"), ("a1", "b1")]),
        (None, [("b1", "a1")]),
    ],
)
def test_direction_says_who_gives(make_ties: Maker, direction: str | None, expected: list[tuple[str, str]]) -> None:
    assert ends(knowledge_flows(make_ties("a1 > b1", direction=direction))) == expected


def test_site_and_role_go_with_their_end(make_ties: Maker) -> None:
    row = knowledge_flows(make_ties("a1 > b2", direction="get")).row(0, named=True)
    assert (row["giver_site"], row["giver_role"]) == ("site_b", "role_2")
    assert (row["getter_site"], row["getter_role"]) == ("site_a", "role_1")
    assert row["reporter"] == "a1"


def test_no_ties_give_no_flows() -> None:
    assert knowledge_flows(TIES.empty()).schema == FLOWS.schema


def test_ties_without_a_direction_column_are_refused(make_ties: Maker) -> None:
    with pytest.raises(MissingColumn, match='no column "direction"'):
        knowledge_flows(make_ties("a1 > b1").drop("direction"))


def test_edges_are_ties_of_which_little_is_known() -> None:
    edges = pl.DataFrame({"source": ["a"], "target": ["b"], "formality": ["both"]})
    found = ties_of_edges(edges, 2)
    assert found.schema == TIES.schema
    assert found.select("wave", "ego", "alter", "formality", "topic").rows() == [(2, "a", "b", "both", None)]
