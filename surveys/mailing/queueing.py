"""Puts invitations and reminders into the outbox: one row a mail, and the reason counted where there is none."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, insert, select, update
from sqlalchemy.orm import Session

from surveys.mailing.addressees import Addressee, NotMailed, addressees, reason_against
from surveys.mailing.reaching import settle
from surveys.mailing.schedule import Due
from surveys.tables import Invitation, Mail, Wave
from surveys.uk_days import uk_day
from surveys.waves import refuse_after_last_day

UNDER_WAY = ("queued", "sending")
ENDED_UNSENT = ("skipped", "failed", "bounced")
NOT_INVITED = "no invitation sent yet"
UNDER_WAY_REASON = "a reminder under way"
NOT_DUE = "not due today"


@dataclass(frozen=True)
class Queued:
    """What queueing did: mails added, mails that were there before, and people left out by reason."""

    added: int
    before: int = 0
    left_out: Mapping[str, int] = field(default_factory=dict)


def queue_invitations(session: Session, wave: Wave, *, key: bytes, now: datetime, dry_run: bool = False) -> Queued:
    """Queue the invitation of everyone invited who may be written to and has none; raises WaveClosed.

    What was skipped, given up or came back before is queued again where the reason holds no more. With `dry_run` they
    are only counted.
    """
    refuse_after_last_day(wave, now=now)
    there = _mails(session, wave, "invitation")
    fit, left_out, lost = _fit(addressees(session, Invitation.wave_id == wave.id), key)
    new = [one.invitation_id for one in fit if one.invitation_id not in there]
    again = [mail.id for one in fit for mail in there.get(one.invitation_id, ()) if mail.state in ENDED_UNSENT]
    afresh = {"state": "queued", "not_before": now, "reason": None, "attempts": 0}
    if not dry_run:
        _insert(session, [(invitation, 0) for invitation in new], "invitation", now)
    if again and not dry_run:
        session.execute(update(Mail), [{"id": mail, "key": new_mail_key(), **afresh} for mail in again])
    added = len(new) + len(again)
    if not dry_run:
        settle(session, wave, fit=fit, lost=lost, now=now)
    return Queued(added, len(fit) - added, left_out)


def new_mail_key() -> str:
    """A random name for one mail, which nobody can guess who has not got it (128 bits); no capitals tell keys apart."""
    return secrets.token_hex(16)


def queue_reminders(
    session: Session,
    wave: Wave,
    due: Due,
    *which: ColumnElement[bool],
    key: bytes,
    now: datetime,
    dry_run: bool = False,
) -> Queued:
    """Queue a reminder for everyone due one who has not answered, of those that `which` conditions choose.

    With `dry_run` they are only counted. Raises WaveClosed.
    """
    refuse_after_last_day(wave, now=now)
    fit, left_out, lost = _fit(addressees(session, Invitation.wave_id == wave.id, *which), key)
    invitations, reminders = _mails(session, wave, "invitation"), _mails(session, wave, "reminder")
    wanted: list[tuple[int, int]] = []
    for one in fit:
        sent = reminders.get(one.invitation_id, ())
        reason = _not_now(invitations.get(one.invitation_id, ()), sent, due)
        if reason:
            left_out[reason] += 1
        else:
            wanted.append((one.invitation_id, len(sent) + 1))
    if not dry_run:
        _insert(session, wanted, "reminder", now)
        settle(session, wave, fit=fit, lost=lost, now=now)
    return Queued(len(wanted), left_out=left_out)


def _not_now(invitation: Sequence[_Known], reminders: Sequence[_Known], due: Due) -> str:
    """Why somebody gets no reminder today, or an empty text."""
    first = next((mail.sent_at for mail in invitation if mail.state == "sent"), None)
    if first is None:
        return NOT_INVITED
    if any(mail.state in UNDER_WAY for mail in reminders):
        return UNDER_WAY_REASON
    days = [uk_day(mail.sent_at or mail.not_before) for mail in reminders]
    return "" if due(uk_day(first), days) else NOT_DUE


def _fit(everyone: Iterable[Addressee], key: bytes) -> tuple[list[Addressee], Counter[str], list[int]]:
    """Those who may be written to, how many may not, by reason, and the invitations whose address came back."""
    fit: list[Addressee] = []
    left_out: Counter[str] = Counter()
    lost: list[int] = []
    for one in everyone:
        reason = reason_against(one, key)
        if reason is None:
            fit.append(one)
        else:
            left_out[reason.value] += 1
        if reason is NotMailed.BOUNCED:
            lost.append(one.invitation_id)
    return fit, left_out, lost


class _Known(NamedTuple):
    """A mail that is in the outbox, as far as queueing is concerned."""

    id: int
    state: str
    sent_at: datetime | None
    not_before: datetime


def _mails(session: Session, wave: Wave, kind: str) -> dict[int, list[_Known]]:
    """The wave's mails of one kind, by invitation, in order."""
    rows = session.execute(
        select(Mail.invitation_id, Mail.id, Mail.state, Mail.sent_at, Mail.not_before)
        .join(Invitation, Invitation.id == Mail.invitation_id)
        .where(Invitation.wave_id == wave.id, Mail.kind == kind)
        .order_by(Mail.number)
    )
    found: dict[int, list[_Known]] = {}
    for invitation, mail, state, sent_at, not_before in rows:
        found.setdefault(invitation, []).append(_Known(mail, state, sent_at, not_before))
    return found


def _insert(session: Session, wanted: Iterable[tuple[int, int]], kind: str, now: datetime) -> None:
    rows = [
        {
            "invitation_id": invitation,
            "kind": kind,
            "number": number,
            "key": new_mail_key(),
            "state": "queued",
            "not_before": now,
            "attempts": 0,
            "queued_at": now,
            "may_be_twice": False,
        }
        for invitation, number in wanted
    ]
    if rows:
        session.execute(insert(Mail), rows)
