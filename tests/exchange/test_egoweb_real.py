"""EgoWeb studies as EgoWeb writes them: words in attributes or in elements, and every kind of setting."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape, quoteattr

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exchange.foreign import Foreign, read_foreign
from instruments.conditions import applies
from instruments.responses import AnswerKey, Responses
from tests.exchange.walking import taken, walked

Options = list[tuple[int, str]]


def question(
    number: int, title: str, about: str, kind: str, prompt: str, options: Options | None = None, **more: Any
) -> str:
    """A question in the newer form: all its words are attributes."""
    held: dict[str, Any] = {"id": number, "title": title, "subjectType": about, "answerType": kind, "ordering": number}
    held |= more
    asking = held.pop("other", None)
    held |= {
        "prompt": prompt,
        "preface": held.get("preface", ""),
        "minCheckableBoxes": held.get("minCheckableBoxes", 1),
    }
    attributes = " ".join(f"{key}={quoteattr(str(value))}" for key, value in held.items())
    rows = "".join(
        f'<option id="{key}" name={quoteattr(name)} value="{at}" ordering="{at}" otherSpecify="{int(key == asking)}"/>'
        for at, (key, name) in enumerate(options or [])
    )
    return f"<question {attributes}>{rows}</question>"


def expression(number: int, kind: str, operator: str, value: str, about: int = 0, blank: int = 0) -> str:
    return (
        f'<expression id="{number}" name="e{number}" type="{kind}" operator="{operator}" value="{escape(value)}" '
        f'resultForUnanswered="{blank}" questionId="{about}"/>'
    )


WHO = question(40, "Who", "NAME_GENERATOR", "NAME_GENERATOR", "Whom do you know?", minLiteral=0, maxLiteral=7)
YES: Options = [(11, "Yes"), (12, "No")]


def read(*parts: str, **head: str) -> Foreign:
    attributes = " ".join(f"{key}={quoteattr(value)}" for key, value in head.items())
    questions = "".join(part for part in parts if part.startswith("<question"))
    expressions = "".join(part for part in parts if part.startswith("<expression"))
    beside = "".join(part for part in parts if not part.startswith(("<question", "<expression")))
    text = f'<?xml version="1.0"?><study id="1" name="Ward" {attributes}><questions>{questions}</questions>'
    return read_foreign(f"{text}<expressions>{expressions}</expressions>{beside}</study>".encode(), "ward.study")


def lost(found: Foreign) -> str:
    return "\n".join(f"{one.where}: {one.what}" for one in found.lost)


def test_words_and_values_in_attributes_are_read() -> None:
    found = read(
        question(1, "Age", "EGO", "NUMERICAL", "How <b>old</b> are you?<br>", preface="First, you."),
        question(2, "Old", "EGO", "NO_RESPONSE", "So you are grown up", answerReasonExpressionId=1),
        WHO,
        expression(1, "Number", "Greater", "17", 1),
        introduction="Welcome!",
        conclusion="Goodbye.",
    )
    instrument = taken(found)
    assert instrument.page("introduction").text == "Welcome!"
    assert (instrument.page("age_page").intro, instrument.page("age_page").items[0].label) == (
        "First, you.", "How old are you?",
    )  # fmt: skip
    assert instrument.page("old_page").when == "age > 17"
    assert instrument.page("done").intro == "Goodbye."
    assert (instrument.page("who_page").max, found.lost) == (7, ())


def test_sums_and_comparisons_become_conditions() -> None:
    found = read(
        question(1, "a", "EGO", "NUMERICAL", "A?"), question(2, "b", "EGO", "NUMERICAL", "B?"),
        question(3, "More", "EGO", "NO_RESPONSE", "A is more", answerReasonExpressionId=3), WHO,
        expression(1, "Counting", "Sum", "-1::2"), expression(2, "Counting", "Sum", "1:1:1"),
        expression(3, "Comparison", "Greater", "0:2"),
    )  # fmt: skip
    condition = taken(found).page("more_page").when
    assert condition == "((-1 * (b)) + a) > 0"
    answers = {AnswerKey("a"): 5.0, AnswerKey("b"): 4.0}
    assert applies(condition, Responses(wave=1, seed=1, answers=answers))


def test_blank_entries_of_a_compound_are_passed_over_and_what_counts_when_blank_is_told() -> None:
    found = read(
        question(1, "a", "EGO", "NUMERICAL", "A?", dontKnowButton=1),
        question(2, "More", "EGO", "NO_RESPONSE", "More", answerReasonExpressionId=2), WHO,
        expression(1, "Number", "Less", "5", 1, blank=1), expression(2, "Compound", "Some", ",1"),
    )  # fmt: skip
    assert taken(found).page("more_page").when == "(a < 5)"
    assert "that it is asked where question “a” has no answer. A condition about" in lost(found)


def test_a_condition_on_an_option_with_words_of_ones_own_is_about_other() -> None:
    found = read(
        question(1, "Job", "EGO", "MULTIPLE_SELECTION", "Job?", [(1, "Nurse"), (2, "Doctor"), (3, "Else, say which")],
                 maxCheckableBoxes=1, other=3),
        question(2, "Tell", "EGO", "TEXTUAL", "Tell us", answerReasonExpressionId=1), WHO,
        expression(1, "Selection", "Some", "1,3", 1),
    )  # fmt: skip
    instrument = taken(found)
    item = instrument.page("job_page").items[0]
    assert ([option.value for option in item.options], item.other, item.required) == (["nurse", "doctor"], True, True)
    condition = instrument.page("tell_page").when
    assert condition == 'job in ["nurse", "other"]'
    assert applies(condition, Responses(wave=1, seed=1, answers={AnswerKey("job"): "other"}))
    assert "the words “Else, say which”" in lost(found)


@pytest.mark.parametrize(
    ("kind", "required"),
    [("TEXTUAL", True), ("TEXTUAL_PP", False), ("NUMERICAL", True), ("DATE", True), ("TIME_SPAN", False)],
)
def test_what_egoweb_does_not_let_pass_blank_is_required(kind: str, required: bool) -> None:
    found = read(question(1, "Q", "EGO", kind, "Q?", timeUnits=11), WHO)
    assert taken(found).page("q_page").items[0].required is required


def test_how_many_may_be_ticked_and_bounds_from_another_answer_are_rules() -> None:
    few: Options = [(n, f"Option {n}") for n in range(1, 6)]
    found = read(
        question(1, "few", "EGO", "MULTIPLE_SELECTION", "Two or three", few, minCheckableBoxes=2, maxCheckableBoxes=3),
        question(2, "all", "EGO", "NUMERICAL", "How many?"),
        question(3, "some", "EGO", "NUMERICAL", "Of these?", maxLimitType="NLT_PREVQUES", maxPrevQues=2), WHO,
    )  # fmt: skip
    instrument = taken(found)
    assert [rule.when for rule in instrument.page("few_page").rules] == ["size(few) >= 2", "size(few) <= 3"]
    assert [rule.when for rule in instrument.page("some_page").rules] == ["some <= all_2"]


@pytest.mark.parametrize(
    ("kind", "units", "made"),
    [
        ("DATE", 11, [("when", "date")]),
        ("DATE", 3, [("when", "month")]),
        ("DATE", 1, [("when", "number")]),
        ("DATE", 48, [("when", "text")]),
        ("TIME_SPAN", 12, [("when_weeks", "number"), ("when_days", "number")]),
    ],
)
def test_the_parts_of_a_time_that_are_asked_for_are_kept(kind: str, units: int, made: list[tuple[str, str]]) -> None:
    found = read(question(1, "When", "EGO", kind, "When?", timeUnits=units), WHO)
    assert [(item.id, item.type) for item in taken(found).page("when_page").items] == made


def test_questions_for_names_one_after_the_other_are_prompts_of_one_page() -> None:
    second = question(41, "Other", "NAME_GENERATOR", "NAME_GENERATOR", "And at work?", maxLiteral=5)
    found = read(WHO, second, question(50, "Age", "ALTER", "NUMERICAL", "How old is $$?"))
    page = taken(found).page("who_page")
    assert [(p.text, p.reuse) for p in page.prompts] == [
        ("Whom do you know?", ()), ("And at work?", ("prompt_1",)),
    ]  # fmt: skip
    assert page.max == 12


def test_a_question_about_those_named_on_one_page_is_about_them_alone() -> None:
    second = question(41, "Other", "NAME_GENERATOR", "NAME_GENERATOR", "And at work?", maxLiteral=5)
    found = read(
        WHO, second, question(50, "Age", "ALTER", "NUMERICAL", "How old is $$?"),
        question(51, "Boss", "ALTER", "TEXTUAL", "Does $$ lead you?", answerReasonExpressionId=1),
        expression(1, "Name Generator", "Some", "41"),
    )  # fmt: skip
    pages = [page for page in taken(found).pages if page.type == "alter_form"]
    assert [(page.items[0].label, page.alters) for page in pages] == [
        ("How old is {alter}?", "who_page"), ("How old is {alter}?", "other_page"),
        ("Does {alter} lead you?", "other_page"),
    ]  # fmt: skip


def test_the_answers_that_the_map_draws_are_the_ties() -> None:
    three: Options = [(1, "Often"), (2, "Rarely"), (3, "Never")]
    found = read(
        WHO, question(50, "Talk", "ALTER_PAIR", "MULTIPLE_SELECTION", "Do $$1 and $$2 talk?", three, refuseButton=1),
        question(60, "Map", "NETWORK", "NO_RESPONSE", "This is your map", networkRelationshipExprId=1),
        question(61, "Say", "NETWORK", "TEXTUAL", "What do you see?"),
        expression(1, "Selection", "Some", "1,2", 50),
    )  # fmt: skip
    instrument = taken(found)
    pairs = instrument.page("talk_page")
    assert ([option.label for option in pairs.options], pairs.allow) == (["Often", "Rarely", "Never"], ("prefer_not",))
    assert [page.type for page in instrument.pages[-4:]] == ["narrative", "narrative", "form", "finish"]
    assert instrument.page("map_page").intro == "This is your map"


def test_a_row_of_a_list_about_oneself_keeps_its_own_words() -> None:
    same = "How often do you …"
    found = read(
        question(1, "Read", "EGO", "SELECTION", same, YES, askingStyleList=1, citation="read?"),
        question(2, "Write", "EGO", "SELECTION", same, YES, askingStyleList=1, citation="write?"), WHO,
    )  # fmt: skip
    instrument = taken(found)
    labels = [instrument.page(word).items[0].label for word in ("read_page", "write_page")]
    assert labels == ["How often do you … read?", "How often do you … write?"]
    assert "question “Read”: that it stands in one list" in lost(found)


@pytest.mark.parametrize(("symmetric", "told"), [(0, True), (1, False)])
def test_pairs_asked_about_both_ways_round_are_told(symmetric: int, told: bool) -> None:
    found = read(WHO, question(50, "Talk", "ALTER_PAIR", "SELECTION", "Does $$1 lead $$2?", YES, symmetric=symmetric))
    assert ("both ways round" in lost(found)) == told


def test_a_text_about_each_person_stays_a_text() -> None:
    found = read(WHO, question(50, "Now", "ALTER", "NO_RESPONSE", "Think of $$ now"))
    assert taken(found).page("now_page").items[0].text == "Think of {alter} now"


def test_what_is_worked_out_in_words_shows_as_a_gap_and_is_told() -> None:
    found = read(question(1, "Use", "EGO", "TEXTUAL", "Since <DATE NOW -1 MONTH /> and <VAR x /> <img src='a'>?"), WHO)
    assert taken(found).page("use_page").items[0].label == "Since … and … ?"
    said = lost(found)
    assert "“DATE NOW -1 MONTH”" in said
    assert "“VAR x”" in said
    assert "its pictures, sounds and films" in said


def test_no_setting_is_dropped_without_a_word() -> None:
    found = read(
        question(1, "Q", "EGO", "TEXTUAL", "Q?", novel=1, keepOnSamePage=1, withListRange=1, citation="A book"), WHO,
        "<answerLists/><interviews/><novelty/>", '<alterPrompts><alterPrompt display="Add"/></alterPrompts>',
        novel="2", style="a {}", useAsAlters="1", header="",
    )  # fmt: skip
    said = lost(found)
    for start in (
        "question “Q”: its setting “novel”", "question “Q”: that it stands on the page of the question before",
        "question “Q”: how many rows must", "question “Q”: its source “A book”", "the study: its setting “novel”",
        "the study: its style sheet", "the study: that people are named from a list", "the study: its lists of answers",
        "the study: the interviews in it", "the study: its part “novelty”", "question “Who”: what is shown while names",
    ):  # fmt: skip
        assert start in said, start
    assert "header" not in said


def test_every_kind_of_question_together_can_be_walked() -> None:
    three: Options = [(1, "Often"), (2, "Rarely"), (3, "Never")]
    found = read(
        question(1, "Age", "EGO", "NUMERICAL", "Age?"), question(2, "Job", "EGO", "SELECTION", "Nurse?", YES),
        question(3, "Day", "EGO", "DATE", "Day?", timeUnits=11),
        question(4, "Long", "EGO", "TIME_SPAN", "How long?", timeUnits=3),
        question(5, "Old", "EGO", "TEXTUAL_PP", "Say", answerReasonExpressionId=1), WHO,
        question(50, "Near", "ALTER", "MULTIPLE_SELECTION", "Near?", YES, maxCheckableBoxes=1, askingStyleList=1),
        question(51, "Why", "ALTER", "TEXTUAL", "Why?", answerReasonExpressionId=2),
        question(52, "Talk", "ALTER_PAIR", "MULTIPLE_SELECTION", "Talk?", three),
        question(60, "Map", "NETWORK", "NO_RESPONSE", "Map"),
        expression(1, "Number", "Greater", "17", 1), expression(2, "Selection", "Some", "11", 50),
    )  # fmt: skip
    instrument = taken(found)
    for seed in range(4):
        walked(instrument, seed)


KEYS = (
    "answerType",
    "subjectType",
    "ordering",
    "answerReasonExpressionId",
    "minLiteral",
    "maxCheckableBoxes",
    "timeUnits",
)
WORDS = st.sampled_from(
    ["", "0", "-1", "3", "99", "EGO", "ALTER", "NETWORK", "DATE", "NUMERICAL", "x y", "{alter} $$1"]
)


@settings(max_examples=60, deadline=None)
@given(
    changes=st.lists(st.tuples(st.integers(0, 3), st.sampled_from(KEYS), WORDS), max_size=6),
    values=st.lists(st.sampled_from(["1:2:1", "0:1", "1,2,3", "11", "::", "", "a"]), min_size=3, max_size=3),
)
def test_a_study_with_any_settings_is_read_and_can_be_used(
    changes: list[tuple[int, str, str]], values: list[str]
) -> None:
    more: list[dict[str, str]] = [{}, {}, {}, {}]
    for at, key, value in changes:
        more[at] |= {key: value}
    found = read(
        question(1, "Age", "EGO", "NUMERICAL", "Age?", **more[0]),
        question(2, "Job", "EGO", "MULTIPLE_SELECTION", "Job?", YES, **({"answerReasonExpressionId": 1} | more[1])),
        question(50, "Near", "ALTER", "SELECTION", "Near?", YES, **({"answerReasonExpressionId": 2} | more[2])),
        question(51, "Talk", "ALTER_PAIR", "SELECTION", "Talk?", YES, **more[3]),
        expression(1, "Comparison", "Greater", values[0]),
        expression(2, "Compound", "Some", values[1]),
        expression(3, "Counting", "Sum", values[2]),
    )
    assert taken(found).pages
