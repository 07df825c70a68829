"""Sites lie where they are, and stay there."""

import numpy as np
import polars as pl
import pytest

from networks.columns import SITES
from networks.placing import flat, place

Row = tuple[str, str | None, float | None, float | None]


def sites(*rows: Row) -> pl.DataFrame:
    keys = ("site", "region", "latitude", "longitude")
    return pl.DataFrame([dict(zip(keys, row, strict=True)) for row in rows], schema=SITES.schema)


@pytest.mark.parametrize(
    ("latitude", "longitude", "east", "north"),
    [(53.7997, -1.5492, 429.8, 433.5), (51.5074, -0.1278, 530.0, 180.4), (50.2660, -5.0527, 182.5, 44.9)],
)
def test_cities_lie_within_three_kilometres_of_the_national_grid(
    latitude: float, longitude: float, east: float, north: float
) -> None:
    x, y = flat(np.array([latitude]), np.array([longitude]))
    assert (x[0], y[0]) == (pytest.approx(east, abs=3), pytest.approx(north, abs=3))


def test_a_site_without_coordinates_lies_near_its_region_and_says_so() -> None:
    placed = place(sites(("a", "north", 54.0, -2.0), ("b", "north", None, None), ("c", "south", 51.0, -1.0)))
    exact = dict(placed.select("site", "exact").iter_rows())
    places = {site: (x, y) for site, x, y in placed.select("site", "x", "y").iter_rows()}
    assert exact == {"a": True, "b": False, "c": True}
    assert np.hypot(*np.subtract(places["a"], places["b"])) == pytest.approx(8)


def test_no_two_sites_share_a_place_even_without_any_coordinates() -> None:
    rows: list[Row] = [(f"s{number}", f"r{number % 3}", None, None) for number in range(30)]
    placed = place(sites(*rows, ("lost", None, None, None)))
    assert placed.select(pl.col("x", "y").round(3)).n_unique() == 31


def test_places_do_not_depend_on_the_order_of_the_list() -> None:
    rows: list[Row] = [(f"s{number}", f"r{number % 3}", None, None) for number in range(9)]
    assert place(sites(*rows)).equals(place(sites(*reversed(rows))))


def test_no_sites_have_no_places() -> None:
    assert place(SITES.empty()).is_empty()
