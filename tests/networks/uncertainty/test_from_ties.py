"""From ties to what is said of growth, in made-up studies whose truth is known."""

import pytest

from networks.release import Filters, change, decomposition
from tests.networks.uncertainty.networks import study

INFORMAL = Filters(formality="informal")


@pytest.mark.parametrize("seed", range(3))
def test_a_network_that_never_changes_shows_more_answers_and_no_growth(seed: int) -> None:
    whole = study(seed)
    (row,) = change(whole, INFORMAL).iter_rows(named=True)
    found = decomposition(whole, INFORMAL, 1, 2)
    assert found.after > 1.4 * found.before
    assert found.answered_more > 4 * abs(found.named_more)
    assert row["low"] < 0 < row["high"]
    assert row["share_low"] < 0 < row["share_high"]
    assert not row["clear"]
    assert row["worst_low"] < row["likely_low"] < 0 < row["likely_high"] < row["worst_high"]


def test_what_is_forgotten_looks_like_ties_that_end_and_begin() -> None:
    """One contact in seven is left out each time, so about that share of a network that stays the same turns over."""
    found = decomposition(study(1, sites=12), INFORMAL, 1, 2)
    assert found.dissolved / (found.kept + found.dissolved) == pytest.approx(0.15, abs=0.05)
    assert found.formed / (found.kept + found.formed) == pytest.approx(0.15, abs=0.05)


def test_growth_of_a_fifth_is_found_among_the_same_people() -> None:
    whole = study(4, growth=0.2, sites=20)
    (row,) = change(whole, INFORMAL).iter_rows(named=True)
    found = decomposition(whole, INFORMAL, 1, 2)
    assert row["share_low"] < 0.2 < row["share_high"]
    assert row["clear"]
    assert found.after > 1.8 * found.before
    assert found.named_more > 0
