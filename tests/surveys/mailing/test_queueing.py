"""Who is queued, once, and who is not and why; reminders when they are due."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import event, select, update
from sqlalchemy.orm import Session

from surveys.interviews import begin
from surveys.invitations import decline, find_invited, invite, revoke
from surveys.mailing.addressees import UnknownGroup, at_site, in_role, is_address
from surveys.mailing.outbox import (
    LEASE,
    claim_next,
    drop_over,
)
from surveys.mailing.queueing import queue_invitations, queue_reminders
from surveys.mailing.returning import (
    opt_out,
)
from surveys.mailing.schedule import Schedule, due_on
from surveys.mailing.standing import mail_counts, reasons
from surveys.open_links import find_open_link, join, make_open_link, open_token, roles_of, site_of
from surveys.people import roster
from surveys.sampling import invite_sample
from surveys.tables import Interview, Mail
from surveys.waves import WaveClosed, add_wave, close_wave, open_wave
from tests.small_study import KEY, NOW, SmallStudy, begun
from tests.surveys.mailing.sending import OFFICE, send_all, version_of


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
    wave = add_wave(session, small.study, version_of(session, first), "Wave 2", opens_at=NOW, closes_at=NOW + LEASE)
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


def test_days_between_mails_are_counted_as_the_uk_counts_them(session: Session, queued: SmallStudy) -> None:
    """Sent at 23:30 UTC on 30 June, which is 1 July in the UK: four days on is 5 July."""
    late = datetime(2027, 6, 30, 23, 30, tzinfo=UTC)
    session.execute(update(Mail).values(state="sent", sent_at=late))
    anytime = Schedule(on_weekends=True, on_holidays=True)
    for day, reminded in ((4, 0), (5, 6)):
        due = due_on(anytime, date(2027, 7, day))
        assert queue_reminders(session, queued.wave, due, key=KEY, now=NOW, dry_run=True).added == reminded


def test_whoever_came_by_a_poster_is_not_said_to_have_left(session: Session, small: SmallStudy) -> None:
    small.study.open_links_allowed = True
    link = make_open_link(session, small.wave, site_of(session, small.study.id, "A"), most=5, key=KEY, now=NOW)
    found = find_open_link(session, open_token(KEY, link))
    join(session, found, roles_of(session, small.study)[0], "one showing", key=KEY, now=NOW)
    small.people["p5"].left_at = NOW
    session.flush()
    assert reasons(session, small.wave, KEY) == {"came by a poster": 1, "left the roster": 1}


def test_past_the_last_day_nobody_is_queued_though_the_wave_was_not_closed(session: Session, small: SmallStudy) -> None:
    last = small.wave.closes_at
    assert queue_invitations(session, small.wave, key=KEY, now=last - timedelta(seconds=1), dry_run=True).added == 6
    with pytest.raises(WaveClosed, match="Give it a later last day in its settings, or close it"):
        queue_invitations(session, small.wave, key=KEY, now=last)
    with pytest.raises(WaveClosed):
        invite_sample(session, small.wave, key=KEY, now=last)


def test_reminders_go_to_one_site_and_role_where_that_is_asked_for(session: Session, queued: SmallStudy) -> None:
    send_all(session)
    day = NOW + timedelta(days=4)
    due = due_on(Schedule(), day.date())
    for which, count in (
        ([at_site(session, queued.wave, "B")], 2),
        ([in_role(session, queued.wave, "pharmacist")], 2),
        ([at_site(session, queued.wave, "B"), in_role(session, queued.wave, "pharmacist")], 1),
    ):
        assert queue_reminders(session, queued.wave, due, *which, key=KEY, now=day, dry_run=True).added == count
    with pytest.raises(UnknownGroup, match=r"no site “Z”\. Write one of: A, B, C"):
        at_site(session, queued.wave, "Z")
    with pytest.raises(UnknownGroup, match="no role"):
        in_role(session, queued.wave, "A")


def test_as_many_statements_whatever_the_number_of_people(session: Session, small: SmallStudy) -> None:
    """Each more would be one more for each person."""
    said: list[str] = []
    event.listen(session.get_bind(), "before_cursor_execute", lambda *all: said.append(all[2]))
    queue_invitations(session, small.wave, key=KEY, now=NOW)
    assert len(said) == 5
