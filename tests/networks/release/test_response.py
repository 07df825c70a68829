"""Who has answered, where and when."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import polars as pl
import pytest

from networks.columns import LABELS, TIES
from networks.release import Filters, Release, build, response_by, response_over_time

Maker = Callable[..., pl.DataFrame]


@pytest.fixture
def release(make_response: Maker, sites: pl.DataFrame) -> Release:
    """a1 answers on day 1, a2 on day 3, b1 and b2 not yet."""
    response = make_response(["a1", "a2", "b1", "b2"], {"a1": 1, "a2": 3})
    return build(TIES.empty(), response, sites, LABELS.empty())


def test_the_lowest_rate_comes_first(release: Release) -> None:
    found = response_by(release, Filters()).select("group", "invited", "finished", "rate", "coverage")
    assert found.rows() == [("site_b", 2, 0, 0.0, 0.0), ("site_a", 2, 2, 1.0, 1.0)]


def test_coverage_counts_pairs_of_people_with_at_least_one_end(make_response: Maker, sites: pl.DataFrame) -> None:
    """Two of three answered: of the three pairs every one has an end who did. One alone makes no pair."""
    response = make_response(["a1", "a2", "a3", "b1", "c1", "c2", "c3"], {"a1": 1, "a2": 1, "c1": 2})
    found = response_by(build(TIES.empty(), response, sites, LABELS.empty()), Filters())
    shares = dict(found.select("group", "coverage").iter_rows())
    assert shares == {"site_a": 1.0, "site_b": None, "site_c": pytest.approx(2 / 3)}


def test_role_and_wave_choose_whom_to_count(release: Release) -> None:
    assert response_by(release, Filters(role="role_1"))["invited"].to_list() == [1, 1]
    assert response_by(release, Filters(wave=2)).is_empty()


def test_totals_run_up_day_by_day(release: Release) -> None:
    found = response_over_time(release, Filters()).select("day", "day_number", "invited", "finished", "rate")
    assert found.rows() == [
        (date(2026, 1, 5), 0, 4, 0, 0.0),
        (date(2026, 1, 6), 1, 4, 1, 0.25),
        (date(2026, 1, 8), 3, 4, 2, 0.5),
    ]


def test_someone_who_answered_was_invited_even_without_a_note_of_it(make_response: Maker, sites: pl.DataFrame) -> None:
    response = make_response(["a1", "a2"], {"a1": 1}).with_columns(invited_at=pl.lit(None))
    found = response_by(build(TIES.empty(), response, sites, LABELS.empty()), Filters())
    assert found.select("invited", "finished", "rate").rows() == [(1, 1, 1.0)]


def test_a_summer_evening_belongs_to_the_day_on_the_clock(make_response: Maker, sites: pl.DataFrame) -> None:
    late = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)
    response = make_response(["a1"], {}).with_columns(invited_at=pl.lit(late).cast(pl.Datetime("us", "UTC")))
    release = build(TIES.empty(), response, sites, LABELS.empty())
    assert release.response["day"].to_list() == [date(2026, 7, 2)]
