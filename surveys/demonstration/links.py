"""Links to try: those of people in the open wave who have not begun."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from surveys.invitations import link_token, token_hash
from surveys.tables import Interview, Invitation, Study, Wave


class OtherKey(Exception):
    """The links were made with another key; the text says what to do."""


def waiting_tokens(session: Session, study: Study, *, key: bytes, now: datetime, most: int) -> list[str]:
    """Up to `most` links' tokens of people who have not begun, of different sites as far as they go.

    Empty when no wave is open. Raises OtherKey when the invitations were made with another key.
    """
    rows = session.execute(_waiting(study, now).limit(most)).all()
    tokens = [link_token(key, row.nonce) for row in rows]
    if any(token_hash(token) != row.token_hash for token, row in zip(tokens, rows, strict=True)):
        raise OtherKey(
            "SECRET_KEY is not the one that the demonstration was loaded with. "
            "Set it back, or load the demonstration into a new database."
        )
    return tokens


def _waiting(study: Study, now: datetime) -> Select[str, str]:
    turn = func.row_number().over(partition_by=Invitation.site_id, order_by=Invitation.id)
    return (
        select(Invitation.nonce, Invitation.token_hash)
        .join(Wave, Wave.id == Invitation.wave_id)
        .outerjoin(Interview, Interview.invitation_id == Invitation.id)
        .where(
            Wave.study_id == study.id,
            Wave.status == "open",
            Wave.opens_at <= now,
            Wave.closes_at > now,
            Interview.id.is_(None),
            Invitation.declined_at.is_(None),
            Invitation.revoked_at.is_(None),
        )
        .order_by(turn, Invitation.id)
    )
