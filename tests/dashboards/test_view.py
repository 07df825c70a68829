"""What an address shows."""

from typing import Any

import pytest
from dash.development.base_component import Component

from dashboards.layout import contents
from dashboards.pages import PAGES
from dashboards.view import make, page_of
from networks.release import Release
from tests.dashboards.synthetic import FixedSource, empty_release, release

ADDRESSES = [f"/dashboards/{name}" for name in PAGES]


@pytest.fixture(scope="module")
def programme() -> Release:
    return release(count=6, each=8)


@pytest.fixture(scope="module")
def source(programme: Release) -> FixedSource:
    return FixedSource({"one": programme})


def show(source: Any, name: str, search: str = "") -> dict[str, Any]:
    return dict(contents(make(source, PAGES[name], search)))


def words(part: Any) -> str:
    """All text in a tree of components."""
    if isinstance(part, (list, tuple)):
        return " ".join(map(words, part))
    if isinstance(part, Component):
        return words(getattr(part, "children", None))
    return "" if part is None else str(part)


def test_pages_are_found_by_their_path_and_nothing_else_is() -> None:
    assert [page.name for page in map(page_of, ADDRESSES) if page] == ["response", "flows", "roles", "growth"]
    assert page_of("/dashboards/") is PAGES["response"]
    assert page_of("/dashboards/nothing") is None


@pytest.mark.parametrize("name", PAGES)
def test_the_heading_is_the_finding_and_the_title_begins_with_it(source: FixedSource, name: str) -> None:
    shown = show(source, name)
    assert shown["finding"] == PAGES[name].finding(source.releases["one"], make(source, PAGES[name], "").choice.filters)
    assert shown["arrived"]["title"] == f"{shown['finding']} – {PAGES[name].title}"


@pytest.mark.parametrize("name", PAGES)
def test_every_page_offers_its_table_and_says_what_it_rests_on(source: FixedSource, name: str) -> None:
    text = words(show(source, name, "?wave=2")["content"])
    for line in ("What this rests on", "How it is counted", "Interviews finished", "Download this page's table (CSV)"):
        assert line in text
    assert "gde 1.0" in text and "gde 1.1" not in text  # wave 2's questionnaire, not wave 3's


def test_the_menu_keeps_the_filters_and_marks_the_page(source: FixedSource) -> None:
    links = [item.children for item in show(source, "roles", "?wave=2&role=nurse")["menu"]]
    assert [link.href for link in links] == [f"{path}?wave=2&role=nurse" for path in ADDRESSES]
    assert [getattr(link, "aria-current", None) for link in links] == [None, None, "page", None]


def test_selects_show_what_the_address_says(source: FixedSource) -> None:
    shown = show(source, "flows", "?topic=records&formality=informal&site=s2")
    assert (shown["topic value"], shown["formality value"], shown["site value"]) == ("records", "informal", "s2")
    assert (shown["wave value"], shown["role value"]) == ("all", "all")
    assert [option["value"] for option in shown["wave options"]] == ["all", "1", "2", "3"]


def test_filters_that_do_not_matter_are_switched_off_and_keep_their_value(source: FixedSource) -> None:
    shown = show(source, "response", "?topic=records")
    assert (shown["topic value"], shown["topic disabled"], shown["wave disabled"]) == ("records", True, False)
    assert (shown["site hidden"], show(source, "flows")["site hidden"]) == (True, False)


def test_an_unknown_filter_is_said_and_left_at_its_default(source: FixedSource) -> None:
    shown = show(source, "growth", "?role=wizard&wave=2")
    assert "There is no role “wizard” here" in words(shown["notice"])
    assert (shown["role value"], shown["wave value"]) == ("all", "2")
    assert show(source, "growth", "?wave=2")["notice"] == []


def test_one_study_needs_no_choice_and_two_do(programme: Release) -> None:
    two = FixedSource({"one": programme, "two": empty_release()})
    assert show(FixedSource({"one": programme}), "roles")["study hidden"] is True
    assert show(two, "roles")["study hidden"] is False
    assert show(two, "roles", "?study=two")["finding"] == "Nobody has been invited yet"
    unknown = show(two, "roles", "?study=three")
    assert "There is no study “three” here" in words(unknown["notice"])
    assert unknown["study value"] == "one"


@pytest.mark.parametrize("name", PAGES)
def test_without_a_study_the_page_says_what_to_do(name: str) -> None:
    shown = show(FixedSource(), name, "?wave=1")
    assert shown["finding"] == "There is no study yet"
    assert "flask study create" in words(shown["content"])


@pytest.mark.parametrize("name", PAGES)
def test_before_anyone_is_invited_the_page_says_what_to_do(name: str) -> None:
    shown = show(FixedSource({"one": empty_release()}), name)
    assert shown["finding"] == "Nobody has been invited yet"
    assert "invite people" in words(shown["content"])


@pytest.mark.parametrize("name", ["flows", "roles", "growth"])
def test_before_anyone_has_finished_figures_wait(name: str) -> None:
    shown = show(FixedSource({"one": empty_release(invited=True)}), name)
    assert shown["finding"] == "Nobody has finished an interview yet: 20 were invited"
    assert "first answers" in words(shown["content"])


def test_before_anyone_has_finished_the_response_page_counts() -> None:
    shown = show(FixedSource({"one": empty_release(invited=True)}), "response")
    assert shown["finding"] == "0 of 20 people have answered in wave 1 (0%)"


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("search", ["?wave=1", "?topic=records&role=analyst", "?formality=both&wave=3", "?site=s5"])
def test_every_combination_is_a_page(source: FixedSource, name: str, search: str) -> None:
    shown = show(source, name, search)
    assert shown["finding"] and shown["content"]
