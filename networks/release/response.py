"""Who has answered: by site or role, and day by day."""

import polars as pl

from networks.release.types import Filters, Release

STEPS = ("invited", "opened", "started", "finished", "declined")


def _chosen(release: Release, filters: Filters) -> pl.DataFrame:
    rows = release.response
    if filters.wave is not None:
        rows = rows.filter(pl.col("wave") == filters.wave)
    if filters.role is not None:
        rows = rows.filter(pl.col("role") == filters.role)
    return rows


def _rate(invited: str) -> pl.Expr:
    return pl.when(pl.col(invited) > 0).then(pl.col("finished") / pl.col(invited))


def response_by(release: Release, filters: Filters, by: str = "site") -> pl.DataFrame:
    """How many answered in each site or role (`by`), one row per wave and group, the lowest rate first.

    Gives wave, group, invited, opened, started, finished, declined (people), rate (finished of invited, null when
    nobody was invited), coverage (share of possible pairs inside the group with at least one end who
    answered: 1-(1-rate)^2). Topic and formality do not matter here.
    """
    totals = _chosen(release, filters).group_by("wave", pl.col(by).alias("group")).agg(pl.col(STEPS).sum())
    rated = totals.with_columns(rate=_rate("invited"))
    return rated.with_columns(coverage=1 - (1 - pl.col("rate")) ** 2).sort("wave", "rate", "group", nulls_last=True)


def response_over_time(release: Release, filters: Filters) -> pl.DataFrame:
    """The running totals of each wave, one row per day on which anything happened.

    Gives wave, day (Date), day_number (days since the wave's first, from 0), invited, opened, started, finished,
    declined (people so far), rate (finished so far of all that wave invites, null when nobody is invited).
    """
    daily = _chosen(release, filters).group_by("wave", "day").agg(pl.col(STEPS).sum()).sort("wave", "day")
    running = daily.with_columns(
        pl.col("day").min().over("wave").alias("first"),
        pl.col("invited").sum().over("wave").alias("all_invited"),
        pl.col(STEPS).cum_sum().over("wave"),
    )
    numbered = running.with_columns(
        day_number=(pl.col("day") - pl.col("first")).dt.total_days().cast(pl.Int32), rate=_rate("all_invited")
    )
    return numbered.select("wave", "day", "day_number", *STEPS, "rate")
