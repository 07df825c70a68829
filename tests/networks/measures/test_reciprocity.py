"""Returned namings, among people who could have returned them."""

import numpy as np
import polars as pl
import pytest

from networks.measures.reciprocity import confirmed_reciprocity, with_returned


def arcs(*pairs: str) -> pl.DataFrame:
    return pl.DataFrame([(1, *pair.split(">")) for pair in pairs], schema=["wave", "ego", "alter"], orient="row")


def answered(*people: str) -> pl.DataFrame:
    return pl.DataFrame({"wave": [1] * len(people), "person": list(people)})


def test_a_naming_is_returned_when_the_other_names_back() -> None:
    assert with_returned(arcs("a>b", "b>a", "a>c"))["returned"].to_list() == [True, True, False]


def test_a_naming_on_another_topic_does_not_return_it() -> None:
    frame = arcs("a>b", "b>a").with_columns(topic=pl.Series(["x", "y"]))
    assert with_returned(frame, ["topic"])["returned"].to_list() == [False, False]


def test_silence_is_missing_and_not_a_refusal() -> None:
    """a <=> b, a -> c, and c never answered."""
    assert confirmed_reciprocity(arcs("a>b", "b>a", "a>c"), answered("a", "b")) == 1.0
    assert confirmed_reciprocity(arcs("a>b", "b>a", "a>c"), answered("a", "b", "c")) == pytest.approx(2 / 3)


def test_nobody_could_return_anything() -> None:
    assert confirmed_reciprocity(arcs("a>c"), answered("a")) is None


def test_half_the_response_leaves_reciprocity_where_it_is() -> None:
    """60 people of whom 30 answer; all reports would show about half of the true figure."""
    random = np.random.default_rng(3)
    upper = np.triu(random.random((60, 60)) < 0.2, 1)
    matrix = upper | (upper.T & (random.random((60, 60)) < 0.6))
    pairs = [f"{ego}>{alter}" for ego, alter in np.argwhere(matrix)]
    everyone = [str(person) for person in range(60)]
    truth = confirmed_reciprocity(arcs(*pairs), answered(*everyone))
    half = random.permutation(60)[:30].astype(str).tolist()
    seen = arcs(*[pair for pair in pairs if pair.split(">")[0] in half])
    assert truth is not None
    assert confirmed_reciprocity(seen, answered(*half)) == pytest.approx(truth, abs=0.1)
    assert with_returned(seen)["returned"].mean() < truth * 0.7
