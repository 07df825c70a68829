"""The map: labels that stand clear, regions told apart, and the part that is drawn larger."""

from itertools import combinations

import numpy as np
import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from dashboards.figures import clear
from dashboards.figures.boundaries import rings
from dashboards.figures.flow_map import BETWEEN_REGIONS, Marked, flow_map
from dashboards.figures.inset import HALF, MAGNIFIED, densest
from dashboards.pages.places import APART, region_places, site_places
from dashboards.words import Words
from tests.dashboards.synthetic import release

FRAME = (0.0, 0.0, 600.0, 600.0)
CROWD = [(300.0 + 5 * at, 300.0 - 5 * at, "London") for at in range(6)]


def sites(*points: tuple[float, float, str]) -> pl.DataFrame:
    rows = [(f"s{at}", f"Site {at}", region, x, y) for at, (x, y, region) in enumerate(points)]
    return pl.DataFrame(rows, schema=["code", "label", "region", "x", "y"], orient="row")


def flow(giver: str, getter: str, ties: int = 3, *, partners: bool = False) -> pl.DataFrame:
    row = {"giver": giver, "getter": getter, "giver_label": giver, "getter_label": getter, "ties": ties}
    return pl.DataFrame([{**row, "partners": partners}])


def test_a_name_stands_to_the_right_unless_something_lies_there() -> None:
    at = np.array([300.0, 300.0])
    free = clear.Room(np.zeros((0, 2)), FRAME)
    assert clear.beside(at, "Site A", free)["xanchor"] == "left"
    busy = clear.Room(np.array([[330.0, 300.0]] * 3), FRAME)
    assert clear.beside(at, "Site A", busy)["xanchor"] == "right"


def test_two_names_of_one_place_do_not_cover_each_other() -> None:
    room, at = clear.Room(np.zeros((0, 2)), FRAME), np.array([300.0, 300.0])
    for name in ("Site A", "Site B", "Site C", "Site D"):
        clear.beside(at, name, room)
    for one, other in combinations(room.taken, 2):
        assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


@given(st.floats(0, 600), st.floats(0, 600))
def test_a_name_stays_on_the_map(x: float, y: float) -> None:
    room = clear.Room(np.zeros((0, 2)), FRAME)
    clear.beside(np.array([x, y]), "Site A", room)
    ((left, bottom, right, top),) = room.taken
    assert left >= 0 and right <= 600 and bottom >= 0 and top <= 600


def test_regions_can_be_told_apart_even_london_and_the_south_east() -> None:
    whole = release(count=48, each=2)
    points = region_places(site_places(whole), Words(whole)).select("x", "y").to_numpy()
    nearest = min(float(np.hypot(*(one - other))) for one, other in combinations(points, 2))
    assert nearest >= APART - 1e-6


def test_the_part_where_sites_stand_closest_is_drawn_larger_and_named() -> None:
    inset = densest(sites(*CROWD, (50.0, 50.0, "West")), np.array([600.0, 600.0]), {"London": "Greater London"})
    assert inset is not None and inset.name == "Greater London"
    one, other = np.array([300.0, 300.0]), np.array([305.0, 295.0])
    assert np.allclose(inset.larger(other) - inset.larger(one), MAGNIFIED * (other - one))
    assert inset.holds(np.array([[300.0, 300.0], [50.0, 50.0]])).tolist() == [True, False]
    assert np.allclose(inset.place + MAGNIFIED * HALF, [600, 600])


def test_sites_well_apart_need_no_larger_part() -> None:
    assert densest(sites(*((100.0 * at, 0.0, "West") for at in range(9))), np.array([600.0, 600.0]), {}) is None


def test_a_flow_inside_the_square_is_drawn_in_the_corner_and_one_that_leaves_it_is_not() -> None:
    places = sites(*CROWD, (50.0, 50.0, "West"))
    for getter, in_corner in (("s5", True), ("s6", False)):
        drawn = flow_map(flow("s0", getter), Marked(places), places, rings(), {})
        ends = drawn["data"][-1]
        assert bool(ends["x"][0] != 300.0) is in_corner


def test_partners_are_marked_by_a_letter_and_not_by_colour_alone() -> None:
    places = sites((100.0, 100.0, "West"), (400.0, 400.0, "East"))
    for partners, text in ((True, "1P"), (False, "1")):
        drawn = flow_map(flow("s0", "s1", partners=partners), Marked(places), places, (), {})
        assert drawn["layout"]["annotations"][0]["text"] == text


def test_a_map_without_flows_has_land_and_dots() -> None:
    places = sites((100.0, 100.0, "West"), (400.0, 400.0, "East"))
    drawn = flow_map(flow("s0", "s1").clear(), Marked(places, weight=BETWEEN_REGIONS), places, rings(), {})
    assert drawn["layout"]["annotations"] == []
    assert len(drawn["data"]) == 3
