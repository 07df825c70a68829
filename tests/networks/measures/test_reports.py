"""Each respondent's own network from answers alone: who is there, who is missing, and what was not asked."""

from collections.abc import Callable

import polars as pl
import pytest

from networks.columns import ALTER_TIES
from networks.measures.reports import compositions, personal_networks

Maker = Callable[..., pl.DataFrame]


def among(*pairs: str, ego: str = "a1", wave: int = 1) -> pl.DataFrame:
    rows = [(wave, ego, *sorted(pair.split("-")), "know", None) for pair in pairs]
    return pl.DataFrame(rows, schema=ALTER_TIES.schema, orient="row")


def row(found: pl.DataFrame, ego: str) -> dict[str, object]:
    return found.row(by_predicate=pl.col("ego") == ego, named=True)


def test_three_alters_of_whom_two_know_each_other(make_ties: Maker, make_response: Maker) -> None:
    """a1 names b1, b2 (site b) and a2 (own site); b1 and b2 know each other."""
    ties = make_ties("a1 > b1", "a1 > b2", "a1 > a2")
    found = row(personal_networks(ties, among("b1-b2"), make_response(["a1"], {"a1": 1}), categories="abcde"), "a1")
    assert (found["size"], found["density"], found["betweenness"]) == (3, 1 / 3, 2.0)
    assert (found["effective_size"], found["efficiency"]) == (pytest.approx(7 / 3), pytest.approx(7 / 9))
    assert (found["ei"], found["external_share"]) == (pytest.approx(1 / 3), pytest.approx(2 / 3))
    assert found["blau"] == pytest.approx(4 / 9)
    assert found["iqv"] == pytest.approx(4 / 9 / (1 - 1 / 5))


def test_no_one_named_is_0_and_no_answer_is_nothing(make_ties: Maker, make_response: Maker) -> None:
    found = personal_networks(make_ties(), among("b1-b2"), make_response(["a1", "a2"], {"a1": 1}))
    assert row(found, "a1")["size"] == 0
    assert row(found, "a1")["betweenness"] == 0.0
    assert {name for name, value in row(found, "a2").items() if value is not None} == {"wave", "ego"}


def test_ties_of_several_topics_are_one_alter(make_ties: Maker, make_response: Maker) -> None:
    ties = pl.concat([make_ties("a1 > b1"), make_ties("a1 > b1", topic="data")])
    assert row(personal_networks(ties, None, make_response(["a1"], {"a1": 1})), "a1")["size"] == 1


def test_where_ties_between_alters_were_not_asked_nothing_rests_on_them(make_ties: Maker, make_response: Maker) -> None:
    ties, response = make_ties("a1 > b1", "a1 > b2"), make_response(["a1"], {"a1": 1})
    unasked = row(personal_networks(ties, None, response), "a1")
    assert (unasked["size"], unasked["density"], unasked["betweenness"]) == (2, None, None)
    asked = row(personal_networks(ties, among("b7-b8", ego="c1"), response), "a1")
    assert (asked["density"], asked["betweenness"]) == (0.0, 1.0)


def test_people_ego_did_not_name_are_no_part_of_the_network(make_ties: Maker, make_response: Maker) -> None:
    ties, response = make_ties("a1 > b1", "a1 > b2"), make_response(["a1"], {"a1": 1})
    assert row(personal_networks(ties, among("b1-b9", "b8-b9"), response), "a1")["density"] == 0.0


def test_knowledge_goes_through_ego_from_giver_to_getter(make_ties: Maker, make_response: Maker) -> None:
    """b1 gives to ego, ego gives to b2 and b3; b1 and b3 are tied, so only b1 -> b2 needs ego."""
    ties = pl.concat([make_ties("a1 > b1"), make_ties("a1 > b2", "a1 > b3", direction="give")])
    found = row(personal_networks(ties, among("b1-b3"), make_response(["a1"], {"a1": 1})), "a1")
    assert found["flow_betweenness"] == 1.0
    assert found["betweenness"] == 2.0


def test_shares_come_for_every_respondent_and_category(make_ties: Maker, make_response: Maker) -> None:
    ties = make_ties("a1 > b1", "a1 > b2", "a1 > a2")
    response = make_response(["a1", "a2", "a3"], {"a1": 1, "a2": 1})
    found = compositions(ties, response, ["site_a", "site_b"])
    assert found.select("ego", "category", "share").rows() == [
        ("a1", "site_a", pytest.approx(1 / 3)),
        ("a1", "site_b", pytest.approx(2 / 3)),
        ("a2", "site_a", None),
        ("a2", "site_b", None),
    ]
