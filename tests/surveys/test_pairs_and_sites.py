"""Answers about two people and about other sites are kept, removed with the person, and become frames."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from instruments.responses import AnswerKey
from networks.columns import ALTER_TIES, SITE_TIES
from surveys import frames, naming
from surveys.interviews import OpenInterview, finish
from surveys.tables import AlterTie, Answer, SavedStep
from tests.small_study import NOW, SmallStudy, make_small_study
from tests.surveys.whole import SOURCE, again, before_names, first_wave_sent, name, put, rest, start, whole_study


@pytest.fixture
def small(session: Session) -> SmallStudy:
    """Overrides the usual one: with every kind of page."""
    return whole_study(session)


@pytest.fixture
def current(session: Session, small: SmallStudy) -> OpenInterview:
    """Somebody who named p3, p4 and p5 and answered everything but the last page."""
    return rest(session, name(session, before_names(session, start(session, small)), small, "p3 p4 p5"))


def pairs(session: Session) -> int:
    return session.scalar(select(func.count()).where(Answer.to_alter_id.is_not(None))) or 0


def test_an_answer_about_a_pair_comes_back_as_it_was_said(session: Session, current: OpenInterview) -> None:
    answers = again(session, current).responses.answers
    assert answers == current.responses.answers
    assert answers[AnswerKey("who_knows_whom", 1, None, 2)] is True


def test_the_step_about_one_person_replaces_only_its_own_pairs(session: Session, current: OpenInterview) -> None:
    current = put(session, current, "who_knows_whom/2", {"who_knows_whom.2-3": "yes"})
    answers = again(session, current).responses.answers
    assert answers[AnswerKey("who_knows_whom", 1, None, 2)] is True
    assert answers[AnswerKey("who_knows_whom", 2, None, 3)] is True


def test_sent_answers_give_a_row_for_each_pair_and_each_way_of_working_together(
    session: Session, small: SmallStudy
) -> None:
    first_wave_sent(session, small)
    keys = sorted((small.people["p3"].key, small.people["p4"].key))
    found = ALTER_TIES.check(frames.alter_ties(session, small.study.id))
    assert found.rows() == [(1, small.people["p1"].key, *keys, "knows", None)]
    sites = SITE_TIES.check(frames.site_ties(session, small.study.id))
    assert sites.drop("ego").rows() == [(1, "A", "B", "linked", "pairing_up"), (1, "A", "B", "linked", "blueprint")]


def test_before_answers_are_sent_there_is_no_row(session: Session, small: SmallStudy, current: OpenInterview) -> None:
    assert frames.alter_ties(session, small.study.id).is_empty()
    assert frames.site_ties(session, small.study.id).is_empty()


def test_removing_a_person_removes_their_pairs_and_the_steps_about_them(
    session: Session, current: OpenInterview
) -> None:
    before = pairs(session)
    naming.remove(session, current, current.instrument.page("advice_names"), 2, now=NOW)
    assert 0 < pairs(session) < before
    answers = again(session, current).responses.answers
    assert not any(2 in (key.alter, key.to) for key in answers)
    steps = session.scalars(select(SavedStep.step).where(SavedStep.step.contains("/"))).all()
    assert not [step for step in steps if "2" in step.split("/")[1:]]
    finish(session, rest(session, again(session, current)), now=NOW)
    assert session.scalars(select(AlterTie.relation)).all() == []


def test_one_more_person_opens_every_page_again_that_shows_several(
    session: Session, small: SmallStudy, current: OpenInterview
) -> None:
    page = current.instrument.page("advice_names")
    naming.add_from_roster(session, current, page, "any", small.people["p6"].key, now=NOW)
    opened = current.responses.done - again(session, current).responses.done
    assert {"topic_grid", "about_contacts", "circles"} <= opened
    assert "who_knows_whom/1" in opened
    assert {"consent", "about_you", "other_sites", "how_many"} <= again(session, current).responses.done


def test_a_position_is_named_by_role_and_site_once(session: Session, small: SmallStudy) -> None:
    current = before_names(session, start(session, small))
    page = current.instrument.page("advice_names")
    numbers = [
        naming.add_position(session, again(session, current), page, prompt, site="B", role="it", now=NOW)
        for prompt in ("any", "any", "stuck")
    ]
    found = again(session, current).responses.alters
    assert numbers == [1, 1, 1]
    assert [(a.label, a.site, a.role, a.person) for a in found] == [("IT team at Site B", "B", "it", None)]
    with pytest.raises(naming.UnknownPosition, match="Choose a place of work and a role"):
        naming.add_position(session, current, page, "any", site="nowhere", role="it", now=NOW)


def test_a_name_is_used_again_only_where_the_prompt_offers_it(session: Session, small: SmallStudy) -> None:
    current = before_names(session, start(session, small))
    page = current.instrument.page("advice_names")
    naming.add_from_roster(session, current, page, "any", small.people["p3"].key, now=NOW)
    current = again(session, current)
    assert naming.renominate(session, current, page, "stuck", 1, now=NOW) == 1
    assert [n.prompt for n in again(session, current).responses.nominations] == ["any", "stuck"]
    for prompt, number in (("any", 1), ("stuck", 2)):
        with pytest.raises(naming.UnknownAlter):
            naming.renominate(session, current, page, prompt, number, now=NOW)


def test_a_name_typed_again_is_noticed_whatever_its_capitals_and_accents(session: Session, small: SmallStudy) -> None:
    current = before_names(session, start(session, small))
    page = current.instrument.page("advice_names")
    naming.add_typed(session, current, page, "any", "Zoë O’Hara", now=NOW)
    current = again(session, current)
    found = naming.already_named(current, " zoe  o'hara")
    assert found is not None and found.number == 1
    assert naming.already_named(current, "Zoe Hara") is None
    assert naming.already_named(current, "…") is None


def test_a_persons_own_site_is_known_and_has_no_tie_to_itself(session: Session, current: OpenInterview) -> None:
    ego = current.responses.ego
    assert ego is not None and (ego.site, ego.role) == ("A", "pharmacist")
    current = put(session, current, "other_sites", {"other_sites..C": ["blueprint"]})
    with pytest.raises(AssertionError):
        put(session, current, "other_sites", {"other_sites..A": ["blueprint"]})


def test_a_relation_asked_about_on_two_pages_gives_one_row_with_its_strength(session: Session) -> None:
    """Two pages ask who knows whom: one yes or no, one how well."""
    twice = SOURCE.replace(
        "how_close, type: alter_ties, relation: close", "how_close, type: alter_ties, relation: knows"
    )
    small = make_small_study(session, source=twice)
    current = rest(session, name(session, before_names(session, start(session, small)), small, "p3 p4"))
    current = put(session, current, "how_close/1/2", {"how_close.1-2": "well"})
    finish(session, current, now=NOW)
    assert frames.alter_ties(session, small.study.id).drop("ego", "low", "high").rows() == [(1, "knows", "well")]
