"""Drawn nodes keep their places from wave to wave."""

import math

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from networks.arranging import RING, arrange
from networks.graphs import Network, network

Pairs = list[tuple[str, str]]


def wave(people: str, *pairs: str) -> Network:
    """A network of people with one letter each, from "ab": a names b."""
    schema = {"source": pl.String, "target": pl.String}
    edges = pl.DataFrame([tuple(pair) for pair in pairs], schema=schema, orient="row")
    return network(pl.DataFrame({"id": list(people)}, schema={"id": pl.String}), edges)


def places(frame: pl.DataFrame, number: int) -> dict[str, tuple[float, float]]:
    rows = frame.filter(pl.col("wave") == number).select("id", "x", "y").iter_rows()
    return {one: (x, y) for one, x, y in rows}


def test_everyone_keeps_their_place_even_after_a_wave_away() -> None:
    found = arrange([wave("abcd", "ab", "bc", "cd"), wave("abd", "ad"), wave("abcde", "ae", "cb")])
    first, second, third = (places(found, number) for number in (1, 2, 3))
    assert second == {one: first[one] for one in "abd"}
    assert {one: third[one] for one in "abcd"} == first


def test_a_newcomer_stands_between_those_they_are_tied_to() -> None:
    first = wave("abcdefgh", "ab", "bc", "cd", "de", "ef", "fg", "gh", "ha")
    found = places(arrange([first, wave("abcdefghz", "za", "zb")]), 2)
    middle = (found["a"][0] + found["b"][0]) / 2, (found["a"][1] + found["b"][1]) / 2
    assert math.dist(found["z"], middle) < math.dist(found["z"], found["e"])
    assert math.dist(found["z"], middle) < 0.4


def test_a_newcomer_tied_to_another_newcomer_stands_beside_that_one() -> None:
    """y is tied to a, z only to y."""
    first = wave("abcdefgh", "ab", "bc", "cd", "de", "ef", "fg", "gh", "ha")
    found = places(arrange([first, wave("abcdefghyz", "ya", "zy")]), 2)
    assert math.dist(found["z"], found["y"]) < 0.5 < math.dist(found["z"], found["e"])


def test_a_newcomer_tied_to_nobody_stands_outside() -> None:
    found = places(arrange([wave("ab", "ab"), wave("abz", "ab")]), 2)
    assert math.hypot(*found["z"]) == pytest.approx(RING)


def test_the_first_wave_fills_a_disc_and_neighbours_are_near() -> None:
    found = places(arrange([wave("abcdef", "ab", "bc", "cd", "de", "ef")]), 1)
    assert max(math.hypot(*one) for one in found.values()) == pytest.approx(1)
    assert math.dist(found["a"], found["b"]) < math.dist(found["a"], found["f"])


@pytest.mark.parametrize("people", ["", "a", "ab"])
def test_few_people_have_places_too(people: str) -> None:
    found = arrange([wave(people), wave(people + "z")])
    assert found.height == 2 * len(people) + 1
    assert found.select(pl.col("x", "y").is_finite().all()).row(0) == (True, True)


def test_a_large_network_is_laid_out_the_same_each_time() -> None:
    people = [str(number) for number in range(600)]
    ends = {"source": people, "target": people[1:] + people[:1]}
    ring = network(pl.DataFrame({"id": people}), pl.DataFrame(ends))
    assert arrange([ring]).equals(arrange([ring]))


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_later_waves_and_the_order_of_rows_move_nobody(data: st.DataObject) -> None:
    letters = "abcdefg"
    pair = st.tuples(st.sampled_from(letters), st.sampled_from(letters)).map("".join)
    waves = []
    for _ in range(3):
        present = data.draw(st.permutations(letters[: data.draw(st.integers(1, 7))]))
        pairs = [one for one in data.draw(st.lists(pair, max_size=10)) if set(one) <= set(present)]
        waves.append(("".join(present), pairs))
    found = arrange([wave(people, *pairs) for people, pairs in waves])
    turned = arrange([wave(people[::-1], *pairs[::-1]) for people, pairs in waves])
    assert found.equals(turned)
    assert arrange([wave(people, *pairs) for people, pairs in waves[:2]]).equals(found.filter(pl.col("wave") < 3))
    assert found.select(pl.col("x", "y").round(6)).n_unique() == found["id"].n_unique()
