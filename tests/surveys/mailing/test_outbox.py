"""The outbox on both engines: everyone once, claimed by one worker, recovered and marked, skipped with the reason."""

from __future__ import annotations

import threading
from collections import Counter
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session

from surveys.interviews import begin
from surveys.invitations import decline, find_invited, invite, revoke
from surveys.mailing.addressees import address_hash, is_address
from surveys.mailing.letters import Office
from surveys.mailing.outbox import (
    LEASE,
    MOST_ATTEMPTS,
    Claimed,
    Outcome,
    claim_next,
    drop_over,
    note,
    note_known,
    recover,
    release,
)
from surveys.mailing.queueing import queue_invitations, queue_reminders
from surveys.mailing.returning import (
    Returned,
    UnknownPerson,
    note_returned,
    opt_out,
    people_known_as,
    person_of_mail,
    undo_opt_out,
)
from surveys.mailing.schedule import Schedule, due_on
from surveys.mailing.standing import mail_counts, reasons
from surveys.people import roster
from surveys.store import Store
from surveys.tables import InstrumentVersion, Interview, Invitation, Mail, Person
from surveys.waves import WaveClosed, add_wave, close_wave, open_wave
from tests.small_study import KEY, NOW, SmallStudy, begun, make_small_study

OFFICE = Office(KEY, "https://confer.example")


@pytest.fixture
def queued(session: Session, small: SmallStudy) -> SmallStudy:
    """The small study with everyone's invitation in the outbox."""
    assert queue_invitations(session, small.wave, key=KEY, now=NOW).added == 6
    return small


def claim(session: Session, worker: str = "w", now: datetime = NOW) -> Claimed:
    claimed = claim_next(session, OFFICE, worker, now=now)
    assert claimed is not None
    return claimed


def send_all(session: Session, now: datetime = NOW) -> list[str]:
    """The addresses that mails went to, as a worker sends them."""
    addresses = []
    while (claimed := claim_next(session, OFFICE, "w", now=now)) is not None:
        addresses.append(claimed.letter.address)
        assert note(session, claimed, Outcome.SENT, now=now)
    return addresses


def row(session: Session, claimed: Claimed) -> Mail:
    found = session.get(Mail, claimed.id, populate_existing=True)
    assert found is not None
    return found


def test_everyone_is_queued_and_sent_once_however_often_it_is_done(session: Session, queued: SmallStudy) -> None:
    again = queue_invitations(session, queued.wave, key=KEY, now=NOW)
    assert (again.added, again.before, again.left_out) == (0, 6, {})
    assert sorted(send_all(session)) == [f"p{number}@example.org" for number in range(1, 7)]
    assert queue_invitations(session, queued.wave, key=KEY, now=NOW).added == 0
    assert send_all(session) == []
    assert mail_counts(session, queued.wave)[0].states == {"sent": 6}


def test_whoever_must_not_be_written_to_is_counted_by_reason(session: Session, small: SmallStudy) -> None:
    people, links = small.people, small.tokens
    decline(find_invited(session, links["p1"]).invitation, now=NOW)
    begun(session, small, "p2").interview.finished_at = NOW
    people["p3"].email = None
    people["p4"].email = "not an address"
    people["p5"].left_at = NOW
    opt_out(session, people["p6"], now=NOW)
    session.flush()
    done = queue_invitations(session, small.wave, key=KEY, now=NOW)
    assert done.added == 0
    assert done.left_out == {
        "declined": 1,
        "finished": 1,
        "no address": 1,
        "unusable address": 1,
        "left the roster": 1,
        "opted out": 1,
    }
    assert reasons(session, small.wave, KEY) == done.left_out


def test_a_simulated_interview_keeps_nobody_from_being_written_to(session: Session, small: SmallStudy) -> None:
    interview = begin(session, find_invited(session, small.tokens["p1"]), language="en", now=NOW, simulated=True)
    session.execute(update(Interview).where(Interview.id == interview.id).values(finished_at=NOW))
    assert queue_invitations(session, small.wave, key=KEY, now=NOW).added == 6


def test_who_declines_or_loses_the_link_after_queueing_is_skipped_and_comes_back_when_it_is_undone(
    session: Session, queued: SmallStudy
) -> None:
    declined = find_invited(session, queued.tokens["p1"]).invitation
    decline(declined, now=NOW)
    revoke(find_invited(session, queued.tokens["p2"]).invitation, now=NOW)
    session.flush()
    assert len(send_all(session)) == 4
    assert mail_counts(session, queued.wave)[0].states == {"sent": 4, "skipped": 2}
    assert Counter(session.scalars(select(Mail.reason).where(Mail.state == "skipped"))) == {
        "declined": 1,
        "link taken back": 1,
    }
    declined.declined_at = None
    session.flush()
    assert queue_invitations(session, queued.wave, key=KEY, now=NOW).added == 1
    assert send_all(session) == ["p1@example.org"]


def test_nothing_is_sent_before_the_wave_opens_and_what_waits_when_it_closes_is_skipped(
    session: Session, small: SmallStudy
) -> None:
    first = small.wave.instrument_version_id
    wave = add_wave(session, small.study, _version(session, first), "Wave 2", opens_at=NOW, closes_at=NOW + LEASE)
    invite(session, wave, roster(session, small.study.id), key=KEY, now=NOW)
    queue_invitations(session, wave, key=KEY, now=NOW)
    assert claim_next(session, OFFICE, "w", now=NOW) is None
    open_wave(wave)
    session.flush()
    assert claim_next(session, OFFICE, "w", now=NOW - timedelta(seconds=1)) is None
    assert drop_over(session, now=NOW) == 0
    assert claim_next(session, OFFICE, "w", now=NOW) is not None
    close_wave(wave, now=NOW + timedelta(seconds=1))
    session.flush()
    assert claim_next(session, OFFICE, "w", now=NOW) is None
    assert drop_over(session, now=NOW) == 5
    with pytest.raises(WaveClosed):
        queue_invitations(session, wave, key=KEY, now=NOW)


def _version(session: Session, number: int) -> InstrumentVersion | None:
    return session.get(InstrumentVersion, number)


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


def test_an_address_that_bounced_is_not_written_to_in_any_wave_until_it_changes(
    session: Session, queued: SmallStudy
) -> None:
    send_all(session)
    mail = session.scalars(_mails_of(queued.people["p1"])).one()
    assert note_returned(session, mail.key, Returned.HARD, dated=NOW, now=NOW)
    assert not note_returned(session, mail.key, Returned.HARD, dated=NOW, now=NOW)
    assert mail.address_hash == address_hash(KEY, "P1@Example.org ")
    version = _version(session, queued.wave.instrument_version_id)
    wave = add_wave(session, queued.study, version, "Wave 2", opens_at=NOW, closes_at=NOW + timedelta(days=9))
    open_wave(wave)
    invite(session, wave, roster(session, queued.study.id), key=KEY, now=NOW)
    session.flush()
    done = queue_invitations(session, wave, key=KEY, now=NOW)
    assert (done.added, done.left_out) == (5, {"address bounced": 1})
    queued.people["p1"].email = "ada@example.org"
    session.flush()
    old = mail.key
    assert queue_invitations(session, queued.wave, key=KEY, now=NOW).added == 1
    session.refresh(mail)
    assert mail.key != old, "what still comes back for the old address finds nothing"
    assert "ada@example.org" in send_all(session)


def _mails_of(person: Person) -> Select[Mail]:
    return select(Mail).join(Invitation, Invitation.id == Mail.invitation_id).where(Invitation.person_id == person.id)


def test_a_soft_bounce_is_sent_again_later_and_an_old_report_of_it_changes_nothing(
    session: Session, queued: SmallStudy
) -> None:
    send_all(session)
    mail = session.scalars(_mails_of(queued.people["p1"])).one()
    assert note_returned(session, mail.key, Returned.SOFT, dated=NOW, now=NOW)
    session.refresh(mail)
    assert (mail.state, mail.not_before) == ("queued", NOW + timedelta(hours=1))
    assert send_all(session, mail.not_before) == ["p1@example.org"]
    assert not note_returned(session, mail.key, Returned.SOFT, dated=NOW, now=NOW + timedelta(hours=2))
    assert not note_returned(session, "0" * 32, Returned.HARD, dated=None, now=NOW)


def test_an_opt_out_holds_over_all_waves_and_can_be_undone(session: Session, queued: SmallStudy) -> None:
    mail = session.scalars(_mails_of(queued.people["p1"])).one()
    person = person_of_mail(session, mail.key)
    assert person is not None and opt_out(session, person, now=NOW) and not opt_out(session, person, now=NOW)
    assert "p1@example.org" not in send_all(session)
    version = _version(session, queued.wave.instrument_version_id)
    wave = add_wave(session, queued.study, version, "Wave 2", opens_at=NOW, closes_at=NOW + timedelta(days=9))
    invite(session, wave, roster(session, queued.study.id), key=KEY, now=NOW)
    assert queue_invitations(session, wave, key=KEY, now=NOW).left_out == {"opted out": 1}
    assert undo_opt_out(session, person) and not undo_opt_out(session, person)
    assert queue_invitations(session, wave, key=KEY, now=NOW).added == 1


def test_a_person_is_found_by_reference_or_address(session: Session, small: SmallStudy) -> None:
    assert people_known_as(session, small.study, "p2") == people_known_as(session, small.study, "P2@EXAMPLE.ORG")
    with pytest.raises(UnknownPerson, match="Write a reference"):
        people_known_as(session, small.study, "nobody")


def test_reminders_go_to_those_who_are_due_one_and_have_not_answered(session: Session, queued: SmallStudy) -> None:
    due = due_on(Schedule(), (NOW + timedelta(days=4)).date())
    early = queue_reminders(session, queued.wave, due, key=KEY, now=NOW)
    assert (early.added, early.left_out) == (0, {"no invitation sent yet": 6})
    send_all(session)
    decline(find_invited(session, queued.tokens["p1"]).invitation, now=NOW)
    session.flush()
    too_soon = queue_reminders(session, queued.wave, due_on(Schedule(), NOW.date()), key=KEY, now=NOW)
    assert (too_soon.added, too_soon.left_out) == (0, {"declined": 1, "not due today": 5})
    day = NOW + timedelta(days=4)
    assert queue_reminders(session, queued.wave, due, key=KEY, now=day, dry_run=True).added == 5
    assert queue_reminders(session, queued.wave, due, key=KEY, now=day).added == 5
    again = queue_reminders(session, queued.wave, due, key=KEY, now=day)
    assert (again.added, again.left_out["a reminder under way"]) == (0, 5)
    assert len(send_all(session, day)) == 5
    names = [(one.name, one.states) for one in mail_counts(session, queued.wave)]
    assert names == [("invitation", {"sent": 6}), ("reminder 1", {"sent": 5})]
    week = day + timedelta(days=7)
    assert queue_reminders(session, queued.wave, due_on(Schedule(), week.date()), key=KEY, now=week).added == 5
    assert [one.name for one in mail_counts(session, queued.wave)][-1] == "reminder 2"


@pytest.mark.parametrize(
    ("text", "usable"),
    [
        ("ann@example.org", True),
        ("o'neil+x@nhs.net", True),
        ("ann@example.org\nBcc: x@example.org", False),
        ("Ann <ann@example.org>", False),
        ("ann@localhost", False),
        ("a,b@example.org", False),
        ("a@b@example.org", False),
        ("ännå@example.org", False),
    ],
)
def test_only_a_plain_address_is_written_to(text: str, usable: bool) -> None:
    assert is_address(text) is usable
