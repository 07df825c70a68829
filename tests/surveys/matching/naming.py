"""Alters typed in the small study, as if their interviews had been sent and their names kept."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.tables import Alter, Interview, Invitation, Nomination, Role, Site, Tie, TypedName
from tests.small_study import NOW, SmallStudy


def type_name(
    session: Session,
    small: SmallStudy,
    ego: str,
    name: str | None,
    site: str | None = None,
    role: str | None = None,
    *,
    person: str | None = None,
    wave: int | None = None,
) -> int:
    """Somebody named by `ego`: typed with a name, by position without one, or picked with `person`. Gives the alter."""
    interview = _interview(session, small, ego, wave or small.wave.id)
    interview.last_alter += 1
    alter = Alter(
        interview_id=interview.id,
        number=interview.last_alter,
        person_id=small.people[person].id if person else None,
        site_id=session.scalar(select(Site.id).where(Site.study_id == small.study.id, Site.code == site)),
        role_id=session.scalar(select(Role.id).where(Role.study_id == small.study.id, Role.code == role)),
    )
    session.add(alter)
    session.flush()
    if person is None:
        session.add(TypedName(alter_id=alter.id, name=name, position=name is None, kept_at=NOW))
    session.add(Nomination(alter_id=alter.id, page="advice_names", prompt="any", named_at=NOW))
    session.add(Tie(interview_id=interview.id, alter_id=alter.id, relation="advice", topic="epma", contacts_per_year=4))
    session.flush()
    return alter.id


def _interview(session: Session, small: SmallStudy, ego: str, wave: int) -> Interview:
    invitation = session.scalars(
        select(Invitation).where(Invitation.person_id == small.people[ego].id, Invitation.wave_id == wave)
    ).one()
    found = session.scalar(select(Interview).where(Interview.invitation_id == invitation.id))
    if found is None:
        found = Interview(
            invitation_id=invitation.id,
            instrument_version_id=small.wave.instrument_version_id,
            language="en",
            revision=1,
            last_alter=0,
            opened_at=NOW,
            started_at=NOW,
            finished_at=NOW,
        )
        session.add(found)
        session.flush()
    return found
