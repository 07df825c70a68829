"""The outbox on both engines: claimed by one worker, noted, recovered and marked, tried again."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from surveys.mailing.outbox import (
    LEASE,
    MOST_ATTEMPTS,
    Outcome,
    claim_next,
    note,
    note_known,
    recover,
    release,
)
from surveys.mailing.queueing import queue_invitations
from surveys.mailing.standing import mail_counts
from surveys.store import Store
from surveys.tables import Invitation, Mail
from tests.small_study import KEY, NOW, SmallStudy, make_small_study
from tests.surveys.mailing.sending import OFFICE, claim, row, send_all


def test_two_workers_at_once_never_claim_the_same_mail(store: Store) -> None:
    with store.writing() as session:
        small = make_small_study(session)
        queue_invitations(session, small.wave, key=KEY, now=NOW)
    claimed: list[int] = []
    together = threading.Barrier(3)

    def work(worker: str) -> None:
        together.wait(10)
        while True:
            with store.writing() as session:
                found = claim_next(session, OFFICE, worker, now=NOW)
            if found is None:
                return
            claimed.append(found.id)

    threads = [threading.Thread(target=work, args=(f"w{number}",)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert len(claimed) == len(set(claimed)) == 6


def test_a_dead_workers_mail_is_sent_again_and_marked_after_the_lease_only(
    session: Session, queued: SmallStudy
) -> None:
    claimed = claim(session)
    assert recover(session, now=NOW + LEASE) == 0
    later = NOW + LEASE + timedelta(seconds=1)
    assert recover(session, now=later) == 1
    assert row(session, claimed).may_be_twice
    assert not note(session, claimed, Outcome.SENT, now=later), "the dead worker, come back, notes nothing"
    assert len(send_all(session, later)) == 6
    (count,) = mail_counts(session, queued.wave)
    assert (count.states, count.may_be_twice) == ({"sent": 6}, 1)


def test_a_mail_that_kills_every_worker_holds_up_no_other_and_is_given_up(session: Session, queued: SmallStudy) -> None:
    first, now = claim(session), NOW
    for _death in range(MOST_ATTEMPTS):
        now += 2 * LEASE
        session.execute(update(Mail).where(Mail.id == first.id).values(state="sending", claimed_at=now - 2 * LEASE))
        recover(session, now=now)
        following = claim_next(session, OFFICE, "w", now=now)
        assert following is not None and following.id != first.id
        release(session, following)
    dead = row(session, first)
    assert (dead.state, dead.reason, dead.may_be_twice) == ("failed", "worker died", True)


def test_a_carrier_that_knows_the_mail_settles_whether_it_was_sent(session: Session, queued: SmallStudy) -> None:
    claim(session)
    now = NOW + 2 * LEASE
    recover(session, now=now)
    claimed = [claim(session, now=now) for _mail in range(6)][-1]
    assert claimed.letter.may_be_twice
    assert note_known(session, claimed, now=now)
    assert (row(session, claimed).state, row(session, claimed).may_be_twice) == ("sent", False)


@pytest.mark.parametrize("outcome", [Outcome.LATER, Outcome.UNSURE])
def test_what_is_not_taken_now_is_tried_again_less_and_less_often_then_given_up(
    session: Session, queued: SmallStudy, outcome: Outcome
) -> None:
    session.execute(update(Mail).where(Mail.state == "queued").values(state="sent"))
    session.execute(update(Mail).where(Mail.id == select(Mail.id).limit(1).scalar_subquery()).values(state="queued"))
    now, waits = NOW, []
    for attempt in range(MOST_ATTEMPTS):
        claimed = claim(session, now=now)
        note(session, claimed, outcome, now=now)
        mail = row(session, claimed)
        if attempt < MOST_ATTEMPTS - 1:
            assert claim_next(session, OFFICE, "w", now=now) is None
            waits.append((mail.not_before - now) // timedelta(minutes=15))
            now = mail.not_before
    assert waits == [1, 2, 4, 8, 16]
    assert (mail.state, mail.reason, mail.may_be_twice) == ("failed", outcome.value, outcome is Outcome.UNSURE)
    assert queue_invitations(session, queued.wave, key=KEY, now=now).added == 1, "an evaluator may try again"


def test_a_mail_that_was_not_handed_over_waits_as_it_was(session: Session, queued: SmallStudy) -> None:
    claimed = claim(session)
    assert release(session, claimed)
    assert (row(session, claimed).attempts, row(session, claimed).may_be_twice) == (0, False)
    assert claim(session).id == claimed.id


def test_whoever_has_no_such_address_is_unreachable_and_a_worker_that_was_late_changes_nothing(
    session: Session, queued: SmallStudy
) -> None:
    claimed = claim(session)
    invitation = session.get_one(Invitation, row(session, claimed).invitation_id)
    assert not note(session, replace(claimed, worker="late"), Outcome.NO_SUCH_ADDRESS, now=NOW)
    session.refresh(invitation)
    assert invitation.unreachable_at is None
    assert note(session, claimed, Outcome.NO_SUCH_ADDRESS, now=NOW)
    session.refresh(invitation)
    assert invitation.unreachable_at == NOW
