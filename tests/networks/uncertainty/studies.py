"""Made-up studies of which the truth is known: who goes to how many others, who answers, and what they forget."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from networks.uncertainty.bounds import likely_change
from networks.uncertainty.intervals import Change, paired_change


@dataclass(frozen=True)
class Plan:
    """How a study is made up.

    sites, people       how many sites, of how few and how many people
    response            the share that answers each wave
    growth              the share by which contacts grow (each contact brings another with this probability)
    forgotten           the share of contacts that is left out, anew in each wave
    eager               how much more likely growers are to answer, in standard deviations
    uneven              how far sites differ in answering, in standard deviations of people
    """

    sites: int = 48
    people: tuple[int, int] = (20, 50)
    response: tuple[float, float] = (0.45, 0.75)
    growth: float = 0.0
    forgotten: float = 0.15
    eager: float = 0.0
    uneven: float = 0.3


SMALL = {"sites": 6, "people": (12, 12)}


@dataclass(frozen=True)
class Study:
    """What was answered, and the truth: counts per person (n), NaN where they did not answer."""

    first: NDArray[np.float64]
    second: NDArray[np.float64]
    site: NDArray[np.str_]
    roster: dict[str, int]
    change: float
    share: float

    @property
    def panel(self) -> NDArray[np.bool_]:
        return ~np.isnan(self.first + self.second)

    @cached_property
    def paired(self) -> Change:
        kept = self.panel
        return paired_change(self.first[kept], self.second[kept], self.site[kept], self.roster)

    @property
    def raw_growth(self) -> float:
        """What counting all reported ties would say."""
        return float(np.nansum(self.second) / np.nansum(self.first) - 1)

    def held_by_limits(self) -> bool:
        kept = self.panel
        limits = likely_change((self.second - self.first)[kept], len(self.first), self.paired)
        return limits.low is not None and limits.high is not None and limits.low <= self.change <= limits.high


def study(plan: Plan, random: np.random.Generator) -> Study:
    sizes = random.integers(plan.people[0], plan.people[1] + 1, plan.sites)
    place = np.repeat(np.arange(plan.sites), sizes)
    busy = 5 * np.exp(random.normal(0, 0.4, plan.sites))[place] * random.gamma(3, 1 / 3, len(place))
    before = random.poisson(busy)
    added = random.binomial(before, plan.growth)
    told = [random.binomial(ties, 1 - plan.forgotten).astype(float) for ties in (before, before + added)]
    for counts, rate, urge in zip(told, plan.response, _urges(plan, place, added, random), strict=True):
        counts[urge < np.quantile(urge, 1 - rate)] = np.nan
    site = place.astype(np.str_)
    roster = {str(at): int(size) for at, size in enumerate(sizes)}
    return Study(*told, site, roster, float(added.mean()), float(added.sum() / before.sum()))


def _urges(
    plan: Plan, place: NDArray[np.int64], added: NDArray[np.int64], random: np.random.Generator
) -> list[NDArray[np.float64]]:
    """How much each person wants to answer, wave by wave: who answers once is likelier to answer again."""
    kept = random.normal(0, 1, len(place)) + random.normal(0, plan.uneven, plan.sites)[place]
    if plan.eager:
        kept = kept + plan.eager * (added - added.mean()) / added.std()
    return [kept + random.normal(0, 1, len(place)) for _wave in plan.response]
