"""Who of those invited may be written to, and why not the others."""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from surveys.tables import Interview, Invitation, Mail, OptOut, Person

_ADDRESS = re.compile(r"[\w!#$%&'*+/=?^`{|}~.-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", re.ASCII)
LONGEST_ADDRESS = 254


class NotMailed(StrEnum):
    """Why somebody invited is not written to."""

    FINISHED = "finished"
    DECLINED = "declined"
    OPTED_OUT = "opted out"
    REVOKED = "link taken back"
    LEFT = "left the roster"
    NO_ADDRESS = "no address"
    BAD_ADDRESS = "unusable address"
    BOUNCED = "address bounced"
    WAVE_OVER = "wave over"


@dataclass(frozen=True)
class Addressee:
    """Somebody invited, as far as mail is concerned; `bounced` holds hashes of addresses that do not exist."""

    invitation_id: int
    person_id: int
    nonce: str
    name: str
    email: str | None
    left_at: datetime | None
    declined_at: datetime | None
    revoked_at: datetime | None
    finished_at: datetime | None
    opted_out_at: datetime | None
    bounced: frozenset[str] = frozenset()


def reason_against(addressee: Addressee, key: bytes) -> NotMailed | None:
    """Why this person is not to be written to, or None."""
    answers = (
        (NotMailed.FINISHED, addressee.finished_at),
        (NotMailed.DECLINED, addressee.declined_at),
        (NotMailed.OPTED_OUT, addressee.opted_out_at),
        (NotMailed.REVOKED, addressee.revoked_at),
        (NotMailed.LEFT, addressee.left_at),
        (NotMailed.NO_ADDRESS, not addressee.email),
        (NotMailed.BAD_ADDRESS, not is_address(addressee.email or "")),
        (NotMailed.BOUNCED, address_hash(key, addressee.email or "") in addressee.bounced),
    )
    return next((reason for reason, holds in answers if holds), None)


def is_address(text: str) -> bool:
    """Whether mail can be sent to this: one plain address, without a name, a space or a line break."""
    return len(text) <= LONGEST_ADDRESS and _ADDRESS.fullmatch(text) is not None


def address_hash(key: bytes, address: str) -> str:
    """What the store keeps of the address that a mail went to: a keyed hash, whatever its capitals."""
    return hmac.new(key, f"mail-address:{address.strip().casefold()}".encode(), hashlib.sha256).hexdigest()


def addressees(session: Session, *which: ColumnElement[bool]) -> list[Addressee]:
    """Those invited, of the invitations that `which` conditions choose, in the order of their invitations."""
    rows = session.execute(
        select(
            Invitation.id,
            Invitation.person_id,
            Invitation.nonce,
            Person.name,
            Person.email,
            Person.left_at,
            Invitation.declined_at,
            Invitation.revoked_at,
            Interview.finished_at,
            OptOut.opted_out_at,
        )
        .join(Person, Person.id == Invitation.person_id)
        .outerjoin(Interview, (Interview.invitation_id == Invitation.id) & Interview.simulated.is_(False))
        .outerjoin(OptOut, OptOut.person_id == Person.id)
        .where(*which)
        .order_by(Invitation.id)
    ).all()
    bounced = _bounced(session, *which)
    return [replace(Addressee(*row), bounced=bounced.get(row.person_id, frozenset())) for row in rows]


def _bounced(session: Session, *which: ColumnElement[bool]) -> dict[int, frozenset[str]]:
    """The hashes of addresses that bounced, in any wave, by person."""
    people = select(Invitation.person_id).where(*which)
    rows = session.execute(
        select(Invitation.person_id, Mail.address_hash)
        .join(Mail, Mail.invitation_id == Invitation.id)
        .where(Mail.state == "bounced", Mail.address_hash.is_not(None), Invitation.person_id.in_(people))
    )
    found: dict[int, frozenset[str]] = {}
    for person, hashed in rows:
        found[person] = found.get(person, frozenset()) | {str(hashed)}
    return found
