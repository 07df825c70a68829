"""For which answers on its own page a question is asked: told beforehand just as the condition itself tells it."""

from __future__ import annotations

from itertools import product

import pytest

from instruments.conditions import applies
from instruments.load import examine, loads
from instruments.responses import AnswerKey, Missing, Responses, Value
from instruments.same_page import Case, cases
from instruments.schema import AnyItem, FormPage

PAGE = """
instrument: {id: sample, version: 1.0.0, title: A sample}
scales: {often: {ordered: true, options: [daily, weekly, never]}}
relations: {advice: {label: talks to}}
pages:
  - {id: consent, type: consent, version: 1, text: Please read this., statements: [{id: agree, label: I agree}]}
  - {id: early, type: form, items: [{id: senior, type: boolean}]}
  - id: you
    type: form
    items:
      - {id: leads, type: boolean, allow: [prefer_not]}
      - {id: place, type: single, options: [ward, office], other: text}
      - {id: freq, type: scale, scale: often}
      - {id: topics, type: multi, options: [beds, notes, drugs]}
      - {id: feel, type: likert, scale: often, statements: [calm, busy]}
      - {id: team, type: number}
      - {id: why, type: text}
  - {id: names, type: name_generator, relation: advice, modes: [recall], none_option: No,
     prompts: [{id: any, text: Who?}]}
  - {id: done, type: finish}
ties: {advice: {from: names}}
"""
POSTED: dict[str, tuple[tuple[str, Value | None], ...]] = {
    "leads": (("yes", True), ("no", False), ("prefer_not", Missing.PREFER_NOT), ("", None)),
    "place": (("ward", "ward"), ("office", "office"), ("other", "other"), ("", None)),
    "freq": (("daily", "daily"), ("weekly", "weekly"), ("never", "never"), ("", None)),
    "calm": (("daily", "daily"), ("never", "never"), ("", None)),
    "topics": (("beds", ("beds",)), ("notes", ("notes",)), ("beds notes", ("beds", "notes")), ("", None)),
}


def items() -> tuple[AnyItem, ...]:
    page = loads(PAGE, "sample").page("you")
    assert isinstance(page, FormPage)
    return page.items


def told(condition: str, **answers: Value) -> list[dict[str, set[str]]] | None:
    found = cases(condition, items(), Responses(answers={AnswerKey(key): value for key, value in answers.items()}))
    return None if found is None else [{name: set(values) for name, values in case.items()} for case in found]


@pytest.mark.parametrize(
    ("condition", "when"),
    [
        ("leads", [{"leads": {"yes"}}]),
        ("!leads", [{"leads": {"no"}}]),
        ('place == "ward"', [{"place": {"ward"}}]),
        ('place != "ward"', [{"place": {"office", "other"}}]),
        ('freq in ["daily", "weekly"]', [{"freq": {"daily", "weekly"}}]),
        ('calm == "never"', [{"calm": {"never"}}]),
        ('"beds" in topics', [{"topics": {"beds"}}]),
        ('leads && place == "ward"', [{"leads": {"yes"}, "place": {"ward"}}]),
    ],
)
def test_a_closed_question_tells_for_which_of_its_answers(condition: str, when: list[dict[str, set[str]]]) -> None:
    assert told(condition) == when


def test_what_was_said_elsewhere_counts_as_it_stands() -> None:
    assert told("leads && senior", senior=True) == [{"leads": {"yes"}}]
    assert told("leads && senior", senior=False) == []
    assert told("leads || senior", senior=True) == [{}]
    assert told("senior", senior=True) == [{}]
    assert told("leads", leads=False) == [{"leads": {"yes"}}]


@pytest.mark.parametrize(
    "condition",
    ["team > 5", 'why == "x"', '!("beds" in topics)', "size(topics) > 1", '"beds" in topics && "notes" in topics'],
)
def test_numbers_texts_and_several_boxes_are_left_to_the_server(condition: str) -> None:
    assert told(condition) is None


CONDITIONS = (
    "leads", "!leads", 'place == "ward" || leads', 'place != "ward" && freq in ["daily", "never"]',
    'leads == false || place == "other"', '"beds" in topics || leads', 'calm == freq', 'leads ? place == "ward" : true',
    'senior && freq == "daily"', 'senior || freq == "daily"', '(leads && "notes" in topics) || place == "office"',
    '!(place == "ward" && leads)', 'place in ["ward"] == leads',
)  # fmt: skip


@pytest.mark.parametrize("condition", CONDITIONS)
def test_whatever_is_answered_the_cases_say_what_the_condition_says(condition: str) -> None:
    """Every combination of answers, read by the cases as a browser reads them, and by the condition itself."""
    for senior in (True, False):
        before = {AnswerKey("senior"): senior}
        found = cases(condition, items(), Responses(answers=before))
        assert found is not None
        for outcome in product(*POSTED.values()):
            posted = {name: posted.split() for name, (posted, _) in zip(POSTED, outcome, strict=True)}
            values = {AnswerKey(name): value for name, (_, value) in zip(POSTED, outcome, strict=True) if value}
            values |= {AnswerKey("leads"): False} if posted["leads"] == ["no"] else {}
            assert browser_says(found, posted) == applies(condition, Responses(answers=before | values)), posted


def browser_says(found: tuple[Case, ...], posted: dict[str, list[str]]) -> bool:
    """As webapp/assets/js/hanging.js reads the cases."""
    return any(
        all(any(given in values for given in (posted[name] or [""])) for name, values in case.items()) for case in found
    )


def test_lint_warns_of_a_question_that_shows_whatever_is_answered() -> None:
    hangs = PAGE.replace(
        "      - {id: why, type: text}\n",
        "      - {id: why, type: text, when: leads}\n      - {id: huge, type: text, when: team > 9 && leads}\n",
    )
    reading = examine(hangs, "sample")
    line = hangs[: hangs.index("id: huge")].count("\n") + 1
    warned = [(problem.line, problem.message) for problem in reading.problems if "shows whatever" in problem.message]
    message = "'huge' shows whatever is answered: no browser can tell by 'leads', 'team' whether it is asked"
    assert reading.instrument is not None
    assert warned == [(line, message)]
