"""Invitations: a link for each person and wave, kept only as a hash, and found again by its token."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import bindparam, insert, select
from sqlalchemy.orm import Session

from surveys.tables import Invitation, Person, Study, Wave
from surveys.waves import refuse_when_over

CameBy = Literal["roster", "link", "snowball"]

TOKEN_BYTES = 16
_BY_TOKEN = (
    select(Invitation, Wave, Person, Study)
    .join(Wave, Wave.id == Invitation.wave_id)
    .join(Person, Person.id == Invitation.person_id)
    .join(Study, Study.id == Wave.study_id)
    .where(Invitation.token_hash == bindparam("hash"), Invitation.revoked_at.is_(None))
)


class UnknownLink(Exception):
    """No invitation that may be used has this link; unknown, withdrawn and mistyped links look the same."""


@dataclass(frozen=True)
class Invited:
    """An invitation with what belongs to it."""

    invitation: Invitation
    wave: Wave
    person: Person
    study: Study


def link_token(key: bytes, nonce: str) -> str:
    """The token of a link, made from the service's key and the invitation's nonce, so that a stolen store has no links.

    128 bits, URL-safe. A reminder makes the same token again.
    """
    digest = hmac.new(key, f"invitation-link:{nonce}".encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest[:TOKEN_BYTES]).rstrip(b"=").decode()


def token_hash(token: str) -> str:
    """What the store keeps of a token: its SHA-256, in hexadecimal."""
    return hashlib.sha256(token.encode()).hexdigest()


def invite(
    session: Session,
    wave: Wave,
    people: Sequence[Person],
    *,
    key: bytes,
    now: datetime,
    came_by: CameBy = "roster",
) -> int:
    """Invite each person who is not invited to the wave yet; gives how many were. Raises WaveClosed when it is over."""
    refuse_when_over(wave)
    there = set(session.scalars(select(Invitation.person_id).where(Invitation.wave_id == wave.id)))
    rows = [_invitation_row(wave, person, key, now, came_by) for person in people if person.id not in there]
    if rows:
        session.execute(insert(Invitation), rows)
    return len(rows)


def _invitation_row(wave: Wave, person: Person, key: bytes, now: datetime, came_by: CameBy) -> dict[str, object]:
    nonce = secrets.token_hex(16)
    return {
        "wave_id": wave.id,
        "person_id": person.id,
        "site_id": person.site_id,
        "role_id": person.role_id,
        "nonce": nonce,
        "token_hash": token_hash(link_token(key, nonce)),
        "invited_at": now,
        "came_by": came_by,
    }


def find_invited(session: Session, token: str) -> Invited:
    """The invitation of a link's token; raises UnknownLink."""
    row = session.execute(_BY_TOKEN, {"hash": token_hash(token)}).one_or_none()
    if row is None:
        raise UnknownLink("We do not know this link. Use the whole link from your invitation.")
    return Invited(*row)


def decline(invitation: Invitation, *, now: datetime) -> None:
    """The person does not want to be asked again in this wave; declining twice is declining once."""
    invitation.declined_at = invitation.declined_at or now


def undo_decline(invitation: Invitation) -> None:
    """The person changed their mind and takes part."""
    invitation.declined_at = None


def revoke(invitation: Invitation, *, now: datetime) -> None:
    """The link stops working."""
    invitation.revoked_at = invitation.revoked_at or now
