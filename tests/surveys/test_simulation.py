"""Simulated respondents come to the end of a questionnaire, and nobody counts them."""

from random import Random

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveys import frames, response
from surveys.interviews import NotBegun, finish, resume
from surveys.invitations import find_invited
from surveys.simulation import forget_simulated, simulate
from surveys.tables import Alter, Answer, Interview, Invitation
from surveys.waves import WaveClosed
from tests.small_study import NOW, SmallStudy
from tests.surveys.test_interviews import all_answered
from tests.surveys.whole import LATER, before_names, second_wave, start, whole_study

ALL_FRAMES = (frames.ties, frames.alter_ties, frames.site_ties)


def test_every_simulated_interview_is_finished_and_flagged(session: Session, small: SmallStudy) -> None:
    assert simulate(session, small.wave, 4, random=Random(1), now=NOW) == 4
    rows = session.execute(select(Interview.simulated, Interview.finished_at)).all()
    assert [tuple(row) for row in rows] == [(True, NOW)] * 4
    assert simulate(session, small.wave, 10, random=Random(1), now=NOW) == 2


def test_frames_and_counts_leave_them_out_unless_asked(session: Session) -> None:
    small = whole_study(session)
    empty = frames.stamp(session, small.study.id)
    simulate(session, small.wave, 6, random=Random(3), now=NOW)
    for frame in ALL_FRAMES:
        assert frame(session, small.study.id).is_empty()
        assert not frame(session, small.study.id, simulated=True).is_empty()
    assert frames.response(session, small.study.id)["finished_at"].null_count() == 6
    assert frames.response(session, small.study.id, simulated=True)["finished_at"].null_count() == 0
    assert response.asked_by_wave(session)[small.wave.id] == (6, 0)
    assert session.scalar(select(func.count(Invitation.opened_at))) == 0
    assert frames.stamp(session, small.study.id) != empty


def test_the_same_chances_give_the_same_answers(session: Session, small: SmallStudy) -> None:
    def told() -> list[tuple]:
        rows = select(Answer.item, Answer.topic, Answer.value, Answer.missing).order_by(Answer.id)
        return [tuple(row) for row in session.execute(rows)]

    simulate(session, small.wave, 3, random=Random(5), now=NOW)
    first = told()
    assert forget_simulated(session, small.study.id) == 3
    assert told() == []
    simulate(session, small.wave, 3, random=Random(5), now=NOW)
    assert told() == first


def test_a_person_never_meets_simulated_answers_and_begins_afresh(session: Session) -> None:
    small = whole_study(session)
    simulate(session, small.wave, 6, random=Random(2), now=NOW)
    with pytest.raises(NotBegun):
        resume(session, find_invited(session, small.tokens["p1"]))
    current = start(session, small)
    assert (current.interview.simulated, current.responses.answers, current.responses.alters) == (False, {}, ())
    assert len(current.invited.invitation.token_hash) == 64
    assert session.scalar(select(func.count()).where(Interview.simulated)) == 5


def test_simulated_people_are_not_carried_into_a_persons_next_wave(session: Session) -> None:
    small = whole_study(session)
    simulate(session, small.wave, 6, random=Random(2), now=NOW)
    later = second_wave(session, small)
    assert before_names(session, start(session, later, now=LATER), now=LATER).interview.previous_id is None
    simulate(session, later.wave, 6, random=Random(2), now=LATER)
    carried = session.scalar(select(func.count(Alter.carried_from_id)))
    assert carried


def test_taking_the_simulated_away_leaves_what_people_said(session: Session, small: SmallStudy) -> None:
    finish(session, all_answered(session, small), now=NOW)
    before = frames.ties(session, small.study.id)
    assert simulate(session, small.wave, 9, random=Random(1), now=NOW) == 5
    assert frames.ties(session, small.study.id).equals(before)
    assert forget_simulated(session, small.study.id) == 5
    assert frames.ties(session, small.study.id).equals(before)


def test_a_closed_wave_is_not_simulated(session: Session, small: SmallStudy) -> None:
    with pytest.raises(WaveClosed):
        simulate(session, small.wave, 1, random=Random(1), now=LATER)
