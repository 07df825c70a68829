"""Where sites lie on a flat map, in kilometres, the same in every wave."""

import math

import numpy as np
import polars as pl
from numpy.typing import NDArray

from networks.columns import SITES, UNKNOWN

EARTH_KM = 6371.0
MERIDIAN, PARALLEL = -2.0, 49.0
"""Degrees; the middle meridian of Great Britain and the parallel from which north is counted."""
FALSE_EAST_KM, FALSE_NORTH_KM, SCALE = 400.0, -100.0, 0.9996
SPACING_KM = 8.0
"""How far apart sites without coordinates lie around the middle of their region."""
RING_KM = 450.0
"""How far out regions lie of which no site has coordinates."""
_GOLDEN = math.pi * (3 - math.sqrt(5))

Points = NDArray[np.float64]


def flat(latitude: Points, longitude: Points) -> tuple[Points, Points]:
    """Kilometres east and north of degrees, close to the British national grid (within a few kilometres).

    A transverse Mercator projection of a sphere: shapes stay true, and lengths to one part in a thousand over
    Great Britain. Source: Snyder 1987, Map Projections, doi:10.3133/pp1395, equations 8-1 to 8-3.
    """
    phi, lam = np.radians(latitude), np.radians(longitude - MERIDIAN)
    east = SCALE * EARTH_KM * np.arctanh(np.cos(phi) * np.sin(lam))
    north = SCALE * EARTH_KM * (np.arctan2(np.tan(phi), np.cos(lam)) - math.radians(PARALLEL))
    return FALSE_EAST_KM + east, FALSE_NORTH_KM + north


def _mapped(sites: pl.DataFrame) -> pl.DataFrame:
    known = sites.filter(pl.col("latitude").is_not_null() & pl.col("longitude").is_not_null())
    x, y = flat(known["latitude"].to_numpy(), known["longitude"].to_numpy())
    return known.select("site", "region").with_columns(
        x=pl.Series(x, dtype=pl.Float64), y=pl.Series(y, dtype=pl.Float64)
    )


def _middles(mapped: pl.DataFrame, regions: list[str]) -> dict[str, tuple[float, float]]:
    """The middle of each region's mapped sites; regions without any lie on a ring round the map, in order of code."""
    rows = mapped.group_by("region").agg(pl.col("x", "y").mean()).iter_rows()
    middles = {region: (x, y) for region, x, y in rows}
    centre = mapped.select(pl.col("x", "y").mean()).row(0) if mapped.height else (FALSE_EAST_KM, 400.0)
    outside = [region for region in sorted(regions) if region not in middles]
    for place, region in enumerate(outside):
        angle = 2 * math.pi * place / len(outside)
        middles[region] = (centre[0] + RING_KM * math.sin(angle), centre[1] + RING_KM * math.cos(angle))
    return middles


def _unmapped(sites: pl.DataFrame, mapped: pl.DataFrame) -> pl.DataFrame:
    """Sites without coordinates, on a spiral round the middle of their region, in order of code."""
    rest = sites.join(mapped, on="site", how="anti").select("site", "region").sort("region", "site")
    middles = _middles(mapped, rest["region"].unique().to_list())
    ranks = rest.select(pl.int_range(1, pl.len() + 1).over("region")).to_series()
    rows = []
    for (site, region), rank in zip(rest.iter_rows(), ranks, strict=True):
        reach, (x, y) = SPACING_KM * math.sqrt(rank), middles[region]
        rows.append((site, region, x + reach * math.cos(rank * _GOLDEN), y + reach * math.sin(rank * _GOLDEN)))
    return pl.DataFrame(rows, schema=mapped.schema, orient="row")


def place(sites: pl.DataFrame) -> pl.DataFrame:
    """A place on the map for every site, from the list of sites alone, so that it is the same in every wave.

    Takes   SITES
    Gives   site, x, y (kilometres east and north), exact (whether it comes from coordinates), in order of site
    A site without coordinates lies near the middle of its region; a region without any lies beside the map.
    """
    known = SITES.check(sites).with_columns(pl.col("region").fill_null(UNKNOWN))
    mapped = _mapped(known)
    placed = pl.concat([mapped.with_columns(exact=True), _unmapped(known, mapped).with_columns(exact=False)])
    return placed.select("site", "x", "y", "exact").sort("site")
