"""Where the ends of flows lie on the map: sites, and regions in the middle of their sites."""

import numpy as np
import polars as pl
from numpy.typing import NDArray

from dashboards.words import Words
from networks.columns import UNKNOWN
from networks.placing import place
from networks.release import Release

APART = 65.0
"""Kilometres between the middles of two regions at least, so that arrows to them can be told apart."""


def site_places(release: Release) -> pl.DataFrame:
    """Every site: code, label, region (code), x, y (kilometres), exact."""
    sites = release.sites.select(pl.col("site"), "label", pl.col("region").fill_null(UNKNOWN))
    placed = sites.join(place(release.sites), on="site", how="left", maintain_order="left")
    return placed.rename({"site": "code"})


def region_places(sites: pl.DataFrame, words: Words) -> pl.DataFrame:
    """Every region with a site: code, label, x, y, in the middle of its sites but `APART` from a smaller region."""
    middles = (
        sites.filter(pl.col("region") != UNKNOWN)
        .group_by("region", maintain_order=True)
        .agg(pl.col("x", "y").mean(), spread=pl.col("x").std().fill_null(0) + pl.col("y").std().fill_null(0))
        .sort("spread", "region")
    )
    points = _apart(middles.select("x", "y").to_numpy())
    labels = [words.label("region", code) for code in middles["region"]]
    return middles.select(
        pl.col("region").alias("code"),
        pl.Series("label", labels, dtype=pl.String),
        pl.Series("x", points[:, 0], dtype=pl.Float64),
        pl.Series("y", points[:, 1], dtype=pl.Float64),
    )


def _apart(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """The points, each moved straight away from the nearest of those before it until it is `APART` from it."""
    moved = np.array(points, dtype=np.float64).reshape(-1, 2)
    for at in range(1, len(moved)):
        away = moved[at] - moved[:at]
        lengths = np.hypot(away[:, 0], away[:, 1])
        near = int(lengths.argmin())
        if lengths[near] < APART:
            way = away[near] / lengths[near] if lengths[near] > 0 else np.array([0.0, -1.0])
            moved[at] = moved[near] + APART * way
    return moved


def labelled(flows: pl.DataFrame, kind: str, words: Words) -> pl.DataFrame:
    """The flows with giver_label and getter_label."""
    ends = [
        pl.Series(f"{end}_label", [words.label(kind, code) for code in flows[end]], dtype=pl.String)
        for end in ("giver", "getter")
    ]
    return flows.with_columns(ends)
