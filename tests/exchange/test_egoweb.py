"""EgoWeb studies: what becomes a questionnaire of ours, what is named as lost, what is refused."""

from __future__ import annotations

import pytest

from exchange.foreign import read_foreign
from exchange.refusals import UnusableFile
from tests.exchange.walking import taken, walked


def question(number: int, title: str, about: str, kind: str, prompt: str = "", inside: str = "", **more: object) -> str:
    extra = "".join(f' {key}="{value}"' for key, value in more.items())
    return (
        f'<question id="{number}" title="{title}" answerType="{kind}" subjectType="{about}" ordering="{number}"{extra}>'
        f"<preface></preface><prompt>{prompt or title}</prompt><citation></citation>{inside}</question>"
    )


def options(*names: str) -> str:
    return "".join(f'<option id="{n}0" name="{name}" value="{n}" ordering="{n}"/>' for n, name in enumerate(names, 1))


QUESTIONS = [
    question(1, "login", "EGO_ID", "TEXTUAL"),
    question(2, "Age", "EGO", "NUMERICAL", "How old are you?&lt;br&gt;", minLimitType="NLT_LITERAL", minLiteral="16",
             maxLimitType="NLT_LITERAL", maxLiteral="99", dontKnowButton="1"),
    question(3, "Job", "EGO", "MULTIPLE_SELECTION", "Your job?", options("Nurse", "Doctor"), maxCheckableBoxes="1"),
    question(4, "Shifts", "EGO", "MULTIPLE_SELECTION", "Which shifts?", options("Day", "Night"), maxCheckableBoxes="2",
             answerReasonExpressionId="7"),
    question(5, "Thanks", "EGO", "NO_RESPONSE", "Thank you so far"),
    question(6, "Near", "ALTER", "MULTIPLE_SELECTION", "How near is $$?", options("Near", "Far"), maxCheckableBoxes="1",
             askingStyleList="1"),
    question(7, "Why far", "ALTER", "TEXTUAL_PP", "Why is $$ far?", answerReasonExpressionId="8"),
    question(8, "Talk", "ALTER_PAIR", "MULTIPLE_SELECTION", "Do $$1 and $$2 talk?", options("Often", "Rarely", "Never"),
             maxCheckableBoxes="1"),
    question(9, "Drawn", "EGO", "RANDOM_NUMBER"),
    question(10, "More", "EGO", "TEXTUAL", "More?", answerReasonExpressionId="9"),
]  # fmt: skip
EXPRESSIONS = """
<expression id="1" name="adults" questionId="2" type="Number" operator="GreaterOrEqual"><value>18</value></expression>
<expression id="2" name="nurses" questionId="3" type="Selection" operator="Some"><value>10</value></expression>
<expression id="7" name="both" questionId="" type="Compound" operator="All"><value>1,2</value></expression>
<expression id="8" name="far" questionId="6" type="Selection" operator="Some"><value>20</value></expression>
<expression id="9" name="counted" questionId="" type="Counting" operator="Sum"><value>1::2</value></expression>
<expression id="5" name="talks" questionId="8" type="Selection" operator="Some"><value>10,20</value></expression>
"""


def study(questions: list[str] = QUESTIONS, head: str = "") -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{head}<study id="1" name="Ward talk" minAlters="2" maxAlters="12" '
        'adjacencyExpressionId="5"><introduction>Welcome!&lt;br&gt;Hello.</introduction><egoIdPrompt>Id?</egoIdPrompt>'
        "<alterPrompt>Who do you work with?</alterPrompt><conclusion>Bye</conclusion>"
        f"<questions>{''.join(questions)}</questions><expressions>{EXPRESSIONS}</expressions></study>"
    ).encode()


def test_a_study_becomes_pages_about_oneself_people_and_pairs() -> None:
    instrument = taken(read_foreign(study(), "ward.study"))
    assert [(page.id, page.type) for page in instrument.pages] == [
        ("consent", "consent"), ("introduction", "info"), ("age_page", "form"), ("job_page", "form"),
        ("shifts_page", "form"), ("thanks_page", "info"), ("more_page", "form"), ("people", "name_generator"),
        ("near_page", "alter_form"), ("why_far_page", "alter_form"), ("talk_page", "alter_ties"), ("done", "finish"),
    ]  # fmt: skip
    assert instrument.page("introduction").text == "Welcome!\nHello."
    assert (instrument.page("people").max, instrument.page("people").prompts[0].text) == (12, "Who do you work with?")


def test_questions_keep_bounds_options_and_their_reasons_for_no_answer() -> None:
    instrument = taken(read_foreign(study(), "ward.study"))
    age = instrument.page("age_page").items[0]
    assert (age.label, age.minimum, age.maximum, age.allow) == ("How old are you?", 16, 99, ("dont_know",))
    assert instrument.page("job_page").items[0].type == "single"
    assert instrument.page("shifts_page").items[0].type == "multi"
    near = instrument.page("near_page")
    assert (near.layout, near.items[0].label) == ("matrix", "How near is {alter}?")


def test_expressions_become_conditions() -> None:
    instrument = taken(read_foreign(study(), "ward.study"))
    assert instrument.page("shifts_page").when == '(age >= 18) && (job == "nurse")'
    assert instrument.page("why_far_page").when == 'alter.near == "far"'
    assert instrument.page("more_page").when is None


def test_the_answers_that_mean_a_tie_become_its_strength() -> None:
    pairs = taken(read_foreign(study(), "ward.study")).page("talk_page")
    assert (pairs.mode, [option.value for option in pairs.options]) == ("strength", ["often", "rarely", "none"])
    assert pairs.label == "Do {alter} and {to} talk?"


def test_what_is_lost_is_named_by_question_with_the_reason() -> None:
    lost = {one.where: one.what for one in read_foreign(study(), "ward.study").lost}
    assert lost["question “login”"].startswith("it says who answers")
    assert lost["question “Drawn”"].startswith("there is no question of the type RANDOM_NUMBER")
    assert lost["question “More”"].startswith("when it is asked: “counted”. It is always asked")
    assert lost["the names"].startswith("the least number of people")


def test_what_was_read_can_be_answered_to_the_end() -> None:
    instrument = taken(read_foreign(study(), "ward.study"))
    for seed in range(4):
        walked(instrument, seed)


def test_a_newer_study_asks_for_names_where_it_says() -> None:
    newer = [QUESTIONS[1], question(3, "Who", "NAME_GENERATOR", "NAME_GENERATOR", "Whom do you know?"), QUESTIONS[5]]
    instrument = taken(read_foreign(study(newer), "ward.study"))
    assert [page.id for page in instrument.pages][2:5] == ["age_page", "who_page", "near_page"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (study(head='<!DOCTYPE x [<!ENTITY a "aaaa">]>'), "declares a document type"),
        (study(head='<!DOCTYPE x SYSTEM "x.dtd">'), "declares a document type"),
        (b"<study><questions></study>", "it is not XML"),
        (b"<a/>", "no EgoWeb study"),
        (b"<study>" + b"<a>" * 40 + b"</a>" * 40 + b"</study>", "too deep"),
        (b"<study>" + b"<a/>" * 200_001 + b"</study>", "too many elements"),
        (b"<study>" + b" " * (16 * 1024 * 1024) + b"</study>", "larger than 16 MiB"),
        (b'<?xml version="1.0" encoding="martian"?><study/>', "character set"),
    ],
    ids=["entity", "doctype", "open", "other", "deep", "many", "large", "charset"],
)
def test_what_is_no_study_is_refused_with_a_remedy(data: bytes, reason: str) -> None:
    with pytest.raises(UnusableFile) as caught:
        read_foreign(data, "ward.study")
    assert reason in caught.value.reason
    assert caught.value.remedy


def test_a_sum_is_carried_and_what_counts_as_0_in_it_is_listed() -> None:
    """EgoWeb takes a blank answer for 0 in a sum; a condition of ours on a blank answer does not hold."""
    sums = (
        '<expression id="11" name="many" questionId="" type="Counting" operator="Sum"><value>1:2:2</value></expression>'
        '<expression id="12" name="over" questionId="" type="Comparison" operator="Greater"><value>20:11</value>'
        "</expression>"
    )
    asked = [*QUESTIONS[:3], question(11, "Sum", "EGO", "TEXTUAL", "So?", answerReasonExpressionId="12")]
    found = read_foreign(study(asked).replace(b"</expressions>", f"{sums}</expressions>".encode()), "ward.study")
    when = taken(found).page("sum_page").when
    assert when == '((job == "nurse" ? 1 : 0) + age) > 20'
    assert [one.what.partition(".")[0] for one in found.lost if one.where == "question “Sum”"] == [
        "that question “Age” counts as 0 in a sum where it has no answer",
        "that question “Job” counts as 0 in a sum where it has no answer",
    ]
