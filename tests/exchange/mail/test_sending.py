"""The worker's loop, with carriers that die, break off or go away at the worst moment."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from exchange.mail.carriers import CarrierDown
from exchange.mail.sending import Desk, send_waiting
from surveys.mailing.letters import Letter, Office
from surveys.mailing.outbox import LEASE, Outcome
from surveys.mailing.queueing import queue_invitations
from surveys.store import Store, open_store
from surveys.tables import Base, Mail
from tests.small_study import KEY, NOW, make_small_study


class Killed(BaseException):
    """The worker's process ends here."""


@dataclass
class TestCarrier:
    """Keeps what it takes; at its `at`-th letter it does what `trouble` says, before or after it has taken it."""

    __test__ = False

    at: int = 0
    trouble: BaseException | Outcome | None = None
    after: bool = True
    knowing: bool = False
    taken: list[str] = field(default_factory=list)
    tried: int = 0
    closed: int = 0

    def hand_over(self, letter: Letter) -> Outcome:
        self.tried += 1
        troubled = self.tried == self.at
        if self.after or not troubled:
            self.taken.append(letter.key)
        if troubled and isinstance(self.trouble, BaseException):
            raise self.trouble
        return self.trouble if troubled and isinstance(self.trouble, Outcome) else Outcome.SENT

    def knows(self, letter: Letter) -> bool:
        return self.knowing and letter.key in self.taken

    def close(self) -> None:
        self.closed += 1


@dataclass
class Time:
    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def store(sqlite_url: str) -> Iterator[Store]:
    """A store with six invitations in its outbox."""
    opened = open_store(sqlite_url)
    Base.metadata.create_all(opened.engine)
    with opened.writing() as session:
        small = make_small_study(session)
        queue_invitations(session, small.wave, key=KEY, now=NOW)
    yield opened
    opened.engine.dispose()


def desk(store: Store, carrier: TestCarrier, clock: Time, lease: timedelta = LEASE) -> Desk:
    return Desk(store, carrier, Office(KEY, "https://confer.example"), clock, lease)


def marked(store: Store) -> set[str]:
    with store.reader() as session:
        return set(session.scalars(select(Mail.key).where(Mail.may_be_twice)))


def states(store: Store) -> list[str]:
    with store.reader() as session:
        return sorted(session.scalars(select(Mail.state)))


def die_and_go_on(store: Store, carrier: TestCarrier) -> None:
    """A worker that dies, and others after it: at once, and when the lease has run out."""
    clock = Time()
    with pytest.raises(Killed):
        send_waiting(desk(store, carrier, clock))
    assert send_waiting(desk(store, carrier, clock)).recovered == 0
    clock.now += LEASE + timedelta(seconds=1)
    assert send_waiting(desk(store, carrier, clock)).recovered == 1


@pytest.mark.parametrize("at", range(1, 7))
def test_a_worker_that_dies_after_the_hand_over_makes_one_double_that_is_marked(store: Store, at: int) -> None:
    carrier = TestCarrier(at=at, trouble=Killed())
    die_and_go_on(store, carrier)
    doubles = {key for key in carrier.taken if carrier.taken.count(key) > 1}
    assert (len(carrier.taken), len(set(carrier.taken))) == (7, 6)
    assert doubles == marked(store)
    assert states(store) == ["sent"] * 6


@pytest.mark.parametrize("at", range(1, 7))
def test_a_worker_that_dies_before_the_hand_over_loses_nobody(store: Store, at: int) -> None:
    carrier = TestCarrier(at=at, trouble=Killed(), after=False)
    die_and_go_on(store, carrier)
    assert len(carrier.taken) == len(set(carrier.taken)) == 6
    assert len(marked(store)) == 1
    assert states(store) == ["sent"] * 6


def test_a_carrier_that_knows_what_it_took_makes_no_double(store: Store) -> None:
    carrier = TestCarrier(at=3, trouble=Killed(), knowing=True)
    die_and_go_on(store, carrier)
    assert len(carrier.taken) == len(set(carrier.taken)) == 6
    assert marked(store) == set()
    assert states(store) == ["sent"] * 6


def test_a_carrier_that_goes_away_leaves_all_that_is_left_as_it_was(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    carrier = TestCarrier(at=3, trouble=CarrierDown("The mail server cannot be reached."), after=False)
    with caplog.at_level(logging.DEBUG):
        sent = send_waiting(desk(store, carrier, Time()))
    assert (sent.outcomes, sent.stopped) == ({"sent": 2}, "The mail server cannot be reached.")
    assert states(store) == ["queued"] * 4 + ["sent"] * 2
    assert marked(store) == set()
    assert send_waiting(desk(store, carrier, Time())).outcomes == {"sent": 4}
    assert carrier.closed == 2
    assert "@" not in caplog.text and "/interview/" not in caplog.text


def test_an_answer_that_never_came_is_tried_again_and_marked(store: Store) -> None:
    carrier, clock = TestCarrier(at=2, trouble=Outcome.UNSURE), Time()
    assert send_waiting(desk(store, carrier, clock)).outcomes == {"sent": 5, "unsure": 1}
    clock.now += timedelta(minutes=15)
    assert send_waiting(desk(store, carrier, clock)).outcomes == {"sent": 1}
    assert {carrier.taken[1]} == marked(store)


def test_a_worker_held_up_for_half_the_lease_hands_nothing_over(store: Store) -> None:
    carrier = TestCarrier()
    sent = send_waiting(desk(store, carrier, Time(), timedelta(0)), limit=2)
    assert sent.outcomes == {"held up": 2}
    assert carrier.taken == []


def test_a_worker_that_outlives_its_lease_changes_nothing_of_the_others(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    clock, second = Time(), TestCarrier()

    class Slow(TestCarrier):
        def hand_over(self, letter: Letter) -> Outcome:
            outcome = super().hand_over(letter)
            clock.now += LEASE + timedelta(seconds=1)
            send_waiting(desk(store, second, clock))
            return outcome

    first = Slow()
    assert send_waiting(desk(store, first, clock)).outcomes == {"sent": 1}
    assert "another worker has it too" in caplog.text
    doubled = set(first.taken) & set(second.taken)
    assert doubled == marked(store) == set(first.taken)
    assert states(store) == ["sent"] * 6
