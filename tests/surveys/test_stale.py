"""A page that was saved elsewhere meanwhile never overwrites what is there without anybody knowing."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from instruments.responses import AnswerKey
from instruments.route import Step
from surveys import naming
from surveys.interviews import OpenInterview, StaleStep, resume
from surveys.tables import Answer, SavedStep
from tests.small_study import NOW
from tests.surveys.whole import again, before_names, name, put, start, whole_study

ABOUT = "about_you"


@pytest.fixture
def current(session: Session) -> OpenInterview:
    return before_names(session, start(session, whole_study(session)))


def test_a_step_never_saved_has_revision_zero_and_a_saved_one_the_interviews(
    session: Session, current: OpenInterview
) -> None:
    assert current.revision_of(Step(ABOUT)) == current.interview.revision == 3
    assert current.revision_of(Step("advice_names")) == 0
    assert again(session, current).revisions == current.revisions


def test_other_answers_from_a_stale_page_are_refused_and_nothing_is_written(
    session: Session, current: OpenInterview
) -> None:
    seen = current.revision_of(Step(ABOUT))
    current = put(session, current, ABOUT, {"site": "B", "role": "other", "role.other": "Dean"}, seen=seen)
    with pytest.raises(StaleStep) as stale:
        put(session, current, ABOUT, {"site": "C", "role": "it"}, seen=seen)
    assert stale.value.stored == {AnswerKey("site"): "B", AnswerKey("role"): "other"}
    assert stale.value.other_text == {AnswerKey("role"): "Dean"}
    assert stale.value.revision == current.revision_of(Step(ABOUT)) == 4
    assert again(session, current).responses == current.responses


def test_the_same_answers_from_a_stale_page_are_taken_and_change_nothing(
    session: Session, current: OpenInterview
) -> None:
    seen = current.revision_of(Step(ABOUT))
    fields = {"site": "B", "role": "it"}
    first = put(session, current, ABOUT, fields, seen=seen)
    second = put(session, again(session, first), ABOUT, fields, seen=seen)
    assert second.interview.revision == first.interview.revision == 4
    assert session.scalars(select(Answer.item).where(Answer.page == ABOUT)).all().count("site") == 1


def test_words_beside_other_make_an_answer_another_one(session: Session, current: OpenInterview) -> None:
    seen = current.revision_of(Step(ABOUT))
    current = put(session, current, ABOUT, {"site": "B", "role": "other", "role.other": "Dean"}, seen=seen)
    with pytest.raises(StaleStep):
        put(session, current, ABOUT, {"site": "B", "role": "other", "role.other": "Porter"}, seen=seen)


def test_keeping_mine_after_a_conflict_is_saving_with_the_new_revision(
    session: Session, current: OpenInterview
) -> None:
    old = current.revision_of(Step(ABOUT))
    current = put(session, current, ABOUT, {"site": "B"}, seen=old)
    with pytest.raises(StaleStep) as stale:
        put(session, current, ABOUT, {"site": "C"}, seen=old)
    current = put(session, current, ABOUT, {"site": "C"}, seen=stale.value.revision)
    assert current.responses.answers[AnswerKey("site")] == "C"


def test_a_step_asked_again_and_saved_again_is_not_taken_for_its_first_saving(session: Session) -> None:
    """Tab one shows the grid of one person; tab two adds a second person and saves the grid; tab one posts its own."""
    small = whole_study(session)
    current = name(session, before_names(session, start(session, small)), small, "p3")
    current = put(session, current, "topic_grid", {"flow.1.medicines": "i_get"}, seen=0)
    shown = current.revision_of(Step("topic_grid"))
    current = name(session, current, small, "p4")
    asked_again = again(session, current).revision_of(Step("topic_grid"))
    assert asked_again < 0
    both = {"flow.1.medicines": "both", "flow.2.records": "i_give"}
    current = put(session, again(session, current), "topic_grid", both, seen=asked_again)
    with pytest.raises(StaleStep):
        put(session, current, "topic_grid", {"flow.1.medicines": "i_get"}, seen=shown)
    assert again(session, current).responses.answers[AnswerKey("flow", 2, "records")] == "i_give"


def test_a_page_from_before_the_first_saving_is_stale_when_the_step_is_asked_again(session: Session) -> None:
    """Tab one shows the empty grid; tab two saves it and names one more, which asks it again; tab one posts nothing."""
    small = whole_study(session)
    current = name(session, before_names(session, start(session, small)), small, "p3")
    assert current.revision_of(Step("topic_grid")) == 0
    current = put(session, current, "topic_grid", {"flow.1.medicines": "i_get"}, seen=0)
    current = name(session, current, small, "p4")
    with pytest.raises(StaleStep) as refused:
        put(session, again(session, current), "topic_grid", {}, seen=0)
    assert refused.value.stored == {AnswerKey("flow", 1, "medicines"): "i_get"}
    assert again(session, current).responses.answers[AnswerKey("flow", 1, "medicines")] == "i_get"


def test_a_stale_second_tab_with_one_person_never_overwrites_five(session: Session) -> None:
    small = whole_study(session)
    stale = before_names(session, start(session, small))
    page = stale.instrument.page("advice_names")
    current = name(session, again(session, stale), small, "p2 p3 p4 p5 p6")
    naming.add_typed(session, stale, page, "any", "Only one", now=NOW)
    assert len(resume(session, current.invited).responses.named_on("advice_names")) == 6
    with pytest.raises(ValueError, match="People are listed"):
        naming.say_no_one(session, resume(session, current.invited), page, now=NOW)


def test_saving_what_is_there_touches_no_answer(session: Session, current: OpenInterview) -> None:
    before = session.execute(select(Answer.id, Answer.saved_at).order_by(Answer.id)).all()
    fields = {"site": "A", "first_year": "2020", "role": "nurse"}
    current = put(session, current, ABOUT, fields, seen=current.revision_of(Step(ABOUT)))
    assert session.execute(select(Answer.id, Answer.saved_at).order_by(Answer.id)).all() == before
    assert session.scalar(select(func.count()).select_from(SavedStep)) == 3
    assert current.interview.revision == 4


def test_a_calculated_answer_is_kept_worked_out_again_and_taken_away(session: Session, current: OpenInterview) -> None:
    def years(now: OpenInterview) -> object:
        return again(session, now).responses.answers.get(AnswerKey("years_here"))

    assert years(current) == 6
    current = put(session, current, ABOUT, {"site": "A", "first_year": "2016"})
    assert years(current) == 10
    assert years(put(session, current, ABOUT, {"site": "A"})) is None
