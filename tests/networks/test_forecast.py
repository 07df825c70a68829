"""A forecast of answers: what it says where all is known, when it says nothing, and how often it is right."""

import numpy as np
import pytest
from numpy.typing import NDArray

from networks.forecast import EarlierWave, SoFar, forecast


def wave(by_day: list[int], by_end: list[int], invited: int = 400) -> EarlierWave:
    return EarlierWave(np.array(by_day), np.array(by_end), np.full(len(by_end), invited))


def so_far(finished: int, invited: int = 6000, most: int | None = None) -> SoFar:
    return SoFar(finished, invited, invited if most is None else most)


def seeded(seed: int = 1) -> np.random.Generator:
    return np.random.default_rng(seed)


def test_half_of_the_answers_by_today_means_twice_as_many_in_the_end() -> None:
    """Two earlier waves had 200 of 400 by today; this one has 300, so 600 in the end, give or take."""
    earlier = [wave([20] * 10, [40] * 10)] * 2
    found = forecast(so_far(300), earlier, seeded())
    assert found is not None
    assert found.middle == pytest.approx(600, rel=0.03)
    assert found.low < 550 < 670 < found.high
    assert found.reached == 0.5


def test_nobody_is_expected_once_earlier_waves_had_all_their_answers() -> None:
    found = forecast(so_far(300), [wave([400] * 10, [400] * 10, 800)], seeded())
    assert found is not None
    assert (found.low, found.middle) == (300, pytest.approx(301, abs=1)) and found.high < 310


def test_no_more_answer_than_can() -> None:
    found = forecast(so_far(300, most=350), [wave([20] * 10, [40] * 10)], seeded())
    assert found is not None
    assert found.middle < found.high == 350


@pytest.mark.parametrize(
    ("finished", "earlier"),
    [(100, []), (100, [wave([0, 0], [0, 0])]), (9, [wave([5], [10])]), (100, [wave([1, 1], [100, 100])])],
)
def test_too_early_or_without_an_earlier_wave_nothing_is_said(finished: int, earlier: list[EarlierWave]) -> None:
    assert forecast(so_far(finished, 1000), earlier, seeded()) is None


def test_sites_that_differ_in_pace_make_the_interval_wider() -> None:
    alike = forecast(so_far(300), [wave([20] * 10, [40] * 10)], seeded())
    apart = forecast(so_far(300), [wave([2] * 5 + [38] * 5, [40] * 10)], seeded())
    assert alike is not None and apart is not None
    assert apart.high - apart.low > 1.3 * (alike.high - alike.low)


def test_a_wave_far_ahead_of_the_last_may_be_faster_or_fuller() -> None:
    """Half of 55% had come by today last time; now 66% have. All of them would be too many, 10 points more too few."""
    found = forecast(so_far(660, 1000), [wave([11] * 10, [22] * 10, 40)], seeded())
    assert found is not None
    assert found.low < 820 < found.middle < 980 < found.high


def answers(
    random: np.random.Generator, pace: NDArray[np.float64], rate: float, differ: float
) -> list[NDArray[np.float64]]:
    """Days on which people of each site answer in one wave: many at once, then fewer, more after each reminder."""
    own = pace * np.exp(random.normal(0, differ))
    days: list[NDArray[np.float64]] = []
    for quick in own:
        told = random.binomial(40, np.clip(rate + random.normal(0, 0.1), 0.05, 0.95))
        reminded = random.choice([0, 7, 14], size=told, p=[0.55, 0.3, 0.15])
        days.append(np.minimum(reminded + random.exponential(quick, told), 28))
    return days


@pytest.mark.parametrize("day", [4, 10, 18])
@pytest.mark.parametrize("waves", [1, 3])
def test_nine_in_ten_intervals_hold_what_came(day: int, waves: int) -> None:
    """200 studies of 30 sites of 40 people, whose sites and waves differ in pace, and whose waves differ in rate."""
    random, right, studies = seeded(day + waves), 0, 200
    for _ in range(studies):
        pace = np.exp(random.normal(1.4, 0.4, 30))
        told = [answers(random, pace, random.uniform(0.4, 0.75), 0.15) for _ in range(waves + 1)]
        counts = [wave([(site <= day).sum() for site in one], [len(site) for site in one], 40) for one in told]
        *earlier, now = counts
        found = forecast(so_far(int(now.by_day.sum()), 1200), earlier, random, draws=400)
        assert found is not None
        right += found.low <= now.by_end.sum() <= found.high
    assert right / studies >= 0.9
