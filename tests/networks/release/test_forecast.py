"""How a release's waves are likely to end."""

from collections.abc import Callable

import polars as pl
import pytest

from networks.columns import LABELS, TIES
from networks.release import Filters, Release, build
from networks.release.field import Field
from networks.release.forecast import outlook

Maker = Callable[..., pl.DataFrame]
PEOPLE = [f"{site}{number}" for site in "abc" for number in range(100)]


@pytest.fixture
def release(make_response: Maker, sites: pl.DataFrame) -> Release:
    """In wave 1 half of 180 answers come on day 2 and the rest on day 12; in wave 2 100 have come by day 2."""
    first = {
        person: 2 if place % 2 else 12 for place, person in enumerate(PEOPLE[:60] + PEOPLE[100:160] + PEOPLE[200:260])
    }
    second = dict.fromkeys(PEOPLE[:40] + PEOPLE[100:140] + PEOPLE[200:220], 2)
    response = pl.concat([make_response(PEOPLE, first), make_response(PEOPLE, second, 2)])
    return build(TIES.empty(), response, sites, LABELS.empty(), field=Field(days={2: 20}))


def test_a_wave_goes_on_as_the_one_before_did_from_the_same_day(release: Release) -> None:
    found = outlook(release, Filters(), 2)
    assert (found.day, found.finished, found.invited, found.earlier) == (2, 100, 300, (1,))
    assert found.forecast is not None
    assert found.forecast.reached == 0.5
    assert found.forecast.low < 200 < found.forecast.high


def test_once_the_day_has_passed_by_which_all_had_come_nobody_more_is_expected(release: Release) -> None:
    found = outlook(release, Filters(), 2, today=15)
    assert found.forecast is not None
    assert 100 <= found.forecast.middle <= 102


def test_an_earlier_wave_counts_only_as_long_as_this_one_is_open(make_response: Maker, sites: pl.DataFrame) -> None:
    response = [make_response(PEOPLE, dict.fromkeys(PEOPLE[:200], 2) | dict.fromkeys(PEOPLE[200:], 12), 1)]
    response += [make_response(PEOPLE, dict.fromkeys(PEOPLE[:100], 2), 2)]
    short = build(TIES.empty(), pl.concat(response), sites, LABELS.empty(), field=Field(days={2: 5}))
    found = outlook(short, Filters(), 2).forecast
    assert found is not None and found.reached == 1.0


def test_the_first_wave_has_nothing_to_go_by(release: Release) -> None:
    found = outlook(release, Filters(), 1)
    assert found.forecast is None and found.earlier == ()


def test_the_same_release_tells_the_same(release: Release) -> None:
    assert outlook(release, Filters(), 2) == outlook(release, Filters(), 2)
