"""What comes back: bounces that stop, bounces that wait, and opt-outs that hold over all waves."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.invitations import invite
from surveys.mailing.addressees import address_hash
from surveys.mailing.queueing import queue_invitations
from surveys.mailing.returning import (
    Returned,
    UnknownPerson,
    note_returned,
    opt_out,
    people_known_as,
    person_of_mail,
    undo_opt_out,
)
from surveys.people import roster
from surveys.tables import Invitation, Wave
from surveys.waves import add_wave, open_wave
from tests.small_study import KEY, NOW, SmallStudy
from tests.surveys.mailing.sending import mails_of, send_all, version_of


def unreachable(session: Session, small: SmallStudy) -> list[int]:
    """The waves to which p1 is invited without being reachable."""
    of_person = select(Wave.number).join(Invitation, Invitation.wave_id == Wave.id)
    lost = of_person.where(Invitation.person_id == small.people["p1"].id, Invitation.unreachable_at.is_not(None))
    return list(session.scalars(lost.order_by(Wave.number)))


def test_an_address_that_bounced_is_not_written_to_in_any_wave_until_it_changes(
    session: Session, queued: SmallStudy
) -> None:
    send_all(session)
    mail = session.scalars(mails_of(queued.people["p1"])).one()
    assert note_returned(session, mail.key, Returned.HARD, dated=NOW, now=NOW)
    assert not note_returned(session, mail.key, Returned.HARD, dated=NOW, now=NOW)
    assert mail.address_hash == address_hash(KEY, "P1@Example.org ")
    version = version_of(session, queued.wave.instrument_version_id)
    wave = add_wave(session, queued.study, version, "Wave 2", opens_at=NOW, closes_at=NOW + timedelta(days=9))
    open_wave(wave)
    invite(session, wave, roster(session, queued.study.id), key=KEY, now=NOW)
    session.flush()
    done = queue_invitations(session, wave, key=KEY, now=NOW)
    assert (done.added, done.left_out) == (5, {"address bounced": 1})
    assert unreachable(session, queued) == [1, 2], "in the wave whose mail came back, and in the next"
    queued.people["p1"].email = "ada@example.org"
    session.flush()
    old = mail.key
    assert queue_invitations(session, queued.wave, key=KEY, now=NOW).added == 1
    session.refresh(mail)
    assert mail.key != old, "what still comes back for the old address finds nothing"
    assert unreachable(session, queued) == [2]
    assert queue_invitations(session, wave, key=KEY, now=NOW).added == 1
    assert unreachable(session, queued) == []
    assert "ada@example.org" in send_all(session)


def test_a_soft_bounce_is_sent_again_later_and_an_old_report_of_it_changes_nothing(
    session: Session, queued: SmallStudy
) -> None:
    send_all(session)
    mail = session.scalars(mails_of(queued.people["p1"])).one()
    assert note_returned(session, mail.key, Returned.SOFT, dated=NOW, now=NOW)
    session.refresh(mail)
    assert (mail.state, mail.not_before) == ("queued", NOW + timedelta(hours=1))
    assert send_all(session, mail.not_before) == ["p1@example.org"]
    assert not note_returned(session, mail.key, Returned.SOFT, dated=NOW, now=NOW + timedelta(hours=2))
    assert not note_returned(session, "0" * 32, Returned.HARD, dated=None, now=NOW)


def test_an_opt_out_holds_over_all_waves_and_can_be_undone(session: Session, queued: SmallStudy) -> None:
    mail = session.scalars(mails_of(queued.people["p1"])).one()
    person = person_of_mail(session, mail.key)
    assert person is not None and opt_out(session, person, now=NOW) and not opt_out(session, person, now=NOW)
    assert "p1@example.org" not in send_all(session)
    version = version_of(session, queued.wave.instrument_version_id)
    wave = add_wave(session, queued.study, version, "Wave 2", opens_at=NOW, closes_at=NOW + timedelta(days=9))
    invite(session, wave, roster(session, queued.study.id), key=KEY, now=NOW)
    assert queue_invitations(session, wave, key=KEY, now=NOW).left_out == {"opted out": 1}
    assert undo_opt_out(session, person) and not undo_opt_out(session, person)
    assert queue_invitations(session, wave, key=KEY, now=NOW).added == 1


def test_a_person_is_found_by_reference_or_address(session: Session, small: SmallStudy) -> None:
    assert people_known_as(session, small.study, "p2") == people_known_as(session, small.study, "P2@EXAMPLE.ORG")
    with pytest.raises(UnknownPerson, match="Write a reference"):
        people_known_as(session, small.study, "nobody")
