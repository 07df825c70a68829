"""Weights by how unlikely people of a cell were to answer."""

import numpy as np
import polars as pl
import pytest

from networks.uncertainty.intervals import NOBODY
from networks.uncertainty.weights import propensities, weighted_change


def cells(*rows: tuple[str, str, int, int]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=["site", "role", "invited", "answered"], orient="row")


def test_a_cell_is_drawn_towards_its_site_and_the_site_towards_all() -> None:
    """All: (30 + .5)/(60 + 1) = .5. Site a: (24 + 5)/(30 + 10) = .725. Its nurses: (20 + 7.25)/(20 + 10)."""
    found = propensities(cells(("a", "nurse", 20, 20), ("a", "doctor", 10, 4), ("b", "nurse", 30, 6)))
    told = {(site, role): value for site, role, value in found.iter_rows()}
    assert told["a", "nurse"] == pytest.approx(27.25 / 30)
    assert told["a", "doctor"] == pytest.approx((4 + 7.25) / 20)
    assert told["b", "nurse"] == pytest.approx((6 + 10 * (6 + 5) / 40) / 40)


def test_a_large_cell_keeps_its_own_share_and_a_small_one_hardly_has_one() -> None:
    found = propensities(cells(("a", "nurse", 2000, 200), ("a", "doctor", 1, 1)))["propensity"].to_list()
    doctor, nurse = found
    assert nurse == pytest.approx(0.1, abs=0.001)
    assert doctor < 0.25


def test_no_cell_is_certain_to_stay_silent() -> None:
    assert propensities(cells(("a", "nurse", 5, 0)))["propensity"].min() > 0


def test_those_who_stand_for_more_silent_people_count_for_more() -> None:
    """The first grew by 3 and stands for four people, the second by 0 and stands for one."""
    found = weighted_change(np.array([1.0, 1]), np.array([4.0, 1]), np.array([0.25, 1.0]))
    assert found.absolute.value == pytest.approx(12 / 5)
    assert found.relative.value == pytest.approx(12 / 5)
    assert found.absolute.low is None


def test_equal_weights_change_nothing_and_nobody_has_none() -> None:
    assert weighted_change(np.array([1.0, 3]), np.array([2.0, 6]), np.array([0.5, 0.5])).absolute.value == 2.0
    assert weighted_change(np.array([]), np.array([]), np.array([])) == NOBODY
