"""Who cannot be reached: noted with the invitation when an address turns out not to exist, until there is another."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from surveys.mailing.addressees import Addressee
from surveys.tables import Invitation, Mail, Wave


def note_unreachable(session: Session, mail_id: int, *, now: datetime) -> None:
    """The mail found no such address: whoever it invited is unreachable from now on, if they were not before."""
    about = select(Mail.invitation_id).where(Mail.id == mail_id).scalar_subquery()
    lost = update(Invitation).where(Invitation.id == about, Invitation.unreachable_at.is_(None))
    session.execute(lost.values(unreachable_at=now))


def settle(session: Session, wave: Wave, *, fit: Iterable[Addressee], lost: Iterable[int], now: datetime) -> None:
    """Bring a wave's invitations up to date with what queueing found.

    The invitations `lost` have only an address that came back before. Those `fit` have another by now, and count as
    reachable until that comes back too.
    """
    of_wave = (Invitation.wave_id == wave.id, Invitation.unreachable_at.is_not(None))
    known = set(session.scalars(select(Invitation.id).where(*of_wave)))
    rows = [{"id": one, "unreachable_at": now} for one in lost if one not in known]
    rows += [{"id": one, "unreachable_at": None} for one in known.intersection(one.invitation_id for one in fit)]
    if rows:
        session.execute(update(Invitation), rows)
