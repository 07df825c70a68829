"""The network as a whole, read with its missing answers."""

from collections.abc import Callable

import polars as pl
import pytest

from networks.columns import LABELS
from networks.release import Filters, Release, build, whole

Maker = Callable[..., pl.DataFrame]
PEOPLE = ["a1", "a2", "b1", "c1"]


@pytest.fixture
def release(make_ties: Maker, make_response: Maker, sites: pl.DataFrame) -> Release:
    """a1 <=> b1, a1 -> a2 (silent), b1 -> someone off the roster; c1 answers: no one."""
    ties = [make_ties("a1 > b1", "a1 > a2", "b1 > a1"), make_ties("b1 > x9", alter_site=None, alter_role=None)]
    response = make_response(PEOPLE, {"a1": 1, "b1": 1, "c1": 1})
    return build(pl.concat(ties), response, sites, LABELS.empty())


def values(release: Release, filters: Filters) -> dict[str, float | None]:
    return dict(whole(release, filters).select("measure", "value").iter_rows())


def test_density_is_over_those_who_answered_and_leaves_outsiders_out(release: Release) -> None:
    assert values(release, Filters())["density"] == pytest.approx(3 / (3 * 3))


def test_reciprocity_is_among_pairs_who_both_answered(release: Release) -> None:
    assert values(release, Filters())["reciprocity"] == 1.0


def test_outside_against_inside_by_site_and_region(release: Release) -> None:
    found = values(release, Filters())
    assert found["ei_site"] == pytest.approx(1 / 3)
    assert found["ei_region"] == -1.0


def test_an_attribute_that_no_site_has_is_undefined(release: Release) -> None:
    assert values(release, Filters())["ei_core_system"] is None


def test_respondents_who_name_nobody_make_a_density_of_zero(release: Release) -> None:
    found = whole(release, Filters(formality="informal"))
    assert dict(found.select("measure", "value").iter_rows())["density"] == 0.0
    assert values(release, Filters(formality="informal"))["reciprocity"] is None


def test_role_is_the_namers(release: Release) -> None:
    found = whole(release, Filters(role="role_1")).filter(pl.col("measure") == "density")
    assert found.select("numerator", "denominator").rows() == [(3.0, 9.0)]
    assert values(release, Filters(role="role_2")) == {}


def test_naming_back_on_another_topic_returns_it_only_when_topics_are_taken_together(
    make_ties: Maker, make_response: Maker, sites: pl.DataFrame
) -> None:
    ties = pl.concat([make_ties("a1 > b1", topic="x"), make_ties("b1 > a1", topic="y")])
    release = build(ties, make_response(PEOPLE, {"a1": 1, "b1": 1}), sites, LABELS.empty())
    assert values(release, Filters(topic="x"))["reciprocity"] == 0.0
    assert values(release, Filters())["reciprocity"] == 1.0
