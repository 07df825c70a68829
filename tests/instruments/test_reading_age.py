"""Reading age: syllables by spelling, sentences, and the formula worked by hand."""

from __future__ import annotations

from math import sqrt

import pytest

from instruments.lint_reading import readings, whole_reading
from instruments.load import examine
from instruments.reading_age import reading, syllables

from .interviews import SAMPLES, sample

COUNTED = {
    1: "care clothes months played team there used asked",
    2: "advice agreed being boxes careful colleague diet every hopeless little people quiet science something trainee",
    3: "agreement area committee decided digital employee family hospital idea prescribing questionnaire video",
    4: "academy electronic information reliable situation society usually variety voluntary",
    5: "organisation university",
}


@pytest.mark.parametrize(("number", "word"), [(n, word) for n, words in COUNTED.items() for word in words.split()])
def test_syllables_are_counted_by_spelling(number: int, word: str) -> None:
    assert syllables(word) == number


def test_sentences_and_long_words_are_counted() -> None:
    found = reading(["We met. Did {alter} help?", "Electronic prescribing"])
    assert (found.sentences, found.words, found.longest_sentence) == (3, 7, 3)
    assert found.hard_words == ("electronic", "prescribing")


def test_the_age_is_that_of_the_formula() -> None:
    """Two long words in three sentences: grade 3.1291 + 1.043 √20, and five years more."""
    assert reading(["We met. Electronic talk.", "Prescribing"]).age == pytest.approx(8.1291 + 1.043 * sqrt(20))


def test_easy_words_read_as_for_a_child_of_eight() -> None:
    assert reading(["We met. You came. It went well."]).age == pytest.approx(8.1291)


def test_welsh_has_sentences_and_no_age() -> None:
    found = reading(["Ydych chi yno? Rydym yma."], "cy")
    assert (found.sentences, found.longest_sentence, found.age, found.hard_words) == (2, 3, None, ())


def test_nothing_to_read_has_no_age() -> None:
    assert reading([]).age is None


def test_each_wording_is_read_in_each_of_its_languages() -> None:
    found = {(read.language, read.text) for read in readings(sample("two_languages"))}
    assert {("en", "Is {alter} near?"), ("cy", "Ydy {alter} yn agos?")} <= found
    assert whole_reading(sample("two_languages"), "cy").words == 4


def test_a_sentence_of_26_words_is_warned_of_and_one_of_25_is_not() -> None:
    text = (SAMPLES / "smallest.yaml").read_text(encoding="utf-8")
    for words, warned in ((25, False), (26, True)):
        problems = examine(text.replace("Please read this.", "go " * words), "long.yaml").problems
        assert any(f"has {words} words" in problem.message for problem in problems) is warned


def test_a_text_full_of_long_words_is_warned_of_by_name() -> None:
    text = (SAMPLES / "smallest.yaml").read_text(encoding="utf-8")
    hard = "Organisational interoperability necessitates documentation. " * 4
    problems = examine(text.replace("Please read this.", f'"{hard}"'), "hard.yaml").problems
    assert any("reads as for somebody of" in p.message and "documentation" in p.remedy for p in problems)
