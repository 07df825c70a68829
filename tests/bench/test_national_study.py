"""The national study, small: both ways end with the same in every table, and every invitation arrives once."""

import os
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from bench.national_field import Spread
from bench.national_files import invent
from bench.national_service import running_near
from bench.national_state import differences
from bench.national_study import Size, both_ways, compared, databases
from surveys.demonstration.shape import Shape

LONG = pytest.mark.skipif("CONFER_LONG" not in os.environ, reason="takes minutes: CONFER_LONG=1")
PORT = 8316


def wide(browser: Browser) -> Callable[[], Page]:
    """Pages that share nothing with each other."""
    return lambda: browser.new_context(viewport={"width": 1280, "height": 900}).new_page()


def test_staff_lists_have_people_who_moved_left_and_came() -> None:
    study = invent(Shape(4, 5, 2))
    first, second = study.rosters
    assert len(set(first) - set(second)) == 1
    assert len(set(second) - set(first)) == 1
    assert [one for one in second if one in first and second[one].site != first[one].site] != []
    assert study.people_file(1) != study.people_file(2)
    assert study.people_file(2) == invent(Shape(4, 5, 2)).people_file(2)


def test_a_row_that_one_store_lacks_is_told() -> None:
    one, other = {"study": Counter([("a",), ("b",)])}, {"study": Counter([("a",)])}
    assert differences(one, other) == {"study": ["first only: ('b',)"]}
    assert differences(one, one) == {}


@pytest.mark.browser
def test_pages_and_commands_end_in_the_same_state(tmp_path: Path, browser: Browser) -> None:
    size = Size(Shape(2, 5, 2), Spread(0, 2), links=3, returned=1, waits=False, running=running_near)
    table, same = compared(both_ways(size, databases("", tmp_path), tmp_path, 0, wide(browser)))
    assert same, table


@LONG
@pytest.mark.browser
@pytest.mark.timeout(3000)
def test_the_whole_of_it(tmp_path: Path, browser: Browser) -> None:
    size = Size(Shape(48, 50, 3), Spread(6, 40))
    table, same = compared(both_ways(size, databases("", tmp_path), tmp_path, PORT, wide(browser)))
    assert same, table
