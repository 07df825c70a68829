"""What a worker does, in a session: mails claimed, noted, and found again."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from surveys.mailing.letters import Office
from surveys.mailing.outbox import (
    Claimed,
    Outcome,
    claim_next,
    note,
)
from surveys.tables import InstrumentVersion, Invitation, Mail, Person
from tests.small_study import KEY, NOW

OFFICE = Office(KEY, "https://confer.example")


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


def version_of(session: Session, number: int) -> InstrumentVersion | None:
    return session.get(InstrumentVersion, number)


def mails_of(person: Person) -> Select[Mail]:
    return select(Mail).join(Invitation, Invitation.id == Mail.invitation_id).where(Invitation.person_id == person.id)
