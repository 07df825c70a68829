"""What counts of all that was said: an answer whose question has left the route decides nothing, and is not lost."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from instruments.check import check_step
from instruments.counted import counted, walk
from instruments.every_answer import every_answer
from instruments.fields import field_name
from instruments.responses import AnswerKey, Missing, Nomination, Responses, Value
from instruments.route import Step, first_open, steps
from instruments.summary import summarise
from instruments.synthetic import invent
from instruments.ties import bind

from .interviews import SAMPLES, check, interview, messages, sample

SAID: dict[tuple[object, ...] | str, Value] = {
    "agree": True, "a": True, "low": 5.0, "b": True, "more": 6.0, "c": "See", "d": "Do", "x": True, "y": "Why",
    "e": "Ease", ("often", 1): True, "high": 9.0,
}  # fmt: skip
WHOLE = ["consent", "one", "two", "three", "four", "five", "six", "names", "each/1", "some", "done"]
WITHOUT = ["consent", "one", "five", "done"]
ROSTERS = {"staff": ("p1", "p2", "p3"), "sites": ("RXX", "RYY")}


def said(**changed: Value) -> Responses:
    return interview(1, SAID | changed, done=WHOLE)


def route(responses: Responses) -> list[str]:
    return [step.key for step in steps(sample("off_route"), responses)]


def told(responses: Responses) -> dict[str, Value | None]:
    return {field_name(key): value for key, value in every_answer(sample("off_route"), responses).items()}


def test_a_page_leaves_with_the_answer_it_hangs_on_and_so_does_what_hangs_on_that() -> None:
    assert route(said()) == WHOLE
    assert route(said(a=False)) == WITHOUT
    assert route(said(b=False)) == [key for key in WHOLE if key != "three"]


def test_going_back_brings_every_answer_back() -> None:
    off = said(a=False)
    back = replace(off, answers={**off.answers, AnswerKey("a"): True})
    assert route(back) == WHOLE
    assert counted(sample("off_route"), back).answers == said().answers


def test_only_answers_of_questions_that_are_put_count() -> None:
    kept = {field_name(key): value for key, value in counted(sample("off_route"), said(a=False)).answers.items()}
    assert kept == {"agree": True, "a": False, "low": 5.0, "x": Missing.SKIPPED, "y": "Why"}


def test_a_question_ruled_out_on_a_page_that_stays_decides_nothing_either() -> None:
    assert "six" in route(said())
    assert "six" not in route(said(a=False)), "x was yes before its own condition failed"


def test_a_calculated_value_of_a_page_off_the_route_decides_nothing() -> None:
    assert "four" not in route(said(a=False)), "more is stored yet"
    assert "four" not in route(said(low=0.0)), "and one that is out of date decides nothing"


def test_people_named_on_a_page_off_the_route_count_as_not_named() -> None:
    assert len(bind(sample("off_route"), said())) == 1
    assert bind(sample("off_route"), said(a=False)) == ()
    titles = [section.title for section in summarise(sample("off_route"), said(a=False), "en")]
    assert titles == ["One", "Five"]
    no_one = replace(said(a=False), nominations=(), no_one=frozenset({"names"}))
    assert "some" not in route(replace(no_one, answers={**no_one.answers, AnswerKey("a"): False}))


def test_an_export_tells_what_left_the_route_as_skipped() -> None:
    skipped = Missing.SKIPPED
    assert told(said(a=False)) == {
        "agree": True, "a": False, "low": 5.0, "b": skipped, "more": skipped, "c": skipped, "d": skipped, "x": skipped,
        "y": "Why", "e": skipped, "high": skipped,
    }  # fmt: skip


def test_a_question_left_blank_and_then_ruled_out_is_skipped() -> None:
    answers = {key: value for key, value in said(a=False).answers.items() if key.item != "x"}
    assert told(replace(said(a=False), answers=answers))["x"] is Missing.SKIPPED


def test_answers_about_somebody_who_was_taken_off_do_not_count() -> None:
    both = interview(2, SAID | {("often", 2): True}, done=[*WHOLE, "each/2"])
    one = replace(both, nominations=(Nomination("names", "any", 1),))
    assert AnswerKey("often", 2) in counted(sample("off_route"), both).answers
    assert AnswerKey("often", 2) not in counted(sample("off_route"), one).answers
    assert "often.2" not in told(one)


def test_checking_sees_only_what_counts() -> None:
    ruled_out = check(sample("off_route"), Step("five"), said(a=False), {"x": ["yes"], "y": ["Why"]})
    assert {key.item: value for key, value in ruled_out.values.items()} == {"x": Missing.SKIPPED, "y": "Why"}
    assert messages(check(sample("off_route"), Step("some"), said(), {"high": ["4"]})) == {"high": "More"}


def answered(name: str, seed: int) -> Responses:
    """A sample walked to its end by chance, then some of its pages answered again in another way."""
    instrument, random = sample(name), Random(seed)
    generator = next((page.id for page in instrument.pages if page.type == "name_generator"), "names")
    now = interview(random.randint(0, 4), page=generator, seed=seed)

    def save(step: Step, responses: Responses) -> Responses:
        posted = invent(instrument, step, responses, random, ROSTERS)
        checked = check_step(instrument, step, responses, posted, known=lambda roster, code: True)
        done = responses.done | {step.key}
        return replace(responses, answers={**responses.answers, **checked.values}, done=done)

    for _ in range(60):
        step = first_open(steps(instrument, now), now)
        if step == steps(instrument, now)[-1]:
            break
        now = save(step, now)
    for step in random.choices(steps(instrument, now)[:-1], k=3):
        now = save(step, now) if step in steps(instrument, now) else now
    return replace(now, nominations=tuple(one for one in now.nominations if random.random() < 0.8))


@pytest.mark.parametrize("name", sorted(path.stem for path in SAMPLES.glob("*.yaml")))
def test_what_counts_decides_the_same_route_and_counts_again(name: str) -> None:
    for seed in range(6):
        instrument, now = sample(name), answered(name, seed)
        walked = walk(instrument, now)
        assert steps(instrument, now) == walked.route
        assert counted(instrument, walked.responses) == walked.responses
        assert steps(instrument, walked.responses) == walked.route
        assert summarise(instrument, now, "en") == summarise(instrument, walked.responses, "en")
        assert every_answer(instrument, now) == every_answer(instrument, walked.responses)
