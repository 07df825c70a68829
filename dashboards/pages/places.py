"""Where the ends of flows lie on the map: sites, and regions in the middle of their sites."""

import polars as pl

from dashboards.words import Words
from networks.columns import UNKNOWN
from networks.placing import place
from networks.release import Release


def site_places(release: Release) -> pl.DataFrame:
    """Every site: code, label, region (code), x, y (kilometres), exact."""
    sites = release.sites.select(pl.col("site"), "label", pl.col("region").fill_null(UNKNOWN))
    placed = sites.join(place(release.sites), on="site", how="left", maintain_order="left")
    return placed.rename({"site": "code"})


def region_places(sites: pl.DataFrame, words: Words) -> pl.DataFrame:
    """Every region with a site: code, label, x, y, in the middle of its sites."""
    middles = (
        sites.filter(pl.col("region") != UNKNOWN).group_by("region", maintain_order=True).agg(pl.col("x", "y").mean())
    )
    labels = [words.label("region", code) for code in middles["region"]]
    return middles.select(pl.col("region").alias("code"), pl.Series("label", labels, dtype=pl.String), "x", "y")


def labelled(flows: pl.DataFrame, kind: str, words: Words) -> pl.DataFrame:
    """The flows with giver_label and getter_label."""
    ends = [
        pl.Series(f"{end}_label", [words.label(kind, code) for code in flows[end]], dtype=pl.String)
        for end in ("giver", "getter")
    ]
    return flows.with_columns(ends)
