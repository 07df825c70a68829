"""No wave opens before it is agreed who may see what, and that no one is judged by it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from surveys.agreements import (
    AgreementMissing,
    AgreementRefused,
    Terms,
    agreements_of,
    current_agreement,
    record_agreement,
    terms_of,
)
from surveys.studies import create_study, publish_instrument
from surveys.tables import Study, Wave
from surveys.waves import add_wave, open_wave
from tests.small_study import NOW, SOURCE, TERMS, SmallStudy


def bare(session: Session) -> tuple[Study, Wave]:
    """A study that nothing was agreed on, with a planned wave."""
    study = create_study(session, "bare", "Nothing agreed", now=NOW)
    version = publish_instrument(session, study, SOURCE, now=NOW)
    closes = NOW + timedelta(days=9)
    return study, add_wave(session, study, version, "Wave 1", opens_at=NOW, closes_at=closes)


def test_no_wave_opens_before_something_was_agreed(session: Session) -> None:
    study, wave = bare(session)
    with pytest.raises(AgreementMissing, match="flask agreement record"):
        open_wave(wave)
    assert wave.status == "draft"
    record_agreement(session, study, TERMS, by="ann@example.org", now=NOW)
    open_wave(wave)
    assert wave.status == "open"


def test_the_agreement_of_another_study_does_not_count(session: Session, small: SmallStudy) -> None:
    _study, wave = bare(session)
    assert current_agreement(session, small.study.id) is not None
    with pytest.raises(AgreementMissing):
        open_wave(wave)


def test_the_latest_holds_the_earlier_stay_and_the_same_again_is_one(session: Session, small: SmallStudy) -> None:
    wider = replace(TERMS, agreed_with="The three sites and a fourth")
    for _ in range(2):
        record_agreement(session, small.study, wider, by="ann@example.org", now=NOW)
    found = agreements_of(session, small.study.id)
    assert [terms_of(one) for one in found] == [wider, TERMS]
    assert current_agreement(session, small.study.id) is found[0]
    assert (found[0].recorded_by, found[0].recorded_at) == ("ann@example.org", NOW)


@pytest.mark.parametrize(
    ("terms", "field"),
    [
        (replace(TERMS, agreed_with=""), "agreed_with"),
        (replace(TERMS, agreed_with="x" * 201), "agreed_with"),
        (replace(TERMS, who_sees_what=""), "who_sees_what"),
        (replace(TERMS, no_judging=False), "no_judging"),
        (replace(TERMS, agreed_on=NOW.date() + timedelta(days=1)), "agreed_on"),
        (replace(TERMS, reference="x" * 121), "reference"),
    ],
)
def test_terms_that_say_too_little_are_refused_with_the_field(session: Session, terms: Terms, field: str) -> None:
    study, _wave = bare(session)
    with pytest.raises(AgreementRefused) as refused:
        record_agreement(session, study, terms, by="ann@example.org", now=NOW)
    assert list(refused.value.faults) == [field]
    assert current_agreement(session, study.id) is None
