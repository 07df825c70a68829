"""The whole language in one questionnaire: its way through, its checks in two languages, and what it tells."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import get_args

from instruments.baseline import items_of
from instruments.responses import Alter, AnswerKey, Nomination, Responses, Value
from instruments.route import Step, first_open, reachable, steps
from instruments.schema import AnyItem, AnyPage
from instruments.summary import summarise
from instruments.ties import BoundPair, BoundSite, bind, bind_pairs, bind_sites

from .interviews import SAMPLES, check, interview, messages, sample, values

WHOLE = sample("whole")


def second_wave() -> Responses:
    """Wave 2: Ann comes from the last wave; Ann and Tom are named."""
    return Responses(
        wave=2,
        alters=(Alter(1, "Ann Lee", carried=True), Alter(2, "Tom Novak")),
        nominations=(Nomination("advice_names", "any", 1), Nomination("advice_names", "stuck", 2)),
        previous={AnswerKey("role"): "nurse"},
        seed=7,
    )


def test_the_way_through_it_meets_every_page() -> None:
    assert [step.key for step in steps(WHOLE, second_wave())] == [
        "consent", "welcome", "about_you", "still_in_touch", "advice_names", "topic_grid", "about_contacts", "circles",
        "who_knows_whom/1", "how_close/1/2", "other_sites", "how_many", "picture", "done",
    ]  # fmt: skip
    assert [step.key for step in steps(WHOLE, Responses())] == [
        "consent", "welcome", "about_you", "advice_names", "other_sites", "how_many", "done",
    ]  # fmt: skip


POSTED: dict[str, dict[str, list[str]]] = {
    "consent": {"agree": ["yes"]},
    "about_you": {"site": ["RXX"], "started~month": ["4"], "started~year": ["2021"], "first_year": ["2021"]},
    "still_in_touch": {"still.1": ["same"]},
    "topic_grid": {"flow.1.records": ["i_get"]},
    "about_contacts": {"freq.1": ["weekly"], "freq.2": ["rarer"], "formality.1": ["formal"], "origin.1": ["pairing"]},
    "circles": {"circles.1": ["well"]},
    "who_knows_whom/1": {"who_knows_whom.1-2": ["yes"]},
    "how_close/1/2": {"how_close.1-2": ["a_little"]},
    "other_sites": {"other_sites..RYY": ["blueprint"]},
    "how_many": {"how_many..nurses": ["12"]},
    "picture": {"picture": ["It does"]},
}


def answered() -> Responses:
    """The second wave answered to the end, page after page."""
    said = second_wave()
    while (step := first_open(steps(WHOLE, said), said)).page != "done":
        assert step in reachable(steps(WHOLE, said), said)
        checked = check(WHOLE, step, said, POSTED.get(step.key, {}))
        assert (checked.errors, checked.questions) == ((), ()), step.key
        said = replace(said, answers={**said.answers, **checked.values}, done=said.done | {step.key})
    return said


def test_a_second_wave_is_answered_to_the_end_and_becomes_ties() -> None:
    said = answered()
    ties = bind(WHOLE, said)
    assert [(tie.alter, tie.topic, tie.direction, tie.contacts_per_year) for tie in ties] == [
        (1, "records", "get", 48), (2, None, None, 6),
    ]  # fmt: skip
    assert bind_pairs(WHOLE, said) == (BoundPair("knows", 1, 2, None), BoundPair("close", 1, 2, "a_little"))
    assert bind_sites(WHOLE, said) == (BoundSite("linked", "RYY", ("blueprint",)),)


def test_check_your_answers_has_one_section_a_person_and_one_row_for_all_pairs() -> None:
    sections = summarise(WHOLE, answered(), "en", entry=lambda roster, code: f"Site {code}")
    told = {section.title: section for section in sections}
    assert [section.step_key for section in sections] == [
        "about_you", "about_contacts", "advice_names", "about_contacts", "who_knows_whom/1", "how_close/1/2",
        "other_sites", "how_many", "picture",
    ]  # fmt: skip
    assert [(row.question, row.answer) for row in told["Ann Lee"].rows] == [
        ("Do you still talk to Ann Lee?", "As before"),
        ("What you talk about", "Records: I learn"),
        ("How often do you talk to Ann Lee?", "Most weeks"),
        ("How do you mostly talk?", "In set meetings"),
        ("How did you meet?", "Our sites were paired"),
        ("How well do you know Ann Lee?", "Well"),
    ]
    rows = {row.step_key: row.answer for section in sections for row in section.rows}
    assert rows["who_knows_whom/1"] == "Ann Lee – Tom Novak"
    assert rows["how_close/1/2"] == "Ann Lee – Tom Novak (A little)"
    assert rows["other_sites"] == "Site RYY: We use their plans"
    assert [row.answer for row in told["About you"].rows[:2]] == ["Site RXX", "April 2021"]


def test_messages_are_in_the_respondents_language() -> None:
    checked = check(WHOLE, Step("about_contacts"), second_wave(), {"freq.1": ["weekly"]}, "cy")
    assert messages(checked) == {"freq.2": "Dewiswch ateb i ‘Pa mor aml ydych chi’n siarad â Tom Novak?’"}
    consent = check(WHOLE, Step("consent"), second_wave(), {}, "cy")
    assert messages(consent) == {"agree": "Ticiwch y blwch os ydych yn cytuno: ‘Rwy’n dewis cymryd rhan.’"}
    unsure = check(WHOLE, Step("about_you"), Responses(), {
        "site": ["RXX"], "role": ["it"], "first_year": ["2000"], "last_year": ["2010"],
    }, "cy")  # fmt: skip
    assert [q.message[:20] for q in unsure.questions] == ["Dechreuoch yma cyn g"]


def test_every_type_of_page_and_question_has_a_sample() -> None:
    instruments = [sample(path.stem) for path in SAMPLES.glob("*.yaml")]
    pages: set[str] = {page.type for instrument in instruments for page in instrument.pages}
    items: set[str] = {item.type for i in instruments for page in i.pages for item in items_of(page)}
    assert _types(AnyPage) - pages == set()
    assert _types(AnyItem) - items == set()


def _types(union: object) -> set[str]:
    return {word for kind in get_args(get_args(union)[0]) for word in get_args(kind.model_fields["type"].annotation)}


def seconds(work: Callable[[], object], times: int = 60) -> float:
    """The fastest of several runs, so that a busy machine does not count."""
    best = 1.0
    for _ in range(times):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best


def test_a_route_and_a_check_take_no_time_that_anyone_notices() -> None:
    """Eight people named: twice what is aimed at (0.1 ms a route, 0.3 ms a check), as machines differ."""
    answers: dict[tuple[object, ...] | str, Value] = {("freq", n): "weekly" for n in range(1, 9)}
    said = interview(8, answers, page="advice_names")
    assert seconds(lambda: steps(WHOLE, said)) < 0.0002
    posted = {f"{item}.{n}": ["weekly"] for item in ("freq", "formality", "origin", "circles") for n in range(1, 9)}
    slowest = {step.key: seconds(lambda step=step: check(WHOLE, step, said, posted)) for step in steps(WHOLE, said)}
    assert {key: spent for key, spent in slowest.items() if spent > 0.0006} == {}
    assert values(check(WHOLE, Step("about_contacts"), said, posted))["freq.8"] == "weekly"
