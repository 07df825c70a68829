"""How much a count of people named changed between two waves, with intervals that a better response cannot fake."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from networks.measures.growth import CONFIDENCE, Spread, spread

HIGH_RESPONSE = 0.7
"""From this share of the roster on, an interval speaks of the roster and no longer of people like them."""
FORGOTTEN = 0.2
"""The share of contacts that a person may leave out each time, and that a corrected interval still allows for."""
Values = NDArray[np.float64]
Names = NDArray[np.str_]


@dataclass(frozen=True)
class Estimate:
    """A figure and its 95% interval; None where undefined."""

    value: float | None
    low: float | None
    high: float | None

    @property
    def excludes_zero(self) -> bool:
        """Whether the interval lies on one side of 0."""
        return self.low is not None and self.high is not None and (self.low > 0 or self.high < 0)


UNKNOWN = Estimate(None, None, None)


@dataclass(frozen=True)
class Change:
    """How a mean changed from the first wave to the second.

    people           who are in it       before, after   their means (None without people)
    absolute         after - before      relative        after/before - 1 (None where before or after is 0)
    """

    people: int
    before: float | None
    after: float | None
    absolute: Estimate
    relative: Estimate

    @property
    def clear(self) -> bool:
        """Whether the interval of the change excludes 0; that of the share may, where few named anyone before, not."""
        return self.absolute.excludes_zero


NOBODY = Change(0, None, None, UNKNOWN, UNKNOWN)


def paired_change(first: Values, second: Values, strata: Names, roster: Mapping[str, int] | None = None) -> Change:
    """The change among people who answered both waves, from each person's own difference.

    Takes   first, second   how many each person named (n), in the same order     strata   each person's site (n)
            roster          how many could have answered both, by stratum; without it the interval speaks of people
                            like these, and of no roster
    Gives   Student's intervals over differences inside strata. Resampling whole people with percentiles held the truth
            four times in five where sites are small, these 19 times in 20. That of the share is worked out on
            log(after/before) by the delta method, so that it is not centred and never below -100%. With a roster,
            what uneven answering between sites may add is part of it, and from 70% of the roster on, a finite
            population correction: not on that part of the spread that forgetting one contact in five would cause, for
            people who answered again would forget others.
    Source: Cochran 1977, Sampling Techniques, sections 5.4, 5A.12 and 6.4; the delta method for a ratio.
    """
    people = len(first)
    if people == 0:
        return NOBODY
    before, after = float(first.mean()), float(second.mean())
    value, share = after - before, _share(before, after)
    if people == 1:
        return Change(people, before, after, Estimate(value, None, None), Estimate(share, None, None))
    absolute = _around(value, *_error(second - first, strata, roster, FORGOTTEN * (before + after)))
    if share is None or after == 0:
        return Change(people, before, after, absolute, UNKNOWN)
    forgotten = FORGOTTEN * (1 / before + 1 / after)
    error = _error(second / after - first / before, strata, roster, forgotten)
    return Change(people, before, after, absolute, _share_around(share, *error))


def _share(before: float, after: float) -> float | None:
    return after / before - 1 if before > 0 else None


def _around(value: float, error: float, freedom: int) -> Estimate:
    reach = error * float(stdtrit(freedom, (1 + CONFIDENCE) / 2))
    return Estimate(value, value - reach, value + reach)


def _share_around(share: float, error: float, freedom: int) -> Estimate:
    """An interval of a share from the standard error of log(1 + share)."""
    logs = _around(float(np.log1p(share)), error, freedom)
    if logs.low is None or logs.high is None:
        return Estimate(share, None, None)
    return Estimate(share, float(np.expm1(logs.low)), float(np.expm1(logs.high)))


def _error(values: Values, strata: Names, roster: Mapping[str, int] | None, forgotten: float) -> tuple[float, int]:
    """The standard error of the mean over strata, and its degrees of freedom."""
    found = spread(values[:, None], strata)
    own = found.variances[:, 0] * found.sizes / len(values) ** 2
    if roster is None:
        return float(np.sqrt(own.sum())), found.freedom
    places = _Places.of(found, roster)
    left = places.left(float(found.sizes @ found.variances[:, 0]) / len(values), forgotten)
    return float(np.sqrt((own * left).sum() + places.uneven(found.means[:, 0]))), found.freedom


@dataclass(frozen=True)
class _Places:
    """How many answered (`taken`) of how many places on the roster (`offered`) by stratum, and all places."""

    taken: NDArray[np.int64]
    offered: NDArray[np.int64]
    total: int

    @classmethod
    def of(cls, found: Spread, roster: Mapping[str, int]) -> "_Places":
        """No stratum has more answers than places, whatever the roster says."""
        offered = np.maximum(found.sizes, [roster.get(str(name), 0) for name in found.names]).astype(np.int64)
        silent = sum(places for name, places in roster.items() if name not in set(found.names.tolist()))
        return cls(found.sizes, offered, int(offered.sum()) + silent)

    def left(self, variance: float, forgotten: float) -> Values:
        """What the finite population correction leaves of each stratum's variance: all where response is low."""
        if self.taken.sum() < HIGH_RESPONSE * self.total or variance == 0:
            return np.ones(len(self.taken))
        corrected: Values = 1 - self.taken / self.offered * (1 - min(1.0, forgotten / variance))
        return corrected

    def uneven(self, means: Values) -> float:
        """What is added because some sites answered more than their share, and sites differ."""
        shares = self.taken / self.taken.sum()
        return float((((shares - self.offered / self.total) * (means - shares @ means)) ** 2).sum())
