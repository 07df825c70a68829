"""People are named from the roster or by typing, once each, and removed with what was said of them."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveys import naming
from surveys.interviews import OpenInterview, finish, resume
from surveys.tables import Alter, Answer, SavedStep
from tests.small_study import NOW, SmallStudy, answer, answered_about_ego


@pytest.fixture
def current(session: Session, small: SmallStudy) -> OpenInterview:
    return answered_about_ego(session, small)


def page_of(current: OpenInterview):
    return current.instrument.page("advice_names")


def pick(session: Session, current: OpenInterview, small: SmallStudy, reference: str) -> OpenInterview:
    naming.add_from_roster(session, current, page_of(current), "any", small.people[reference].key, now=NOW)
    return resume(session, current.invited)


def type_in(session: Session, current: OpenInterview, label: str) -> OpenInterview:
    naming.add_typed(session, current, page_of(current), "any", label, now=NOW)
    return resume(session, current.invited)


def test_picking_someone_twice_names_them_once(session: Session, small: SmallStudy, current: OpenInterview) -> None:
    current = pick(session, pick(session, current, small, "p3"), small, "p3")
    assert [(a.number, a.label, a.detail) for a in current.responses.alters] == [(1, "Raj Khan", "Pharmacist, Site B")]


def test_two_people_of_one_name_are_two(session: Session, small: SmallStudy, current: OpenInterview) -> None:
    current = pick(session, pick(session, current, small, "p3"), small, "p4")
    current = type_in(session, type_in(session, current, "Sam"), "Sam")
    assert [a.label for a in current.responses.alters] == ["Raj Khan", "Raj Khan", "Sam", "Sam"]


def test_nobody_can_name_themselves_or_a_stranger(session: Session, small: SmallStudy, current: OpenInterview) -> None:
    for key in (small.people["p1"].key, "made-up"):
        with pytest.raises(naming.NotOnRoster):
            naming.add_from_roster(session, current, page_of(current), "any", key, now=NOW)


def test_the_most_is_the_most_but_picking_a_named_person_again_is_fine(
    session: Session, small: SmallStudy, current: OpenInterview
) -> None:
    current = pick(session, current, small, "p3")
    for number in range(7):
        current = type_in(session, current, f"Person {number}")
    with pytest.raises(naming.TooManyPeople, match="up to 8"):
        type_in(session, current, "One too many")
    assert len(pick(session, current, small, "p3").responses.alters) == 8


def test_no_one_is_an_answer_and_naming_somebody_takes_it_back(
    session: Session, small: SmallStudy, current: OpenInterview
) -> None:
    naming.say_no_one(session, current, page_of(current), now=NOW)
    current = resume(session, current.invited)
    assert current.responses.no_one == {"advice_names"}
    assert "topic_grid" not in {step.page for step in current.route}
    current = pick(session, current, small, "p3")
    assert current.responses.no_one == frozenset()
    with pytest.raises(ValueError, match="People are listed"):
        naming.say_no_one(session, current, page_of(current), now=NOW)


def test_no_one_finishes_with_no_tie(session: Session, current: OpenInterview) -> None:
    naming.say_no_one(session, current, page_of(current), now=NOW)
    current = answer(session, resume(session, current.invited), "story")
    finish(session, current, now=NOW)
    assert current.interview.finished_at == NOW


def test_removing_someone_removes_their_answers_and_never_gives_their_number_again(
    session: Session, small: SmallStudy, current: OpenInterview
) -> None:
    current = type_in(session, pick(session, current, small, "p3"), "Jo")
    naming.done_naming(session, current, page_of(current), now=NOW)
    current = answer(session, resume(session, current.invited), "topic_grid", flow__2__epma=["i_get"])
    for number in (1, 2):
        current = answer(
            session, current, f"about_contacts/{number}", freq="daily", formality="formal", origin="friend"
        )
    naming.remove(session, current, page_of(current), 2, now=NOW)
    assert session.scalar(select(func.count()).where(Answer.alter_id.is_not(None))) == 3
    assert "about_contacts/2" not in session.scalars(select(SavedStep.step)).all()
    current = type_in(session, resume(session, current.invited), "Kim")
    assert [a.number for a in current.responses.alters] == [1, 3]
    with pytest.raises(naming.UnknownAlter):
        naming.remove(session, current, page_of(current), 2, now=NOW)


def test_a_new_person_opens_the_grid_again(session: Session, small: SmallStudy, current: OpenInterview) -> None:
    current = pick(session, current, small, "p3")
    naming.done_naming(session, current, page_of(current), now=NOW)
    current = answer(session, resume(session, current.invited), "topic_grid", flow__1__epma=["i_get"])
    assert "topic_grid" in current.responses.done
    current = type_in(session, current, "Jo")
    assert "topic_grid" not in current.responses.done


def test_removing_the_last_person_asks_the_page_again(
    session: Session, small: SmallStudy, current: OpenInterview
) -> None:
    current = pick(session, current, small, "p3")
    naming.done_naming(session, current, page_of(current), now=NOW)
    naming.remove(session, resume(session, current.invited), page_of(current), 1, now=NOW)
    current = resume(session, current.invited)
    assert "advice_names" not in current.responses.done
    assert session.scalar(select(func.count()).select_from(Alter)) == 0


def test_a_typed_person_can_be_placed_and_a_listed_one_cannot(
    session: Session, small: SmallStudy, current: OpenInterview
) -> None:
    current = type_in(session, pick(session, current, small, "p3"), "Jo")
    naming.describe(session, current, 2, site="C", role=None, now=NOW)
    alter = resume(session, current.invited).responses.alters[1]
    assert (alter.site, alter.role, alter.detail) == ("C", None, "Site C")
    with pytest.raises(naming.UnknownAlter):
        naming.describe(session, current, 1, site="C", role=None, now=NOW)
