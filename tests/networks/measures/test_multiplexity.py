"""Ties of several kinds between the same people, worked by hand."""

from collections.abc import Callable

import polars as pl
import pytest

from networks.measures.multiplexity import overlap, topic_overlap, topics_per_pair
from tests.networks.measures.test_panels import net

Maker = Callable[..., pl.DataFrame]


def test_three_layers_two_by_two_and_all_together() -> None:
    """advice 0>1 1>2 2>0, friends 0>1 1>2, reports 0>1 2>1."""
    layers = {
        "advice": net(3, [(0, 1), (1, 2), (2, 0)]),
        "friends": net(3, [(0, 1), (1, 2)]),
        "reports": net(3, [(0, 1), (2, 1)]),
    }
    found = overlap(layers)
    assert found.both == {"advice&friends": 2, "advice&reports": 1, "friends&reports": 1}
    assert found.jaccard == {"advice&friends": 2 / 3, "advice&reports": 1 / 4, "friends&reports": 1 / 3}
    assert (found.every, found.by_count, found.ties["advice"]) == (1, [2, 1, 1], 3)
    assert overlap(layers, directed=False).both == {"advice&friends": 2, "advice&reports": 2, "friends&reports": 2}


def test_two_layers_without_ties_share_nothing_and_have_no_jaccard() -> None:
    found = overlap({"a": net(2, []), "b": net(2, [])})
    assert (found.both, found.jaccard, found.every, found.by_count) == ({"a&b": 0}, {"a&b": None}, 0, [0, 0])


def test_layers_over_different_people_are_not_compared() -> None:
    with pytest.raises(ValueError, match="same nodes"):
        overlap({"a": net(2, []), "b": net(3, [])})


def test_topics_of_a_pair_are_counted_and_those_of_no_topic_stand_at_0(make_ties: Maker) -> None:
    ties = pl.concat(
        [make_ties("a1 > b1", "a1 > b2"), make_ties("a1 > b1", topic="data"), make_ties("a1 > b3", topic=None)]
    )
    assert topics_per_pair(ties).rows() == [(1, 0, 1), (1, 1, 1), (1, 2, 1)]


def test_topics_share_pairs_or_do_not(make_ties: Maker) -> None:
    ties = pl.concat(
        [
            make_ties("a1 > b1", "a1 > b2"),
            make_ties("a1 > b1", "b1 > a1", topic="data"),
            make_ties("a2 > b2", topic="ward"),
            make_ties("a2 > b9", topic=None),
        ]
    )
    assert topic_overlap(ties).rows() == [
        (1, "data", "epr", 1, pytest.approx(1 / 3)),
        (1, "data", "ward", 0, 0.0),
        (1, "epr", "ward", 0, 0.0),
    ]
