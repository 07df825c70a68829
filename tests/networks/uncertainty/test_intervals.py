"""Intervals of a change: paired, by site, and honest about a finite roster."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import ttest_rel

from networks.uncertainty.everyone import standardised_change
from networks.uncertainty.intervals import NOBODY, Change, paired_change

GONE = float("nan")


def paired(
    first: list[float], second: list[float], site: str | None = None, roster: dict[str, int] | None = None
) -> Change:
    return paired_change(np.array(first), np.array(second), np.array(list(site or "a" * len(first))), roster)


def every(first: list[float], second: list[float], site: str, roster: dict[str, int]) -> Change:
    return standardised_change(np.array(first), np.array(second), np.array(list(site)), roster)


def test_in_one_site_it_is_students_paired_interval() -> None:
    first, second = [1.0, 2, 3, 4, 7], [2.0, 2, 5, 4, 9]
    told = ttest_rel(second, first).confidence_interval(0.95)
    found = paired(first, second)
    assert (found.before, found.after, found.absolute.value) == (3.4, 4.4, pytest.approx(1.0))
    assert (found.absolute.low, found.absolute.high) == pytest.approx((told.low, told.high))


def test_people_who_differ_and_all_grow_by_one_leave_no_doubt() -> None:
    """Two independent means of 1, 5, 9 and of 2, 6, 10 would overlap widely; each person's own growth is 1."""
    found = paired([1, 5, 9], [2, 6, 10])
    assert (found.absolute.low, found.absolute.high) == (1.0, 1.0)
    assert found.absolute.excludes_zero


def test_sites_that_changed_differently_do_not_widen_it() -> None:
    """Differences a: 0, 0, 1, 1; b: 4, 4, 5, 5. Inside sites s^2 = 1/3: 2 x 4 x 1/3 / 64 = 1/24, t(6) = 2.4469."""
    found = paired([1.0] * 8, [1.0, 1, 2, 2, 5, 5, 6, 6], "aaaabbbb")
    assert found.absolute.high - 2.5 == pytest.approx(2.4469 / 24**0.5, abs=1e-4)


def test_the_share_has_an_interval_of_its_own_that_is_not_centred() -> None:
    found = paired([1.0, 2, 3, 4], [2.0, 2, 6, 6]).relative
    assert found.value == pytest.approx(0.6)
    assert found.high - found.value > found.value - found.low
    assert found.low > -1


def test_nobody_and_one_person_have_no_interval() -> None:
    assert paired([], []) == NOBODY
    one = paired([2], [3])
    assert (one.absolute.value, one.absolute.low, one.relative.value) == (1.0, None, 0.5)
    assert not one.clear


def test_from_nothing_there_is_no_share() -> None:
    found = paired([0, 0, 0], [1, 2, 3])
    assert (found.relative.value, found.absolute.value) == (None, 2.0)
    assert paired([1, 2, 3], [0, 0, 0]).relative.value is None


def test_a_change_is_clear_only_when_its_interval_excludes_0() -> None:
    assert paired([1.0] * 9, [2.0] * 9).clear
    assert paired([3.0, 1] * 5, [2.0, 0] * 5).clear
    assert not paired([1.0] * 9, [1.0] * 9).clear
    assert not paired([1, 2, 3], [2, 1, 3]).clear


def test_on_a_roster_of_which_most_answered_the_interval_is_narrower_but_not_by_what_forgetting_may_cause() -> None:
    """Differences of 0 and 8 vary far more than forgetting one contact in five of 10 would: s^2 = 17.1, 4 of it."""
    first, second = [6.0] * 16, [6.0, 14.0] * 8
    free = paired(first, second).absolute
    most = paired(first, second, roster={"a": 20}).absolute
    # 0.2 x (6 + 10) = 3.2 of s^2 = 17.07 is left alone; the rest shrinks by 16 of 20.
    left = 1 - 0.8 * (1 - 3.2 / (16 * 16 / 15))
    assert (most.high - 4) / (free.high - 4) == pytest.approx(left**0.5)


def test_where_forgetting_explains_all_of_the_spread_nothing_is_corrected() -> None:
    first, second = [6.0] * 16, [6.0, 7.0] * 8
    assert paired(first, second, roster={"a": 16}).absolute == paired(first, second).absolute


def test_below_a_high_response_nothing_is_corrected() -> None:
    first, second = [6.0] * 13, [6.0, 14.0] * 6 + [6.0]
    assert paired(first, second, roster={"a": 20}).absolute == paired(first, second).absolute


def test_answers_that_are_uneven_between_sites_widen_it_where_sites_differ() -> None:
    """Site a (4 of 8) grew by 1, site b (4 of 24) not at all: shares 1/2 and 1/4, off by 1/4 each; means off by .5."""
    grown = paired([1.0] * 8, [2.0] * 4 + [1.0] * 4, "aaaabbbb", {"a": 8, "b": 24}).absolute
    assert grown.high - 0.5 == pytest.approx(2.4469 * (2 * (0.25 * 0.5) ** 2) ** 0.5, abs=1e-4)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.sampled_from("abc")), min_size=2), st.randoms())
def test_the_order_of_people_changes_nothing(rows: list[tuple[int, int, str]], random: object) -> None:
    shuffled = sorted(rows, key=lambda _row: random.random())  # type: ignore[attr-defined]
    found = [
        paired([row[0] for row in some], [row[1] for row in some], "".join(row[2] for row in some))
        for some in (rows, shuffled)
    ]
    for one in ("value", "low", "high"):
        assert getattr(found[0].absolute, one) == pytest.approx(getattr(found[1].absolute, one))


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=2))
def test_turning_time_round_turns_the_change_round(rows: list[tuple[int, int]]) -> None:
    there = paired([one for one, _ in rows], [two for _, two in rows]).absolute
    back = paired([two for _, two in rows], [one for one, _ in rows]).absolute
    assert there.low == pytest.approx(-back.high)


# ---- all who answered ------------------------------------------------------------------------------------------------


def test_sites_weigh_as_on_the_roster_however_many_answered() -> None:
    """a names 1 each, b 4 each, unchanged; 30 and 10 people. Wave 1 hears a, wave 2 hears b: no growth."""
    first = [1.0] * 6 + [GONE] * 2 + [4.0] * 2 + [GONE] * 4
    second = [1.0] * 2 + [GONE] * 4 + [1.0] * 2 + [4.0] * 6
    found = every(first, second, "a" * 8 + "b" * 6, {"a": 30, "b": 10})
    assert (found.before, found.after, found.absolute.value) == (1.75, 1.75, 0.0)


def test_low_answerers_who_drop_out_of_the_first_wave_fake_growth_that_the_same_people_do_not_show() -> None:
    """Ten people name 0, 1, ... 9 in both waves; the five lowest are silent in the first: 7 each, then 4.5."""
    second = [float(named) for named in range(10)]
    first = [GONE] * 5 + second[5:]
    found = every(second, first, "a" * 10, {"a": 10})
    assert found.relative.value == pytest.approx(7 / 4.5 - 1)
    assert paired(second[5:], first[5:]).absolute.value == 0.0


def test_those_who_answered_twice_count_as_the_same_people() -> None:
    """All grow by 1: with everybody in both waves there is no doubt, with half anew there is."""
    first = [1.0, 5, 9, 1, 5, 9]
    same = every(first, [one + 1 for one in first], "a" * 6, {"a": 6}).absolute
    apart = every([*first, *[GONE] * 6], [*[GONE] * 6, *(one + 1 for one in first)], "a" * 12, {"a": 12}).absolute
    assert same.high == pytest.approx(1.0)
    assert apart.low < 0 < apart.high


def test_sites_with_one_answer_in_a_wave_are_taken_together() -> None:
    found = every([1.0, 3, 5], [2.0, 4, 6], "abc", {"a": 1, "b": 1, "c": 1})
    assert (found.people, found.absolute.value) == (3, 1.0)


def test_a_wave_without_answers_gives_no_change() -> None:
    assert every([1.0, 2], [GONE, GONE], "ab", {"a": 1, "b": 1}) == NOBODY
