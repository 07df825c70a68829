"""Which measures wait for more answers, in words."""

import pytest

from networks.uncertainty.gates import THRESHOLDS, UnknownMeasure, gate


def test_brokers_wait_for_seventy_in_a_hundred() -> None:
    assert gate("brokers", 62, 140) == "62 of 140 answered: brokers are not shown below 70%."
    assert gate("brokers", 97, 140) is not None
    assert gate("brokers", 98, 140) is None


def test_a_share_exactly_at_the_threshold_is_enough() -> None:
    assert [gate("popularity", finished, 10) is None for finished in (2, 3)] == [False, True]


def test_nobody_invited_shows_nothing() -> None:
    assert gate("density", 0, 0) == "0 of 0 answered: density is not shown below 50%."


def test_a_measure_without_a_threshold_is_refused_with_those_that_have_one() -> None:
    with pytest.raises(UnknownMeasure, match="popularity, density"):
        gate("beauty", 1, 1)


@pytest.mark.parametrize("measure", THRESHOLDS)
def test_every_threshold_says_why_and_reads_as_a_sentence(measure: str) -> None:
    assert THRESHOLDS[measure].why
    assert gate(measure, 0, 1200).startswith("0 of 1,200 answered: ")
    assert gate(measure, 1200, 1200) is None
