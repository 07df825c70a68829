"""How many will have answered when a wave closes, from those who have so far and from the pace of earlier waves."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.int64]
DRAWS = 1000
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
    """One earlier wave by site: how many had answered by the same day, how many by its end, and of how many invited."""

    by_day: Counts
    by_end: Counts
    invited: Counts

    @property
    def rate(self) -> float:
        """The share of those invited who had answered in the end."""
        return float(self.by_end.sum() / self.invited.sum())


@dataclass(frozen=True)
class Forecast:
    """How many will have answered: the middle of what is likely, and the ends of the 90 % interval (people).

    reached   share of their final answers that earlier waves had by the same day
    """

    middle: int
    low: int
    high: int
    reached: float


@dataclass(frozen=True)
class SoFar:
    """A wave as it stands: answers by today, people invited, and answers there can be in the end.

    most     those invited who neither declined nor are unreachable, with those who answered
    """

    finished: int
    invited: int
    most: int


def forecast(
    now: SoFar, earlier: Sequence[EarlierWave], random: np.random.Generator, draws: int = DRAWS
) -> Forecast | None:
    """The final number of answers, or None while it is too early to tell or there is no earlier wave with answers.

    Each draw takes one earlier wave and weighs its sites at random (Bayesian bootstrap), twice: once because that wave
    was one of those that might have been, once because this one is too. Waves differ from one another by
    WAVES_DIFFER, or by what several earlier ones show. Half of the draws take the share of the final answers that had
    come by today to be that of earlier waves; the other half go by those who were silent by today (see `_by_silent`).
    A wave ahead of earlier ones ends higher by the first than by the second, and nobody knows which holds.
    """
    known = [wave for wave in earlier if wave.by_end.sum() > 0]
    if not known or now.finished < FEWEST_SO_FAR:
        return None
    shares = [wave.by_day.sum() / wave.by_end.sum() for wave in known]
    reached = float(np.mean(shares))
    if reached < EARLIEST_SHARE:
        return None
    chosen = random.integers(len(known), size=draws)
    likely, half = _shares(known, chosen, random), draws // 2
    rates = np.array([wave.rate for wave in known])[chosen]
    more = [_by_share(now, likely[:half], random), _by_silent(now, likely[half:], rates[half:], random)]
    final = now.finished + np.minimum(np.concatenate(more), max(now.most - now.finished, 0))
    tail = (1 - CONFIDENCE) / 2
    low, middle, high = np.quantile(final, [tail, 0.5, 1 - tail])
    return Forecast(round(middle), int(np.floor(low)), int(np.ceil(high)), reached)


def _by_share(now: SoFar, reached: NDArray[np.float64], random: np.random.Generator) -> Counts:
    """Answers still to come when everyone who will have answered had the chance `reached` to do so by today."""
    return random.negative_binomial(now.finished + 0.5, reached)


def _by_silent(
    now: SoFar, reached: NDArray[np.float64], rate: NDArray[np.float64], random: np.random.Generator
) -> Counts:
    """Answers still to come when the silent answer as often as those of earlier waves, or more often where more have.

    An earlier wave ended with `rate`, of which `reached` had come by today. The hazard of answering from today on is
    that wave's, times the ratio of the two waves' hazards up to today to a power drawn from 0 (no difference) to 1.
    """
    before = np.clip(reached * rate, 1e-6, 1 - 1e-6)
    later = np.log1p(-before) - np.log1p(-np.clip(rate, before, 1 - 1e-6))
    ratio = np.log1p(-min(now.finished / now.invited, 1 - 1e-6)) / np.log1p(-before)
    chance = -np.expm1(-later * ratio ** random.random(len(reached)))
    more: Counts = random.binomial(max(now.most - now.finished, 0), chance)
    return more


def _shares(known: Sequence[EarlierWave], chosen: Counts, random: np.random.Generator) -> NDArray[np.float64]:
    """Draws of the share of the final answers that had come by today, for the earlier wave chosen by each draw."""
    draws = len(chosen)
    each = [_resampled(wave, random, draws) for wave in known]
    base, again = (np.array(series)[chosen, np.arange(draws)] for series in zip(*each, strict=True))
    paces = base + again - _paces(known)[chosen] + random.normal(0, _between(known), draws)
    return np.clip(_reached(paces), 1e-3, 1.0)


def _resampled(
    wave: EarlierWave, random: np.random.Generator, draws: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The paces of the wave with its sites weighed at random, in two independent series."""
    sites = len(wave.by_end)
    drawn = random.standard_exponential((2 * draws, sites), dtype=np.float32)
    weights = drawn * (sites / drawn.sum(axis=1, keepdims=True))
    paces = _pace(_share(*(weights.astype(np.float64) @ counts for counts in (wave.by_day, wave.by_end))))
    return paces[:draws], paces[draws:]


def _pace(share: NDArray[np.float64]) -> NDArray[np.float64]:
    """The logarithm of pace that a share reached speaks of: twice as fast is log 2 more, early and late in a wave."""
    paces: NDArray[np.float64] = np.log(-np.log1p(-share))
    return paces


def _reached(pace: NDArray[np.float64]) -> NDArray[np.float64]:
    """The share reached at a pace; the reverse of `_pace`."""
    shares: NDArray[np.float64] = -np.expm1(-np.exp(pace))
    return shares


def _share(by_day: NDArray[Any], by_end: NDArray[Any]) -> NDArray[np.float64]:
    """The share reached, kept off 0 and 1 by half an answer."""
    shares: NDArray[np.float64] = np.asarray((by_day + 0.5) / (by_end + 1.0), dtype=np.float64)
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
