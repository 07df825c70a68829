"""How many were invited to each wave, and how many have finished; answers that nobody gave do not count."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveys.tables import Interview, Invitation

COUNTS = Invitation.revoked_at.is_(None) | Interview.finished_at.is_not(None)
"""Which invitations count: a link that was taken back does not, unless the answers had been sent."""


class Asked(NamedTuple):
    """How many people a wave invited, and how many of them have finished."""

    invited: int = 0
    finished: int = 0


def asked_by_wave(session: Session) -> Mapping[int, Asked]:
    """The counts of every wave, by the wave's row; 0 of 0 for a wave that nobody was invited to."""
    rows = session.execute(
        select(Invitation.wave_id, func.count(), func.count(Interview.finished_at))
        .select_from(Invitation)
        .outerjoin(Interview, (Interview.invitation_id == Invitation.id) & Interview.simulated.is_(False))
        .where(COUNTS)
        .group_by(Invitation.wave_id)
    )
    return defaultdict(Asked, {wave: Asked(invited, finished) for wave, invited, finished in rows})
