"""Between what limits a figure must lie, whatever those who did not answer would have said."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from networks.uncertainty.intervals import Change

LOWEST, HIGHEST = 0.05, 0.95
"""Between these percentiles of what was answered the silent are taken to lie, in the limits that are shown."""
Values = NDArray[np.float64]


@dataclass(frozen=True)
class Limits:
    """The least and the most that a figure can be; None where undefined."""

    low: float | None
    high: float | None


NO_LIMITS = Limits(None, None)


def worst_mean(values: Values, invited: int, most: float, least: float = 0.0) -> Limits:
    """A mean over all invited, should each of the silent have said the least possible, or the most.

    Takes values of those who answered, how many were invited, and what one person can say at most and at least.
    Source: Horowitz and Manski 2000, doi:10.1080/01621459.2000.10473902.
    """
    return _filled(values, invited, least, most)


def likely_mean(values: Values, invited: int) -> Limits:
    """A mean over all invited, should each of the silent lie at the 5th percentile of answers, or at the 95th."""
    if len(values) == 0:
        return NO_LIMITS
    low, high = np.quantile(values, [LOWEST, HIGHEST])
    return _filled(values, invited, float(low), float(high))


def _filled(values: Values, invited: int, low: float, high: float) -> Limits:
    everyone = max(invited, len(values))
    if everyone == 0:
        return NO_LIMITS
    silent, total = everyone - len(values), float(values.sum())
    return Limits((total + silent * low) / everyone, (total + silent * high) / everyone)


def density_limits(named: Values, people: int) -> tuple[Limits, Limits]:
    """Density between its limits: the worst case, and the silent at the 5th or 95th percentile of respondents.

    Takes how many each respondent named on a closed list of `people`, themselves among them. The worst case always
    holds the truth. The second nearly always does, but where only two or three are silent, one of them may lie beyond.
    """
    others = people - 1
    if others < 1:
        return NO_LIMITS, NO_LIMITS
    return worst_mean(named / others, people, 1.0), likely_mean(named / others, people)


def likely_change(differences: Values, roster: int, found: Change) -> Limits:
    """The mean change on the roster, should all not in the panel have changed as its 5th percentile, or its 95th.

    Takes   differences   of each person who answered both waves     roster   how many could have
            found         the change among them; the limits are widened by its interval, and never narrower
    """
    if len(differences) == 0:
        return NO_LIMITS
    share = len(differences) / max(roster, len(differences))
    quiet = np.quantile(differences, [LOWEST, HIGHEST])
    mean = float(differences.mean())
    ends = [mean if end is None else end for end in (found.absolute.low, found.absolute.high)]
    low, high = (share * end + (1 - share) * float(silent) for end, silent in zip(ends, quiet, strict=True))
    return Limits(min(low, ends[0]), max(high, ends[1]))


def worst_change(first: Values, second: Values, roster: int, most: float) -> Limits:
    """The mean change on the roster, should every answer that is missing have been the least or the most possible.

    Takes   first, second   how many each named (n); NaN in the wave that a person did not answer
            roster          how many could have answered both, of whom n answered one at least
            most            how many one person can name at most
    """
    everyone = max(roster, len(first))
    if everyone == 0:
        return NO_LIMITS
    silent = (everyone - len(first)) * most
    low = np.where(np.isnan(second), 0.0, second) - np.where(np.isnan(first), most, first)
    high = np.where(np.isnan(second), most, second) - np.where(np.isnan(first), 0.0, first)
    return Limits(float(low.sum() - silent) / everyone, float(high.sum() + silent) / everyone)
