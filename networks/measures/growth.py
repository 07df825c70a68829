"""How many people respondents name on average, with an interval, and which of them answered in every wave."""

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.special import stdtrit

CONFIDENCE = 0.95
SMALLEST_PANEL = 10
"""How many people must have answered every wave before the latest wave counts in any case."""
Interval = tuple[float | None, float | None, float | None]
"""Mean, low, high: the 95% interval; None where undefined."""


@dataclass(frozen=True)
class Spread:
    """What respondents in each stratum said: how many, their mean and their variance, and degrees of freedom.

    names, sizes   s strata      means, variances   s x k, variances over n_h - 1
    """

    names: NDArray[np.str_]
    sizes: NDArray[np.int64]
    means: NDArray[np.float64]
    variances: NDArray[np.float64]
    freedom: int


def spread(values: NDArray[np.float64], strata: NDArray[np.str_]) -> Spread:
    """Means and variances of each column of `values` (n x k, n of 2 or more) inside strata (n).

    A stratum of one tells no spread of its own: it is given that of all respondents, which is too wide rather than too
    narrow. Source: Cochran 1977, Sampling Techniques, section 5A.12.
    """
    names, stratum = np.unique(strata, return_inverse=True)
    sizes = np.bincount(stratum)
    several = sizes > 1
    means = np.stack([np.bincount(stratum, column) for column in values.T], axis=1) / sizes[:, None]
    squares = np.stack([np.bincount(stratum, column) for column in ((values - means[stratum]) ** 2).T], axis=1)
    within = squares / np.maximum(sizes - 1, 1)[:, None]
    variances = np.where(several[:, None], within, values.var(axis=0, ddof=1))
    alone = int(np.count_nonzero(~several))
    freedom = len(values) - int(np.count_nonzero(several)) - min(alone, 1)
    return Spread(names, sizes.astype(np.int64), means, variances, freedom)


def standard_errors(values: NDArray[np.float64], strata: NDArray[np.str_]) -> tuple[NDArray[np.float64], int]:
    """The standard error of each column's mean over respondents in strata, and its degrees of freedom.

    Takes values (n x k, n of 2 or more) and each respondent's stratum (n). Each stratum adds (n_h/n)^2 s_h^2/n_h.
    Source: Cochran 1977, Sampling Techniques, section 5.4.
    """
    found = spread(values, strata)
    return np.sqrt((found.variances * found.sizes[:, None]).sum(axis=0)) / len(values), found.freedom


def stratified_intervals(values: NDArray[np.float64], strata: NDArray[np.str_]) -> list[Interval]:
    """Mean and 95% interval of each column of `values`, counts of people (n respondents x k), by strata.

    The interval is Student's, about the mean, and never below 0. Respondents are compared inside their stratum (site),
    so that no interval mixes up who answered with what they said. There is no correction for a finite roster: where
    most have answered, the interval is wider than it need be. Without respondents all None; for one no interval.
    """
    if len(values) == 0:
        return [(None, None, None)] * values.shape[1]
    means = [float(mean) for mean in values.mean(axis=0)]
    if len(values) == 1:
        return [(mean, None, None) for mean in means]
    errors, freedom = standard_errors(values, strata)
    reach = errors * stdtrit(freedom, (1 + CONFIDENCE) / 2)
    return [(mean, max(mean - float(off), 0.0), mean + float(off)) for mean, off in zip(means, reach, strict=True)]


def panel(answered: pl.DataFrame) -> pl.DataFrame:
    """The rows of those who answered in every wave that counts: growth among them cannot come from a better response.

    Takes one row per respondent and wave: respondent, wave, and any further columns. Every wave counts that anyone
    answered, but the latest only once ten of the panel of the waves before have answered it, or half of them: a wave
    that has just opened does not shrink the panel to nothing. Gives rows of the waves that count alone.
    """
    waves = answered["wave"].unique().sort().to_list()
    every = _in_all(answered, waves)
    if len(waves) < 2:
        return every
    before = _in_all(answered, waves[:-1])
    followed, known = every["respondent"].n_unique(), before["respondent"].n_unique()
    return every if followed >= SMALLEST_PANEL or 2 * followed >= known else before


def _in_all(answered: pl.DataFrame, waves: list[int]) -> pl.DataFrame:
    rows = answered.filter(pl.col("wave").is_in(waves))
    return rows.filter(pl.col("wave").n_unique().over("respondent") == len(waves))
