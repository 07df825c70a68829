"""Contacts a year, formal and informal, and what is returned, worked by hand."""

from collections.abc import Callable

import numpy as np
import polars as pl
import pytest
from scipy import sparse

from networks.measures.contacts import formality_shares, pairs, returned_contacts, totals, weighted_reciprocity

Maker = Callable[..., pl.DataFrame]


def test_a_pair_is_as_busy_as_its_busiest_topic(make_ties: Maker) -> None:
    ties = pl.concat(
        [make_ties("a1 > b1"), make_ties("a1 > b1", topic="data", contacts_per_year=48.0, formality="informal")]
    )
    assert pairs(ties).select("topics", "contacts_per_year", "formality").rows() == [(2, 48.0, "both")]


def test_contacts_are_added_up_over_pairs_and_who_was_not_asked_adds_nothing(make_ties: Maker) -> None:
    ties = pl.concat([make_ties("a1 > b1", "a1 > b2"), make_ties("a1 > b3", contacts_per_year=None)])
    assert totals(ties).rows() == [(1, 3, 2, 24.0)]
    assert totals(make_ties("a1 > b1", contacts_per_year=None)).rows() == [(1, 1, 0, None)]


def test_naming_oneself_is_no_contact(make_ties: Maker) -> None:
    assert totals(make_ties("a1 > a1")).is_empty()


def test_shares_of_ties_and_of_contacts_differ(make_ties: Maker) -> None:
    ties = pl.concat(
        [
            make_ties("a1 > b1", "a1 > b2", contacts_per_year=12.0),
            make_ties("a1 > b3", contacts_per_year=48.0, formality="informal"),
            make_ties("a1 > b4", formality=None),
        ]
    )
    found = formality_shares(ties).select("formality", "ties", "share_of_ties", "share_of_contacts").rows()
    assert found == [
        ("formal", 2, pytest.approx(2 / 3), pytest.approx(1 / 3)),
        ("informal", 1, pytest.approx(1 / 3), pytest.approx(2 / 3)),
        ("both", 0, 0.0, 0.0),
    ]


def test_shares_by_mechanism_are_of_that_mechanism_and_ties_of_none_are_kept(make_ties: Maker) -> None:
    ties = pl.concat(
        [
            make_ties("a1 > b1", mechanism="visit"),
            make_ties("a1 > b2", mechanism="visit", formality="informal"),
            make_ties("a1 > b3", formality="both", contacts_per_year=None),
        ]
    )
    found = formality_shares(ties, "mechanism").filter(pl.col("ties") > 0)
    assert found.select("mechanism", "formality", "share_of_ties", "share_of_contacts").rows() == [
        (None, "both", 1.0, None),
        ("visit", "formal", 0.5, 0.5),
        ("visit", "informal", 0.5, 0.5),
    ]


def test_what_comes_back_is_at_most_what_was_given() -> None:
    """0 -> 1 five, 1 -> 0 two, 0 -> 2 three: 2 + 2 of 10 are returned."""
    weights = sparse.csr_array(np.array([[0, 5, 3], [2, 0, 0], [0, 0, 0]], dtype=float))
    assert weighted_reciprocity(weights) == pytest.approx(0.4)
    assert weighted_reciprocity(sparse.csr_array((2, 2), dtype=float)) is None


def test_contact_with_those_who_did_not_answer_is_neither_returned_nor_not(make_ties: Maker) -> None:
    ties = pl.concat([make_ties("a1 > b1", contacts_per_year=48.0), make_ties("b1 > a1", "a1 > c1")])
    people = pl.DataFrame({"wave": [1, 1], "person": ["a1", "b1"]}, schema={"wave": pl.Int32, "person": pl.String})
    assert returned_contacts(ties, people).rows() == [(1, pytest.approx(24 / 60))]
