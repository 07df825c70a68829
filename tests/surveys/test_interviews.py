"""An interview is begun once, saved step by step, resumed, and finished once."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from instruments.check import check_step
from instruments.responses import AnswerKey, Missing
from instruments.route import Step
from surveys import naming
from surveys.arriving import arrive, look
from surveys.interviews import (
    AlreadyFinished,
    NotBegun,
    NotFinishable,
    OpenInterview,
    StepNotReached,
    begin,
    finish,
    resume,
    save_step,
    set_language,
)
from surveys.invitations import UnknownLink, decline, find_invited
from surveys.store import Store
from surveys.tables import Alter, Answer, Interview, Tie
from surveys.waves import WaveClosed, close_wave
from tests.small_study import NOW, SmallStudy, answer, answered_about_ego, begun, make_small_study


def names_page(current: OpenInterview):
    return current.instrument.page("advice_names")


def with_two_people(session: Session, small: SmallStudy) -> OpenInterview:
    """Raj Khan of site B from the roster, and "Jo" typed."""
    current = answered_about_ego(session, small)
    naming.add_from_roster(session, current, names_page(current), "any", small.people["p3"].key, now=NOW)
    current = resume(session, current.invited)
    naming.add_typed(session, current, names_page(current), "any", "  Jo   from the lab ", now=NOW)
    current = resume(session, current.invited)
    naming.done_naming(session, current, names_page(current), now=NOW)
    return resume(session, current.invited)


def all_answered(session: Session, small: SmallStudy) -> OpenInterview:
    current = with_two_people(session, small)
    current = answer(session, current, "topic_grid", flow__1__epma=["i_get", "i_give"], flow__1__interop=["i_get"])
    current = answer(session, current, "about_contacts/1", freq="weekly", formality="both", origin="pairing")
    current = answer(session, current, "about_contacts/2", freq="rarer", formality="informal", origin="dont_know")
    return answer(session, current, "story")


def test_looking_at_an_invitation_begins_nothing(session: Session, small: SmallStudy) -> None:
    invited = find_invited(session, small.tokens["p1"])
    with pytest.raises(NotBegun):
        resume(session, invited)
    assert session.scalar(select(func.count()).select_from(Interview)) == 0


def test_beginning_twice_is_beginning_once(session: Session, small: SmallStudy) -> None:
    first = begun(session, small)
    again = begun(session, small, now=NOW + timedelta(days=2))
    assert again.interview.id == first.interview.id
    assert again.invited.invitation.opened_at == NOW


def test_pressing_start_takes_a_refusal_back(session: Session, small: SmallStudy) -> None:
    invited = find_invited(session, small.tokens["p1"])
    decline(invited.invitation, now=NOW)
    begin(session, invited, language="en", now=NOW)
    assert invited.invitation.declined_at is None


def test_saved_answers_are_there_when_the_link_is_opened_again(session: Session, small: SmallStudy) -> None:
    answered_about_ego(session, small)
    session.expire_all()
    again = resume(session, find_invited(session, small.tokens["p1"]))
    assert again.responses.answers[AnswerKey("role")] == "pharmacist"
    assert again.responses.done == {"consent", "about_you"}
    assert again.interview.revision == 2
    assert again.interview.started_at == NOW


def test_saving_the_same_step_ten_times_keeps_one_answer(session: Session, small: SmallStudy) -> None:
    current = answered_about_ego(session, small)
    for _ in range(10):
        current = answer(session, current, "about_you", site="B", role="nurse", digital_years="prefer_not")
    rows = session.scalars(select(Answer.item).where(Answer.page == "about_you")).all()
    assert sorted(rows) == ["digital_years", "role", "site"]
    assert current.responses.answers[AnswerKey("digital_years")] is Missing.PREFER_NOT


def test_a_step_beyond_the_first_open_one_is_refused_and_nothing_is_kept(session: Session, small: SmallStudy) -> None:
    current = begun(session, small)
    with pytest.raises(StepNotReached):
        answer(session, current, "story", exchange="too early")
    assert session.scalar(select(func.count()).select_from(Answer)) == 0


def test_answers_with_errors_are_never_saved(session: Session, small: SmallStudy) -> None:
    current = begun(session, small)
    step = Step("consent")
    checked = check_step(current.instrument, step, current.responses, {}, known=lambda roster, code: True)
    with pytest.raises(ValueError, match="without errors"):
        save_step(session, current, step, checked, now=NOW)


def test_a_closed_wave_takes_no_answers(session: Session, small: SmallStudy) -> None:
    current = answered_about_ego(session, small)
    close_wave(small.wave, now=NOW + timedelta(days=1))
    with pytest.raises(WaveClosed, match="closed on 3 November 2026"):
        answer(session, current, "about_you", now=NOW + timedelta(days=2), site="A", role="it")


def test_finishing_writes_one_tie_per_person_and_topic(session: Session, small: SmallStudy) -> None:
    finish(session, all_answered(session, small), now=NOW)
    rows = session.execute(
        select(Alter.number, Tie.topic, Tie.direction, Tie.contacts_per_year, Tie.formality, Tie.mechanism)
        .join(Alter, Alter.id == Tie.alter_id)
        .order_by(Alter.number, Tie.topic)
    ).all()
    assert [tuple(row) for row in rows] == [
        (1, "epma", "both", 48.0, "both", "pairing"),
        (1, "interop", "get", 48.0, "both", "pairing"),
        (2, None, None, 3.0, "informal", None),
    ]


def test_typed_names_are_gone_once_the_answers_are_sent(session: Session, small: SmallStudy) -> None:
    current = all_answered(session, small)
    assert [alter.label for alter in current.responses.alters] == ["Raj Khan", "Jo from the lab"]
    finish(session, current, now=NOW)
    assert session.scalars(select(Alter.label)).all() == [None, None]
    assert resume(session, current.invited).responses.alters[1].label == "Person 2"


def test_finishing_twice_is_finishing_once(session: Session, small: SmallStudy) -> None:
    current = all_answered(session, small)
    finish(session, current, now=NOW)
    finish(session, resume(session, current.invited), now=NOW + timedelta(hours=1))
    assert current.interview.finished_at == NOW
    assert session.scalar(select(func.count()).select_from(Tie)) == 3


def test_nothing_changes_after_finishing(session: Session, small: SmallStudy) -> None:
    current = all_answered(session, small)
    finish(session, current, now=NOW)
    current = resume(session, current.invited)
    with pytest.raises(AlreadyFinished):
        answer(session, current, "story", exchange="late")
    with pytest.raises(AlreadyFinished):
        naming.add_typed(session, current, names_page(current), "any", "Late", now=NOW)


def test_finishing_too_early_says_where_to_go(session: Session, small: SmallStudy) -> None:
    current = with_two_people(session, small)
    with pytest.raises(NotFinishable) as refused:
        finish(session, current, now=NOW)
    assert refused.value.step == Step("topic_grid")


def test_arriving_by_a_link_is_finding_it_and_resuming(session: Session, small: SmallStudy) -> None:
    current = with_two_people(session, small)
    arrived = arrive(session, small.tokens["p1"])
    assert (arrived.responses, arrived.route, arrived.revisions) == (
        current.responses,
        current.route,
        current.revisions,
    )
    with pytest.raises(NotBegun):
        arrive(session, small.tokens["p2"])
    with pytest.raises(UnknownLink):
        arrive(session, "nonsense")


def test_looking_at_a_link_gives_its_holder_and_the_interview_that_they_began(
    session: Session, small: SmallStudy
) -> None:
    current = with_two_people(session, small)
    invited, seen = look(session, small.tokens["p1"])
    assert seen is not None and seen.invited is invited
    assert (seen.responses, seen.route) == (current.responses, current.route)
    assert invited.person.key == small.people["p1"].key
    begin(session, find_invited(session, small.tokens["p2"]), language="en", now=NOW, simulated=True)
    other, nothing = look(session, small.tokens["p2"])
    assert (other.person.key, other.wave.id, nothing) == (small.people["p2"].key, small.wave.id, None)
    with pytest.raises(UnknownLink):
        look(session, "nonsense")


def test_arriving_reads_every_column_as_resuming_does(session: Session, small: SmallStudy) -> None:
    current, arrived = with_two_people(session, small), arrive(session, small.tokens["p1"])
    pairs = [(getattr(current.invited, part), getattr(arrived.invited, part)) for part in vars(current.invited)]
    for followed, read in [*pairs, (current.interview, arrived.interview)]:
        names = followed.__table__.columns.keys()
        assert type(read) is type(followed)
        assert [getattr(read, name) for name in names] == [getattr(followed, name) for name in names]


def test_whoever_arrived_can_change_the_language_and_send_the_answers(store: Store) -> None:
    with store.writing() as session:
        small = make_small_study(session)
        all_answered(session, small).interview.language = "cy"
    with store.writing() as session:
        current = arrive(session, small.tokens["p1"])
        set_language(session, current, "en")
        finish(session, current, now=NOW)
    with store.reader() as reader:
        after = arrive(reader, small.tokens["p1"])
    assert after.finished and after.interview.finished_at == current.interview.finished_at == NOW
    assert after.interview.language == current.interview.language == "en"
    assert after.interview.revision == current.interview.revision


def test_arriving_sees_what_another_session_saved(store: Store) -> None:
    with store.writing() as session:
        small = make_small_study(session)
        answered_about_ego(session, small)
    with store.reader() as reader:
        before = arrive(reader, small.tokens["p1"])
        reader.rollback()
        with store.writing() as session:
            current = arrive(session, small.tokens["p1"])
            naming.add_typed(session, current, names_page(current), "any", "Jo", now=NOW)
        after = arrive(reader, small.tokens["p1"])
        assert (len(before.responses.alters), len(after.responses.alters)) == (0, 1)
