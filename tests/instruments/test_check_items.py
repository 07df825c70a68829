"""Every kind of question beyond the first ones: what is taken, what is refused, and rules between answers."""

from __future__ import annotations

import pytest

from instruments.check import Posted, confirm_field, step_keys
from instruments.dates import month_number
from instruments.responses import AnswerKey, Missing, Value
from instruments.route import Step
from instruments.wording import MONTHS

from .interviews import check, interview, messages, sample, values

BORN = {"born~day": ["5"], "born~month": ["11"], "born~year": ["1980"]}


def dates(posted: Posted) -> tuple[dict[str, Value], dict[str, str]]:
    checked = check(sample("dates"), Step("when_was_it"), interview(), posted)
    return values(checked), messages(checked)


@pytest.mark.parametrize(
    ("posted", "born", "joined"),
    [
        (BORN, "1980-11-05", None),
        ({"born": ["1980-11-05"]}, "1980-11-05", None),
        (BORN | {"joined~month": [" 2 "], "joined~year": ["2021"]}, "1980-11-05", "2021-02"),
        (BORN | {"joined": ["2021-02"]}, "1980-11-05", "2021-02"),
        (BORN | {"joined": ["dont_know"], "joined~year": [""]}, "1980-11-05", Missing.DONT_KNOW),
    ],
)
def test_dates_are_read_from_boxes_or_whole(posted: Posted, born: Value, joined: Value | None) -> None:
    assert dates(posted) == ({"born": born} | ({} if joined is None else {"joined": joined}), {})


@pytest.mark.parametrize(
    ("posted", "field", "words"),
    [
        (BORN | {"born~month": ["Brumaire"]}, "born", "‘When were you born?’ must be a real date"),
        (BORN | {"born~month": ["ma"]}, "born", "‘When were you born?’ must be a real date"),
        (BORN | {"joined~month": ["Marching"], "joined~year": ["2021"]}, "joined",
         "‘When did you join?’ must be a real month, from 1 to 12"),
        ({}, "born", "Write a date for ‘When were you born?’"),
        (BORN | {"born~day": [""]}, "born", "‘When were you born?’ needs a day"),
        (BORN | {"born~month": [" "]}, "born", "‘When were you born?’ needs a month"),
        (BORN | {"born~year": [""]}, "born", "‘When were you born?’ needs a year"),
        (BORN | {"born~year": ["80"]}, "born", "Write all four digits of the year for ‘When were you born?’"),
        (BORN | {"born~day": ["31"]}, "born", "‘When were you born?’ must be a real date"),
        (BORN | {"born~day": ["٥"]}, "born", "‘When were you born?’ must be a real date"),
        (BORN | {"born~day": ["-5"]}, "born", "‘When were you born?’ must be a real date"),
        (BORN | {"born~year": ["1929"]}, "born", "Your answer must be 1 January 1930 or later"),
        (BORN | {"born~year": ["2011"]}, "born", "Your answer must be 31 December 2010 or earlier"),
        (BORN | {"joined~month": ["13"], "joined~year": ["2021"]}, "joined",
         "‘When did you join?’ must be a real month, from 1 to 12"),
        (BORN | {"joined~month": ["2"], "joined~year": ["2020"]}, "joined", "Your answer must be March 2020 or later"),
        (BORN | {"joined~month": ["2"]}, "joined", "‘When did you join?’ needs a year"),
        (BORN | {"joined": ["2021-02-03"]}, "joined", "‘When did you join?’ must be a real month, from 1 to 12"),
    ],
)  # fmt: skip
def test_a_date_that_is_none_is_told_what_it_lacks(posted: Posted, field: str, words: str) -> None:
    assert dates(posted)[1] == {field: words}


@pytest.mark.parametrize(
    ("month", "number"),
    [
        ("03", "03"), ("3", "03"), ("March", "03"), ("mar", "03"), (" MAR. ", "03"), ("sept", "09"), ("Mawrth", "03"),
        ("maw", "03"), ("Mai", "05"), ("may", "05"), ("Medi", "09"), ("meh", "06"), ("rhag", "12"), ("Aug", "08"),
    ],
)  # fmt: skip
def test_a_month_may_be_named_in_full_or_short_in_either_language(month: str, number: str) -> None:
    boxes = BORN | {"born~month": [month], "joined~month": [month], "joined~year": ["2021"]}
    assert dates(boxes)[0] == {"born": f"1980-{number}-05", "joined": f"2021-{number}"}


def test_three_letters_tell_every_month_from_all_others_in_every_language() -> None:
    begun = [(name[:3].casefold(), number) for names in MONTHS.values() for number, name in enumerate(names, 1)]
    assert len({word for word, _ in begun}) == len(set(begun))
    assert all(month_number(word) == str(number) for word, number in begun)


@pytest.mark.parametrize("reason", [["dont_know"], []])
def test_a_month_typed_beside_a_reason_for_none_is_asked_about_and_not_dropped(reason: list[str]) -> None:
    born = {"born~day": ["3"], "born~month": ["4"], "born~year": ["1980"]}
    joined = {"joined~month": ["5"], "joined~year": ["2021"], "joined": reason}
    checked = check(sample("dates"), Step("when_was_it"), interview(), born | joined)
    said = {"joined": "Give one answer to ‘When did you join?’"} if reason else {}
    assert messages(checked) == said


def rank(posted: Posted) -> tuple[dict[str, Value], dict[str, str]]:
    checked = check(sample("rank"), Step("order"), interview(), posted)
    return values(checked), messages(checked)


ALL_RANKED = {"all_of_them~time": ["3"], "all_of_them~money": ["1"], "all_of_them~people": ["2"]}


def test_options_are_ranked_by_numbers_or_in_the_order_posted() -> None:
    ranked = {"all_of_them": ("money", "people", "time")}
    assert rank(ALL_RANKED) == (ranked, {})
    assert rank({"all_of_them": ["money", "people", "time"]}) == (ranked, {})
    two = {"first_two~visits": ["1"], "first_two~calls": ["2"], "first_two~letters": [""]}
    assert rank(ALL_RANKED | two) == (ranked | {"first_two": ("visits", "calls")}, {})


@pytest.mark.parametrize(
    ("posted", "words"),
    [
        ({}, "Put every choice of ‘What helps most?’ in order, from 1 to 3"),
        ({"all_of_them~time": ["1"]}, "Put every choice of ‘What helps most?’ in order, from 1 to 3"),
        (ALL_RANKED | {"all_of_them~time": ["4"]}, "Put every choice of ‘What helps most?’ in order, from 1 to 3"),
        (ALL_RANKED | {"all_of_them~time": ["x"]}, "Put every choice of ‘What helps most?’ in order, from 1 to 3"),
        (ALL_RANKED | {"all_of_them~time": ["1"]}, "Use each number once for ‘What helps most?’"),
        ({"all_of_them": ["money", "money", "time"]}, "Put every choice of ‘What helps most?’ in order, from 1 to 3"),
        ({"all_of_them": ["money", "people", "luck"]}, "Choose from the answers to ‘What helps most?’"),
        (ALL_RANKED | {"first_two~calls": ["1"]}, "Choose your first 2 for ‘Your first two’, from 1 to 2"),
    ],
)
def test_a_ranking_that_is_none_is_told_why(posted: Posted, words: str) -> None:
    assert list(rank(posted)[1].values()) == [words]


def test_statements_are_answered_each_under_its_own_id() -> None:
    posted = {"safe": ["partly"], "heard": ["fully"]}
    checked = check(sample("likert"), Step("views"), interview(), posted)
    assert values(checked) == {"safe": "partly", "heard": "fully"} and checked.errors == ()
    assert step_keys(sample("likert"), Step("views"), interview()) == (AnswerKey("safe"), AnswerKey("heard"))
    lacking = check(sample("likert"), Step("views"), interview(), {"safe": ["partly"], "team": ["fully"]})
    assert messages(lacking) == {"heard": "Select an answer to ‘People listen to me’"}


@pytest.mark.parametrize("mail", ["jo@example.org", "j.o+x@a.example.org", "siân@example.cymru"])
@pytest.mark.parametrize(("call", "kept"), [("01234 567890", "01234567890"), ("+44 (0)20-7946.0000", "+4402079460000")])
def test_addresses_and_numbers_are_taken(mail: str, call: str, kept: str) -> None:
    checked = check(sample("contact"), Step("reach"), interview(), {"mail": [f" {mail} "], "call": [call]})
    assert values(checked) == {"mail": mail, "call": kept}


@pytest.mark.parametrize(
    "mail", ["jo", "jo@", "jo@example", "a b@example.org", "jo@ex..org", "a@b@example.org", "a@.org"]
)
def test_what_is_no_address_is_refused(mail: str) -> None:
    checked = check(sample("contact"), Step("reach"), interview(), {"mail": [mail], "call": ["12"]})
    assert messages(checked) == {
        "mail": "Write an e-mail address for ‘Your e-mail’, such as name@example.org",
        "call": "Write a telephone number for ‘Your telephone’, such as 01234 567890",
    }


def test_texts_and_calculations_take_no_answer() -> None:
    checked = check(sample("calculated"), Step("sums"), interview(), {"note": ["x"], "years": ["3"], "began": ["2020"]})
    assert values(checked) == {"began": 2020.0}
    assert step_keys(sample("calculated"), Step("sums"), interview()) == (AnswerKey("began"),)


def years(posted: Posted) -> tuple[dict[str, str], dict[str, str]]:
    checked = check(sample("rules"), Step("years"), interview(), posted)
    return messages(checked), {question.field: question.message for question in checked.questions}


def test_a_rule_between_answers_must_hold() -> None:
    assert years({"from_year": ["2001"], "to_year": ["2000"]}) == ({"to_year": "The last year is before the first"}, {})
    assert years({"from_year": ["2000"], "to_year": ["2001"]}) == ({}, {})


@pytest.mark.parametrize("posted", [{"from_year": ["2001"]}, {"to_year": ["1"]}, {}])
def test_a_rule_says_nothing_about_a_blank(posted: Posted) -> None:
    assert years(posted) == ({}, {})


def test_a_rule_says_nothing_beside_an_answer_that_is_refused() -> None:
    assert years({"from_year": ["2001"], "to_year": ["soon"]})[0] == {
        "to_year": "Write a number for ‘To year’, such as 3"
    }


def test_what_may_be_right_is_asked_once() -> None:
    long = {"from_year": ["1930"], "to_year": ["2000"]}
    assert years(long) == ({}, {"from_year": "That is a long time. Is it right?"})
    assert years(long | {confirm_field("from_year"): ["yes"]}) == ({}, {})


def test_a_rule_about_a_person_names_them() -> None:
    checked = check(sample("rules"), Step("each", 2), interview(2, {"from_year": 2000.0}), {"since.2": ["1999"]})
    assert messages(checked) == {"since.2": "You met Tom Novak before you began"}


@pytest.mark.parametrize("layout", ["matrix", "bins"])
def test_a_table_of_people_names_the_person_whose_answer_is_lacking(layout: str) -> None:
    checked = check(sample(layout), Step("each"), interview(3), {"near.1": ["close"], "near.3": ["far"]})
    assert messages(checked) == {"near.2": "Select an answer to ‘Tom Novak: How close are you?’"}
    assert values(checked).items() >= {"near.1": "close", "near.3": "far"}.items()


def test_a_condition_in_a_table_is_each_persons_own() -> None:
    posted = {"near.1": ["close"], "near.2": ["far"], "why_far.1": ["x"], "why_far.2": ["miles"]}
    checked = check(sample("matrix"), Step("each"), interview(2), posted)
    assert values(checked) == {
        "near.1": "close", "why_far.1": Missing.SKIPPED, "near.2": "far", "why_far.2": "miles",
    }  # fmt: skip


def test_groups_take_whole_numbers_and_zero_is_an_answer() -> None:
    step = Step("how_many")
    taken = check(sample("groups"), step, interview(), {"how_many..nurses": ["0"], "how_many..farmers": ["dont_know"]})
    assert values(taken) == {"how_many..nurses": 0.0, "how_many..farmers": Missing.DONT_KNOW}
    refused = check(sample("groups"), step, interview(), {"how_many..nurses": ["101"], "how_many..farmers": ["few"]})
    assert messages(refused) == {
        "how_many..nurses": "Your answer must be 100 or less",
        "how_many..farmers": "Write a number for ‘farmers: How many people do you know who are’, such as 3",
    }


def test_each_person_is_put_in_a_circle() -> None:
    checked = check(sample("place"), Step("circles"), interview(2), {"circles.1": ["inner"]})
    assert values(checked) == {"circles.1": "inner"}
    assert messages(checked) == {"circles.2": "Select an answer to ‘Where is Tom Novak?’"}
    assert check(sample("place"), Step("heaps"), interview(2), {"heaps.2": ["well"]}).errors == ()


def test_what_is_said_about_the_map_is_kept_and_may_be_blank() -> None:
    said = check(sample("own_map"), Step("picture"), interview(1), {"picture": ["Yes,\r\nit is."]})
    assert values(said) == {"picture": "Yes,\nit is."}
    assert check(sample("own_map"), Step("picture"), interview(1), {}).errors == ()


def test_a_page_to_read_takes_nothing() -> None:
    checked = check(sample("text_page"), Step("half_way"), interview(), {"half_way": ["x"]})
    assert (checked.values, checked.errors) == ({}, ())


def test_a_rule_is_put_at_a_question_that_is_asked_here_and_now() -> None:
    """Both years were told for good in the last wave: only the year of moving can be changed or confirmed."""
    again = interview(wave=2, previous={"born": 1990.0, "joined": 1980.0})
    once = sample("rules_once")
    unsure = check(once, Step("years"), again, {"moved": ["1970"]})
    assert [(one.field, one.message) for one in unsure.questions] == [("moved", "Is that right?")]
    assert unsure.errors == ()
    ticked = check(once, Step("years"), again, {"moved": ["1970"], confirm_field("moved"): ["yes"]})
    assert (ticked.questions, ticked.errors) == ((), ())


def test_a_rule_between_answers_that_were_told_for_good_says_nothing() -> None:
    first = interview(previous={})
    posted = {"born": ["1990"], "joined": ["1980"], "moved": ["1999"]}
    assert messages(check(sample("rules_once"), Step("years"), first, posted)) == {"born": "No"}
    again = interview(wave=2, previous={"born": 1990.0, "joined": 1980.0})
    assert messages(check(sample("rules_once"), Step("years"), again, {"moved": ["1999"]})) == {}
