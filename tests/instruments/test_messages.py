"""What respondents are told: the same messages, with the same places to fill, in every language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from instruments.answers import WHEN_BLANK
from instruments.messages import BRACES, LANGUAGES, MESSAGES, message
from instruments.wording import MONTHS, SAID, date_in_words

PACKAGE = Path(__file__).parents[2] / "instruments"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_message_with_the_same_places(language: str) -> None:
    assert list(MESSAGES[language]) == list(MESSAGES["en"])
    for name, words in MESSAGES[language].items():
        assert sorted(set(BRACES.findall(words))) == sorted(set(BRACES.findall(MESSAGES["en"][name]))), name


def test_every_language_has_our_own_words_and_its_months() -> None:
    assert set(SAID) == set(MONTHS) == set(LANGUAGES)
    assert all(list(words) == list(SAID["en"]) for words in SAID.values())
    assert all(len(set(months)) == 12 for months in MONTHS.values())


def test_every_message_is_used() -> None:
    code = "".join(p.read_text(encoding="utf-8") for p in PACKAGE.glob("*.py") if p.name != "messages.py")
    named = set(re.findall(r'"([a-z_]+)"', code)) | {f"date_lacks_{part}" for part in ("day", "month", "year")}
    assert set(MESSAGES["en"]) - named == set()
    assert set(WHEN_BLANK.values()) <= set(MESSAGES["en"])


def test_a_message_is_filled_once_and_falls_back_to_english() -> None:
    assert message("choose_one", "en", question="{most}") == "Choose one of the answers to ‘{most}’"
    assert message("whole", "fr") == message("whole", "en") != message("whole", "cy")


@pytest.mark.parametrize(
    ("date", "language", "words"),
    [
        ("2026-11-04", "en", "4 November 2026"),
        ("2026-11-04", "cy", "4 Tachwedd 2026"),
        ("2026-05", "fr", "May 2026"),
    ],
)
def test_a_date_is_told_in_words(date: str, language: str, words: str) -> None:
    assert date_in_words(date, language) == words
