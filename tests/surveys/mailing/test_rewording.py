"""Mail texts changed by one person at a time, and taken back to the service's words."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from surveys.faults import ChangedMeanwhile
from surveys.mailing.rewording import change_text, take_back, text_languages, text_now
from surveys.mailing.texts import TextRefused, Wording, set_text, wordings
from tests.small_study import NOW, SmallStudy

OWN = Wording("en", "Hi {study}", "Dear {name}\r\n{link}")


def test_a_text_is_changed_from_the_revision_that_was_read(session: Session, small: SmallStudy) -> None:
    before = text_now(session, small.study, "invitation", "en")
    assert (before.revision, before.wording.own, before.changed_at) == (0, False, None)
    assert change_text(session, small.study, "invitation", OWN, revision=0, now=NOW)
    after = text_now(session, small.study, "invitation", "en")
    assert (after.revision, after.wording.body, after.changed_at) == (1, "Dear {name}\n{link}\n", NOW)
    assert not change_text(session, small.study, "invitation", OWN, revision=1, now=NOW)
    with pytest.raises(ChangedMeanwhile):
        change_text(session, small.study, "invitation", OWN, revision=0, now=NOW)


def test_what_is_taken_back_is_the_services_again_and_whoever_read_it_before_is_told(
    session: Session, small: SmallStudy
) -> None:
    assert not take_back(session, small.study, "reminder", "en", revision=0, now=NOW)
    change_text(session, small.study, "reminder", OWN, revision=0, now=NOW)
    with pytest.raises(ChangedMeanwhile):
        take_back(session, small.study, "reminder", "en", revision=0, now=NOW)
    assert take_back(session, small.study, "reminder", "en", revision=1, now=NOW)
    assert wordings(session, small.study.id, "reminder", ("en",))[0].subject.startswith("A reminder")
    set_text(session, small.study, "reminder", "en", "Other", "{link}", now=NOW)
    assert text_now(session, small.study, "reminder", "en").revision == 3
    with pytest.raises(ChangedMeanwhile):
        change_text(session, small.study, "reminder", OWN, revision=1, now=NOW)


def test_what_is_wrong_is_told_by_field(session: Session, small: SmallStudy) -> None:
    with pytest.raises(TextRefused) as refused:
        change_text(session, small.study, "reminder", Wording("en", "{nmae}", "Hello"), revision=0, now=NOW)
    assert set(refused.value.faults) == {"subject", "body"}


def test_languages_are_those_of_the_questionnaires_and_of_own_texts(session: Session, small: SmallStudy) -> None:
    before = text_languages(session, small.study)
    set_text(session, small.study, "reminder", "pl", "Cześć", "{link}", now=NOW)
    assert text_languages(session, small.study) == [*before, "pl"]
    assert text_now(session, small.study, "invitation", "pl").wording.body == ""
