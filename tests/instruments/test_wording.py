"""Wording: the right language, and names filled in as plain text."""

from __future__ import annotations

import pytest

from instruments.responses import Missing
from instruments.schema import AlterFormPage, FormPage
from instruments.wording import option_label, phrase, question, say

from .interviews import sample


@pytest.mark.parametrize(
    ("text", "language", "said"),
    [
        ("Hello", "cy", "Hello"),
        ({"en": "Hello", "cy": "Helo"}, "cy", "Helo"),
        ({"en": "Hello", "cy": "Helo"}, "fr", "Hello"),
        ({"cy": "Helo"}, "fr", "Helo"),
        ({"en": "Hello", "cy": ""}, "cy", "Hello"),
    ],
)
def test_a_text_is_said_in_the_language_asked_for_or_the_nearest(text: str, language: str, said: str) -> None:
    assert say(text, language) == said


def test_names_are_filled_in_as_they_are() -> None:
    text = "How often do you talk to {alter} about {topic}?"
    assert say(text, "en", alter="<b>{topic}</b>", topic="data") == (
        "How often do you talk to <b>{topic}</b> about data?"
    ), "what is filled in is not filled again, and escaping is the page's work"


def test_a_place_without_a_name_stays_as_written() -> None:
    assert say("Talk to {alter}", "en") == "Talk to {alter}"


def test_a_question_is_said_in_each_language_with_the_name() -> None:
    page = sample("two_languages").page("each")
    assert isinstance(page, AlterFormPage)
    assert question(page.items[0], "cy", alter="Ann") == "Ydy Ann yn agos?"


def test_choices_are_called_by_their_labels() -> None:
    form = sample("short_forms").page("about_you")
    assert isinstance(form, FormPage)
    role = form.items[0]
    assert option_label(role, "nurse", "en") == "Nurse"
    assert option_label(role, "other", "en") == "Other"
    assert option_label(role, "gone", "en") == "gone"
    assert option_label(role, Missing.DONT_KNOW, "en") == "I do not know"
    assert option_label(role, Missing.SKIPPED, "en") == "Not answered"
    assert question(role, "en") == "Role"


def test_yes_and_no_have_words() -> None:
    page = sample("conditions").page("you")
    assert isinstance(page, FormPage)
    assert [option_label(page.items[0], value, "en") for value in (True, False, "yes", "no")] == ["Yes", "No"] * 2
    assert phrase("yes", "xx") == "Yes"
