"""Check your answers: everything said, in words, with the place to change it."""

from __future__ import annotations

from instruments.load import load
from instruments.responses import AnswerKey, Missing, Responses
from instruments.schema import FormPage
from instruments.summary import Row, answer_text, summarise

from .interviews import GDE, interview, sample


def test_a_whole_interview_is_told_page_by_page_and_person_by_person() -> None:
    said = interview(
        2,
        {
            "site": "RXX",
            "role": "it",
            "digital_years": Missing.PREFER_NOT,
            ("flow", 1, "epma"): ("i_get", "i_give"),
            ("flow", 1, "portals"): ("i_give",),
            ("freq", 1, None): "monthly",
            ("formality", 1, None): "informal",
            ("origin", 1, None): Missing.DONT_KNOW,
        },
        page="advice_names",
    )
    you, names, ann, tom, story = summarise(load(GDE), said, "en", entry=lambda roster, code: f"{roster} {code}")
    assert you.rows == (
        Row("Where do you mainly work?", "sites RXX", "about_you"),
        Row("What is your main job?", "IT and digital team", "about_you"),
        Row("How long have you worked on digital projects?", "I would rather not say", "about_you"),
    )
    assert (names.title, names.step_key) == ("Who do you talk to?", "advice_names")
    assert names.rows[0].answer == "Ann Lee, Tom Novak"
    topics = (
        "Electronic prescribing: I learn from them, They learn from me; Patient portals and apps: They learn from me"
    )
    assert (ann.title, ann.step_key) == ("Ann Lee", "about_contacts/1")
    assert ann.rows == (
        Row("What do you talk about?", topics, "topic_grid"),
        Row("How often do you talk to Ann Lee?", "Most months", "about_contacts/1"),
        Row("How do you mostly talk?", "Through people I know", "about_contacts/1"),
        Row("How did you get to know them?", "I do not know", "about_contacts/1"),
    )
    assert tom.title == "Tom Novak" and {row.answer for row in tom.rows} == {"Not answered"}
    assert story.rows == (Row("Tell us about one talk that helped you", "Not answered", "story"),)


def test_no_one_is_told_as_an_answer() -> None:
    sections = summarise(load(GDE), interview(no_one=["advice_names"]), "en")
    assert [s.step_key for s in sections] == ["about_you", "advice_names", "story"]
    assert sections[1].rows[0].answer == "I do not go to anyone"


def test_a_question_ruled_out_is_not_told() -> None:
    said = interview(1, {("near", 1, None): True, ("far", 1, None): Missing.SKIPPED})
    assert [row.question for row in summarise(sample("conditions"), said, "en")[-1].rows] == ["Near"]


def test_the_words_beside_other_are_told() -> None:
    key = AnswerKey("one")
    said = Responses(answers={key: "other", AnswerKey("age"): 42.0}, other_text={key: "A trainer"})
    rows = {row.question: row.answer for row in summarise(sample("every_kind"), said, "en")[-1].rows}
    assert (rows["One"], rows["Age"]) == ("Other: A trainer", "42")


def test_each_kind_of_answer_has_words() -> None:
    page = sample("every_kind").page("kinds")
    assert isinstance(page, FormPage)
    items = {item.id: item for item in page.items}
    assert answer_text(items["some"], ("a", "c"), "en") == "A, C"
    assert answer_text(items["some"], (), "en") == "Not answered"
    assert answer_text(items["agreed"], False, "en") == "No"
    assert answer_text(items["line"], "other", "en") == "other"
    assert answer_text(items["age"], 42.5, "en") == "42.5"
