"""A second wave starts from the first one's people and answers, and never changes them."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from instruments.responses import AnswerKey, Missing
from surveys import frames, naming
from surveys.interviews import OpenInterview, UnknownLanguage, finish, resume, set_language
from surveys.tables import Alter, AlterTie, Answer, Interview, SiteTie, Tie
from tests.small_study import NOW, SmallStudy, answered_about_ego, begun, make_small_study
from tests.surveys.test_interviews import all_answered
from tests.surveys.whole import (
    LATER,
    again,
    before_names,
    first_wave_sent,
    put,
    rest,
    second_wave,
    start,
    whole_study,
)

REVIEW = {"still.1": "same", "still.2": "stopped", "why_stopped.2": ["moved_on"], "still.3": "same"}


@pytest.fixture
def small(session: Session) -> SmallStudy:
    """Overrides the usual one: with every kind of page."""
    return whole_study(session)


@pytest.fixture
def second(session: Session, small: SmallStudy) -> OpenInterview:
    """The second wave's interview of somebody who named p3, p4 and p5 in the first, as far as their review."""
    first_wave_sent(session, small)
    return before_names(session, start(session, second_wave(session, small), now=LATER), now=LATER)


def rows_of(session: Session, interview: int) -> list[tuple]:
    """Everything that the store has of one interview."""
    found: list[tuple] = []
    for table in (Alter, Answer, Tie, AlterTie, SiteTie):
        rows = session.execute(select(table.__table__).where(table.interview_id == interview).order_by(table.id))
        found += [tuple(row) for row in rows]
    return found


def test_a_first_interview_carries_nobody(session: Session, small: SmallStudy) -> None:
    current = start(session, small)
    assert current.responses.carried == ()
    assert current.responses.previous == {}
    assert "still_in_touch" not in {step.page for step in current.route}


def test_last_waves_people_are_brought_along_and_not_yet_named(second: OpenInterview, small: SmallStudy) -> None:
    assert [alter.person for alter in second.responses.carried] == [small.people[p].key for p in ("p3", "p4", "p5")]
    assert second.responses.named_on("advice_names") == ()
    assert "still_in_touch" in {step.page for step in second.route}


def test_last_waves_answers_are_known_about_ego_and_about_those_brought_along(second: OpenInterview) -> None:
    previous = second.responses.previous
    assert previous[AnswerKey("role")] == "nurse"
    assert previous[AnswerKey("freq", 3)] == "weekly"
    assert previous[AnswerKey("who_knows_whom", 1, None, 2)] is True


def test_typed_people_are_not_carried_and_their_answers_stay_behind(session: Session, small: SmallStudy) -> None:
    current = before_names(session, start(session, small))
    page = current.instrument.page("advice_names")
    naming.add_typed(session, current, page, "any", "Jo", now=NOW)
    naming.add_from_roster(session, again(session, current), page, "any", small.people["p3"].key, now=NOW)
    current = naming.done_naming(session, again(session, current), page, now=NOW)
    finish(session, rest(session, current), now=NOW)
    later = start(session, second_wave(session, small), now=LATER)
    assert [alter.person for alter in later.responses.carried] == [small.people["p3"].key]
    assert {key.alter for key in later.responses.previous if key.item == "freq"} == {1}


def test_a_review_names_those_still_in_touch_and_leaves_out_those_who_are_not(
    session: Session, second: OpenInterview
) -> None:
    after = put(session, second, "still_in_touch", REVIEW, now=LATER)
    assert [alter.number for alter in after.responses.named_on("advice_names")] == [1, 3]
    stored = again(session, after)
    assert (stored.responses, stored.route) == (after.responses, after.route)
    assert stored.responses.answers[AnswerKey("why_stopped", 2)] == ("moved_on",)
    assert stored.responses.answers[AnswerKey("why_stopped", 1)] is Missing.SKIPPED


def test_a_review_changed_takes_people_off_and_asks_for_names_again(session: Session, second: OpenInterview) -> None:
    current = put(session, second, "still_in_touch", REVIEW, now=LATER)
    current = naming.done_naming(session, current, current.instrument.page("advice_names"), now=LATER)
    gone = {f"still.{number}": "stopped" for number in (1, 2, 3)}
    after = put(session, current, "still_in_touch", gone, now=LATER)
    assert after.responses.named_on("advice_names") == ()
    assert "advice_names" not in after.responses.done
    assert again(session, after).responses == after.responses


def test_a_review_that_names_somebody_takes_back_that_there_is_no_one(session: Session, second: OpenInterview) -> None:
    page = second.instrument.page("advice_names")
    stopped = {f"still.{number}": "stopped" for number in (1, 2, 3)}
    current = put(session, second, "still_in_touch", stopped, now=LATER)
    current = naming.say_no_one(session, current, page, now=LATER)
    current = put(session, current, "still_in_touch", {**stopped, "still.2": "same"}, now=LATER)
    assert current.responses.no_one == again(session, current).responses.no_one == frozenset()


def test_somebody_taken_off_the_list_stays_in_the_review(session: Session, second: OpenInterview) -> None:
    current = put(session, second, "still_in_touch", REVIEW, now=LATER)
    naming.remove(session, current, current.instrument.page("advice_names"), 1, now=LATER)
    current = again(session, current)
    assert [alter.number for alter in current.responses.named_on("advice_names")] == [3]
    assert current.responses.answers[AnswerKey("still", 1)] == "same"
    assert len(current.responses.carried) == 3


def test_picking_somebody_brought_along_from_the_roster_names_the_same_person(
    session: Session, second: OpenInterview, small: SmallStudy
) -> None:
    current = put(session, second, "still_in_touch", REVIEW, now=LATER)
    page = current.instrument.page("advice_names")
    assert naming.add_from_roster(session, current, page, "any", small.people["p4"].key, now=LATER) == 2
    assert len(again(session, current).responses.alters) == 3


def test_what_was_asked_once_is_not_asked_again_and_still_counts(session: Session, second: OpenInterview) -> None:
    rows = select(Answer.value).where(Answer.interview_id == second.interview.id, Answer.item == "role")
    assert session.scalars(rows).all() == []
    current = put(session, second, "still_in_touch", REVIEW, now=LATER)
    current = naming.done_naming(session, current, current.instrument.page("advice_names"), now=LATER)
    finish(session, rest(session, current, now=LATER), now=LATER)
    assert session.scalars(rows).all() == ["nurse"]
    ties = frames.ties(session, second.invited.study.id)
    assert ties.filter(ties["wave"] == 2)["mechanism"].to_list() == ["pairing", "pairing"]


def test_a_second_wave_never_changes_the_first(session: Session, second: OpenInterview) -> None:
    first = second.interview.previous_id
    assert first is not None
    before = rows_of(session, first)
    assert len(before) > 20
    current = put(session, second, "still_in_touch", REVIEW, now=LATER)
    naming.remove(session, current, current.instrument.page("advice_names"), 1, now=LATER)
    current = again(session, current)
    current = naming.done_naming(session, current, current.instrument.page("advice_names"), now=LATER)
    finish(session, rest(session, current, now=LATER), now=LATER)
    assert rows_of(session, first) == before
    waves = frames.ties(session, second.invited.study.id)["wave"].to_list()
    assert set(waves) == {1, 2}


def test_taking_the_first_interview_away_leaves_the_second(session: Session, second: OpenInterview) -> None:
    session.execute(Interview.__table__.delete().where(Interview.id == second.interview.previous_id))
    session.expire_all()
    current = resume(session, second.invited)
    assert (current.interview.previous_id, current.responses.previous) == (None, {})
    assert len(current.responses.alters) == 3


def test_an_interview_not_sent_is_not_looked_back_to(session: Session, small: SmallStudy) -> None:
    before_names(session, start(session, small))
    later = start(session, second_wave(session, small), now=LATER)
    assert later.interview.previous_id is None


def test_a_questionnaire_that_does_not_look_back_carries_nobody(session: Session) -> None:
    small = make_small_study(session)
    finish(session, all_answered(session, small), now=NOW)
    later = begun(session, second_wave(session, small), now=LATER)
    assert (later.responses.alters, later.responses.previous) == ((), {})


def test_the_language_is_kept_and_only_the_questionnaires_own_are_taken(session: Session, small: SmallStudy) -> None:
    current = before_names(session, start(session, small))
    said = current.responses.answers
    current = set_language(session, current, "cy")
    assert (again(session, current).responses.language, current.responses.answers) == ("cy", said)
    with pytest.raises(UnknownLanguage, match="Choose one of: en, cy"):
        set_language(session, current, "fr")


def test_random_orders_come_from_the_seed_given_or_from_the_link(session: Session, small: SmallStudy) -> None:
    seeds = {start(session, small, reference).responses.seed for reference in ("p1", "p2", "p3")}
    assert len(seeds) == 3
    assert all(0 <= seed < 2**31 for seed in seeds)


def test_what_somebody_writes_is_theirs_even_when_it_is_our_word_for_no_one(session: Session) -> None:
    small = make_small_study(session)
    current = answered_about_ego(session, small)
    naming.say_no_one(session, current, current.instrument.page("advice_names"), now=NOW)
    current = put(session, again(session, current), "story", {"exchange": "no_one"})
    assert again(session, current).responses.answers[AnswerKey("exchange")] == "no_one"
    assert session.scalar(select(func.count()).select_from(Alter)) == 0
