"""What stands beside a figure of growth."""

from collections.abc import Callable

import polars as pl
import pytest

from networks.columns import LABELS
from networks.release import Filters, Release, at_the_limit, build, coverage, gates, newcomers, whole

Maker = Callable[..., pl.DataFrame]
PEOPLE = [f"a{at}" for at in range(1, 7)]


@pytest.fixture
def study(make_ties: Maker, make_response: Maker, sites: pl.DataFrame) -> Release:
    """a1, a2, a3 answer twice, a4 and a5 the second wave alone. Returners name 1, 1, 2 then; first-timers 3 each."""
    named = {"a1": 1, "a2": 1, "a3": 2, "a4": 3, "a5": 3}
    ties = [make_ties("a1 > b1", wave=1, formality="informal")]
    pairs = [f"{ego} > c{at}" for ego, count in named.items() for at in range(count)]
    ties.append(make_ties(*pairs, wave=2, formality="informal"))
    response = [make_response(PEOPLE, dict.fromkeys(("a1", "a2", "a3"), 1), 1)]
    response.append(make_response(PEOPLE, dict.fromkeys(named, 1), 2))
    return build(pl.concat(ties), pl.concat(response), sites, LABELS.empty(), caps={2: 3})


def test_first_timers_stand_beside_those_who_answered_before(study: Release) -> None:
    (row,) = newcomers(study, Filters(formality="informal")).iter_rows(named=True)
    assert (row["wave"], row["first_timers"], row["returners"]) == (2, 2, 3)
    assert (row["first_timers_mean"], row["returners_mean"]) == (3.0, pytest.approx(4 / 3))
    assert row["difference"] == pytest.approx(-5 / 3)
    assert row["high"] < 0


def test_the_first_wave_has_first_timers_alone(study: Release) -> None:
    assert newcomers(study, Filters(wave=1)).is_empty()


def test_a_wave_without_first_timers_has_no_difference(
    make_ties: Maker, make_response: Maker, sites: pl.DataFrame
) -> None:
    ties = pl.concat([make_ties("a1 > b1", wave=wave) for wave in (1, 2)])
    response = pl.concat([make_response(PEOPLE, {"a1": 1, "a2": 1}, wave) for wave in (1, 2)])
    (row,) = newcomers(build(ties, response, sites, LABELS.empty()), Filters(formality="formal")).iter_rows(named=True)
    assert (row["first_timers"], row["first_timers_mean"], row["difference"]) == (0, None, None)


def test_who_named_as_many_as_they_could_is_counted(study: Release) -> None:
    assert at_the_limit(study, Filters()).rows() == [(2, 3, 5, 2, 0.4)]
    assert at_the_limit(study, Filters(role="role_1"))["at_limit"].to_list() == [0]
    assert at_the_limit(study, Filters(wave=1)).is_empty()


def test_measures_wait_by_wave(study: Release) -> None:
    rows = gates(study, Filters()).filter(pl.col("measure") == "brokers")
    assert rows["gate"].to_list() == ["3 of 6 answered: brokers are not shown below 70%.", None]
    assert gates(study, Filters(wave=2, role="role_6"))["gate"].null_count() == 0


def test_the_measures_of_the_whole_network_carry_their_gate(
    make_ties: Maker, make_response: Maker, sites: pl.DataFrame
) -> None:
    release = build(make_ties("a1 > a2"), make_response(PEOPLE, {"a1": 1}), sites, LABELS.empty())
    told = dict(whole(release, Filters()).select("measure", "gate").iter_rows())
    assert told["density"] == "1 of 6 answered: density is not shown below 50%."
    assert told["reciprocity"].startswith("1 of 6 answered: returned contacts are not shown")
    assert told["ei_site"] is None


def test_the_site_where_one_answer_more_shows_most_comes_first(
    make_ties: Maker, make_response: Maker, sites: pl.DataFrame
) -> None:
    """a: 1 of 3, b: 2 of 2, c: 0 of 1. One from c would light its pairs with a, 2 in 3 of them dark."""
    people = ["a1", "a2", "a3", "b1", "b2", "c1"]
    release = build(
        make_ties("a1 > b1"), make_response(people, dict.fromkeys(("a1", "b1", "b2"), 1)), sites, LABELS.empty()
    )
    found = coverage(release, Filters(), 1)
    assert found["site"].to_list() == ["site_c", "site_a", "site_b"]
    assert found["gain"].to_list() == [pytest.approx(1 / 3 * 2 / 3), pytest.approx(1 / 3 * 1 / 3), None]
    assert coverage(release, Filters(role="role_1"), 1)["invited"].to_list() == [1, 1, 1]
    assert coverage(release, Filters(), 9).is_empty()
