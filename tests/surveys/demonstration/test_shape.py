"""The shape of the study: sites, pairs, settings, staff and dates."""

from __future__ import annotations

import json
from collections import Counter
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.demonstration.load import CODE
from surveys.demonstration.names import SHARED_NAME
from surveys.demonstration.places import PlannedSite, letters, plan_sites
from surveys.demonstration.shape import BadShape, Shape
from surveys.demonstration.staff import plan_staff
from tests.surveys.demonstration.loading import (
    REGIONS,
    ROLES,
)


@pytest.fixture(scope="module")
def sites() -> tuple[PlannedSite, ...]:
    return plan_sites(Shape(), Random(1))


def test_the_programme_has_23_exemplars_by_letter_and_25_followers_by_number(sites: tuple[PlannedSite, ...]) -> None:
    exemplars = [site.name for site in sites if site.is_exemplar]
    followers = [site.name for site in sites if not site.is_exemplar]
    assert (len(exemplars), exemplars[0], exemplars[-1]) == (23, "Site A", "Site W")
    assert (len(followers), followers[0], followers[-1]) == (25, "Site 1", "Site 25")


def test_each_follower_has_an_exemplar_of_its_own_setting_and_no_exemplar_more_than_two(
    sites: tuple[PlannedSite, ...],
) -> None:
    followers = [site for site in sites if not site.is_exemplar]
    assert all(sites[site.partner].is_exemplar for site in followers)
    assert all(sites[site.partner].care_setting == site.care_setting for site in followers)
    assert set(Counter(site.partner for site in followers).values()) == {1, 2}
    assert all(sites[sites[place].partner].partner == place for place in range(23))


def test_sites_cover_seven_regions_two_settings_and_six_systems(sites: tuple[PlannedSite, ...]) -> None:
    assert len({site.region for site in sites}) == 7
    assert {site.care_setting for site in sites} == {"acute", "mental health"}
    assert {site.core_system for site in sites} == {f"Core system {number}" for number in range(1, 7)}
    assert all(site.grouping.startswith(site.region) for site in sites)


@pytest.mark.parametrize(("place", "code"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (702, "AAA")])
def test_letters_go_on_after_z(place: int, code: str) -> None:
    assert letters(place) == code


@given(st.integers(2, 500))
def test_any_number_of_sites_keeps_the_proportions(count: int) -> None:
    """Every follower needs an exemplar, and no exemplar should have more than two followers."""
    exemplars = Shape(sites=count).exemplars
    assert exemplars <= count - exemplars <= 2 * exemplars
    assert abs(exemplars - count * 23 / 48) <= 0.5 or count == 2


@pytest.mark.parametrize("wrong", [{"sites": 1}, {"people_per_site": 1}, {"waves": 0}, {"sites": 501}])
def test_a_shape_that_cannot_be_is_refused_with_the_sizes_that_can(wrong: dict[str, int]) -> None:
    with pytest.raises(BadShape, match=r"must be from \d+ to \d+"):
        Shape(**wrong)


@pytest.mark.parametrize("per_site", [5, 20, 33])
def test_people_have_the_seven_roles_in_plausible_numbers(per_site: int) -> None:
    people = plan_staff(Shape(people_per_site=per_site), ROLES, CODE, Random(1))
    counts = Counter(person.role for person in people)
    assert len(people) == 48 * per_site
    assert set(counts) == set(ROLES)
    assert 0.20 < counts["it"] / len(people) < 0.30
    assert 0.02 < counts["cio"] / len(people) < 0.08


def test_two_people_at_two_sites_have_one_name_and_everybody_an_address_of_their_own() -> None:
    people = plan_staff(Shape(), ROLES, CODE, Random(1))
    shared = [person for person in people if person.name == SHARED_NAME]
    assert len({person.site for person in shared}) >= 2
    assert len({person.email for person in people}) == len(people)
    assert all(person.email.endswith("@example.org") for person in people)
    assert len({person.key for person in people}) == len(people)


def test_no_site_lies_in_the_sea_or_in_another_region() -> None:
    if not REGIONS.exists():
        pytest.skip("the boundaries are not here")
    shapes = {f["properties"]["name"]: f["geometry"] for f in json.loads(REGIONS.read_text("utf-8"))["features"]}
    for seed in range(20):
        for site in plan_sites(Shape(sites=63), Random(seed)):
            assert within(site.longitude, site.latitude, shapes[site.region]), site


def within(east: float, north: float, geometry: dict[str, object]) -> bool:
    """Whether a point lies in a polygon: a line from it to the east crosses the edge an odd number of times."""
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    assert isinstance(polygons, list)
    crossings = 0
    for ring in (ring for polygon in polygons for ring in polygon):
        for (x1, y1), (x2, y2) in pairwise(ring):
            crossings += (y1 > north) != (y2 > north) and east < (x2 - x1) * (north - y1) / (y2 - y1) + x1
    return crossings % 2 == 1
