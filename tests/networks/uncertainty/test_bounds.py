"""Limits between which a figure lies, whatever the silent would have said."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from networks.uncertainty.bounds import (
    NO_LIMITS,
    Limits,
    density_limits,
    likely_change,
    likely_mean,
    worst_change,
    worst_mean,
)
from networks.uncertainty.intervals import paired_change

GONE = float("nan")


def test_the_worst_case_gives_the_silent_nothing_or_all() -> None:
    """Two of four answered 2 and 4, at most 10 can be named: (6 + 0)/4 and (6 + 20)/4."""
    assert worst_mean(np.array([2.0, 4.0]), 4, 10) == Limits(1.5, 6.5)


def test_when_all_answered_there_is_nothing_to_limit() -> None:
    assert worst_mean(np.array([2.0, 4.0]), 2, 10) == likely_mean(np.array([2.0, 4.0]), 2) == Limits(3.0, 3.0)


def test_the_likely_limits_fill_in_percentiles_of_what_was_answered() -> None:
    """0 ... 20: the 5th percentile is 1, the 95th 19; 21 of 42 answered 10 each on average."""
    assert likely_mean(np.arange(21.0), 42) == Limits(pytest.approx(5.5), pytest.approx(14.5))


def test_without_answers_only_the_worst_case_is_known() -> None:
    assert likely_mean(np.array([]), 4) == NO_LIMITS
    assert worst_mean(np.array([]), 4, 10) == Limits(0.0, 10.0)
    assert worst_mean(np.array([]), 0, 10) == NO_LIMITS


def test_density_is_limited_by_rows_that_are_missing() -> None:
    """Five people; three answered and name 1, 2, 1 of 4 others. Two rows empty: 4/20; both full: 12/20."""
    worst, likely = density_limits(np.array([1.0, 2, 1]), 5)
    assert worst == Limits(pytest.approx(0.2), pytest.approx(0.6))
    assert likely == Limits(pytest.approx((4 + 2 * 1.0) / 20), pytest.approx((4 + 2 * 1.9) / 20))
    assert density_limits(np.array([0.0]), 1) == (NO_LIMITS, NO_LIMITS)


def test_every_missing_answer_is_taken_at_its_worst() -> None:
    """a answered 1 and 3, b 2 only in the first wave, c 2 only in the second, d neither; at most 5."""
    first, second = np.array([1.0, 2, GONE]), np.array([3.0, GONE, 2])
    # Least: a +2, b -2, c -3, d -5. Most: a +2, b +3, c +2, d +5.
    assert worst_change(first, second, 4, 5) == Limits(-2.0, 3.0)


def test_the_likely_change_is_widened_by_chance_among_those_who_answered() -> None:
    differences = np.array([-3.0, 1, 1, 1, 1, 1, 1, 5])
    found = paired_change(np.full(8, 4.0), 4 + differences, np.array(["a"] * 8))
    limits = likely_change(differences, 32, found)
    low, high = np.quantile(differences, [0.05, 0.95])
    assert limits.low == pytest.approx((found.absolute.low + 3 * low) / 4)
    assert limits.high == pytest.approx((found.absolute.high + 3 * high) / 4)


def test_the_likely_limits_are_never_narrower_than_the_interval() -> None:
    differences = np.array([0.0, 2])
    found = paired_change(np.ones(2), 1 + differences, np.array(["a"] * 2))
    assert likely_change(differences, 4, found) == Limits(found.absolute.low, found.absolute.high)
    assert likely_change(np.array([]), 4, found) == NO_LIMITS


@given(st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8), st.booleans(), st.booleans()), min_size=1))
def test_the_worst_case_holds_whatever_was_not_said(people: list[tuple[int, int, bool, bool]]) -> None:
    truth = np.mean([after - before for before, after, _, _ in people])
    told = [(b if one else GONE, a if two else GONE) for b, a, one, two in people if one or two]
    first, second = (np.array([pair[side] for pair in told], dtype=float) for side in (0, 1))
    limits = worst_change(first, second, len(people), 8)
    assert limits.low - 1e-9 <= truth <= limits.high + 1e-9
