"""How many will have answered when a wave closes, from those who have so far and from the pace of earlier waves."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.int64]
DRAWS = 2000
CONFIDENCE = 0.90
WAVES_DIFFER = 0.2
"""Standard deviation of the logarithm of pace between one wave and another, as long as few waves are known.

A wave may thus well be a fifth faster or slower than the last: where that had 50 % of its answers by a day, this one
has 43 to 57 % in two of three cases.
"""
FEWEST_SO_FAR, EARLIEST_SHARE = 10, 0.05
"""Before so many answers, or before the day by which that share of earlier waves' answers had come, nothing is said."""


@dataclass(frozen=True)
class EarlierWave:
    """One earlier wave by site: how many had answered by the same day, and how many by its end."""

    by_day: Counts
    by_end: Counts


@dataclass(frozen=True)
class Forecast:
    """How many will have answered: the middle of what is likely, and the ends of the 90 % interval (people).

    reached   share of their final answers that earlier waves had by the same day
    """

    middle: int
    low: int
    high: int
    reached: float


def forecast(
    so_far: int, most: int, earlier: Sequence[EarlierWave], random: np.random.Generator, draws: int = DRAWS
) -> Forecast | None:
    """The final number of answers, or None while it is too early to tell or there is no earlier wave with answers.

    so_far   answers by today
    most     answers there can be: those invited who neither declined nor are unreachable, with those who answered

    Each draw takes one earlier wave, and from it sites at random with replacement (bootstrap), twice: once because
    that wave was one of those that might have been, once because this one is too. Waves differ from one another by
    WAVES_DIFFER, or by what several earlier ones show. Those who are still to come are then negative binomial: every
    answerer had the drawn chance of having answered by today.
    """
    known = [wave for wave in earlier if wave.by_end.sum() > 0]
    if not known or so_far < FEWEST_SO_FAR:
        return None
    shares = [wave.by_day.sum() / wave.by_end.sum() for wave in known]
    reached = float(np.mean(shares))
    if reached < EARLIEST_SHARE:
        return None
    likely = _shares(known, random, draws)
    final = np.minimum(so_far + random.negative_binomial(so_far + 0.5, likely), max(most, so_far))
    tail = (1 - CONFIDENCE) / 2
    low, middle, high = np.quantile(final, [tail, 0.5, 1 - tail])
    return Forecast(round(middle), int(np.floor(low)), int(np.ceil(high)), reached)


def _shares(known: Sequence[EarlierWave], random: np.random.Generator, draws: int) -> NDArray[np.float64]:
    """Draws of the share of the final answers that this wave has by today."""
    each = [_resampled(wave, random, draws) for wave in known]
    chosen = random.integers(len(known), size=draws)
    base = np.choose(chosen, [first for first, _again in each])
    again = np.choose(chosen, [second for _first, second in each])
    middle = _paces(known)[chosen]
    return np.clip(_reached(base + again - middle + random.normal(0, _between(known), draws)), 1e-3, 1.0)


def _resampled(
    wave: EarlierWave, random: np.random.Generator, draws: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The pace, of two independent sets of sites drawn from the wave's own."""
    sites = len(wave.by_end)
    drawn = random.multinomial(sites, np.full(sites, 1 / sites), size=2 * draws)
    paces = _pace(_share(drawn @ wave.by_day, drawn @ wave.by_end))
    return paces[:draws], paces[draws:]


def _pace(share: NDArray[np.float64]) -> NDArray[np.float64]:
    """The logarithm of pace that a share reached speaks of: twice as fast is log 2 more, early and late in a wave."""
    paces: NDArray[np.float64] = np.log(-np.log1p(-share))
    return paces


def _reached(pace: NDArray[np.float64]) -> NDArray[np.float64]:
    """The share reached at a pace; the reverse of `_pace`."""
    shares: NDArray[np.float64] = -np.expm1(-np.exp(pace))
    return shares


def _share(by_day: Counts, by_end: Counts) -> NDArray[np.float64]:
    """The share reached, kept off 0 and 1 by half an answer."""
    shares: NDArray[np.float64] = (by_day + 0.5) / (by_end + 1.0)
    return shares


def _paces(known: Sequence[EarlierWave]) -> NDArray[np.float64]:
    """The pace of each wave as it was."""
    by_day, by_end = (np.array([getattr(wave, part).sum() for wave in known]) for part in ("by_day", "by_end"))
    return _pace(_share(by_day, by_end))


def _between(known: Sequence[EarlierWave]) -> float:
    """How much waves differ: what is assumed, weighed as two further waves against what the known ones show."""
    if len(known) < 3:
        return WAVES_DIFFER
    shown = np.var(_paces(known), ddof=1)
    free = len(known) - 1
    return float(np.sqrt((2 * WAVES_DIFFER**2 + free * shown) / (2 + free)))
