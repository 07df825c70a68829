"""What a release knows beside answers: mail, targets, page times, and who is missing."""

from collections.abc import Callable
from datetime import timedelta

import polars as pl
import pytest

from networks.columns import LABELS, TIES
from networks.release import Filters, Release, build, response_by
from networks.release.field import (
    MAILED,
    MINUTES,
    PAGE_TIMES,
    Field,
    devices,
    missing,
    named_nobody,
    page_times,
    target,
)
from tests.networks.conftest import START

Maker = Callable[..., pl.DataFrame]
PEOPLE = ["a1", "a2", "b1", "b2", "b3"]


def release_of(response: pl.DataFrame, sites: pl.DataFrame, **known: object) -> Release:
    return build(TIES.empty(), response, sites, LABELS.empty(), field=Field(**known))  # type: ignore[arg-type]


@pytest.fixture
def release(make_response: Maker, sites: pl.DataFrame) -> Release:
    """a1 and a2 answered and so did b1, who named three; b2's mail came through, b3's address does not exist."""
    named = pl.when(pl.col("person") == "b1").then(3).otherwise(pl.col("named")).cast(pl.Int32)
    response = make_response(PEOPLE, {"a1": 1, "a2": 3, "b1": 1}).with_columns(named=named)
    mailed = [(1, "b2", START, None), (1, "b3", None, START + timedelta(days=1))]
    pages = [
        (1, "people", "Who?", 1, "", 4, 1, 30.0),
        (1, "about", "About you", 0, "", 5, 0, 12.0),
        (1, "people", "Who?", 1, "phone", 3, 1, 40.0),
    ]
    return release_of(
        response,
        sites,
        mailed=pl.DataFrame(mailed, schema=MAILED.schema, orient="row"),
        page_times=pl.DataFrame(pages, schema=PAGE_TIMES.schema, orient="row"),
        minutes=pl.DataFrame([(1, "", 3, 6.5), (1, "desktop", 3, 6.5)], schema=MINUTES.schema, orient="row"),
        targets={1: 0.75},
        days={1: 28},
    )


def test_delivered_and_unreachable_are_steps_like_the_others(release: Release) -> None:
    found = response_by(release, Filters()).select("group", "invited", "delivered", "finished", "unreachable")
    assert found.rows() == [("site_b", 3, 1, 1, 1), ("site_a", 2, 0, 2, 0)]


def test_each_wave_has_its_target_and_others_the_usual_one(release: Release) -> None:
    assert (target(release, 1), target(release, 2), target(release, None)) == (0.75, 0.6, 0.6)


def test_the_mix_of_answers_is_set_against_the_mix_invited(release: Release) -> None:
    """Site b has 3 of 5 people and 1 of 3 answers: 26.7 points fewer than its share; b2 alone can be reminded."""
    found = missing(release, Filters(wave=1), "site")
    assert found.select("group", "invited", "finished", "silent").rows() == [("site_b", 3, 1, 1), ("site_a", 2, 2, 0)]
    assert found["points"].to_list() == [pytest.approx(-80 / 3), pytest.approx(80 / 3)]
    assert missing(release, Filters(role="role_1"), "site")["asked"].to_list() == [0.5, 0.5]


def test_while_nobody_has_answered_there_is_no_mix_of_answers(make_response: Maker, sites: pl.DataFrame) -> None:
    found = missing(release_of(make_response(PEOPLE, {}), sites), Filters())
    assert found["points"].to_list() == [None, None, None]
    assert found["silent"].sum() == 5


def test_those_who_named_nobody_are_a_share_of_those_who_finished(release: Release) -> None:
    assert named_nobody(release, Filters()).rows() == [(1, 3, 2, pytest.approx(2 / 3))]


def test_pages_stand_in_the_questionnaires_order_with_the_share_who_stopped(release: Release) -> None:
    found = page_times(release, Filters(wave=1))
    assert found.select("page", "reached", "stopped", "share").rows() == [("about", 5, 0, 0.0), ("people", 4, 1, 0.25)]
    assert page_times(release, Filters(wave=2)).is_empty()


def test_devices_show_who_stopped_and_how_long_the_others_took(release: Release) -> None:
    assert devices(release, Filters(wave=1)).rows() == [
        (1, "", 1, 3, 6.5),
        (1, "desktop", 0, 3, 6.5),
        (1, "phone", 1, 0, None),
    ]
