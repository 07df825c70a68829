"""The outbox: one row a mail, claimed before it is handed over and noted after, so that nobody gets it twice unseen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Update, case, select, update
from sqlalchemy.orm import Session

from surveys.mailing.addressees import NotMailed, address_hash, addressees, reason_against
from surveys.mailing.letters import Letter, Office, recipient, unsubscribe_link, write_letter
from surveys.mailing.reaching import note_unreachable
from surveys.tables import Invitation, Mail, Study, Wave
from surveys.waves import OVER

MOST_ATTEMPTS = 6
FIRST_WAIT = timedelta(minutes=15)
WORKER_DIED = "worker died"
LEASE = timedelta(minutes=10)
"""A claim older than this was made by a worker that died: its mail is sent again, and marked."""


class Outcome(StrEnum):
    """What became of a mail that was handed over."""

    SENT = "sent"
    LATER = "later"  # refused for now: tried again
    UNSURE = "unsure"  # the connection broke before the answer came: tried again, and marked
    NO_SUCH_ADDRESS = "no such address"
    REFUSED = "refused"  # for good, though not because of the address


@dataclass(frozen=True)
class Claimed:
    """A mail that one worker is about to hand over."""

    id: int
    worker: str
    letter: Letter


def recover(session: Session, *, now: datetime, lease: timedelta = LEASE) -> int:
    """Queue again what dead workers had claimed, marked as "may have been sent twice"; gives how many.

    It goes to the end of the queue, and is given up in the end, so that a mail that kills workers holds up no other.
    """
    stale = (Mail.state == "sending") & (Mail.claimed_at < now - lease)
    spent = Mail.attempts + 1 >= MOST_ATTEMPTS
    again = {
        "state": case((spent, "failed"), else_="queued"),
        "reason": WORKER_DIED,
        "attempts": Mail.attempts + 1,
        "not_before": now,
        "may_be_twice": True,
        "claimed_at": None,
        "claimed_by": None,
    }
    return _changed(session, update(Mail).where(stale).values(again))


def drop_over(session: Session, *, now: datetime) -> int:
    """Skip what is queued for waves that are over; gives how many."""
    over = select(Wave.id).where(Wave.status.in_(OVER) | (Wave.closes_at <= now))
    of_those = Mail.invitation_id.in_(select(Invitation.id).where(Invitation.wave_id.in_(over)))
    skipped = {"state": "skipped", "reason": NotMailed.WAVE_OVER.value}
    return _changed(session, update(Mail).where(Mail.state == "queued", of_those).values(skipped))


def claim_next(session: Session, office: Office, worker: str, *, now: datetime) -> Claimed | None:
    """Claim the mail that has waited longest, written; None when none is to be sent now.

    The caller commits before handing it over. Mails whose addressee declined, finished or left meanwhile are skipped.
    """
    while (found := _longest_waiting(session, now)) is not None:
        mail, wave, study = found
        (addressee,) = addressees(session, Invitation.id == mail.invitation_id)
        against = reason_against(addressee, office.key)
        if against is not None:
            _write(session, mail.id, state="skipped", reason=against.value)
            continue
        to = recipient(office, addressee.name, addressee.email or "", addressee.nonce)
        letter = write_letter(session, study, wave, mail.kind, to, mail.key)
        hashed = address_hash(office.key, to.address)
        _write(session, mail.id, state="sending", claimed_at=now, claimed_by=worker, reason=None, address_hash=hashed)
        stop = unsubscribe_link(office, mail.key)
        return Claimed(mail.id, worker, replace(letter, may_be_twice=mail.may_be_twice, unsubscribe=stop))
    return None


def _longest_waiting(session: Session, now: datetime) -> tuple[Mail, Wave, Study] | None:
    """A mail that may be sent now and that no other worker holds, with its wave and study."""
    row = session.execute(
        select(Mail, Wave, Study)
        .join(Invitation, Invitation.id == Mail.invitation_id)
        .join(Wave, Wave.id == Invitation.wave_id)
        .join(Study, Study.id == Wave.study_id)
        .where(
            Mail.state == "queued",
            Mail.not_before <= now,
            Wave.status == "open",
            Wave.opens_at <= now,
            Wave.closes_at > now,
        )
        .order_by(Mail.not_before, Mail.id)
        .limit(1)
        .with_for_update(skip_locked=True, of=Mail)
        .execution_options(populate_existing=True)
    ).one_or_none()
    return None if row is None else (row[0], row[1], row[2])


def note(session: Session, claimed: Claimed, outcome: Outcome, *, now: datetime) -> bool:
    """Note what became of a claimed mail; False when another worker has taken it over meanwhile."""
    attempts = (session.scalar(select(Mail.attempts).where(Mail.id == claimed.id)) or 0) + 1
    values = {"attempts": attempts, "claimed_at": None, "claimed_by": None, **_became(outcome, attempts, now)}
    if not _changed(session, _held(claimed).values(values)):
        return False
    if outcome is Outcome.NO_SUCH_ADDRESS:
        note_unreachable(session, claimed.id, now=now)
    return True


def _became(outcome: Outcome, attempts: int, now: datetime) -> dict[str, object]:
    if outcome is Outcome.SENT:
        return {"state": "sent", "sent_at": now, "reason": None, "delivered_at": None}
    if outcome is Outcome.NO_SUCH_ADDRESS:
        return {"state": "bounced", "reason": outcome.value}
    marked = {"may_be_twice": True} if outcome is Outcome.UNSURE else {}
    if outcome is Outcome.REFUSED or attempts >= MOST_ATTEMPTS:
        return {"state": "failed", "reason": outcome.value, **marked}
    return {"state": "queued", "not_before": now + wait_after(attempts), "reason": outcome.value, **marked}


def wait_after(attempts: int) -> timedelta:
    """How long to wait after so many attempts: 15 minutes, then twice as long each time."""
    return FIRST_WAIT * (1 << (attempts - 1))


def note_known(session: Session, claimed: Claimed, *, now: datetime) -> bool:
    """The carrier has the mail from before: it was sent once, and is not handed over again."""
    once = {
        "state": "sent",
        "sent_at": now,
        "reason": None,
        "may_be_twice": False,
        "claimed_at": None,
        "claimed_by": None,
    }
    return _changed(session, _held(claimed).values(once)) == 1


def release(session: Session, claimed: Claimed) -> bool:
    """Queue a claimed mail again as it was, because nothing was handed over."""
    return _changed(session, _held(claimed).values(state="queued", claimed_at=None, claimed_by=None)) == 1


def _held(claimed: Claimed) -> Update:
    held = (Mail.id == claimed.id, Mail.state == "sending", Mail.claimed_by == claimed.worker)
    return update(Mail).where(*held)


def _write(session: Session, mail_id: int, **values: object) -> None:
    session.execute(
        update(Mail).where(Mail.id == mail_id).values(values), execution_options={"synchronize_session": False}
    )


def _changed(session: Session, statement: Update) -> int:
    done = session.connection().execute(statement)
    return int(done.rowcount)
