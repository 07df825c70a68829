"""Pairs of people of whom one or both answered, counted."""

from itertools import combinations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from networks.uncertainty.coverage import coverage, coverage_between, coverage_by_site, coverage_inside


def sites(*rows: tuple[str, int, int]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=["site", "invited", "finished"], orient="row")


def test_two_of_four_people_show_five_of_six_pairs() -> None:
    """Of a, b, c, d the first two answered: only the pair c, d is dark, only a, b can be confirmed."""
    found = coverage(4, 2)
    assert (found.pairs, found.either, found.both) == (6, 5, 1)
    assert (found.share, found.confirmable) == (5 / 6, 1 / 6)


@pytest.mark.parametrize("rate", [0.3, 0.5, 0.75])
def test_on_a_large_roster_it_is_one_less_the_square_of_the_silent(rate: float) -> None:
    found = coverage(10_000, int(10_000 * rate))
    assert found.share == pytest.approx(1 - (1 - rate) ** 2, abs=1e-4)
    assert found.confirmable == pytest.approx(rate**2, abs=1e-4)


def test_nobody_and_one_person_make_no_pairs() -> None:
    assert coverage(0, 0).share is None
    assert coverage(1, 1).confirmable is None


def test_pairs_between_sites_and_inside_them() -> None:
    """Site a: 1 of 2, site b: 2 of 3. Between: 6 pairs, one dark, two confirmable. Inside: 1 + 3 pairs."""
    between = coverage_between((2, 3), (1, 2))
    assert (between.pairs, between.either, between.both) == (6, 5, 2)
    inside = coverage_inside(sites(("a", 2, 1), ("b", 3, 2)))
    assert (inside.pairs, inside.either, inside.both) == (4, 4, 1)


def test_each_site_shows_its_own_pairs_and_what_one_answer_more_would_add() -> None:
    """a: 1 of 2, b: 2 of 3. Pairs with an end at a: 1 inside, 6 across; dark is one across."""
    rows = coverage_by_site(sites(("a", 2, 1), ("b", 3, 2))).rows_by_key("site", named=True)
    (a,), (b,) = rows["a"], rows["b"]
    assert (a["coverage"], a["confirmable"]) == (pytest.approx(6 / 7), pytest.approx(2 / 7))
    assert a["flows"] == b["flows"] == pytest.approx(1 - 1 / 2 * 1 / 3)
    assert (a["gain"], b["gain"]) == (pytest.approx(1 / 2 * 1 / 3), pytest.approx(1 / 3 * 1 / 2))


def test_a_site_of_which_all_answered_has_nothing_to_gain() -> None:
    rows = coverage_by_site(sites(("a", 2, 2), ("b", 4, 0), ("c", 4, 3))).rows_by_key("site", named=True)
    assert rows["a"][0]["gain"] is None
    assert rows["b"][0]["coverage"] < rows["c"][0]["coverage"] < rows["a"][0]["coverage"] == 1.0


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(0, 5)), min_size=2, max_size=4))
def test_counted_pair_by_pair_it_is_the_same(drawn: list[tuple[int, int]]) -> None:
    people = [(f"s{at}", told < finished) for at, (size, finished) in enumerate(drawn) for told in range(size)]
    frame = sites(*((f"s{at}", size, min(size, finished)) for at, (size, finished) in enumerate(drawn)))
    pairs = list(combinations(people, 2))
    whole = coverage(len(people), sum(told for _, told in people))
    assert whole.either == sum(one[1] or two[1] for one, two in pairs)
    for row in coverage_by_site(frame).iter_rows(named=True):
        own = [(one, two) for one, two in pairs if row["site"] in (one[0], two[0])]
        assert row["coverage"] == pytest.approx(sum(one[1] or two[1] for one, two in own) / len(own))
        assert row["confirmable"] == pytest.approx(sum(one[1] and two[1] for one, two in own) / len(own))
        if row["gain"] is not None:
            more = pl.when(pl.col("site") == row["site"]).then(pl.col("finished") + 1).otherwise(pl.col("finished"))
            after = coverage_by_site(frame.with_columns(finished=more))["flows"].mean()
            assert after - coverage_by_site(frame)["flows"].mean() == pytest.approx(row["gain"])
