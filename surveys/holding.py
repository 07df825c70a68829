"""Holds an invitation while it and its interview change, so that presses at once wait for each other in one order."""

from __future__ import annotations

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from surveys.invitations import Invited
from surveys.tables import Base

_invitation = Base.metadata.tables["invitation"]
_HOLD = (
    select(_invitation.c.id).where(_invitation.c.id == bindparam("this", type_=_invitation.c.id.type)).with_for_update()
)


def hold(session: Session, invited: Invited) -> None:
    """Hold the invitation's row until the caller commits.

    Whoever changes an invitation and its interview holds the invitation first. In two orders, two presses at once would
    wait for each other for ever, which PostgreSQL ends by refusing one of them.
    """
    session.connection().execute(_HOLD, {"this": invited.invitation.id})
