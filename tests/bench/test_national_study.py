"""The national study, small: both ways end with the same in every table, and every invitation arrives once."""

import os
from pathlib import Path

import pytest

from bench.national_field import Spread
from bench.national_files import invent
from bench.national_state import differences
from bench.national_study import Size, both_ways, compared, databases
from surveys.demonstration.shape import Shape

LONG = pytest.mark.skipif("CONFER_LONG" not in os.environ, reason="takes minutes: CONFER_LONG=1")
PORT = 8316


def test_staff_lists_have_people_who_moved_left_and_came() -> None:
    study = invent(Shape(4, 5, 2))
    first, second = study.rosters
    assert len(set(first) - set(second)) == 1
    assert len(set(second) - set(first)) == 1
    assert [one for one in second if one in first and second[one].site != first[one].site] != []
    assert study.people_file(1) != study.people_file(2)
    assert study.people_file(2) == invent(Shape(4, 5, 2)).people_file(2)


def test_a_row_that_one_store_lacks_is_told() -> None:
    from collections import Counter

    one, other = {"study": Counter([("a",), ("b",)])}, {"study": Counter([("a",)])}
    assert differences(one, other) == {"study": ["first only: ('b',)"]}
    assert differences(one, one) == {}


@LONG
@pytest.mark.browser
@pytest.mark.timeout(3000)
@pytest.mark.parametrize("shape", [Shape(4, 5, 2), Shape(48, 50, 3)])
def test_pages_and_commands_end_in_the_same_state(tmp_path: Path, shape: Shape) -> None:
    size = Size(shape, Spread(1, 3), links=10, returned=1, waits=False)
    table, same = compared(both_ways(size, databases("", tmp_path), tmp_path, PORT))
    assert same, table
