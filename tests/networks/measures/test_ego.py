"""Measures of one ego's network, worked by hand."""

import pytest

from networks.measures.ego import blau, density, external_internal, iqv


def test_all_alters_elsewhere_is_one() -> None:
    assert external_internal(["b", "c", "d", "e", "f"], "a") == 1


def test_three_of_four_alters_at_home_is_minus_a_half() -> None:
    assert external_internal(["a", "a", "a", "b"], "a") == -0.5


def test_blau_of_two_alike_and_two_others() -> None:
    assert blau(["a", "a", "b", "c"]) == 0.625


@pytest.mark.parametrize(("categories", "expected"), [(5, 0.78125), (3, 0.9375)])
def test_iqv_goes_by_the_categories_of_the_frame(categories: int, expected: float) -> None:
    assert iqv(["a", "a", "b", "c"], categories) == pytest.approx(expected)


def test_three_ties_among_four_alters_is_half_of_all() -> None:
    assert density(4, 3) == 0.5


def test_without_alters_nothing_is_defined() -> None:
    assert (blau([]), iqv([], 5), external_internal([], "a"), density(0, 0), density(1, 0)) == (None,) * 5


def test_one_category_has_no_greatest_diversity() -> None:
    assert iqv(["a", "a"], 1) is None


def test_an_ego_of_unknown_group_is_neither_inward_nor_outward() -> None:
    assert external_internal(["a", "b"], None) is None
