"""The growth page: the same people's change, what is only more answers, its limits, and what must wait."""

from typing import Any

import polars as pl
import pytest
from dash.development.base_component import Component

from dashboards.figures.change import change as change_figure
from dashboards.figures.waterfall import waterfall
from dashboards.pages import growth
from dashboards.pages.apart import in_words, taken_apart
from dashboards.pages.page import Shown
from dashboards.pages.since import changes, compared, signed_count, signed_percent
from dashboards.pages.trust import ASSUMED, ways
from networks.release import Filters, Release
from networks.uncertainty.decomposition import Decomposition
from tests.dashboards.small import Person, release, tie
from tests.dashboards.synthetic import empty_release
from tests.dashboards.synthetic import release as programme

REGIONS = {"a": "North", "b": "South"}
STAFF: list[Person] = [(f"n{at}", "a", "nurse") for at in range(12)]
OTHERS: list[Person] = [(f"d{at}", "b", "doctor") for at in range(9)]


def study(*waves: dict[int, int]) -> Release:
    """A study of twelve nurses from how many doctors each names, wave by wave; whoever is left out is silent."""
    ties: list[Any] = []
    answered = {}
    for wave, counts in enumerate(waves, 1):
        ties += [tie(wave, STAFF[at], other) for at, named in counts.items() for other in OTHERS[:named]]
        answered[wave] = {STAFF[at][0]: 1 for at in counts}
    return release(STAFF, answered, ties, REGIONS)


def text(part: Any) -> str:
    if isinstance(part, (list, tuple)):
        return " ".join(map(text, part))
    if isinstance(part, Component):
        return text(getattr(part, "children", None))
    return "" if part is None else str(part)


def page(whole: Release, **filters: Any) -> str:
    return text(growth.body(Shown(whole, Filters(**filters))))


def row(whole: Release, **filters: Any) -> dict[str, Any]:
    found = compared(whole, Filters(**filters), filters.get("formality", "informal"))
    assert found is not None
    return found


ALL = dict.fromkeys(range(12), 2)
JOINED = (dict.fromkeys(range(4), 2), ALL)
"""Four answer the first wave, all twelve the second, and everybody names two each time."""


def test_joiners_are_told_apart_from_growth() -> None:
    whole = study(*JOINED)
    assert in_words(taken_apart(whole, Filters(), row(whole)), "wave 1", "wave 2") == (
        "All contacts reported went from 8 in wave 1 to 24 in wave 2 (+16): +16 because more or other people answered, "
        "0 because the same people named more or fewer."
    )


def test_one_wave_shows_its_means_alone() -> None:
    said = page(study(ALL))
    assert "All who answered" in said
    assert "change since" not in said and "How sure" not in said and "wait for more" not in said
    assert "6 of 12 answered: brokers are not shown below 70%." in page(study(dict.fromkeys(range(6), 2)))


def test_two_waves_show_the_change_its_parts_its_limits_and_what_is_assumed() -> None:
    said = page(study(ALL, dict.fromkeys(range(12), 3)))
    for heading in ("The same people: change since wave 1", "Growth, or more answers?", "How sure is this?"):
        assert heading in said
    assert "What became of each contact" in said
    assert all(line in said for line in ASSUMED)


def test_waves_that_share_nobody_have_no_figure_of_the_same_people() -> None:
    said = page(study({0: 2, 1: 2, 2: 3}, {3: 2, 4: 2, 5: 3}))
    assert "change since wave 1" not in said
    assert "Fewer than 10 people answered both waves" in said
    assert "Nobody answered both waves, so there are no limits." in said


def test_a_wave_nobody_has_answered_yet_is_not_compared() -> None:
    whole = study(ALL, dict.fromkeys(range(12), 3), {})
    assert row(whole)["second"] == 2
    assert row(whole, wave=3)["second"] == 2


def test_the_chosen_wave_is_set_beside_the_first() -> None:
    whole = study(*(dict.fromkeys(range(12), named) for named in (1, 2, 4)))
    assert [row(whole, wave=wave)["change"] for wave in (2, 3)] == [1.0, 3.0]
    assert compared(whole, Filters(wave=1), "informal") is None


def test_ways_to_count_stand_below_each_other() -> None:
    rows = ways(row(study(ALL, {at: 2 + at % 2 for at in range(12)})))
    told = dict(rows.select("Counted so", "Change for each").iter_rows())
    assert told["Same people"] == "+0.50 (+0.17 to +0.83)"
    assert told["Limits"] == told["Same people"].removeprefix("+0.50 (").removesuffix(")")
    assert told["Worst case"] == "+0.50 to +0.50"
    assert told["Same people, weighted"].startswith("+0.5")
    assert dict(rows.select("Counted so", "Change, %").iter_rows())["Limits"] == "+8% to +42%"


def test_the_page_says_whether_the_silent_could_undo_the_change() -> None:
    certain = page(study(ALL, dict.fromkeys(range(12), 3)))
    assert "Even at its limits, the change keeps its direction." in certain
    mixed = {at: 1 + 2 * (at % 2) for at in range(10)}
    assert "Between the limits lies 0" in page(study(dict.fromkeys(range(10), 2), mixed))


def test_first_timers_stand_beside_those_who_answered_before() -> None:
    said = page(study(*JOINED))
    assert "4 people who had answered before named 2.0 informal contacts each, and 8 people who answered for" in said
    assert "no sign that people tire" in said
    tired = study(dict.fromkeys(range(6), 3), {at: (1 if at < 6 else 3) for at in range(12)})
    assert "clearly fewer, so people may tire of naming" in page(tired)


def test_names_at_the_limit_are_told() -> None:
    whole = study(ALL, ALL)
    limited = Release(**{**vars(whole), "caps": {1: 2, 2: 3}})
    assert "100% of respondents in wave 1 (limit 2) and 0% of respondents in wave 2 (limit 3)" in page(limited)
    assert "questionnaire lets them" not in page(whole)


def test_measures_that_must_wait_say_so() -> None:
    assert "8 of 12 answered: brokers are not shown below 70%." in page(study(ALL, dict.fromkeys(range(8), 2)))
    assert "wait for more answers" not in page(study(ALL, ALL))


def test_the_table_to_download_has_the_change_of_each_wave() -> None:
    rows = growth.table(study(ALL, dict.fromkeys(range(12), 3)), Filters(formality="informal"))
    assert rows["Same people, change"].to_list() == [None, 1.0]
    assert rows["Clear change"].to_list() == [None, "yes"]
    assert rows["Worst case, high"].to_list() == [None, 1.0]
    assert rows["All who answered, change"].to_list() == [None, 1.0]


def test_a_study_without_answers_has_no_changes() -> None:
    assert changes(empty_release(invited=True), Filters()).is_empty()


@pytest.mark.parametrize(
    ("number", "told"), [(0.4, "+40%"), (-0.031, "−3%"), (0.001, "0%"), (-0.004, "0%"), (12.3, "+1,230%")]
)
def test_shares_carry_their_sign(number: float, told: str) -> None:
    assert signed_percent(number) == told


def test_numbers_carry_their_sign_and_nought_has_none() -> None:
    assert [signed_count(number) for number in (0.44, -0.06, 0.01, -0.04)] == ["+0.4", "−0.1", "0.0", "0.0"]


# ---- figures ---------------------------------------------------------------------------------------------------------


def test_a_clear_change_is_filled_and_an_unclear_one_hollow() -> None:
    rows = pl.DataFrame(
        {
            "place": [0, 1],
            "wave_label": ["Wave 2", "Wave 3"],
            "counted": ["12 people", "9 people"],
            "formality": ["informal"] * 2,
            "formality_label": ["Informal"] * 2,
            "change": [0.1, 0.5],
            "low": [-0.1, 0.3],
            "high": [0.3, 0.7],
            "clear": [False, True],
        }
    )
    drawn = change_figure(rows)
    (dots,) = drawn["data"]
    assert dots["marker"]["symbol"] == ["circle-open", "circle"]
    assert dots["error_y"]["array"].tolist() == pytest.approx([0.2, 0.2])
    assert drawn["layout"]["xaxis"]["ticktext"] == ["Wave 2<br>12 people", "Wave 3<br>9 people"]
    least, most = drawn["layout"]["yaxis"]["range"]
    assert least < -0.1 and most > 0.7


def test_who_is_in_it_takes_another_line_where_many_waves_leave_little_room() -> None:
    rows = changes(study(*[ALL] * 6), Filters(formality="informal"))
    places = rows.with_columns(place=pl.int_range(pl.len()))
    assert change_figure(places)["layout"]["xaxis"]["ticktext"][-1] == "Wave 6<br>12<br>people"


def test_a_change_of_one_person_is_a_dot_without_a_bar() -> None:
    whole = study({0: 1}, {0: 3})
    rows = changes(whole, Filters()).with_columns(place=pl.lit(0))
    dots = change_figure(rows)["data"][0]
    assert dots["y"].tolist() == [2.0]
    assert dots["error_y"]["array"][0] != dots["error_y"]["array"][0]  # NaN: nothing is drawn


def test_each_bar_of_the_waterfall_begins_where_the_last_ended() -> None:
    rows = pl.DataFrame(
        [("Before: 9", "total", 0, 9), ("Left: −2", "answered", 9, -2), ("New: +5", "named", 7, 5)],
        schema=["label", "kind", "start", "step"],
        orient="row",
    )
    (bars,) = waterfall(rows)["data"]
    assert (bars["base"].tolist(), bars["x"].tolist()) == ([7.0, 9.0, 0.0], [5.0, -2.0, 9.0])
    assert waterfall(rows)["layout"]["xaxis"]["range"][1] >= 12


def test_the_waterfall_of_the_page_ends_at_the_total_after() -> None:
    whole = programme(count=6, each=8)
    found: Decomposition = taken_apart(whole, Filters(), row(whole))
    drawn = next(part for part in charts(growth.body(Shown(whole, Filters()))) if part.id == "growth-apart").figure
    (bars,) = drawn["data"]
    steps = list(zip(bars["base"].tolist(), bars["x"].tolist(), strict=True))[::-1]
    assert steps[0] == (0, found.before) and steps[-1] == (0, found.after)
    assert sum(steps[-2]) == found.after


def charts(part: Any) -> list[Any]:
    if isinstance(part, (list, tuple)):
        return [graph for one in part for graph in charts(one)]
    if isinstance(part, Component):
        return [part] if part._type == "Graph" else charts(getattr(part, "children", None))
    return []
