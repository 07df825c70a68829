"""Pages about ties between others: what is taken, and what is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from instruments.check import Posted, step_keys
from instruments.check_ties import UNRELATED, unrelated_words
from instruments.responses import Alter, AnswerKey, Missing
from instruments.route import Step
from instruments.schema import AlterTiesPage
from instruments.ties import BoundSite, bind_sites

from .interviews import check, interview, keys_of, messages, sample, values

ONE = Step("knows_whom", 2)


def test_a_tick_is_a_tie_and_no_tick_is_none() -> None:
    checked = check(sample("one_to_many"), ONE, interview(4), {"knows_whom.2-4": ["yes"], "knows_whom.1-2": ["yes"]})
    assert values(checked) == {"knows_whom.2-3": False, "knows_whom.2-4": True}, "pairs of other steps are not taken"


@pytest.mark.parametrize("field", [UNRELATED, "knows_whom.2"])
def test_none_of_the_rest_is_kept_where_it_was_said(field: str) -> None:
    checked = check(sample("one_to_many"), ONE, interview(4), {field: ["yes"]})
    assert checked.errors == ()
    assert checked.values == keys_of(
        {("knows_whom", 2): True, ("knows_whom", 2, None, 3): False, ("knows_whom", 2, None, 4): False}
    )
    assert set(checked.values) <= set(step_keys(sample("one_to_many"), ONE, interview(4)))


def test_none_of_the_rest_beside_a_tick_is_refused() -> None:
    checked = check(sample("one_to_many"), ONE, interview(4), {UNRELATED: ["yes"], "knows_whom.2-3": ["yes"]})
    assert messages(checked) == {
        "knows_whom.2": "Tick people, or choose ‘None of the other people know each other’. Do not do both"
    }
    assert checked.values == {}


def test_none_of_the_rest_counts_only_where_it_is_offered() -> None:
    page = sample("sociogram").page("knows_whom")
    assert isinstance(page, AlterTiesPage) and unrelated_words(page, "en") == ""
    checked = check(sample("sociogram"), Step("knows_whom"), interview(3), {UNRELATED: ["yes"]})
    assert values(checked) == {"knows_whom.1-2": False, "knows_whom.1-3": False, "knows_whom.2-3": False}
    offered = sample("one_to_many").page("knows_whom")
    assert isinstance(offered, AlterTiesPage)
    assert unrelated_words(offered, "cy") == "Nid oes neb o’r bobl eraill yn adnabod ei gilydd"
    own = offered.model_copy(update={"unrelated_option": "None of them"})
    assert unrelated_words(own, "en") == "None of them"


@pytest.mark.parametrize(
    ("posted", "value"),
    [(["yes"], True), (["no"], False), (["dont_know"], Missing.DONT_KNOW)],
)
def test_one_pair_is_one_question(posted: list[str], value: object) -> None:
    checked = check(sample("pairs"), Step("knows_whom", 1, 3), interview(3), {"knows_whom.1-3": posted})
    assert checked.values == {AnswerKey("knows_whom", 1, None, 3): value}


def test_a_pair_left_blank_is_named() -> None:
    checked = check(sample("pairs"), Step("knows_whom", 1, 3), interview(3), {})
    assert messages(checked) == {"knows_whom.1-3": "Select yes or no for ‘Do Ann Lee and Raj Khan know each other?’"}


def test_strength_is_a_step_of_the_scale_and_may_stay_blank() -> None:
    step, said = Step("knows_whom", 1, 2), interview(2)
    assert values(check(sample("strength"), step, said, {"knows_whom.1-2": ["well"]})) == {"knows_whom.1-2": "well"}
    assert check(sample("strength"), step, said, {}).errors == ()
    refused = messages(check(sample("strength"), step, said, {"knows_whom.1-2": ["best"]}))
    assert refused == {"knows_whom.1-2": "Choose one of the answers to ‘Do Ann Lee and Tom Novak know each other?’"}


def sites(posted: Posted, page: str = "shared", own: str | None = None) -> tuple[dict[str, object], dict[str, str]]:
    said = replace(interview(), ego=Alter(0, "I", site=own))
    checked = check(sample("org_ties"), Step(page), said, posted)
    return dict(values(checked)), messages(checked)


def test_sites_take_several_options_or_one_step() -> None:
    assert sites({"shared..RXX": ["blueprint", "pairing"], "shared..RYY": [""]}) == (
        {"shared..RXX": ("pairing", "blueprint")}, {},
    )  # fmt: skip
    assert sites({"how_linked..RYY": ["well"]}, "how_linked") == ({"how_linked..RYY": "well"}, {})


@pytest.mark.parametrize(
    ("posted", "field", "words"),
    [
        ({"shared..NONE": ["pairing"]}, "shared..NONE", "Choose a place from the list for ‘NONE: What do you share?’"),
        ({"shared..RXX": ["love"]}, "shared..RXX", "Choose from the answers to ‘RXX: What do you share?’"),
        ({"shared..RYY": ["pairing"]}, "shared..RYY", "Choose other places than your own"),
    ],
)
def test_strange_sites_and_options_are_refused(posted: Posted, field: str, words: str) -> None:
    assert sites(posted, own="RYY")[1] == {field: words}


def test_too_many_sites_are_refused() -> None:
    page = sample("org_ties").page("shared").model_copy(update={"max": 1})
    narrow = sample("org_ties").model_copy(update={"pages": (page,)})
    checked = check(narrow, Step("shared"), interview(), {"shared..RXX": ["pairing"], "shared..RYY": ["pairing"]})
    assert messages(checked) == {"shared": "You can choose up to 1. Remove 1 to go on"}


def test_fields_of_other_shapes_are_no_sites() -> None:
    assert sites({"shared": ["pairing"], "shared.3.RXX": ["pairing"], "other..RXX": ["pairing"]}) == ({}, {})


def test_a_save_replaces_every_site_told_before() -> None:
    said = interview(0, {("shared", None, "RXX"): ("pairing",), ("how_linked", None, "RXX"): "well"})
    assert step_keys(sample("org_ties"), Step("shared"), said) == (AnswerKey("shared", None, "RXX"),)


def test_sites_are_bound_with_what_was_chosen() -> None:
    said = interview(0, {("shared", None, "RXX"): ("pairing", "blueprint"), ("how_linked", None, "RYY"): "well",
                         ("shared", None, "RYY"): Missing.DONT_KNOW})  # fmt: skip
    assert bind_sites(sample("org_ties"), said) == (
        BoundSite("linked", "RXX", ("pairing", "blueprint")),
        BoundSite("linked", "RYY", ("well",)),
    )
