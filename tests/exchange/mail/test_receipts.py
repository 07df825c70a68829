"""What GOV.UK Notify says became of a mail, read and noted in the outbox once."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from exchange.mail.receipts import Receipt, ReceiptUnreadable, note_receipt, note_statuses, read_receipt
from surveys.mailing.outbox import Outcome, claim_next, note
from surveys.mailing.queueing import queue_invitations
from surveys.mailing.returning import unsettled_since
from surveys.mailing.standing import mail_counts
from surveys.tables import Mail
from tests.small_study import KEY, NOW, SmallStudy, make_small_study
from tests.surveys.mailing.sending import OFFICE, send_all

LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def small(session: Session) -> SmallStudy:
    return make_small_study(session)


@pytest.fixture
def keys(session: Session, small: SmallStudy) -> list[str]:
    """The keys of six invitations that were sent."""
    queue_invitations(session, small.wave, key=KEY, now=NOW)
    send_all(session)
    return list(session.scalars(select(Mail.key).order_by(Mail.id)))


def mail(session: Session, key: str) -> Mail:
    return session.scalars(select(Mail).where(Mail.key == key).execution_options(populate_existing=True)).one()


def body(**values: object) -> bytes:
    return json.dumps({"id": "x", "reference": "k", "to": "a@example.org", "status": "delivered"} | values).encode()


def test_a_receipt_says_which_mail_what_and_when() -> None:
    at = datetime(2026, 11, 2, 9, 5, 1, 123000, tzinfo=UTC)
    assert read_receipt(body(completed_at="2026-11-02T09:05:01.123000Z")) == Receipt("k", "delivered", at)
    assert read_receipt(body(reference=None, completed_at=None)) == Receipt("", "delivered", None)


@pytest.mark.parametrize(
    "data", [b"", b"no", b"[]", b"1", b"{}", body(status=7), body(reference=7), b"\xff", b"[" * 9999]
)
def test_what_is_no_receipt_is_refused(data: bytes) -> None:
    with pytest.raises(ReceiptUnreadable):
        read_receipt(data)


@given(st.dictionaries(st.sampled_from(["reference", "status", "completed_at"]), st.text() | st.integers() | st.none()))
def test_any_object_is_a_receipt_or_refused(said: dict[str, object]) -> None:
    with suppress(ReceiptUnreadable):
        assert len(read_receipt(json.dumps(said).encode()).key) <= 33


@pytest.mark.parametrize(
    ("status", "state", "changes"),
    [
        ("delivered", "sent", True),
        ("permanent-failure", "bounced", True),
        ("temporary-failure", "queued", True),
        ("technical-failure", "queued", True),
        ("sending", "sent", False),
        ("created", "sent", False),
        ("something new", "sent", False),
    ],
)
def test_each_status_is_noted_once(session: Session, keys: list[str], status: str, state: str, changes: bool) -> None:
    receipt = Receipt(keys[0], status, LATER)
    assert note_receipt(session, receipt, now=LATER) is changes
    assert note_receipt(session, receipt, now=LATER) is False, "the same again"
    assert mail(session, keys[0]).state == state
    assert (mail(session, keys[0]).delivered_at == LATER) is (status == "delivered")
    assert note_receipt(session, Receipt("nobody's", status, LATER), now=LATER) is False


def test_an_old_status_says_nothing_of_a_mail_that_was_sent_again(session: Session, keys: list[str]) -> None:
    """It could not be delivered, is sent again two hours later, and then the first status is read once more."""
    failed, again = Receipt(keys[0], "temporary-failure", LATER), LATER + timedelta(hours=2)
    assert note_receipt(session, failed, now=LATER)
    claimed = claim_next(session, OFFICE, "w", now=again)
    assert claimed is not None
    note(session, claimed, Outcome.SENT, now=again)
    assert not note_receipt(session, failed, now=again)
    assert mail(session, keys[0]).state == "sent"


def test_many_statuses_are_noted_and_what_is_unreadable_or_not_ours_is_left_out(
    session: Session, keys: list[str], small: SmallStudy
) -> None:
    assert unsettled_since(session, now=LATER) == NOW
    ended = LATER.isoformat()
    found = [{"reference": key, "status": "delivered", "completed_at": ended} for key in keys[1:]]
    found += [{"reference": keys[0], "status": "permanent-failure", "completed_at": ended}]
    found += [{"reference": None, "status": "delivered"}, {"reference": 7}]
    settled = note_statuses(session, iter(found), now=LATER)
    assert (settled.statuses, settled.changed) == ({"delivered": 5, "permanent-failure": 1}, 6)
    assert note_statuses(session, iter(found), now=LATER).changed == 0
    (count,) = mail_counts(session, small.wave)
    assert (count.states, count.delivered) == ({"sent": 5, "bounced": 1}, 5)
    assert unsettled_since(session, now=LATER) is None


def test_what_was_sent_a_week_ago_is_asked_for_no_more(session: Session, keys: list[str]) -> None:
    assert unsettled_since(session, now=NOW + timedelta(days=8)) is None
