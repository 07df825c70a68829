"""How a release's waves are likely to end: each by the pace of those before it."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from networks.forecast import EarlierWave, Forecast, SoFar, forecast
from networks.release.growth import of_role
from networks.release.types import Filters, Release

_SEED = 20


@dataclass(frozen=True)
class Outlook:
    """What a wave is likely to come to: the day it stands at, those invited, and the forecast (None: not to be told).

    earlier   the waves that the forecast goes by
    """

    day: int
    finished: int
    invited: int
    earlier: tuple[int, ...]
    forecast: Forecast | None


def outlook(release: Release, filters: Filters, wave: int, today: int | None = None) -> Outlook:
    """How a wave is likely to end, within the role chosen.

    today   days since the wave's first invitation; by default that of the last day on which anything happened
    An earlier wave counts up to the day on which this one will close, where that is known. Declined and unreachable
    people are taken not to answer any more.
    """
    rows = _numbered(of_role(release.response, filters))
    here = rows.filter(pl.col("wave") == wave)
    day = int(here["number"].max() or 0) if today is None else today  # type: ignore[arg-type]  # a column of Int32
    finished, invited, gone = (
        int(here.select(pl.sum_horizontal(pl.col(names).sum())).item() or 0)
        for names in (["finished"], ["invited"], ["declined", "unreachable"])
    )
    waves = tuple(sorted(rows.filter(pl.col("wave") < wave, pl.col("finished") > 0)["wave"].unique()))
    by_site = [_at(rows.filter(pl.col("wave") == before), day, release.days.get(wave)) for before in waves]
    told = forecast(SoFar(finished, invited, invited - gone), by_site, np.random.default_rng(_SEED))
    return Outlook(day, finished, invited, waves, told)


def _numbered(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows of the cube with the number of their day, from the first invitation of the wave in any site."""
    first = pl.col("day").min().over("wave")
    return rows.with_columns(number=(pl.col("day") - first).dt.total_days().cast(pl.Int32))


def _at(rows: pl.DataFrame, day: int, days: int | None) -> EarlierWave:
    """One earlier wave by site, by the same day and by the day on which this one closes."""
    within = rows if days is None else rows.filter(pl.col("number") <= days)
    by_day = pl.col("finished").filter(pl.col("number") <= day).sum()
    invited = rows.group_by("site").agg(invited=pl.col("invited").sum())
    sites = within.group_by("site").agg(by_day=by_day, by_end=pl.col("finished").sum()).join(invited, on="site")
    counts = (sites.sort("site")[name].cast(pl.Int64).to_numpy() for name in ("by_day", "by_end", "invited"))
    return EarlierWave(*counts)
