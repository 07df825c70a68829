"""The route: which steps there are, and which may be opened."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instruments.load import load, loads
from instruments.responses import Responses
from instruments.route import Step, first_open, next_step, previous_step, reachable, share_done, step_of, steps

from .interviews import GDE, SAMPLES, interview, sample


def keys(name: str, responses: Responses) -> list[str]:
    return [step.key for step in steps(sample(name), responses)]


def test_the_library_questionnaire_asks_about_each_person_named() -> None:
    route = steps(load(GDE), interview(2, page="advice_names"))
    assert [s.key for s in route] == [
        "consent", "about_you", "advice_names", "topic_grid", "about_contacts/1", "about_contacts/2", "story", "done",
    ]  # fmt: skip


def test_pages_about_people_are_left_out_when_nobody_is_named() -> None:
    assert keys("grid", interview()) == ["consent", "names", "done"]


def test_a_page_whose_condition_does_not_hold_is_left_out() -> None:
    assert "many" not in keys("conditions", interview(2))
    assert "many" in keys("conditions", interview(3))


def test_a_page_stays_while_one_of_its_questions_may_be_asked() -> None:
    assert keys("conditions", interview(1)) == ["consent", "names", "you", "each/1", "done"]


def test_a_page_about_people_may_be_for_some_of_them() -> None:
    """Tom is near and is asked how near; Ann is not, and Raj was not asked yet."""
    page = "  - {id: more, type: alter_form, alters: names, when: alter.near, items: [{id: reason, type: text}]}\n"
    text = (SAMPLES / "conditions.yaml").read_text(encoding="utf-8").replace("  - {id: done", page + "  - {id: done")
    said = interview(3, {("near", 1, None): False, ("near", 2, None): True})
    assert [s.key for s in steps(loads(text, "more.yaml"), said) if s.page == "more"] == ["more/2"]


@pytest.mark.parametrize(("named_on", "shown"), [("names", True), ("more", False)])
def test_a_picture_so_far_waits_for_people_named_before_it_and_not_after(named_on: str, shown: bool) -> None:
    """consent, names, picture, more: who is named on the last of these does not call the picture back."""
    asks = "type: name_generator, relation: asks, modes: [recall], none_option: No, prompts: [{id: a, text: Who?}]"
    pages = f"  - {{id: picture, type: narrative}}\n  - {{id: more, {asks}}}\n  - {{id: done"
    text = (SAMPLES / "grid.yaml").read_text(encoding="utf-8").replace("  - {id: done", pages)
    bound = text.replace("relations: {", "relations: {asks: {label: asks}, ")
    bound = bound.replace("ties: {", "ties: {asks: {from: more}, ")
    route = steps(loads(bound, "picture.yaml"), interview(1, page=named_on))
    assert (Step("picture") in route) == shown


@pytest.mark.parametrize(("wave", "page"), [(1, "first"), (2, "later"), (3, "later")])
def test_a_wave_asks_its_own_pages(wave: int, page: str) -> None:
    assert keys("waves", interview(wave=wave)) == ["consent", "names", page, "done"]


def test_steps_follow_each_other_both_ways() -> None:
    route = steps(sample("conditions"), interview(2))
    assert next_step(route, Step("each", 1)) == Step("each", 2)
    assert previous_step(route, Step("each", 1)) == Step("you")
    assert next_step(route, route[-1]) is None
    assert previous_step(route, route[0]) is None
    assert next_step(route, Step("each", 9)) is None
    assert previous_step(route, Step("each", 9)) is None


def test_only_saved_steps_and_the_first_open_one_can_be_reached() -> None:
    """Three people; the second was added after the third's page was saved."""
    said = interview(3, done=["consent", "names", "many", "you", "each/1", "each/3"])
    route = steps(sample("conditions"), said)
    assert first_open(route, said) == Step("each", 2)
    assert Step("each", 3) in reachable(route, said)
    assert Step("done") not in reachable(route, said)
    assert share_done(route, said) == pytest.approx(6 / 7)


def test_the_finish_is_open_once_all_else_is_saved() -> None:
    said = interview(no_one=["names"], done=["consent", "names", "you"])
    route = steps(sample("conditions"), said)
    assert first_open(route, said) == Step("done")
    assert share_done(route, said) == 1.0
    finished = interview(no_one=["names"], done=["consent", "names", "you", "done"])
    assert first_open(route, finished) == Step("done")


def test_nothing_done_leaves_only_the_first_step() -> None:
    route = steps(sample("smallest"), interview())
    assert reachable(route, interview()) == (Step("consent"),)
    assert share_done(route, interview()) == 0.0


def test_a_route_without_steps_is_a_fault_of_ours() -> None:
    with pytest.raises(ValueError, match="without steps"):
        first_open((), interview())


@pytest.mark.parametrize("key", ["consent", "about_contacts/3", "knows/3/5"])
def test_a_key_names_its_step(key: str) -> None:
    step = step_of(key)
    assert step is not None and step.key == key


@pytest.mark.parametrize("key", ["", "/3", "a/", "a/x", "a/-1", "a/²", "a/1/", "a/1/x", "a/1/2/3", "a/1234567"])
def test_what_is_no_key_names_no_step(key: str) -> None:
    assert step_of(key) is None


@given(st.integers(0, 9), st.sets(st.sampled_from(["consent", "names", "many", "you", "each/1", "each/2", "done"])))
def test_going_forward_and_back_meets_every_step(named: int, done: set[str]) -> None:
    said = interview(named, done=done)
    route = steps(sample("conditions"), said)
    assert all(previous_step(route, b) == a and next_step(route, a) == b for a, b in pairwise(route))
    assert first_open(route, said) in reachable(route, said)
    assert len(set(route)) == len(route)
