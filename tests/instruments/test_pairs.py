"""Pairs: each asked once, in the steps of its mode, and what was said of each."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instruments.pairs import is_tie, pairs_of, said_of_pairs, sampled
from instruments.responses import Missing, Responses
from instruments.route import Step, steps
from instruments.schema import AlterTiesPage
from instruments.ties import BoundPair, bind_pairs

from .interviews import interview, sample


def page(name: str) -> AlterTiesPage:
    found = sample(name).page("knows_whom")
    assert isinstance(found, AlterTiesPage)
    return found


def route(name: str, said: Responses) -> list[str]:
    return [step.key for step in steps(sample(name), said) if step.page == "knows_whom"]


@pytest.mark.parametrize(
    ("name", "named", "keys"),
    [
        ("one_to_many", 3, ["knows_whom/1", "knows_whom/2"]),
        ("pairs", 3, ["knows_whom/1/2", "knows_whom/1/3", "knows_whom/2/3"]),
        ("strength", 2, ["knows_whom/1/2"]),
        ("sociogram", 3, ["knows_whom"]),
        *((name, 1, []) for name in ("one_to_many", "pairs", "strength", "sociogram")),
    ],
)
def test_each_mode_has_its_steps_and_one_person_has_none(name: str, named: int, keys: list[str]) -> None:
    assert route(name, interview(named)) == keys


@given(st.integers(2, 9), st.integers(0, 2**31 - 1))
def test_a_sample_holds_so_many_and_each_pair_once(named: int, seed: int) -> None:
    said = interview(named, seed=seed)
    chosen = [alter.number for alter in sampled(page("one_to_many"), said)]
    assert len(chosen) == min(named, 4) and set(chosen) <= set(range(1, named + 1))
    pairs = [(low.number, high.number) for low, high in pairs_of(page("one_to_many"), said)]
    assert sorted(pairs) == sorted(combinations(sorted(chosen), 2))


def test_everyone_may_be_drawn() -> None:
    drawn = {a.number for seed in range(60) for a in sampled(page("one_to_many"), interview(9, seed=seed))}
    assert drawn == set(range(1, 10))


def test_none_of_the_rest_ends_the_page_and_answers_no_for_all_pairs_left() -> None:
    """Ann knows Tom; of the others none know each other: one answer for (2,3), (2,4) and (3,4)."""
    knows = {("knows_whom", 1, None, 2): True, ("knows_whom", 1, None, 3): False, ("knows_whom", 1, None, 4): False}
    open_to_all = interview(4, knows)
    assert route("one_to_many", open_to_all) == ["knows_whom/1", "knows_whom/2", "knows_whom/3"]
    told = dict(said_of_pairs(page("one_to_many"), open_to_all))
    assert [told[pair] for pair in pairs_of(page("one_to_many"), open_to_all)] == [True, False, False, None, None, None]
    none_left = interview(4, knows | {("knows_whom", 2): True})
    assert route("one_to_many", none_left) == ["knows_whom/1", "knows_whom/2"]
    assert [value for _, value in said_of_pairs(page("one_to_many"), none_left)] == [True] + [False] * 5


def test_taking_back_none_of_the_rest_asks_on() -> None:
    said = interview(4, {("knows_whom", 1): True})
    assert route("one_to_many", said) == ["knows_whom/1"]
    assert len(route("one_to_many", interview(4))) == 3


def test_only_pairs_with_a_tie_are_bound() -> None:
    """Three people: 1 and 3 know each other well, 2 and 3 do not, of 1 and 2 nothing is known."""
    said = interview(3, {("knows_whom", 1, None, 3): "well", ("knows_whom", 2, None, 3): "none"})
    assert bind_pairs(sample("strength"), said) == (BoundPair("knows", 1, 3, "well"),)
    ticked = interview(3, {("knows_whom", 1, None, 3): True, ("knows_whom", 2, None, 3): False})
    assert bind_pairs(sample("sociogram"), ticked) == (BoundPair("knows", 1, 3, None),)


def test_pairs_with_someone_removed_are_not_bound() -> None:
    said = interview(2, {("knows_whom", 1, None, 2): True, ("knows_whom", 1, None, 3): True})
    assert bind_pairs(sample("sociogram"), said) == (BoundPair("knows", 1, 2, None),)


def test_a_reason_for_no_answer_is_no_tie() -> None:
    assert not any(is_tie(value) for value in (None, False, "none", Missing.DONT_KNOW, Missing.PREFER_NOT))
    assert is_tie(True) and is_tie("a_little")


def test_a_pair_has_a_step_of_its_own() -> None:
    assert Step("knows_whom", 1, 2).key == "knows_whom/1/2"
    assert Step("knows_whom", 1, 2) in steps(sample("pairs"), interview(3))
