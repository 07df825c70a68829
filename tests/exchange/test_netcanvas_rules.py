"""Skip logic, filters and checks of Network Canvas protocols, and what is told of those that cannot be carried over."""

from __future__ import annotations

from typing import Any

import pytest

from instruments.conditions import applies
from instruments.responses import AnswerKey, Responses
from tests.exchange.protocols import STEPS, form, info, lost, names, read, rule, skip, stage, variable
from tests.exchange.walking import taken


def test_a_filter_asks_only_about_the_people_it_holds_for() -> None:
    found = read(
        names("People"),
        stage("AlterForm", "One", form=form("often", "friend")),
        stage(
            "AlterForm", "Two", form=form("age"),
            filter={"join": "OR", "rules": [
                rule("node", "EXACTLY", "friend", True), rule("node", "EXCLUDES", "often", [1]),
            ]},
        ),
        node={"often": variable("ordinal", "often", options=STEPS), "friend": variable("boolean", "friend"),
              "age": variable("number", "age")},
    )  # fmt: skip
    assert taken(found).page("two").when == 'alter.friend == true || (!has(alter.often) || !(alter.often in ["never"]))'
    assert found.lost == ()


def test_a_filter_on_what_a_prompt_marks_says_which_names_need_a_page() -> None:
    marking = names("Work", "Who works with you?")
    marking["prompts"][0]["additionalAttributes"] = [{"variable": "colleague", "value": True}]
    only = {"rules": [rule("node", "EXACTLY", "colleague", True)]}
    found = read(
        names("Close", "Who is close?"), marking, stage("AlterForm", "About", form=form("age"), filter=only),
        node={"age": variable("number", "age"), "colleague": variable("boolean", "colleague")},
    )  # fmt: skip
    assert taken(found).page("about").when is None
    assert "give those of “Work” a page of names, and name it under 'alters'" in lost(found)


@pytest.mark.parametrize(
    ("about", "condition"),
    [
        (rule("ego", "CONTAINS", "t", "Ann"), 't.contains("Ann")'),
        (rule("ego", "DOES_NOT_CONTAIN", "t", "Ann"), '!t.contains("Ann")'),
        (rule("ego", "EXACTLY", "t", "Ann"), 't == "Ann"'),
        (rule("ego", "GREATER_THAN_OR_EQUAL", "n", 5), "n >= 5"),
        (rule("ego", "NOT", "b", True), "b != true"),
        (rule("ego", "EXACTLY", "o", 2), 'o == "often"'),
        (rule("ego", "INCLUDES", "m", [1, 2]), '("never" in m && "often" in m)'),
        (rule("ego", "EXCLUDES", "m", [1, 2]), '!("never" in m || "often" in m)'),
        (rule("ego", "OPTIONS_GREATER_THAN", "m", 1), "size(m) > 1"),
        (rule("ego", "LESS_THAN", "d", "2020-01-31"), 'd < "2020-01-31"'),
        (rule("node", "EXISTS"), "size(people) > 0"),
        (rule("node", "EXACTLY", "name", "Dee"), '"Dee" in people'),
    ],
)
def test_each_operator_of_a_rule_becomes_a_condition(about: dict[str, Any], condition: str) -> None:
    ego = {
        "t": variable("text", "t"), "n": variable("number", "n"), "b": variable("boolean", "b"),
        "o": variable("ordinal", "o", options=STEPS), "m": variable("categorical", "m", options=[*STEPS, "Third"]),
        "d": variable("datetime", "d"),
    }  # fmt: skip
    found = read(stage("EgoForm", "You", form=form(*ego)), names("People"), info(skipLogic=skip(about)), ego=ego)
    assert taken(found).page("text").when == condition


def test_a_pattern_and_a_rule_about_ties_are_told_as_lost() -> None:
    ego = {"t": variable("text", "t")}
    shown = skip(rule("ego", "CONTAINS", "t", "^A.*"))
    tied = skip(rule("edge", "EXISTS"))
    found = read(
        stage("EgoForm", "You", form=form("t")), names("People"), info("One", skipLogic=shown),
        info("Two", skipLogic=tied), ego=ego,
    )  # fmt: skip
    assert [taken(found).page(word).when for word in ("one", "two")] == [None, None]
    assert lost(found).count("its rule cannot be told here, so it is always shown") == 2


def test_somebody_who_leaves_the_question_blank_is_told_of() -> None:
    ego = {"a": variable("boolean", "a"), "b": variable("boolean", "b", validation={"required": True})}
    hidden = skip(rule("ego", "EXACTLY", "a", True), rule("ego", "EXACTLY", "b", True), action="SKIP")
    found = read(stage("EgoForm", "You", form=form("a", "b")), names("People"), info(skipLogic=hidden), ego=ego)
    assert taken(found).page("text").when == "!(a == true && b == true)"
    assert "that it is shown where “a” has no answer. Somebody who" in lost(found)
    assert "where “b”" not in lost(found)


def test_a_jump_to_a_later_stage_hides_those_between() -> None:
    jump = skip(rule("ego", "EXACTLY", "a", True), action="SKIP", destination={"type": "stage", "stageId": "Three"})
    found = read(
        stage("EgoForm", "You", form=form("a")), names("People"), info("One", skipLogic=jump), info("Two"),
        info("Three"), ego={"a": variable("boolean", "a", validation={"required": True})},
    )  # fmt: skip
    instrument = taken(found)
    assert [instrument.page(word).when for word in ("one", "two", "three")] == ["!(a == true)", "!(a == true)", None]
    assert not applies(instrument.page("two").when, Responses(wave=1, seed=1, answers={AnswerKey("a"): True}))


def test_checks_between_answers_become_rules_of_the_page() -> None:
    found = read(
        stage("EgoForm", "You", form=form("low", "high", "few", "word")), names("People"),
        ego={
            "low": variable("number"),
            "high": variable("number", validation={"greaterThanVariable": "low"}),
            "few": variable("categorical", options=[*STEPS, "Third"], validation={"minSelected": 1, "maxSelected": 2}),
            "word": variable("text", validation={"minLength": 3, "maxLength": 9, "unique": True}),
        },
    )  # fmt: skip
    page = taken(found).page("you")
    assert [(r.when, r.item) for r in page.rules] == [
        ("number_2 > number", "number_2"), ("size(categorical) <= 2", "categorical"), ("size(text) >= 3", "text"),
    ]  # fmt: skip
    assert (page.items[2].required, page.items[3].max_length) == (True, 9)
    assert "the check that no two people have the same answer. Compare" in lost(found)


def test_no_key_is_dropped_without_a_word() -> None:
    odd = {"id": "x", "text": "Who?", "novel": 1}
    form_ = {"fields": [{"variable": "age", "prompt": "Age?", "novel": 2}]}
    found = read(
        stage("NameGenerator", "People", novel=3, prompts=[odd], form=form_),
        node={"age": variable("number", "age", novel=5, validation={"novel": 6})},
        novel=7,
    )
    places = {one.where.replace("stage 1 “People”", "1") for one in found.lost if "“novel”" in one.what}
    assert places == {
        "the file", "1", "1, prompt 1", "1, field 1", "1, variable “age”", "1, variable “age”, its checks",
    }  # fmt: skip


def test_a_rule_that_no_answer_can_meet_is_taken_out_and_told() -> None:
    never = skip(rule("ego", "EXACTLY", "a", True), rule("ego", "EXACTLY", "a", False))
    found = read(
        stage("EgoForm", "You", form=form("a")),
        names("People"),
        info(skipLogic=never),
        ego={"a": variable("boolean", "a")},
    )
    assert taken(found).page("text").when is None
    assert "page “text”: its condition a == true && a == false" in lost(found)


def test_words_too_long_for_a_page_are_cut_and_told() -> None:
    found = read(info("x" * 4100), names("People"))
    assert len(taken(found).pages[1].text) == 4000
    assert "its words after the first 4000 letters" in lost(found)
