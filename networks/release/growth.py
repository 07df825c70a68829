"""Whether people name more others as the waves go by, and whether that is more than a better response."""

import numpy as np
import polars as pl
from numpy.typing import NDArray

from networks.columns import FORMALITIES
from networks.release.types import ANY, Filters, Release

DRAWS = 1000
SEED = 20170201
_SCHEMA = {
    "wave": pl.Int32,
    "formality": pl.String,
    "mean": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
    "respondents": pl.Int64,
    "invited": pl.Int64,
    "panel_mean": pl.Float64,
    "panel_low": pl.Float64,
    "panel_high": pl.Float64,
    "panel_n": pl.Int64,
}
Interval = tuple[float | None, float | None, float | None]


def stratified_interval(
    values: NDArray[np.float64], strata: NDArray[np.str_], draws: int = DRAWS, seed: int = SEED
) -> Interval:
    """Mean, and the 2.5th and 97.5th percentile of the mean over resamples within strata.

    Respondents are drawn with replacement inside each stratum (site), so that no interval mixes up who is asked with
    what they say. All None without respondents; no interval for one. A stratum of one person never varies.
    Source: Efron and Tibshirani 1993, An Introduction to the Bootstrap (percentile interval).
    """
    n = len(values)
    if n == 0:
        return None, None, None
    if n == 1:
        return float(values[0]), None, None
    random = np.random.default_rng(seed)
    sums = np.zeros(draws)
    for stratum in np.unique(strata):
        own = values[strata == stratum]
        sums += own[random.integers(0, len(own), size=(draws, len(own)))].sum(axis=1)
    low, high = np.percentile(sums / n, [2.5, 97.5])
    return float(values.mean()), float(low), float(high)


def _answered(release: Release, filters: Filters) -> pl.DataFrame:
    """One row per finished respondent and wave: respondent, wave, site, formal, informal, both (people named)."""
    rows = release.per_person
    if filters.role is not None:
        rows = rows.filter(pl.col("role") == filters.role)
    keys = ["respondent", "wave"]
    everyone = rows.filter(pl.col("topic") == ANY)
    if filters.topic is None:
        return everyone.select(*keys, "site", *FORMALITIES)
    on_topic = rows.filter(pl.col("topic") == filters.topic).select(*keys, *FORMALITIES)
    joined = everyone.select(*keys, "site").join(on_topic, on=keys, how="left")
    return joined.with_columns(pl.col(FORMALITIES).fill_null(0)).sort(keys)


def _panel(answered: pl.DataFrame) -> pl.DataFrame:
    waves = answered["wave"].n_unique()
    return answered.filter(pl.col("wave").n_unique().over("respondent") == waves)


def _interval(rows: pl.DataFrame, formality: str) -> Interval:
    values = rows[formality].cast(pl.Float64).to_numpy()
    return stratified_interval(values, rows["site"].to_numpy().astype(np.str_))


def _invited(release: Release, filters: Filters) -> dict[int, int]:
    rows = release.respondents
    if filters.role is not None:
        rows = rows.filter(pl.col("role") == filters.role)
    return dict(rows.group_by("wave").agg(pl.col("invited").sum()).sort("wave").iter_rows())


def growth(release: Release, filters: Filters) -> pl.DataFrame:
    """Mean number of people named per respondent, by wave and formality, with 95% intervals.

    Gives wave, formality (formal, informal, both: a tie that is both counts in each of the three), mean, low, high
    (people per finished respondent), respondents, invited, and the same for the panel, those who answered in every
    wave that anyone has answered: panel_mean, panel_low, panel_high, panel_n. Nobody finished: null, not 0.
    With a topic: people named on it, 0 for a respondent who named nobody on it. A chosen wave leaves its rows
    only; the panel stays those of all waves. Missing respondents are missing: they are in no mean.
    """
    answered = _answered(release, filters)
    panel = _panel(answered)
    kinds = [filters.formality] if filters.formality else list(FORMALITIES)
    rows = []
    for wave, invited in _invited(release, filters).items():
        if filters.wave not in (None, wave):
            continue
        here, same = (frame.filter(pl.col("wave") == wave) for frame in (answered, panel))
        for kind in kinds:
            figures = (*_interval(here, kind), here.height, invited, *_interval(same, kind), same.height)
            rows.append((wave, kind, *figures))
    return pl.DataFrame(rows, schema=_SCHEMA, orient="row")
