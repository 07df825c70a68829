"""How a mean changed among all who answered either wave, each site weighing as many as it has people."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from networks.measures.growth import CONFIDENCE
from networks.uncertainty.intervals import NOBODY, UNKNOWN, Change, Estimate

Values = NDArray[np.float64]
Names = NDArray[np.str_]
_FEWEST = 2
"""Answers that a site needs in either wave to stand by itself; the smaller ones are taken together."""
_TOGETHER = ""


@dataclass(frozen=True)
class _Wave:
    """One wave by stratum: whether each person answered (n), and answers, mean and share of the roster (strata)."""

    answered: NDArray[np.bool_]
    counts: NDArray[np.int64]
    means: Values


def standardised_change(first: Values, second: Values, strata: Names, roster: Mapping[str, int]) -> Change:
    """The change per respondent, sites weighing as on the roster, among all who answered one wave or both.

    Takes   first, second   how many each person named (n); NaN in a wave that the person did not answer
            strata          each person's site (n)     roster   how many were invited, by site
    Gives   the means of each wave and their difference, with intervals in which those who answered both waves count as
            the same people. Sites with fewer than two answers in a wave are taken together. It assumes that inside a
            site those who stayed silent are like those who answered.
    Source: Cochran 1977, Sampling Techniques, sections 5A.9 and 12.11 (partly the same people).
    """
    names = _merged(first, second, strata)
    kinds, stratum = np.unique(names, return_inverse=True)
    waves = [_wave(values, stratum, len(kinds)) for values in (first, second)]
    known = np.min([wave.counts for wave in waves], axis=0) > 0
    if not known.any():
        return NOBODY
    shares = np.where(known, _places(strata, names, kinds, roster), 0.0)
    shares = shares / shares.sum()
    before, after = (float(shares @ np.where(known, wave.means, 0.0)) for wave in waves)
    parts = [_part(values, wave, stratum, shares) for values, wave in zip((first, second), waves, strict=True)]
    freedom = int(sum(max(0, int(wave.counts[known].sum()) - int(known.sum())) for wave in waves)) // 2
    people = int(known[stratum].sum())
    absolute = _estimate(after - before, parts[1] - parts[0], stratum, freedom)
    if before <= 0 or after <= 0:
        return Change(people, before, after, absolute, UNKNOWN)
    logs = _estimate(float(np.log(after / before)), parts[1] / after - parts[0] / before, stratum, freedom)
    return Change(people, before, after, absolute, _from_logs(logs))


def _merged(first: Values, second: Values, strata: Names) -> Names:
    """The strata, those with fewer than two answers in a wave as one; with the next smallest where that is too few."""
    kinds, stratum = np.unique(strata, return_inverse=True)
    answers = np.stack([np.bincount(stratum, ~np.isnan(values), len(kinds)) for values in (first, second)])
    order = np.argsort(answers.min(axis=0), kind="stable")
    small = int(np.count_nonzero(answers.min(axis=0) < _FEWEST))
    if small and answers[:, order[:small]].sum(axis=1).min() < _FEWEST:
        small += 1
    return np.where(np.isin(stratum, order[:small]), _TOGETHER, strata)


def _wave(values: Values, stratum: NDArray[np.intp], kinds: int) -> _Wave:
    answered = ~np.isnan(values)
    counts = np.bincount(stratum[answered], minlength=kinds)
    sums = np.bincount(stratum[answered], values[answered], kinds)
    return _Wave(answered, counts.astype(np.int64), sums / np.maximum(counts, 1))


def _places(strata: Names, names: Names, kinds: Names, roster: Mapping[str, int]) -> Values:
    """How many were invited in each of the merged strata."""
    merged = dict(zip(strata.tolist(), names.tolist(), strict=True))
    places = dict.fromkeys(kinds.tolist(), 0)
    for site, name in merged.items():
        places[name] += roster.get(site, 0)
    return np.array([max(1, places[kind]) for kind in kinds.tolist()], dtype=float)


def _part(values: Values, wave: _Wave, stratum: NDArray[np.intp], shares: Values) -> Values:
    """What each person adds to the wave's mean beyond their stratum's own; 0 for those who did not answer."""
    weights = shares / np.maximum(wave.counts, 1)
    return np.where(wave.answered, (np.nan_to_num(values) - wave.means[stratum]) * weights[stratum], 0.0)


def _estimate(value: float, parts: Values, stratum: NDArray[np.intp], freedom: int) -> Estimate:
    if freedom < 1:
        return Estimate(value, None, None)
    sizes = np.bincount(stratum)
    wider = np.where(sizes > 1, sizes / np.maximum(sizes - 1, 1), 1.0)
    error = float(np.sqrt((np.bincount(stratum, parts**2) * wider).sum()))
    reach = error * float(stdtrit(freedom, (1 + CONFIDENCE) / 2))
    return Estimate(value, value - reach, value + reach)


def _from_logs(logs: Estimate) -> Estimate:
    grown = [None if one is None else float(np.expm1(one)) for one in (logs.value, logs.low, logs.high)]
    return Estimate(*grown)
