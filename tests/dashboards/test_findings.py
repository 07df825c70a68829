"""Findings: worked out from the data, with a rule for "no clear change"."""

from dataclasses import replace
from itertools import pairwise
from typing import Any

import polars as pl
import pytest

from dashboards.pages import PAGES, field, flows, growth, partners, response, roles
from networks.release import Filters, Release
from tests.dashboards.small import Person, release, tie

REGIONS = {"a": "North", "b": "South", "c": "West"}


def people(count: int, site: str = "a", role: str = "nurse") -> list[Person]:
    return [(f"{site}{role}{at}", site, role) for at in range(count)]


def everyone(persons: list[Person], day: int = 1) -> dict[str, int]:
    return {person[0]: day for person in persons}


# ---- response: 10 invited -------------------------------------------------------------------------------------------


def answering(first: int, second: int | None = None) -> Release:
    """`first` of ten answer wave 1 on day 2, and one more on day 30; `second` of ten answer wave 2 on day 2."""
    ten = people(10)
    waves = {1: {**everyone(ten[:first], 2), ten[9][0]: 30}}
    if second is not None:
        waves[2] = everyone(ten[:second], 2)
    return release(ten, waves, [], REGIONS)


def test_the_first_wave_has_nothing_to_compare_with() -> None:
    assert response.finding(answering(4), Filters()) == "5 of 10 people have answered in wave 1 (50%)"


def test_a_later_wave_is_compared_on_the_same_day_not_with_the_final_share() -> None:
    said = response.finding(answering(4, second=5), Filters())
    assert said == "5 of 10 people have answered in wave 2 (50%), 10 points ahead of wave 1 on the same day"


def test_a_wave_that_is_slower_is_behind() -> None:
    said = response.finding(answering(4, second=1), Filters())
    assert said == "1 of 10 people have answered in wave 2 (10%), 30 points behind wave 1 on the same day"


def test_a_difference_under_two_points_is_level() -> None:
    said = response.finding(answering(4, second=4), Filters())
    assert said.endswith("(40%), level with wave 1 on the same day")


def test_a_chosen_wave_is_the_one_spoken_of() -> None:
    assert "in wave 1 (50%)" in response.finding(answering(4, second=1), Filters(wave=1))


@pytest.mark.parametrize(("finished", "invited", "more"), [(0, 20, 12), (12, 20, 0), (11, 20, 1), (2, 5, 1), (0, 0, 0)])
def test_the_gap_to_the_target_is_in_people(finished: int, invited: int, more: int) -> None:
    assert field.needed(finished, invited, 0.6) == more


# ---- growth: twelve people, two waves -------------------------------------------------------------------------------


def naming(first: int, second: int, panel: int = 12) -> Release:
    """All twelve answer wave 1, the first `panel` wave 2; each names so many people informally."""
    twelve, others = people(12), people(9, site="b", role="doctor")
    ties: list[Any] = []
    for wave, count, tellers in ((1, first, twelve), (2, second, twelve[:panel])):
        ties += [tie(wave, ego, alter) for ego in tellers for alter in others[:count]]
    return release(twelve, {1: everyone(twelve), 2: everyone(twelve[:panel])}, ties, REGIONS)


def test_growth_of_the_same_people_is_told_with_both_means_and_its_interval() -> None:
    said = growth.finding(naming(1, 4), Filters())
    assert said == (
        "The same 12 people named 4.0 informal contacts each in wave 2, up from 1.0 in wave 1: "
        "300% more (95% interval 300% to 300%)"
    )


def test_a_fall_is_told_as_one() -> None:
    said = growth.finding(naming(4, 1), Filters())
    assert said == (
        "The same 12 people named 1.0 informal contacts each in wave 2, down from 4.0 in wave 1: "
        "75% fewer (95% interval 75% to 75%)"
    )


def test_the_same_number_is_no_clear_change() -> None:
    said = growth.finding(naming(2, 2), Filters())
    assert said == (
        "No clear change in informal contacts between wave 1 and wave 2 (2.0 and 2.0 each; 95% interval 0% to 0%)"
    )


def test_growth_from_nothing_has_no_share() -> None:
    said = growth.finding(naming(0, 2), Filters())
    assert said == (
        "The same 12 people named 2.0 informal contacts each in wave 2, up from 0.0 in wave 1 "
        "(95% interval +2.0 to +2.0 each)"
    )


def test_a_small_panel_gives_way_to_all_who_answered() -> None:
    said = growth.finding(naming(1, 4, panel=9), Filters())
    assert said.startswith("People named 4.0 informal contacts each in wave 2, up from 1.0 in wave 1: 300% more")


def uneven(halves: tuple[tuple[int, int], tuple[int, int]]) -> Release:
    """Of twelve people, six name the first two numbers in the two waves, six the others."""
    twelve, others = people(12), people(9, site="b", role="doctor")
    ties = [
        tie(wave, ego, alter)
        for wave in (1, 2)
        for at, ego in enumerate(twelve)
        for alter in others[: halves[at % 2][wave - 1]]
    ]
    return release(twelve, {1: everyone(twelve), 2: everyone(twelve)}, ties, REGIONS)


def test_a_change_is_clear_when_the_same_peoples_own_differences_say_so() -> None:
    """Six name 4 and 4, six 0 and 1: the waves' own intervals overlap by far, the differences of 0 and 1 are clear.

    As a share it is not: half of the people rose from nothing. So the interval is told in people.
    """
    said = growth.finding(uneven(((4, 4), (0, 1))), Filters())
    assert said == (
        "The same 12 people named 2.5 informal contacts each in wave 2, up from 2.0 in wave 1 "
        "(95% interval +0.2 to +0.8 each)"
    )


def test_an_interval_that_holds_0_is_no_clear_change() -> None:
    """Six rise from 2 to 4, six fall from 4 to 3: +0.5 on average, by -0.5 to +1.5."""
    said = growth.finding(uneven(((2, 4), (4, 3))), Filters())
    assert said.startswith("No clear change in informal contacts between wave 1 and wave 2 (3.0 and 3.5 each; 95% int")


def test_more_answers_alone_are_no_growth() -> None:
    """Five answer wave 1 and all twelve wave 2, each naming two: more ties, no growth."""
    twelve, others = people(12), people(9, site="b", role="doctor")
    ties = [tie(1, ego, alter) for ego in twelve[:5] for alter in others[:2]]
    ties += [tie(2, ego, alter) for ego in twelve for alter in others[:2]]
    said = growth.finding(release(twelve, {1: everyone(twelve[:5]), 2: everyone(twelve)}, ties, REGIONS), Filters())
    assert said.startswith("No clear change")


def test_one_wave_is_told_alone_and_the_chosen_kind_is_named() -> None:
    assert growth.finding(naming(1, 4), Filters(wave=1)) == "People named 1.0 informal contacts each in wave 1"
    assert growth.finding(naming(1, 4), Filters(formality="formal")).startswith("No clear change in formal contacts")


# ---- roles ----------------------------------------------------------------------------------------------------------


def asking(nurse_asks: int, doctor_asks: int) -> Release:
    """So many nurses go to a doctor each, and so many doctors to a nurse each: knowledge flows the other way."""
    nurses, doctors = people(20), people(20, site="b", role="doctor")
    ties = [tie(1, *pair) for pair in list(zip(nurses, doctors, strict=True))[:nurse_asks]]
    ties += [tie(1, *pair) for pair in list(zip(doctors, reversed(nurses), strict=True))[:doctor_asks]]
    return release([*nurses, *doctors], {1: everyone([*nurses, *doctors])}, ties, REGIONS)


def test_the_role_that_is_asked_gives() -> None:
    said = roles.finding(asking(12, 2), Filters())
    assert said == "Giving more than they get: Doctor (+10); getting more than they give: Nurse (−10)"


def test_an_even_or_chancy_split_names_no_role() -> None:
    assert roles.finding(asking(6, 6), Filters()) == roles.finding(asking(8, 4), Filters())
    assert roles.finding(asking(6, 6), Filters()).startswith("No role clearly gives more")


@pytest.mark.parametrize(
    ("given", "got", "clear"), [(0, 0, False), (3, 0, False), (4, 0, True), (12, 2, True), (8, 4, False)]
)
def test_uneven_means_beyond_the_toss_of_a_coin(given: int, got: int, clear: bool) -> None:
    assert roles.clearly_uneven(given, got) is roles.clearly_uneven(got, given) is clear


# ---- flows ----------------------------------------------------------------------------------------------------------


def flowing(a_to_b: int, b_to_c: int, inside: int) -> Release:
    """Pairs by region: getters in South ask North, getters in West ask South, and chains inside North."""
    north, south, west = people(30), people(30, site="b"), people(30, site="c")
    ties = [tie(1, getter, giver) for getter, giver in list(zip(south, north, strict=True))[:a_to_b]]
    ties += [tie(1, getter, giver) for getter, giver in list(zip(west, south, strict=True))[:b_to_c]]
    ties += [tie(1, getter, giver) for getter, giver in list(pairwise(north))[:inside]]
    return release([*north, *south, *west], {1: everyone([*north, *south, *west])}, ties, REGIONS)


def test_the_clearly_strongest_flow_is_named_from_giver_to_getter() -> None:
    said = flows.finding(flowing(20, 5, 25), Filters(), view="regions")
    assert (
        said
        == "50% of flows stay inside a region; between regions, North to South is the strongest (20 pairs of people)"
    )


def test_flows_within_chance_of_each_other_name_none() -> None:
    said = flows.finding(flowing(10, 8, 2), Filters(), view="regions")
    assert said == "10% of flows stay inside a region; no single flow between regions stands out"


def test_flows_that_all_stay_inside_say_so() -> None:
    assert flows.finding(flowing(0, 0, 3), Filters(), view="regions") == "All flows of knowledge stay inside a region"
    assert flows.finding(flowing(0, 0, 3), Filters()) == "All flows of knowledge stay inside a site"


def test_between_sites_the_same_is_told_of_sites() -> None:
    said = flows.finding(flowing(20, 5, 25), Filters())
    assert said == (
        "50% of flows stay inside a site; between sites, Site a to Site b is the strongest (20 pairs of people)"
    )


def paired(whole: Release) -> Release:
    """The same, where plan made Site b and Site c partners."""
    partner = pl.col("site").replace_strict({"b": "c"}, default=None, return_dtype=pl.String).alias("pair")
    return replace(whole, sites=whole.sites.with_columns(partner))


def test_with_partners_the_share_between_them_is_told_both_ways_round() -> None:
    whole = paired(flowing(15, 5, 25))
    assert flows.finding(whole, Filters()).startswith("25% of flows between sites run between partners; ")
    assert partners.between_partners(whole, Filters()) == 0.25
    assert partners.by_partners(whole, Filters()).rows() == [("Site b", "Site c", 5, 0, 5)]
    assert partners.even_share(whole) == pytest.approx(2 / 6)


def test_without_partners_or_flows_there_is_no_share_between_them() -> None:
    assert partners.between_partners(flowing(15, 5, 25), Filters()) is None
    assert partners.between_partners(paired(flowing(0, 0, 3)), Filters()) is None


def test_the_table_of_flows_says_who_are_partners() -> None:
    rows = flows.table(paired(flowing(20, 5, 3)), Filters())
    assert rows["Partners"].to_list() == ["no", "yes"]


def test_filters_that_leave_no_flow_say_so() -> None:
    assert flows.finding(flowing(3, 0, 0), Filters(formality="formal")).startswith("No flow of knowledge was told of")


def test_one_site_is_told_by_what_it_gives_and_gets() -> None:
    whole = flowing(20, 5, 0)
    assert flows.finding(whole, Filters(), site="b") == (
        "Site b gives to 1 site (5 pairs of people) and gets from 1 (20): gets more than it gives"
    )
    assert flows.finding(whole, Filters(), site="a").endswith("gets from 0 (0): gives more than it gets")
    assert flows.finding(flowing(0, 0, 3), Filters(), site="c").startswith("Site c neither gives")


# ---- tables ---------------------------------------------------------------------------------------------------------


def test_the_table_of_flows_is_the_ranked_list_and_narrows_to_a_site() -> None:
    whole = flowing(20, 5, 3)
    assert flows.table(whole, Filters()).rows() == [("Site a", "Site b", 20, 240.0), ("Site b", "Site c", 5, 60.0)]
    assert flows.table(whole, Filters(), site="c").rows() == [("Site b", "Site c", 5, 60.0)]


def test_the_table_of_response_has_sites_then_roles_with_the_gap() -> None:
    rows = response.table(answering(4), Filters())
    assert rows.select("Name", "Grouped by", "Invited", "Finished", "Answered, %", "More needed for 60%").rows() == [
        ("Site a", "Site", 10, 5, 50.0, 1),
        ("Nurse", "Role", 10, 5, 50.0, 1),
    ]


def test_the_table_of_growth_keeps_missing_apart_from_nought() -> None:
    rows = growth.table(naming(1, 4), Filters())
    assert rows["Kind of contact"].to_list() == ["Informal", "Informal", "Formal", "Formal"]
    assert rows["People named, mean"].to_list() == [1.0, 4.0, 0.0, 0.0]


@pytest.mark.parametrize("name", PAGES)
def test_every_page_gives_a_sentence_and_a_table_for_every_filter(name: str) -> None:
    page, whole = PAGES[name], naming(1, 3)
    for filters in (Filters(), Filters(wave=2), Filters(role="doctor"), Filters(topic="t"), Filters(formality="both")):
        assert page.finding(whole, filters)
        assert page.table(whole, filters).columns
