"""Means with intervals, and the panel."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from networks.measures.growth import panel, standard_errors, stratified_intervals


def interval(values: list[float], strata: list[str]) -> tuple[float | None, ...]:
    return stratified_intervals(np.array(values, dtype=float).reshape(-1, 1), np.array(strata, dtype=np.str_))[0]


def answers(*waves: range | list[int]) -> pl.DataFrame:
    """One row for each respondent of each wave, waves in order."""
    rows = [(respondent, wave) for wave, people in enumerate(waves, 1) for respondent in people]
    return pl.DataFrame(rows, schema=["respondent", "wave"], orient="row")


def kept(rows: pl.DataFrame) -> dict[int, list[int]]:
    waves = panel(rows).group_by("wave", maintain_order=True).agg("respondent")
    return dict(waves.iter_rows())


def test_nobody_has_no_mean() -> None:
    assert interval([], []) == (None, None, None)


def test_one_respondent_has_a_mean_and_no_interval() -> None:
    assert interval([3], ["a"]) == (3.0, None, None)


def test_in_one_site_it_is_students_interval() -> None:
    """1, 2, 3, 4, 5: s^2 = 2.5, standard error sqrt(.5), t(4) = 2.7764."""
    mean, low, high = interval([1, 2, 3, 4, 5], ["a"] * 5)
    assert mean == 3.0
    assert low == pytest.approx(3 - 2.7764 * 0.5**0.5, abs=1e-4)
    assert high == pytest.approx(3 + 2.7764 * 0.5**0.5, abs=1e-4)


def test_sites_add_up_by_their_share_of_respondents() -> None:
    """Site a: 0, 2 (s^2 = 2); site b: 1, 4, 7 (s^2 = 9). (2/5)^2 * 2/2 + (3/5)^2 * 9/3 = 1.24, with 1 + 2 degrees."""
    values = np.array([[0.0], [1], [2], [4], [7]])
    errors, freedom = standard_errors(values, np.array(["a", "b", "a", "b", "b"]))
    assert errors[0] == pytest.approx(1.24**0.5)
    assert freedom == 3


def test_what_differs_between_sites_alone_widens_nothing() -> None:
    assert interval([1, 1, 1, 9, 9, 9], ["a", "a", "a", "b", "b", "b"]) == (5.0, 5.0, 5.0)


def test_sites_with_one_respondent_each_are_read_as_one_sample() -> None:
    assert interval([1, 2, 3, 4, 5], list("abcde")) == pytest.approx(interval([1, 2, 3, 4, 5], ["a"] * 5))


def test_no_interval_goes_below_nobody() -> None:
    assert interval([0, 0, 0, 9], ["a"] * 4)[1] == 0.0


def test_the_interval_holds_the_truth_as_often_as_it_says_even_where_sites_have_one_or_two_respondents() -> None:
    """Sites differ in how many their people name; the truth is what these respondents would name on average."""
    draw = np.random.default_rng(5)
    expected = draw.gamma(4, 0.5, 48)
    inside = 0
    for _ in range(400):
        site = np.repeat(np.arange(48), draw.choice([1, 2, 3], 48, p=[0.5, 0.3, 0.2]))
        values = draw.poisson(expected[site]).astype(float)
        _, low, high = interval(values.tolist(), site.astype(str).tolist())
        inside += low is not None and high is not None and low <= expected[site].mean() <= high
    assert 0.93 <= inside / 400 <= 0.99


@given(st.lists(st.tuples(st.integers(0, 9), st.sampled_from("abc")), min_size=2, max_size=30), st.randoms())
def test_the_order_of_respondents_changes_nothing(rows: list[tuple[int, str]], random: object) -> None:
    shuffled = sorted(rows, key=lambda _row: random.random())  # type: ignore[attr-defined]
    first, second = (interval([value for value, _ in some], [site for _, site in some]) for some in (rows, shuffled))
    assert first == pytest.approx(second)


def test_the_panel_are_those_who_answered_every_wave() -> None:
    assert kept(answers([1, 2, 3], [1, 2, 4], [1, 2, 5])) == {1: [1, 2], 2: [1, 2], 3: [1, 2]}


def test_a_wave_that_has_just_opened_does_not_shrink_the_panel() -> None:
    assert kept(answers(range(40), range(40), [7])) == {1: list(range(40)), 2: list(range(40))}


def test_the_latest_wave_counts_once_ten_of_the_panel_answered_it() -> None:
    nine, ten = (kept(answers(range(40), range(40), range(people))) for people in (9, 10))
    assert list(nine) == [1, 2]
    assert ten == {wave: list(range(10)) for wave in (1, 2, 3)}


def test_the_latest_wave_counts_once_half_of_a_small_panel_answered_it() -> None:
    assert list(kept(answers(range(6), range(6), [1, 2]))) == [1, 2]
    assert kept(answers(range(6), range(6), [1, 2, 3])) == {wave: [1, 2, 3] for wave in (1, 2, 3)}


def test_only_the_latest_wave_may_wait() -> None:
    """Two answered wave 2, all answered 1 and 3: an early wave with few answers is a fact, not a beginning."""
    assert kept(answers(range(40), [1, 2], range(40))) == {wave: [1, 2] for wave in (1, 2, 3)}


def test_one_wave_is_its_own_panel_and_none_has_none() -> None:
    assert kept(answers([1, 2])) == {1: [1, 2]}
    assert kept(answers()) == {}
