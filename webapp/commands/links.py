"""The links of a wave as CSV, for sending by other means than this service."""

from __future__ import annotations

import polars as pl
from sqlalchemy import select
from sqlalchemy.orm import Session

from exchange.tables import write_csv
from surveys.invitations import link_token
from surveys.tables import Invitation, Person, Wave

COLUMNS = ("reference", "name", "url")


def links_csv(session: Session, wave: Wave, key: bytes, public_url: str) -> str:
    """One line per invitation that may be used: reference, name, url. Whoever holds a link can answer with it."""
    rows = session.execute(
        select(Person.reference, Person.name, Invitation.nonce)
        .join(Invitation, Invitation.person_id == Person.id)
        .where(Invitation.wave_id == wave.id, Invitation.revoked_at.is_(None))
        .order_by(Person.reference)
    )
    links = [(row.reference, row.name, f"{public_url}/interview/{link_token(key, row.nonce)}") for row in rows]
    frame = pl.DataFrame(links, schema=dict.fromkeys(COLUMNS, pl.String()), orient="row")
    return write_csv(frame).decode("utf-8-sig")
