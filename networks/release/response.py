"""Who has answered: by site or role, and day by day."""

import polars as pl

from networks.release.types import Filters, Release

STEPS = ("invited", "delivered", "opened", "started", "finished", "declined", "unreachable")
ZONE = "Europe/London"
"""Where a day begins and ends."""
_CUBE = ["wave", "site", "role"]


def daily(invited: pl.DataFrame) -> pl.DataFrame:
    """The table `response` of a release: wave, site, role, day, and how many came to each of STEPS that day.

    Takes the invited rows of RESPONSE with a moment "<step>_at" for each of STEPS. Each step is counted by itself, so
    that a study of millions never stands in memory several times over.
    """
    coded = _coded(invited)
    parts = [_days_of(coded, step) for step in STEPS]
    counts = pl.concat(parts, how="diagonal").group_by(*_CUBE, "day").agg(pl.col(STEPS).sum())
    return counts.with_columns(pl.col("site", "role").cast(pl.String)).sort(*_CUBE, "day")


def _coded(invited: pl.DataFrame) -> pl.DataFrame:
    """Sites and roles as numbers inside, so that millions of rows are grouped faster."""
    return invited.with_columns(pl.col("site", "role").cast(pl.Categorical()))


def _days_of(invited: pl.DataFrame, step: str) -> pl.DataFrame:
    """How many came to one step, by day; the days are made of the moments that there are, each once."""
    hours = pl.col(f"{step}_at").dt.truncate("1h")
    counted = invited.lazy().filter(pl.col(f"{step}_at").is_not_null()).group_by(*_CUBE, hour=hours)
    by_hour = counted.agg(pl.len().cast(pl.Int64).alias(step))
    by_day = by_hour.group_by(*_CUBE, day=pl.col("hour").dt.convert_time_zone(ZONE).dt.date())
    return by_day.agg(pl.col(step).sum()).collect()


def respondents(invited: pl.DataFrame) -> pl.DataFrame:
    """The table `respondents` of a release: wave, site, role, and people counted by how far they came.

    The silent are those whom a reminder may still reach: they neither finished nor declined, and are not unreachable.
    """
    over = [pl.col(f"{step}_at").is_not_null() for step in ("finished", "declined", "unreachable")]
    counts = {
        "invited": pl.len(),
        "finished": pl.col("finished_at").count(),
        "nobody": (pl.col("named") == 0).sum(),
        "silent": (~pl.any_horizontal(over)).sum(),
    }
    cells = _coded(invited).lazy().group_by(_CUBE).agg(**{name: count.cast(pl.Int64) for name, count in counts.items()})
    return cells.collect().with_columns(pl.col("site", "role").cast(pl.String)).sort(_CUBE)


def _chosen(release: Release, filters: Filters) -> pl.DataFrame:
    rows = release.response
    if filters.wave is not None:
        rows = rows.filter(pl.col("wave") == filters.wave)
    if filters.role is not None:
        rows = rows.filter(pl.col("role") == filters.role)
    return rows


def _rate(invited: str) -> pl.Expr:
    return pl.when(pl.col(invited) > 0).then(pl.col("finished") / pl.col(invited))


def _covered() -> pl.Expr:
    """The share of pairs inside a group of whom one at least answered, as networks.uncertainty.coverage has it."""
    groups = (pl.col("invited"), pl.col("invited") - pl.col("finished"))
    pairs, silent = (people * (people - 1) / 2 for people in groups)
    return pl.when(pairs > 0).then(1 - silent / pairs)


def response_by(release: Release, filters: Filters, by: str = "site") -> pl.DataFrame:
    """How many answered in each site or role (`by`), one row per wave and group, the lowest rate first.

    Gives wave, group, invited, delivered, opened, started, finished, declined, unreachable (people), rate (finished of
    invited, null when nobody was invited), coverage (share of possible pairs inside the group with at least one end
    who answered; null for fewer than two people). Topic and formality do not matter here.
    """
    totals = _chosen(release, filters).group_by("wave", pl.col(by).alias("group")).agg(pl.col(STEPS).sum())
    rated = totals.with_columns(rate=_rate("invited"), coverage=_covered())
    return rated.sort("wave", "rate", "group", nulls_last=True)


def response_over_time(release: Release, filters: Filters) -> pl.DataFrame:
    """The running totals of each wave, one row per day on which anything happened.

    Gives wave, day (Date), day_number (days since the wave's first, from 0), invited, delivered, opened, started,
    finished, declined, unreachable (people so far), rate (finished so far of all that wave invites, null when nobody
    is invited).
    """
    by_day = _chosen(release, filters).group_by("wave", "day").agg(pl.col(STEPS).sum()).sort("wave", "day")
    running = by_day.with_columns(
        pl.col("day").min().over("wave").alias("first"),
        pl.col("invited").sum().over("wave").alias("all_invited"),
        pl.col(STEPS).cum_sum().over("wave"),
    )
    numbered = running.with_columns(
        day_number=(pl.col("day") - pl.col("first")).dt.total_days().cast(pl.Int32), rate=_rate("all_invited")
    )
    return numbered.select("wave", "day", "day_number", *STEPS, "rate")
