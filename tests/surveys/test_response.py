"""How many were asked and have finished: one rule, for every list of waves."""

from sqlalchemy.orm import Session

from surveys.interviews import finish
from surveys.response import asked_by_wave
from tests.small_study import NOW, SmallStudy
from tests.surveys.test_interviews import all_answered

TAKE_BACK = "UPDATE invitation SET revoked_at = invited_at"


def test_everyone_invited_counts_and_those_who_sent_their_answers_have_finished(
    session: Session, small: SmallStudy
) -> None:
    assert asked_by_wave(session)[small.wave.id] == (6, 0)
    finish(session, all_answered(session, small), now=NOW)
    assert asked_by_wave(session)[small.wave.id] == (6, 1)


def test_a_link_taken_back_is_not_counted(session: Session, small: SmallStudy) -> None:
    session.connection().exec_driver_sql(f"{TAKE_BACK} WHERE id = 1")
    assert asked_by_wave(session)[small.wave.id] == (5, 0)


def test_answers_that_were_sent_stand_when_the_link_is_taken_back(session: Session, small: SmallStudy) -> None:
    finish(session, all_answered(session, small), now=NOW)
    session.connection().exec_driver_sql(TAKE_BACK)
    assert asked_by_wave(session)[small.wave.id] == (1, 1)


def test_a_wave_that_nobody_was_invited_to_has_none(session: Session, small: SmallStudy) -> None:
    assert asked_by_wave(session)[small.wave.id + 1] == (0, 0)
