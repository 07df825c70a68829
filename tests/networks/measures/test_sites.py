"""Groups asked and asking, pairings and mechanisms, worked by hand."""

from collections.abc import Callable

import polars as pl
import pytest

from networks.columns import SITES
from networks.measures.sites import giving, mechanism_reach, pairing, request_burden

Maker = Callable[..., pl.DataFrame]


def rows(frame: pl.DataFrame, *columns: str) -> list[tuple[object, ...]]:
    return frame.select(columns).rows()


def paired(*two: str) -> pl.DataFrame:
    both = [one.split("-") for one in two]
    return pl.DataFrame([{"site": f"site_{one}", "pair": f"site_{other}"} for one, other in both], schema=SITES.schema)


def test_burden_is_those_from_outside_for_each_head(make_ties: Maker, make_response: Maker) -> None:
    """b has two people; a1 and c1 go to b1, a1 to b2 twice over topics, b2 to b1 (inside)."""
    ties = pl.concat([make_ties("a1 > b1", "c1 > b1", "a1 > b2", "b2 > b1"), make_ties("a1 > b2", topic="data")])
    response = make_response(["a1", "b1", "b2", "c1"], {"a1": 1, "b2": 1, "c1": 1})
    found = request_burden(ties, response)
    assert rows(found, "group", "named", "heads", "burden") == [
        ("site_b", 3, 2, 1.5),
        ("site_a", 0, 1, 0.0),
        ("site_c", 0, 1, 0.0),
    ]


def test_burden_is_corrected_for_the_silence_of_those_who_ask(make_ties: Maker, make_response: Maker) -> None:
    """Of four people at a, two answered and both went to b1; so would all four."""
    response = make_response(["a1", "a2", "a3", "a4", "b1"], {"a1": 1, "a2": 1})
    found = request_burden(make_ties("a1 > b1", "a2 > b1"), response).filter(pl.col("group") == "site_b")
    assert rows(found, "burden", "corrected") == [(2.0, 4.0)]


def test_who_gives_more_than_they_get_leans_to_giving(make_ties: Maker, make_response: Maker) -> None:
    """a1 gets from b1 and b2, and b1 gets from a1: b gave 2 and got 1."""
    ties = make_ties("a1 > b1", "a1 > b2", "b1 > a1", "a1 > a2")
    found = giving(ties, make_response(["a1", "b1"], {"a1": 1, "b1": 1}))
    assert rows(found, "group", "given", "got", "asymmetry") == [
        ("site_a", 1, 2, pytest.approx(-1 / 3)),
        ("site_b", 2, 1, pytest.approx(1 / 3)),
    ]


def test_respondents_who_agree_leave_no_doubt_and_others_do(make_ties: Maker, make_response: Maker) -> None:
    people = [f"a{number}" for number in range(1, 7)]
    response = make_response(people, dict.fromkeys(people, 1))
    sure = giving(make_ties(*(f"{one} > b1" for one in people)), response)
    assert rows(sure, "group", "low", "high") == [("site_a", -1.0, -1.0), ("site_b", 1.0, 1.0)]
    gets = make_ties("a1 > b1", "a2 > b1", "a3 > b1", "a4 > b1")
    mixed = giving(pl.concat([gets, make_ties("a5 > b1", "a6 > b1", direction="give")]), response)
    low, high = rows(mixed.filter(pl.col("group") == "site_b"), "low", "high")[0]
    assert -1 <= low < 1 / 3 < high <= 1
    assert mixed.equals(giving(pl.concat([gets, make_ties("a5 > b1", "a6 > b1", direction="give")]), response))


def test_reports_of_who_did_not_send_their_answers_do_not_count(make_ties: Maker, make_response: Maker) -> None:
    assert giving(make_ties("a1 > b1"), make_response(["a1"], {})).is_empty()
    assert request_burden(make_ties("a1 > b1"), make_response(["a1", "b1"], {}))["named"].to_list() == [0, 0]


def test_pairings_are_tied_or_not_and_hold_a_share(make_ties: Maker) -> None:
    """a and b are paired, as are c and d. Of three ties between sites two run from a to b."""
    found = pairing(make_ties("a1 > b1", "b2 > a2", "a1 > c1", "a1 > a2"), paired("a-b", "b-a", "c-d"))
    assert found.rows() == [(1, 2, 1, 0.5, 3, 2, pytest.approx(2 / 3))]


def test_without_pairings_or_outside_ties_nothing_is_shared(make_ties: Maker) -> None:
    assert pairing(make_ties("a1 > a2"), paired()).rows() == [(1, 0, 0, None, 0, 0, None)]
    assert pairing(make_ties(), paired("a-b")).is_empty()


def test_a_mechanism_reaches_the_people_and_sites_its_ties_join(make_ties: Maker) -> None:
    ties = pl.concat(
        [
            make_ties("a1 > b1", "b1 > a1", "a1 > c1", "a1 > a2", mechanism="users", mechanism_kind="intermediary"),
            make_ties("a1 > off", mechanism="visit", alter_site=None),
            make_ties("a1 > b9"),
        ]
    )
    found = mechanism_reach(ties)
    columns = ("mechanism", "ties", "people", "sites", "site_pairs", "external_share")
    assert rows(found, *columns) == [("users", 4, 4, 3, 2, 0.75), ("visit", 1, 2, 1, 0, None)]
