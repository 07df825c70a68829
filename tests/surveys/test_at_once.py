"""Many presses at the same moment are one press: nothing is begun, saved or sent twice, and nothing is lost."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from instruments.check import check_step
from instruments.responses import AnswerKey
from instruments.route import Step
from surveys import naming
from surveys.interviews import AlreadyFinished, StaleStep, begin, finish, resume, save_step
from surveys.invitations import find_invited
from surveys.store import Store
from surveys.studies import VersionTaken, find_study, publish_instrument
from surveys.tables import Alter, InstrumentVersion, Interview, SavedStep, Tie
from tests.small_study import NOW, SOURCE, answer, answered_about_ego, make_small_study

PRESSES = 12


@pytest.fixture
def token(store: Store) -> str:
    """A link whose owner has come as far as the names page."""
    with store.writing() as session:
        small = make_small_study(session)
        answered_about_ego(session, small)
        return small.tokens["p1"]


def all_at_once(store: Store, act: Callable[[Session, int], None]) -> None:
    def press(number: int) -> None:
        with store.writing() as session:
            act(session, number)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(press, range(PRESSES)))


def count(store: Store, table: type) -> int:
    with store.reader() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_start_pressed_many_times_begins_one_interview(store: Store) -> None:
    with store.writing() as session:
        token = make_small_study(session).tokens["p2"]
    all_at_once(store, lambda s, _: begin(s, find_invited(s, token), language="en", now=NOW))
    assert count(store, Interview) == 1


def test_every_save_of_one_page_counts_and_one_answer_stays(store: Store, token: str) -> None:
    def save(session: Session, number: int) -> None:
        answer(session, resume(session, find_invited(session, token)), "about_you", site="A", role="it")

    all_at_once(store, save)
    with store.reader() as session:
        assert session.scalars(select(Interview.revision)).one() == 2 + PRESSES
    assert count(store, SavedStep) == 2


def test_of_many_tabs_with_other_answers_one_is_taken_and_all_the_others_are_told(store: Store, token: str) -> None:
    with store.reader() as session:
        seen = resume(session, find_invited(session, token)).revision_of(Step("about_you"))
    taken, told = [], []

    def save(session: Session, number: int) -> None:
        current = resume(session, find_invited(session, token))
        posted = {"site": [f"S{number}"], "role": ["it"]}
        step = Step("about_you")
        checked = check_step(current.instrument, step, current.responses, posted, known=lambda roster, code: True)
        try:
            save_step(session, current, step, checked, now=NOW, seen=seen)
            taken.append(number)
        except StaleStep as stale:
            told.append(stale.stored[AnswerKey("site")])

    all_at_once(store, save)
    assert len(taken) == 1
    assert told == [f"S{taken[0]}"] * (PRESSES - 1)
    with store.reader() as session:
        assert session.scalars(select(Interview.revision)).one() == 3


def test_people_added_from_many_tabs_are_all_kept_up_to_the_most(store: Store, token: str) -> None:
    refused = []

    def add(session: Session, number: int) -> None:
        current = resume(session, find_invited(session, token))
        try:
            naming.add_typed(session, current, current.instrument.page("advice_names"), "any", f"P{number}", now=NOW)
        except naming.TooManyPeople:
            refused.append(number)

    all_at_once(store, add)
    with store.reader() as session:
        numbers = session.scalars(select(Alter.number).order_by(Alter.number)).all()
    assert list(numbers) == [1, 2, 3, 4, 5, 6, 7, 8]
    assert len(refused) == PRESSES - 8


def test_answers_sent_many_times_are_sent_once(store: Store, token: str) -> None:
    with store.writing() as session:
        current = resume(session, find_invited(session, token))
        naming.add_typed(session, current, current.instrument.page("advice_names"), "any", "Jo", now=NOW)
        current = resume(session, current.invited)
        naming.done_naming(session, current, current.instrument.page("advice_names"), now=NOW)
        current = answer(session, resume(session, current.invited), "topic_grid", flow__1__epma=["i_get"])
        current = answer(session, current, "about_contacts/1", freq="weekly", formality="both", origin="friend")
        answer(session, current, "story")
    all_at_once(store, lambda s, _: finish(s, resume(s, find_invited(s, token)), now=NOW))
    assert count(store, Tie) == 1
    with store.writing() as session, pytest.raises(AlreadyFinished):
        answer(session, resume(session, find_invited(session, token)), "story", exchange="late")


def test_of_many_questionnaires_published_at_once_under_one_number_one_is_kept(store: Store) -> None:
    """Each press publishes a file of its own, twice over: the first to come is kept, the others are told."""
    with store.writing() as session:
        make_small_study(session)
    taken, told = [], []

    def publish(session: Session, number: int) -> None:
        source = SOURCE.replace("version: 1.0.0", "version: 1.1.0").replace("Health records", f"Notes {number // 2}")
        try:
            taken.append(publish_instrument(session, find_study(session, "small"), source, now=NOW).id)
        except VersionTaken:
            told.append(number // 2)

    all_at_once(store, publish)
    assert (len(taken), len(set(taken)), len(told)) == (2, 1, PRESSES - 2)
    assert count(store, InstrumentVersion) == 2
