"""Checking posted pages: what is taken, what is refused and in which words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from instruments.check import Checked, Posted, check_step, field_name, step_keys
from instruments.load import load
from instruments.responses import AnswerKey, Missing, Responses, Value
from instruments.route import Step, steps
from instruments.schema import Instrument

from .interviews import GDE, interview, sample

ALL = {
    "one": ["a"], "some": ["c", "a"], "line": [" Jo "], "lines": ["One\r\ntwo "], "age": ["42"],
    "agreed": ["no"], "site": ["RXX"],
}  # fmt: skip


def known(roster: str, code: str) -> bool:
    return (roster, code) == ("sites", "RXX")


def check(instrument: Instrument, step: Step, said: Responses, posted: Posted, language: str = "en") -> Checked:
    return check_step(instrument, step, said, posted, known=known, language=language)


def kinds(posted: Posted) -> Checked:
    return check(sample("every_kind"), Step("kinds"), interview(), posted)


def messages(checked: Checked) -> dict[str, str]:
    return {error.field: error.message for error in checked.errors}


def test_every_kind_of_answer_is_read() -> None:
    checked = kinds(ALL)
    assert checked.errors == ()
    assert {key.item: value for key, value in checked.values.items()} == {
        "one": "a", "some": ("a", "c"), "line": "Jo", "lines": "One\ntwo", "age": 42.0, "agreed": False, "site": "RXX",
    }  # fmt: skip


def test_each_blank_required_question_is_named() -> None:
    assert messages(kinds({"line": ["   "], "some": [""]})) == {
        "one": "Select an answer to ‘One’",
        "some": "Select one answer or more to ‘Some’",
        "line": "Write an answer to ‘Your name’",
        "lines": "Tell us more",
        "age": "Write a number for ‘Age’",
        "agreed": "Select yes or no for ‘Agreed’",
        "site": "Choose an answer from the list for ‘Site’",
    }


@pytest.mark.parametrize(
    ("field", "values", "words"),
    [
        ("one", ["z"], "Choose one of the answers to ‘One’"),
        ("one", ["a", "b"], "Give one answer to ‘One’"),
        ("one", ["prefer_not"], "Choose one of the answers to ‘One’"),
        ("one", ["a", "dont_know"], "Give one answer to ‘One’"),
        ("some", ["a", "z"], "Choose from the answers to ‘Some’"),
        ("some", ["a", "prefer_not"], "Give one answer to ‘Some’"),
        ("some", ["other"], "Choose from the answers to ‘Some’"),
        ("line", ["x" * 11], "Your answer must be 10 characters or fewer"),
        ("line", ["a\x00b"], "hidden characters"),
        ("line", ["a\nb"], "hidden characters"),
        ("line", ["a\u202eb"], "hidden characters"),
        ("lines", ["x" * 21], "Your answer must be 20 characters or fewer"),
        ("lines", ["a\x1bb"], "hidden characters"),
        ("age", ["many"], "Write a number for ‘Age’, such as 3"),
        ("age", ["nan"], "Write a number"),
        ("age", ["1e9"], "Write a number"),
        ("age", ["٤٢"], "Write a number"),
        ("age", ["42.5"], "Your answer must be a whole number"),
        ("age", ["15"], "Your answer must be 16 or more"),
        ("age", ["100"], "Your answer must be 99 or less"),
        ("agreed", ["maybe"], "Select yes or no for ‘Agreed’"),
        ("site", ["RYY"], "Choose an answer from the list for ‘Site’"),
        ("site", ["RX\x00X"], "hidden characters"),
    ],
)
def test_a_wrong_answer_is_refused_in_plain_words(field: str, values: list[str], words: str) -> None:
    checked = kinds(ALL | {field: values})
    assert list(messages(checked)) == [field]
    assert words in messages(checked)[field]
    assert AnswerKey(field) not in checked.values


@pytest.mark.parametrize(
    ("field", "values", "value"),
    [
        ("one", ["dont_know"], Missing.DONT_KNOW),
        ("some", ["prefer_not"], Missing.PREFER_NOT),
        ("one", ["a", "a"], "a"),
        ("some", ["b", "b"], ("b",)),
        ("age", ["42.0"], 42.0),
        ("age", [" 42 "], 42.0),
        ("line", ["cafe\u0301"], "caf\u00e9"),
        ("line", ["x" * 10], "x" * 10),
        ("lines", ["a\r\n" * 6 + "b"], "a\n" * 6 + "b"),
        ("line", ["<b>Jo</b>"], "<b>Jo</b>"),
    ],
)
def test_an_answer_at_the_edge_is_taken(field: str, values: list[str], value: Value) -> None:
    checked = kinds(ALL | {field: values})
    assert checked.errors == ()
    assert checked.values[AnswerKey(field)] == value


@pytest.mark.parametrize(
    ("posted", "text", "error"),
    [
        ({"one.other": [" A trainer "]}, "A trainer", ""),
        ({}, None, "Write what ‘Other’ is"),
        ({"one.other": ["  "]}, None, "Write what ‘Other’ is"),
        ({"one.other": ["x" * 201]}, None, "Your answer must be 200 characters or fewer"),
    ],
)
def test_other_needs_words(posted: dict[str, list[str]], text: str | None, error: str) -> None:
    checked = kinds(ALL | {"one": ["other"]} | posted)
    assert checked.other_text.get(AnswerKey("one")) == text
    assert messages(checked) == ({"one.other": error} if error else {})


def test_words_beside_a_choice_that_was_not_made_are_dropped() -> None:
    assert kinds(ALL | {"one.other": ["A trainer"]}).other_text == {}


def test_fields_of_other_pages_are_ignored() -> None:
    assert kinds(ALL | {"csrf_token": ["x"], "agree": ["yes"], "one.3": ["b"]}) == kinds(ALL)


def test_a_question_ruled_out_is_stored_as_skipped_and_its_posted_answer_dropped() -> None:
    page = Step("each", 1)
    near = check(sample("conditions"), page, interview(1), {"near.1": ["yes"], "far.1": ["days"]})
    assert near.values == {AnswerKey("near", 1): True, AnswerKey("far", 1): Missing.SKIPPED}
    far = check(sample("conditions"), page, interview(1), {"near.1": ["no"], "far.1": ["days"]})
    assert far.values == {AnswerKey("near", 1): False, AnswerKey("far", 1): "days"}
    assert messages(check(sample("conditions"), page, interview(1), {"near.1": ["no"]})) == {
        "far.1": "Select an answer to ‘Far’"
    }


def test_a_condition_sees_what_is_posted_now_and_not_what_was_stored_before() -> None:
    said = interview(1, {("near", 1, None): False})
    checked = check(sample("conditions"), Step("each", 1), said, {"far.1": ["days"]})
    assert checked.values == {AnswerKey("far", 1): Missing.SKIPPED}


def test_a_blank_optional_question_leaves_no_row() -> None:
    assert check(load(GDE), Step("story"), interview(), {"exchange": [""]}) == Checked()


def test_consent_needs_every_tick() -> None:
    gde = load(GDE)
    half = check(gde, Step("consent"), interview(), {"agree_read": ["yes"]})
    assert list(messages(half)) == ["agree_voluntary"]
    assert messages(half)["agree_voluntary"].startswith("Tick the box if you agree: ‘I choose to take part.")
    full = check(gde, Step("consent"), interview(), {"agree_read": ["yes"], "agree_voluntary": ["yes"]})
    assert full.errors == ()
    assert full.values == {AnswerKey("agree_read"): True, AnswerKey("agree_voluntary"): True}


@pytest.mark.parametrize(
    ("named", "posted", "message"),
    [
        (0, {}, "Add a person, or choose ‘I do not go to anyone’"),
        (0, {"no_one": ["yes"]}, ""),
        (3, {}, ""),
        (8, {}, ""),
        (9, {}, "You can add up to 8 people. Remove 1 to go on"),
        (2, {"no_one": ["yes"]}, "Remove the people on your list, or do not choose ‘I do not go to anyone’"),
    ],
)
def test_someone_or_no_one(named: int, posted: dict[str, list[str]], message: str) -> None:
    checked = check(load(GDE), Step("advice_names"), interview(named, page="advice_names"), posted)
    assert messages(checked) == ({"no_one": message} if message else {})
    assert checked.no_one is ("no_one" in posted)


def test_errors_about_a_person_name_the_person() -> None:
    checked = check(load(GDE), Step("about_contacts", 2), interview(2, page="advice_names"), {"formality.2": ["loud"]})
    assert messages(checked) == {
        "freq.2": "Select how often you talk to Tom Novak",
        "formality.2": "Choose one of the answers to ‘How do you mostly talk?’",
        "origin.2": "Select how you got to know Tom Novak",
    }


def test_a_grid_takes_ticks_and_requires_none() -> None:
    said = interview(2, page="advice_names")
    posted = {"flow.1.epma": ["i_give", "i_get"], "flow.2.records": ["i_get"], "flow.3.epma": ["i_get"]}
    checked = check(load(GDE), Step("topic_grid"), said, posted)
    assert checked.errors == ()
    assert checked.values == {
        AnswerKey("flow", 1, "epma"): ("i_get", "i_give"),
        AnswerKey("flow", 2, "records"): ("i_get",),
    }
    assert check(load(GDE), Step("topic_grid"), said, {}) == Checked()
    wrong = check(load(GDE), Step("topic_grid"), said, {"flow.1.epma": ["both"]})
    assert messages(wrong) == {"flow.1.epma": "Choose from the answers to ‘Ann Lee: Electronic prescribing’"}


def test_messages_follow_the_language_of_the_instrument() -> None:
    checked = check(sample("two_languages"), Step("each", 1), interview(1), {"near.1": ["perhaps"]}, "cy")
    assert "‘Ydy Ann Lee yn agos?’" in messages(checked)["near.1"]


def test_the_finish_page_asks_nothing() -> None:
    assert check(load(GDE), Step("done"), interview(), {"x": ["y"]}) == Checked()


def test_a_page_that_does_not_exist_is_a_fault_of_ours() -> None:
    with pytest.raises(KeyError):
        check(load(GDE), Step("nowhere"), interview(), {})


def test_the_keys_of_a_step_are_all_that_it_may_answer() -> None:
    gde, said = load(GDE), interview(2, page="advice_names")
    assert step_keys(gde, Step("about_contacts", 2), said) == (
        AnswerKey("freq", 2), AnswerKey("formality", 2), AnswerKey("origin", 2),
    )  # fmt: skip
    assert len(step_keys(gde, Step("topic_grid"), said)) == 2 * 6
    assert step_keys(gde, Step("consent"), said) == (AnswerKey("agree_read"), AnswerKey("agree_voluntary"))
    assert step_keys(gde, Step("advice_names"), said) == step_keys(gde, Step("done"), said) == ()


GDE_READ = load(GDE)
WHO = interview(3, page="advice_names")
FIELDS = [field_name(key) for step in steps(GDE_READ, WHO) for key in step_keys(GDE_READ, step, WHO)]
VALUES = st.sampled_from(["daily", "i_get", "i_give", "formal", "yes", "nurse", "RXX", "dont_know", ""]) | st.text(
    max_size=9
)


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(st.sampled_from([*FIELDS, "no_one"]), st.lists(VALUES, max_size=3)))
def test_whatever_is_posted_is_taken_or_named_and_only_on_its_own_fields(posted: dict[str, list[str]]) -> None:
    for step in steps(GDE_READ, WHO):
        checked = check(GDE_READ, step, WHO, posted)
        own = {field_name(key) for key in step_keys(GDE_READ, step, WHO)}
        assert {field_name(key) for key in checked.values} <= own
        assert {error.field for error in checked.errors} <= own | {"no_one"}
        assert not {error.field for error in checked.errors} & {field_name(key) for key in checked.values}
        assert all(error.message for error in checked.errors)
