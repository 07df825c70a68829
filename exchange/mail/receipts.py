"""What GOV.UK Notify says became of mails that it took: receipts that it sends, and statuses that it is asked for."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Protocol

from sqlalchemy.orm import Session

from surveys.mailing.returning import Returned, note_delivered, note_returned

DELIVERED = "delivered"
RETURNED: Mapping[str, Returned] = {
    "permanent-failure": Returned.HARD,
    "temporary-failure": Returned.SOFT,
    "technical-failure": Returned.SOFT,
}
"""The statuses that end a mail's way there; in others it is still under way."""
LONGEST_KEY = 32


class ReceiptUnreadable(Exception):
    """This is no receipt of GOV.UK Notify; nothing was noted."""


@dataclass(frozen=True)
class Receipt:
    """One mail's status at GOV.UK Notify: the key of ours that it has as its reference, and when that came about."""

    key: str
    status: str
    dated: datetime | None = None


@dataclass(frozen=True)
class Settled:
    """How many mails had each status, and how many of them changed the outbox."""

    statuses: Mapping[str, int] = field(default_factory=dict)
    changed: int = 0


class Notices(Protocol):
    """Whoever can be asked what became of mails: their notifications, the newest first."""

    def notifications(self, since: datetime) -> Iterator[Mapping[str, Any]]:
        """The notifications made since a moment; raises CarrierDown."""


def read_receipt(data: bytes) -> Receipt:
    """The receipt in a request's body; raises ReceiptUnreadable."""
    try:
        said = json.loads(data)
    except (ValueError, RecursionError):
        raise ReceiptUnreadable("The body is no JSON.") from None
    if not isinstance(said, dict):
        raise ReceiptUnreadable("The body is no JSON object.")
    return receipt_of(said)


def receipt_of(said: Mapping[str, Any]) -> Receipt:
    """A notification, as the API and its receipts write it, as a receipt; raises ReceiptUnreadable."""
    key, status = said.get("reference"), said.get("status")
    if not isinstance(status, str) or not isinstance(key, str | None):
        raise ReceiptUnreadable("The notification has no status.")
    return Receipt((key or "")[: LONGEST_KEY + 1], status, _moment(said.get("completed_at")))


def _moment(text: object) -> datetime | None:
    try:
        found = datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
    return found if found is None or found.tzinfo else found.replace(tzinfo=UTC)


def note_receipt(session: Session, receipt: Receipt, *, now: datetime) -> bool:
    """Note in the outbox what a receipt says; False where it changes nothing, as when it comes again."""
    if receipt.status == DELIVERED:
        return note_delivered(session, receipt.key, dated=receipt.dated, now=now)
    returned = RETURNED.get(receipt.status)
    return returned is not None and note_returned(session, receipt.key, returned, dated=receipt.dated, now=now)


def note_statuses(session: Session, found: Iterator[Mapping[str, Any]], *, now: datetime) -> Settled:
    """Note what became of many mails; the same again changes nothing. What cannot be read is left out."""
    statuses, changed = Counter[str](), 0
    for said in found:
        try:
            receipt = receipt_of(said)
        except ReceiptUnreadable:
            continue
        if receipt.key:
            statuses[receipt.status] += 1
            changed += note_receipt(session, receipt, now=now)
    return Settled(statuses, changed)
