"""Calculated values: worked out from answers, left out where an answer is lacking."""

from __future__ import annotations

import pytest

from instruments.calculated import calculate, calculated_keys
from instruments.conditions import compile_condition, evaluate
from instruments.responses import AnswerKey, Missing, Value
from instruments.route import steps
from instruments.schema import AlterFormPage, FormPage

from .interviews import interview, sample


def worked_out(answers: dict[tuple[object, ...] | str, Value], named: int = 0) -> dict[AnswerKey, Value]:
    return calculate(sample("calculated"), interview(named, answers))


def test_values_are_worked_out_in_order_and_for_each_person() -> None:
    """Begun in 2025: one year here, so new; Ann was met before that, Tom after."""
    answers = {"began": 2025.0, ("since", 1): 2020.0, ("since", 2): 2026.0}
    assert worked_out(answers, 2) == {
        AnswerKey("years"): 1.0,
        AnswerKey("new_here"): True,
        AnswerKey("longer_than_me", 1): True,
        AnswerKey("longer_than_me", 2): False,
    }


@pytest.mark.parametrize("began", [None, Missing.DONT_KNOW, Missing.SKIPPED])
def test_a_value_without_its_answer_is_none_at_all(began: Value | None) -> None:
    assert worked_out({} if began is None else {"began": began}) == {}


def test_an_old_value_never_feeds_a_new_one() -> None:
    assert worked_out({"began": 2020.0, "years": 1.0, "new_here": True})[AnswerKey("new_here")] is False
    assert worked_out({"years": 1.0, "new_here": True}) == {}, "the year was taken back"


def test_a_page_of_calculations_alone_is_never_shown_and_still_worked_out() -> None:
    whole = sample("calculated")
    form, each = whole.page("sums"), whole.page("each")
    assert isinstance(form, FormPage) and isinstance(each, AlterFormPage)
    first = form.model_copy(update={"items": form.items[:2]})
    ego = form.model_copy(update={"id": "ego", "items": form.items[2:]})
    since = each.model_copy(update={"id": "since_when", "items": each.items[:1]})
    people = each.model_copy(update={"items": each.items[1:]})
    pages = (whole.pages[0], whole.pages[1], first, ego, since, people, whole.pages[-1])
    changed = whole.model_copy(update={"pages": pages})
    said = interview(1, {"began": 2025.0, ("since", 1): 2020.0})
    assert [step.key for step in steps(changed, said)] == ["consent", "names", "sums", "since_when/1", "done"]
    assert set(calculate(changed, said)) == calculated_keys(changed, said)
    ruled_out = changed.model_copy(update={"pages": tuple(
        p.model_copy(update={"when": "began < 2000.0"}) if p.id in ("ego", "each") else p for p in changed.pages
    )})  # fmt: skip
    assert calculate(ruled_out, said) == {}


def test_nothing_is_worked_out_for_people_not_named() -> None:
    answers = {"began": 2020.0, ("since", 1): 2019.0}
    assert AnswerKey("longer_than_me", 1) not in worked_out(answers, 0)


def test_every_key_that_may_be_worked_out_is_known() -> None:
    assert calculated_keys(sample("calculated"), interview(2)) == {
        AnswerKey("years"), AnswerKey("new_here"), AnswerKey("longer_than_me", 1), AnswerKey("longer_than_me", 2),
    }  # fmt: skip


def test_an_instrument_without_calculations_gives_none() -> None:
    assert calculate(sample("grid"), interview(2)) == {}


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("age / 2", 2.5),
        ("age + 1 > 5", True),
        ('"3 of " + word', "3 of a2"),
        ("size(names) + 1", 3),
        ("age * 1.5", 7.5),
        ('names[1] + "!"', "Tom Novak!"),
        ("gone + 1", None),
    ],
)
def test_whole_numbers_and_decimal_answers_are_reckoned_together(source: str, value: object) -> None:
    said = interview(2, {"age": 5.0, "word": "a2"})
    assert evaluate(compile_condition(source), said) == value
