"""Means with intervals, and the panel."""

import numpy as np
import polars as pl
import pytest

from networks.measures.growth import panel, stratified_intervals


def interval(values: list[float], strata: list[str] | None = None, seed: int = 1) -> tuple[float | None, ...]:
    column = np.array(values, dtype=float).reshape(-1, 1)
    return stratified_intervals(column, np.array(strata or ["a"] * len(values), dtype=np.str_), seed=seed)[0]


def test_nobody_has_no_mean() -> None:
    assert interval([]) == (None, None, None)


def test_one_respondent_has_a_mean_and_no_interval() -> None:
    assert interval([3]) == (3.0, None, None)


def test_the_interval_holds_the_mean_and_is_about_two_standard_errors_wide() -> None:
    values = [float(value) for value in range(100)]
    mean, low, high = interval(values)
    error = np.std(values) / 10
    assert mean == 49.5
    assert low == pytest.approx(49.5 - 1.96 * error, rel=0.05)
    assert high == pytest.approx(49.5 + 1.96 * error, rel=0.05)


def test_what_differs_between_sites_alone_widens_nothing() -> None:
    assert interval([1, 1, 1, 9, 9, 9], ["a", "a", "a", "b", "b", "b"]) == (5.0, 5.0, 5.0)


def test_the_same_seed_gives_the_same_interval() -> None:
    values = [0.0, 1.0, 5.0, 7.0, 11.0]
    assert interval(values, seed=3) == interval(values, seed=3)
    assert interval(values, seed=3) != interval(values, seed=4)


def test_the_panel_are_those_who_answered_every_wave() -> None:
    rows = pl.DataFrame({"respondent": [1, 2, 1, 3], "wave": [1, 1, 2, 2]})
    assert panel(rows)["respondent"].to_list() == [1, 1]
