"""Sends what waits in the outbox, one mail after the other: claimed, handed over, noted."""

from __future__ import annotations

import logging
import secrets
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from exchange.mail.carriers import Carrier, CarrierDown
from surveys.mailing.letters import Office
from surveys.mailing.outbox import LEASE, Claimed, claim_next, drop_over, note, note_known, recover, release
from surveys.store import Store

KNOWN, HELD_UP = "sent before", "held up"

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Sent:
    """What a run did: how many mails had each outcome, how many were taken over from a dead worker, why it stopped."""

    outcomes: Mapping[str, int] = field(default_factory=dict)
    recovered: int = 0
    stopped: str = ""


@dataclass(frozen=True)
class Desk:
    """What one worker works with."""

    store: Store
    carrier: Carrier
    office: Office
    clock: Callable[[], datetime]
    lease: timedelta = LEASE


def send_waiting(desk: Desk, *, limit: int | None = None) -> Sent:
    """Send what is queued and due, up to `limit` mails; safe beside other workers, and after any of them died.

    Each mail is claimed and noted in transactions of its own. Whoever dies between hand-over and note leaves one
    claimed mail, which is sent again after the lease and marked as one that may have been sent twice.
    """
    worker, outcomes, stopped = secrets.token_hex(8), Counter[str](), ""
    with desk.store.writing() as session:
        recovered = recover(session, now=desk.clock(), lease=desk.lease)
        drop_over(session, now=desk.clock())
    try:
        while limit is None or outcomes.total() < limit:
            begun = time.monotonic()
            claimed = _claim(desk, worker)
            if claimed is None:
                break
            outcomes[_sent(desk, claimed, begun)] += 1
    except CarrierDown as down:
        stopped = str(down)
        log.warning("Mail waits. %s", down)
    finally:
        desk.carrier.close()
    return Sent(outcomes, recovered, stopped)


def _claim(desk: Desk, worker: str) -> Claimed | None:
    with desk.store.writing() as session:
        return claim_next(session, desk.office, worker, now=desk.clock())


def _sent(desk: Desk, claimed: Claimed, begun: float) -> str:
    """Hand a claimed mail over and note what became of it; gives that in a word."""
    try:
        if claimed.letter.may_be_twice and desk.carrier.knows(claimed.letter):
            with desk.store.writing() as session:
                note_known(session, claimed, now=desk.clock())
            return KNOWN
        if time.monotonic() - begun > desk.lease.total_seconds() / 2:
            log.warning("Mail %d was held up before its hand-over and is left for the next run.", claimed.id)
            return HELD_UP
        outcome = desk.carrier.hand_over(claimed.letter)
    except CarrierDown:
        with desk.store.writing() as session:
            release(session, claimed)
        raise
    with desk.store.writing() as session:
        if not note(session, claimed, outcome, now=desk.clock()):
            log.warning("Mail %d took longer to hand over than its lease; another worker has it too.", claimed.id)
    return outcome.value
