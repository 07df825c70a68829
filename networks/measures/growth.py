"""How many people respondents name on average, with an interval, and which of them answered in every wave."""

import numpy as np
import polars as pl
from numpy.typing import NDArray

DRAWS = 1000
SEED = 20170201
Interval = tuple[float | None, float | None, float | None]
"""Mean, low, high: the 95% interval; None where undefined."""


def resampled_means(
    values: NDArray[np.float64], strata: NDArray[np.str_], draws: int, random: np.random.Generator
) -> NDArray[np.float64]:
    """The column means of `values` (n x k) in each of `draws` resamples, drawn with replacement within strata.

    Gives draws x k. A stratum of one never varies.
    """
    sums = np.zeros((draws, values.shape[1]))
    for stratum in np.unique(strata):
        own = values[strata == stratum]
        sums += own[random.integers(0, len(own), size=(draws, len(own)))].sum(axis=1)
    return sums / len(values)


def stratified_intervals(
    values: NDArray[np.float64], strata: NDArray[np.str_], draws: int = DRAWS, seed: int = SEED
) -> list[Interval]:
    """Mean and 95% interval of each column of `values` (n respondents x k), resampling within strata.

    Respondents are drawn inside their stratum (site), so that no interval mixes up who answered with what they said.
    Without respondents all None; for a single one no interval. The same seed gives the same interval.
    Source: Efron and Tibshirani 1993, An Introduction to the Bootstrap, chapter 13 (percentile interval).
    """
    if len(values) == 0:
        return [(None, None, None)] * values.shape[1]
    means = [float(mean) for mean in values.mean(axis=0)]
    if len(values) == 1:
        return [(mean, None, None) for mean in means]
    resampled = resampled_means(values, strata, draws, np.random.default_rng(seed))
    low, high = np.percentile(resampled, [2.5, 97.5], axis=0)
    return [(mean, float(low[k]), float(high[k])) for k, mean in enumerate(means)]


def panel(answered: pl.DataFrame) -> pl.DataFrame:
    """The rows of those who answered in every wave that anyone answered.

    Takes one row per respondent and wave: respondent, wave, and any further columns. Growth among the same people
    cannot come from a better response.
    """
    waves = answered["wave"].n_unique()
    return answered.filter(pl.col("wave").n_unique().over("respondent") == waves)
