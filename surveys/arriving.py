"""A link's interview in one look: what every page of an interview starts with."""

from __future__ import annotations

from sqlalchemy import bindparam, false, select
from sqlalchemy.orm import Session

from surveys.interviews import OpenInterview, as_it_stands, resume
from surveys.invitations import Invited, find_invited, token_hash
from surveys.store import writes
from surveys.tables import InstrumentVersion, Interview, Invitation, Person, Study, Wave

_BEHIND = (
    select(Invitation, Wave, Person, Study, Interview, InstrumentVersion.source)
    .join(Wave, Wave.id == Invitation.wave_id)
    .join(Person, Person.id == Invitation.person_id)
    .join(Study, Study.id == Wave.study_id)
    .join(Interview, Interview.invitation_id == Invitation.id)
    .join(InstrumentVersion, InstrumentVersion.id == Interview.instrument_version_id)
    .where(Invitation.token_hash == bindparam("hash"), Invitation.revoked_at.is_(None), Interview.simulated == false())
    .execution_options(populate_existing=True)
)
_HELD = _BEHIND.with_for_update(of=Interview)


def arrive(session: Session, token: str) -> OpenInterview:
    """The interview behind a link, as `resume` gives it: one statement where finding and resuming take two.

    In a session that writes, the interview's row is held until the caller commits. Raises UnknownLink and NotBegun.
    """
    row = session.execute(_HELD if writes(session) else _BEHIND, {"hash": token_hash(token)}).one_or_none()
    if row is None:
        return resume(session, find_invited(session, token))
    return as_it_stands(session, Invited(*row[:4]), row[4], row[5])
