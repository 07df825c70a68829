"""Where knowledge flows: between sites, regions and roles; who gives more than they get."""

import polars as pl

from networks.columns import UNKNOWN
from networks.release.types import ANY, ANY_WAVE, Filters, Release

SITE_GROUPS = ("region", "designation", "care_setting", "core_system", "grouping")


def _chosen(release: Release, filters: Filters) -> pl.DataFrame:
    return release.flows.filter(
        pl.col("topic") == (filters.topic or ANY),
        pl.col("wave") == (ANY_WAVE if filters.wave is None else filters.wave),
        pl.col("reporter_role") == (filters.role or ANY),
        pl.col("formality") == (filters.formality or ANY),
    )


def _grouped(release: Release, filters: Filters, by: str) -> pl.DataFrame:
    """The chosen flows with their ends named as groups: giver, getter, ties, contacts_per_year."""
    chosen = _chosen(release, filters)
    if by not in SITE_GROUPS:
        named = chosen.rename({f"giver_{by}": "giver", f"getter_{by}": "getter"})
        return named.select("giver", "getter", "ties", "contacts_per_year")
    group = dict(release.sites.select("site", pl.col(by).fill_null(UNKNOWN)).iter_rows())
    ends = [
        pl.col(f"{end}_site").replace_strict(group, default=UNKNOWN, return_dtype=pl.String).alias(end)
        for end in ("giver", "getter")
    ]
    return chosen.select(*ends, "ties", "contacts_per_year")


def flow_matrix(release: Release, filters: Filters, by: str = "site") -> pl.DataFrame:
    """How much knowledge goes from each group to each, one row per giver and getter with any tie.

    `by` is "site", "role", or a column of the sites: "region", "designation", "care_setting", "core_system",
    "grouping". Gives giver, getter (codes; "unknown" when off the roster or not told), ties (distinct pairs of
    people), contacts_per_year (added up over pairs whose frequency is known; null when none is).
    """
    rows = _grouped(release, filters, by).group_by("giver", "getter")
    known = pl.col("contacts_per_year")
    totals = rows.agg(pl.col("ties").sum(), pl.when(known.count() > 0).then(known.sum()).alias("contacts_per_year"))
    return totals.sort("ties", "giver", "getter", descending=[True, False, False])


def site_flows(release: Release, filters: Filters, site: str | None = None) -> pl.DataFrame:
    """The flows between different sites, strongest first; only those that touch `site` when one is given.

    Gives giver, getter (site codes), ties, contacts_per_year, and direction: "out" or "in" as seen from `site`,
    null without one. Flows within a site and to or from unknown places are left out.
    """
    between = flow_matrix(release, filters, "site").filter(
        pl.col("giver") != pl.col("getter"), pl.col("giver") != UNKNOWN, pl.col("getter") != UNKNOWN
    )
    if site is None:
        return between.with_columns(direction=pl.lit(None, pl.String))
    touching = between.filter((pl.col("giver") == site) | (pl.col("getter") == site))
    return touching.with_columns(direction=pl.when(pl.col("giver") == site).then(pl.lit("out")).otherwise(pl.lit("in")))


def _one_side(matrix: pl.DataFrame, end: str, name: str) -> pl.DataFrame:
    return matrix.group_by(pl.col(end).alias("group")).agg(pl.col("ties").sum().alias(name))


def net_giving(release: Release, filters: Filters, by: str = "site") -> pl.DataFrame:
    """Who gives more than they get, one row per group, the greatest net giver first.

    Counts ties to other groups only; ties with unknown places are left out. Gives group, given, got, within (distinct
    pairs), net (given - got), asymmetry ((given - got) / (given + got), from -1 to 1; null when both are 0).
    Those who get report what they got: a giver's figure rests on how well *others* answered.
    """
    known = flow_matrix(release, filters, by).filter(pl.col("giver") != UNKNOWN, pl.col("getter") != UNKNOWN)
    outside = known.filter(pl.col("giver") != pl.col("getter"))
    inside = known.filter(pl.col("giver") == pl.col("getter"))
    sides = _one_side(outside, "giver", "given").join(
        _one_side(outside, "getter", "got"), on="group", how="full", coalesce=True
    )
    every = sides.join(_one_side(inside, "giver", "within"), on="group", how="full", coalesce=True).fill_null(0)
    net = pl.col("given").cast(pl.Int64) - pl.col("got").cast(pl.Int64)
    total = pl.col("given") + pl.col("got")
    scored = every.with_columns(net=net, asymmetry=pl.when(total > 0).then(net / total))
    return scored.sort("net", "group", descending=[True, False])
