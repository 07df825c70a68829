"""Two hundred made-up studies of each kind: what is said of growth holds the truth as often as it claims."""

from collections.abc import Callable, Sequence

import numpy as np
import pytest

from tests.networks.uncertainty.studies import SMALL, Plan, Study, study

RUNS = 200
ENOUGH = 0.93


def studies(plan: Plan, seed: int) -> Sequence[Study]:
    random = np.random.default_rng(seed)
    return [study(plan, random) for _ in range(RUNS)]


def share(found: Sequence[Study], holds: Callable[[Study], bool]) -> float:
    return sum(map(holds, found)) / len(found)


def holds_change(one: Study) -> bool:
    """Whether the interval holds the change of what people name: what they always leave out cannot be seen."""
    found = one.paired.absolute
    return found.low <= one.change * 0.85 <= found.high


def holds_share(one: Study) -> bool:
    found = one.paired.relative
    return found.low <= one.share <= found.high


@pytest.mark.parametrize("size", [{}, SMALL], ids=["48 sites", "6 sites"])
@pytest.mark.parametrize("seed", [1, 2])
def test_a_better_response_is_no_growth(size: dict[str, int], seed: int) -> None:
    """Nothing changes, response goes from 45% to 75%: all ties rise by two thirds, the interval holds 0."""
    found = studies(Plan(**size), seed)
    assert np.mean([one.raw_growth for one in found]) == pytest.approx(0.68, abs=0.08)
    assert share(found, holds_change) >= ENOUGH
    assert share(found, holds_share) >= ENOUGH
    assert share(found, lambda one: one.paired.clear) <= 1 - ENOUGH


@pytest.mark.parametrize("size", [{}, SMALL], ids=["48 sites", "6 sites"])
@pytest.mark.parametrize("seed", [1, 2])
def test_a_growth_of_a_fifth_is_seen_as_one(size: dict[str, int], seed: int) -> None:
    found = studies(Plan(growth=0.2, response=(0.6, 0.75), **size), seed)
    assert share(found, holds_change) >= ENOUGH
    assert share(found, holds_share) >= ENOUGH
    assert np.mean([one.paired.relative.value for one in found]) == pytest.approx(0.2, abs=0.02)


@pytest.mark.parametrize("size", [{}, SMALL], ids=["48 sites", "6 sites"])
def test_where_nearly_all_answer_the_corrected_interval_still_allows_for_what_is_forgotten(
    size: dict[str, int],
) -> None:
    for growth in (0.0, 0.2):
        found = studies(Plan(growth=growth, response=(0.9, 0.95), **size), 3)
        assert share(found, holds_change) >= ENOUGH
        assert share(found, Study.held_by_limits) >= ENOUGH


@pytest.mark.parametrize("size", [{}, SMALL], ids=["48 sites", "6 sites"])
def test_where_growers_answer_more_the_limits_hold_the_truth_though_the_interval_does_not(size: dict[str, int]) -> None:
    found = studies(Plan(growth=0.2, response=(0.6, 0.75), eager=0.7, **size), 4)
    assert share(found, Study.held_by_limits) >= ENOUGH
    assert np.mean([one.paired.relative.value for one in found]) > 0.225


def test_sites_that_answer_unevenly_do_not_make_the_interval_too_narrow() -> None:
    found = studies(Plan(growth=0.2, uneven=2.0), 5)
    assert share(found, holds_change) >= ENOUGH
