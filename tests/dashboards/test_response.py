"""The response page: what to do, what lies ahead, who is missing, where people stop."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import polars as pl
import pytest
from dash import html

from dashboards.figures.response import Ahead, cumulative
from dashboards.pages import response
from dashboards.pages.absent import mixes, next_answers, worth
from dashboards.pages.acts import reminding
from dashboards.pages.ahead import expected, looked, mark, sentence
from dashboards.pages.page import Shown
from dashboards.pages.stops import where_people_stop
from dashboards.parts.table import cell_text
from networks.release import Filters, Release
from networks.release.field import MINUTES, PAGE_TIMES
from tests.dashboards.small import FIRST, Person
from tests.dashboards.small import release as small_release

PEOPLE: list[Person] = [(f"{site}{n}", site, ("nurse", "doctor")[n % 2]) for site in "ABCD" for n in range(25)]
SECOND = FIRST + timedelta(days=200)
CLOSES = {2: SECOND + timedelta(days=20)}


def answering(first: int, second: int, day: int = 2, late: int = 12) -> Release:
    """Two waves of 100 people: half of wave 1's answers come on `day`, the others `late`; wave 2's all on `day`."""
    told = {name: late if place % 2 else day for place, (name, _site, _role) in enumerate(PEOPLE[:first])}
    now = {name: day for name, _site, _role in PEOPLE[:second]}
    return small_release(PEOPLE, {1: told, 2: now}, [], dict.fromkeys("ABCD", "North"))


def shown_of(release: Release, day: float = 2, **more: Any) -> Shown:
    now = SECOND + timedelta(days=day)
    return Shown(release, Filters(), closing=CLOSES, now=now, study="small", **more)


def parts(component: Any) -> Iterator[Any]:
    """Everything in a tree of components, texts too."""
    yield component
    children = getattr(component, "children", None)
    for child in children if isinstance(children, list | tuple) else [children]:
        if child is not None:
            yield from parts(child)


def text(components: Any) -> str:
    return " ".join(part for one in components for part in parts(one) if isinstance(part, str))


def links(components: Any) -> list[str]:
    return [part.href for one in components for part in parts(one) if isinstance(part, html.A)]


# ---- what to do ------------------------------------------------------------------------------------------------------


def test_without_a_page_for_reminders_the_command_is_told_and_no_link_leads_nowhere() -> None:
    found = reminding(shown_of(answering(60, 40)))
    assert "Remind these 60 people" in text(found)
    assert "50 of them work at 2 sites below the target." in text(found)
    assert "flask mail queue-reminders --wave 2 --study small" in text(found)
    assert links(found) == []


def test_with_a_page_for_reminders_the_act_is_a_link_to_it() -> None:
    found = reminding(shown_of(answering(60, 40), leads=lambda address: address.startswith("/studies/")))
    assert links(found)[0] == "/studies/small/waves/2/reminders"
    assert "flask" not in text(found)


def test_one_site_or_one_role_below_the_target_can_be_reminded() -> None:
    """Sites C and D have answered nothing, and half of both roles have: 25 people of each site are silent."""
    shown = shown_of(answering(60, 40), leads=lambda _: True)
    all_of_them, *single = links(reminding(shown))
    assert single == [f"{all_of_them}?{which}" for which in ("site=C", "site=D", "role=nurse", "role=doctor")]
    assert "Site C : 25 people" in text(reminding(shown))
    assert links(reminding(replace(shown, release=answering(60, 80)))) == [all_of_them, f"{all_of_them}?site=D"]


@pytest.mark.parametrize(("second", "day"), [(40, 21), (100, 2)])
def test_nobody_is_reminded_of_a_closed_wave_or_when_all_have_answered(second: int, day: int) -> None:
    assert reminding(shown_of(answering(60, second), day)) == []


def test_those_who_can_be_reminded_are_of_the_role_chosen() -> None:
    shown = replace(shown_of(answering(60, 40)), filters=Filters(role="nurse"))
    assert "Remind these 31 people" in text(reminding(shown))
    assert "--wave 2 --study small --role nurse" in text(reminding(shown))
    assert links(reminding(replace(shown, leads=lambda _: True))) == [
        f"/studies/small/waves/2/reminders?role=nurse{site}" for site in ("", "&site=C", "&site=D")
    ]


# ---- what lies ahead -------------------------------------------------------------------------------------------------


def curves(release: Release) -> pl.DataFrame:
    return response._curves(release, Filters())


def test_the_forecast_stands_on_top_in_words_and_on_the_day_the_wave_closes() -> None:
    release = answering(60, 30)
    shown = shown_of(replace(release, days={2: 20}))
    view = looked(shown, curves(release), 2)
    assert view is not None and view.forecast is not None
    (one,) = expected(view)
    assert (one.name, one.value) == ("Expected in the end", f"{view.forecast.middle}%")
    said = sentence(shown, view, 2)
    assert "By this day, wave 1 had 50% of its answers." in said
    assert f"90% interval {view.forecast.low} to {view.forecast.high}" in said
    ahead = mark(shown, view, 2)
    assert ahead is not None and ahead.day == 20


def test_a_closed_wave_has_no_forecast() -> None:
    release = answering(60, 30)
    shown = shown_of(release, 21)
    assert looked(shown, curves(release), 2) is None
    assert (expected(None), sentence(shown, None, 2), mark(shown, None, 2)) == ([], "", None)


@pytest.mark.parametrize(
    ("first", "second", "day", "why"),
    [(0, 30, 2, "no earlier wave"), (60, 9, 2, "before 10 have"), (60, 30, 1, "too early")],
)
def test_why_nothing_is_forecast_is_said(first: int, second: int, day: int, why: str) -> None:
    release = answering(first, second)
    shown = shown_of(release, day)
    view = looked(shown, curves(release), 2)
    assert why in sentence(shown, view, 2) and expected(view) == []


@pytest.mark.parametrize(
    ("target", "said"),
    [(0.3, "is reached"), (0.35, "is likely to be reached"), (0.95, "short at best"), (0.55, "inside the interval")],
)
def test_the_forecast_is_set_against_the_waves_own_target(target: float, said: str) -> None:
    release = replace(answering(60, 30), targets={2: target})
    shown = shown_of(release)
    assert said in sentence(shown, looked(shown, curves(release), 2), 2)


def test_the_figure_holds_what_is_expected_with_its_interval() -> None:
    drawn = cumulative(curves(answering(60, 30)), 2, Ahead(20, 0.6, 0.5, 0.7))
    marks = [one for one in drawn["data"] if one["mode"] == "markers"]
    assert [(one["x"], one["y"]) for one in marks] == [([20], [0.6])]
    assert marks[0]["error_y"]["array"] == [pytest.approx(0.1)]
    assert drawn["layout"]["xaxis"]["range"] == [0, 20]
    assert any("Expected" in label["text"] for label in drawn["layout"]["annotations"])


# ---- targets ---------------------------------------------------------------------------------------------------------


def test_each_wave_is_held_against_its_own_target() -> None:
    release = replace(answering(60, 40), targets={1: 0.5, 2: 0.8})
    (asked,) = [name for name in response.table(release, Filters(wave=1)).columns if name.startswith("More")]
    assert asked == "More needed for 50%"
    rows = response.table(release, Filters()).filter(pl.col("Grouped by") == "Site")
    assert rows.select("Name", "More needed for 80%").rows()[0] == ("Site C", 20)


# ---- who is missing --------------------------------------------------------------------------------------------------


def test_sites_that_answer_less_than_their_share_come_first() -> None:
    said = text(mixes(shown_of(answering(60, 40))))
    assert "Who does not answer, by site" in said and "Who does not answer, by role" in said
    assert "The 1 site with the lowest response holds 25% of those invited and 0% of answers." in said


def test_while_nobody_has_answered_there_is_no_mix() -> None:
    assert mixes(shown_of(answering(60, 0))) == []


def gains(*values: float | None) -> pl.DataFrame:
    return pl.DataFrame({"label": ["A", "B", "C"], "gain": values}, schema={"label": pl.String, "gain": pl.Float64})


def test_an_answer_worth_more_than_others_names_its_site() -> None:
    assert "from A shows most of the network: 3.0 times" in worth(gains(0.03, 0.01, 0.01))
    assert worth(gains(0.011, 0.01, 0.01)).startswith("One answer more shows about as much")


def test_where_all_have_answered_no_next_answer_is_shown() -> None:
    assert next_answers(shown_of(answering(60, 100))) == []
    assert "Site" in text(next_answers(shown_of(answering(60, 40))))


# ---- where people stop -----------------------------------------------------------------------------------------------


def with_pages(release: Release) -> Release:
    pages = [
        (2, "about", "About you", 0, "", 50, 2, 20.0),
        (2, "people", "Who?", 1, "", 48, 6, 61.4),
        (2, "people", "Who?", 1, "phone", 20, 5, 70.0),
    ]
    minutes = [(2, "", 40, 6.3), (2, "desktop", 40, 6.3)]
    return replace(
        release,
        page_times=pl.DataFrame(pages, schema=PAGE_TIMES.schema, orient="row"),
        minutes=pl.DataFrame(minutes, schema=MINUTES.schema, orient="row"),
    )


def test_the_page_on_which_most_stop_is_named_and_devices_are_told_apart() -> None:
    said = text(where_people_stop(shown_of(with_pages(answering(60, 40)))))
    assert "8 interviews stopped on an open page, most on “Who?”: 6 of 48 (12%)." in said
    assert "40 of 40 people who finished named nobody (100%)." in said
    assert all(name in said for name in ("Phone", "Desktop", "6.30", "Stopped on phone"))


def test_a_wave_without_page_times_says_so() -> None:
    assert "No times of pages were noted" in text(where_people_stop(shown_of(answering(60, 40))))


# ---- numbers ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "shown"),
    [(-3.25, "−3.25"), (-12345.6, "−12,346"), (-0.001, "0.00"), (-7, "−7"), (1.5, "1.50"), (True, "True"), (0, "0")],
)
def test_numbers_below_nought_have_a_real_minus(value: object, shown: str) -> None:
    assert cell_text(value) == shown


def test_the_whole_page_has_its_parts_in_order() -> None:
    body = response.body(shown_of(with_pages(answering(60, 40)), leads=lambda _address: True))
    headings = [part.children for one in body for part in parts(one) if isinstance(part, html.H2)]
    assert headings[:4] == [
        "Wave 2 in figures",
        "What to do next",
        "Share who have answered, day by day",
        "Sites, those who need most answers first",
    ]
    assert headings[-2:] == ["Where people stop", "How long it takes"]
