"""Who of those invited may be written to, and why not the others."""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from surveys.tables import Interview, Invitation, Mail, OptOut, Person, Role, Site, Wave

_ADDRESS = re.compile(r"[\w!#$%&'*+/=?^`{|}~.-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", re.ASCII)
LONGEST_ADDRESS = 254
NEVER: frozenset[str] = frozenset()


class UnknownGroup(Exception):
    """The study has no such site or role; the text says which it has."""


class NotMailed(StrEnum):
    """Why somebody invited is not written to.

    Whoever left the roster is told of here, and their link is not taken back: they may have begun, they were asked, and
    the share of those invited who answered must not rise because people leave.
    """

    FINISHED = "finished"
    DECLINED = "declined"
    OPTED_OUT = "opted out"
    REVOKED = "link taken back"
    POSTER = "came by a poster"
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
    came_by: str
    bounced: frozenset[str] = frozenset()


def reason_against(addressee: Addressee, key: bytes) -> NotMailed | None:
    """Why this person is not to be written to, or None."""
    answers = (
        (NotMailed.FINISHED, addressee.finished_at),
        (NotMailed.DECLINED, addressee.declined_at),
        (NotMailed.OPTED_OUT, addressee.opted_out_at),
        (NotMailed.REVOKED, addressee.revoked_at),
        (NotMailed.POSTER, addressee.came_by == "link"),
        (NotMailed.LEFT, addressee.left_at),
        (NotMailed.NO_ADDRESS, not addressee.email),
        (NotMailed.BAD_ADDRESS, not is_address(addressee.email or "")),
        (NotMailed.BOUNCED, addressee.bounced and address_hash(key, addressee.email or "") in addressee.bounced),
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
            Invitation.came_by,
        )
        .join(Person, Person.id == Invitation.person_id)
        .outerjoin(Interview, (Interview.invitation_id == Invitation.id) & Interview.simulated.is_(False))
        .outerjoin(OptOut, OptOut.person_id == Person.id)
        .where(*which)
        .order_by(Invitation.id)
    ).all()
    bounced = _bounced(session, *which)
    return [Addressee(*row, bounced.get(row.person_id, NEVER)) for row in rows]


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


def at_site(session: Session, wave: Wave, code: str) -> ColumnElement[bool]:
    """The condition of being invited at a site; raises UnknownGroup."""
    return Invitation.site_id == _row_of(session, wave, Site, code)


def in_role(session: Session, wave: Wave, code: str) -> ColumnElement[bool]:
    """The condition of being invited in a role; raises UnknownGroup."""
    return Invitation.role_id == _row_of(session, wave, Role, code)


def _row_of(session: Session, wave: Wave, table: type[Site] | type[Role], code: str) -> int:
    rows = session.execute(select(table.code, table.id).where(table.study_id == wave.study_id).order_by(table.id))
    known = {one: int(number) for one, number in rows}
    if code not in known:
        what = table.__tablename__
        raise UnknownGroup(f"The study has no {what} “{code}”. Write one of: {', '.join(known) or 'none yet'}.")
    return known[code]
