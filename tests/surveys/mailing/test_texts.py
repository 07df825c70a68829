"""What mails say: refused with a remedy, filled once, in every language of the questionnaire."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from instruments.reading_age import reading
from surveys.mailing.default_texts import DEFAULTS
from surveys.mailing.letters import Office, recipient, sample_letter, write_letter
from surveys.mailing.texts import PLACES, TextRefused, faults, fill, set_text, wordings
from tests.small_study import KEY, NOW, SmallStudy

BODY = "Hello {name}\n{link}"
OFFICE = Office(KEY, "https://confer.example")


@pytest.mark.parametrize("key", DEFAULTS)
def test_what_comes_with_the_service_may_be_sent(key: tuple[str, str]) -> None:
    assert faults(*DEFAULTS[key]) == []
    assert all(f"{{{place}}}" in DEFAULTS[key][1] for place in PLACES)


@pytest.mark.parametrize(
    ("subject", "body", "said"),
    [
        ("Hi", "Hello {name}", "The body has no {link}. Write {link} where"),
        ("Hi", BODY + "{nmae}", "The body has {nmae}, which nothing fills. Use only: {name}, {link}"),
        ("Hi", BODY + "{name.__class__}", "{name.__class__}, which nothing fills"),
        ("Hi", BODY + "{}", "The body has {}, which nothing fills"),
        ("Hi", BODY + "{name", "a curly bracket without its partner"),
        ("Hi", BODY + "}", "a curly bracket without its partner"),
        ("Hi {link}", BODY, "The subject has {link}. Write it in the body only."),
        ("", BODY, "The subject must be one line"),
        ("Hi\nBcc: all@example.org", BODY, "The subject must be one line"),
        ("Hi" * 101, BODY, "Keep the subject to 200"),
    ],
)
def test_a_text_that_cannot_be_sent_is_refused_with_what_to_write(subject: str, body: str, said: str) -> None:
    assert any(said in fault for fault in faults(subject, body)), faults(subject, body)


@given(st.text(max_size=200))
def test_any_text_is_refused_or_can_be_filled(body: str) -> None:
    if not faults("A subject", body):
        assert "{link}" not in fill(body, dict.fromkeys(PLACES, "-"))


def test_what_is_filled_in_is_not_filled_again() -> None:
    assert fill("{name} {link}", {"name": "{link}", "link": "L"}) == "{link} L"


def test_a_studys_own_text_goes_before_the_services_and_changes(session: Session, small: SmallStudy) -> None:
    for subject in ("First", "Second"):
        set_text(session, small.study, "invitation", "cy", subject, BODY, now=NOW)
    english, welsh = wordings(session, small.study.id, "invitation", ("en", "cy"))
    assert (english.own, welsh.own, welsh.subject, welsh.body) == (False, True, "Second", BODY + "\n")
    with pytest.raises(TextRefused, match=r"no \{link\}"):
        set_text(session, small.study, "invitation", "cy", "Third", "Hello", now=NOW)
    with pytest.raises(TextRefused, match="a language such as"):
        set_text(session, small.study, "invitation", "Welsh!", "Third", BODY, now=NOW)


def test_english_stands_in_where_there_is_no_text_in_any_language(session: Session, small: SmallStudy) -> None:
    assert [one.language for one in wordings(session, small.study.id, "reminder", ("pl", "cy"))] == ["cy"]
    assert [one.language for one in wordings(session, small.study.id, "reminder", ("pl",))] == ["en"]


def test_a_letter_holds_the_persons_own_link_and_the_last_day(session: Session, small: SmallStudy) -> None:
    ada = recipient(OFFICE, "Ada Byrne", "p1@example.org", "0" * 32)
    letter = write_letter(session, small.study, small.wave, "invitation", ada, "k" * 32)
    assert letter.subject == "Please take part: A small study"
    assert letter.text.startswith("Hello Ada Byrne,")
    assert ada.link in letter.text and f"{ada.link}/decline" in letter.text
    assert ada.link.startswith("https://confer.example/interview/")
    assert "until 30 November 2026" in letter.text
    assert "{" not in letter.text


def test_the_last_day_is_the_one_that_people_in_the_uk_have(session: Session, small: SmallStudy) -> None:
    """The wave closes at half past midnight on 1 July in the UK, which is 23:30 on 30 June in UTC."""
    small.wave.closes_at = datetime(2027, 6, 30, 23, 30, tzinfo=UTC)
    ada = recipient(OFFICE, "Ada Byrne", "p1@example.org", "0" * 32)
    assert "until 1 July 2027" in write_letter(session, small.study, small.wave, "invitation", ada, "k" * 32).text


def test_a_sample_leads_to_the_preview_and_to_no_interview(session: Session, small: SmallStudy) -> None:
    letter = sample_letter(session, small.study, small.wave, "reminder", "ann@example.org", OFFICE)
    assert letter.subject.startswith("TEST: ")
    assert "/preview/" in letter.text and "/interview/" not in letter.text
    assert letter.key == ""


def test_the_services_english_is_easy_to_read() -> None:
    paragraphs = [block for kind in ("invitation", "reminder") for block in DEFAULTS[kind, "en"][1].split("\n\n")]
    measured = reading(paragraphs)
    assert measured.longest_sentence <= 20
    assert measured.age is not None and measured.age <= 11
