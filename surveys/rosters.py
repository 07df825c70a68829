"""A study's sites and people as those who run it read them: page by page, with how many are where."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from surveys.people import fold
from surveys.tables import Interview, Invitation, Person, Role, Site, SiteEvent, Wave

PAGE_LENGTH = 50


@dataclass(frozen=True)
class SiteLine:
    """One site with how many people are on its roster now; `ended` is merged, closed or nothing."""

    id: int
    code: str
    name: str
    region: str | None
    designation: str | None
    care_setting: str | None
    core_system: str | None
    people: int
    ended: str | None


@dataclass(frozen=True)
class PersonLine:
    """One person of the roster with their site and role by name."""

    reference: str
    name: str
    email: str | None
    job_title: str | None
    site_id: int
    site: str
    role: str
    left_at: datetime | None


@dataclass(frozen=True)
class AskedThere:
    """How many people were asked at a site in one wave, and how many of them have finished."""

    wave: str
    invited: int
    finished: int


def site_lines(session: Session, study_id: int) -> list[SiteLine]:
    """Every site of the study, by name."""
    here = select(func.count()).where(Person.site_id == Site.id, Person.left_at.is_(None)).scalar_subquery()
    ended = (
        select(func.max(SiteEvent.kind))
        .where(SiteEvent.site_id == Site.id, SiteEvent.kind.in_(("merged", "closed")))
        .scalar_subquery()
    )
    about = (Site.id, Site.code, Site.name, Site.region, Site.designation, Site.care_setting, Site.core_system)
    rows = session.execute(select(*about, here, ended).where(Site.study_id == study_id).order_by(Site.name, Site.id))
    return [SiteLine(*row) for row in rows]


def count_people(session: Session, study_id: int, words: str = "", site: int | None = None) -> int:
    """How many people of the roster have words beginning with each of `words`, at one site or any."""
    found = _filtered(select(func.count()).select_from(Person), study_id, words, site)
    return session.scalar(found) or 0


def people_page(
    session: Session, study_id: int, words: str = "", site: int | None = None, *, page: int = 1
) -> list[PersonLine]:
    """Fifty of those people, by name; those who have left are among them. Pages count from 1."""
    about = (Person.reference, Person.name, Person.email, Person.job_title, Site.id, Site.name, Role.label)
    found = select(*about, Person.left_at).join(Site, Site.id == Person.site_id).join(Role, Role.id == Person.role_id)
    query = _filtered(found, study_id, words, site).order_by(Person.name, Person.id)
    rows = session.execute(query.limit(PAGE_LENGTH).offset((page - 1) * PAGE_LENGTH))
    return [PersonLine(*row) for row in rows]


def _filtered(query: Select[*tuple[Any, ...]], study_id: int, words: str, site: int | None) -> Select[*tuple[Any, ...]]:
    query = query.where(Person.study_id == study_id)
    if site is not None:
        query = query.where(Person.site_id == site)
    for word in fold(words).split():
        by_reference = func.lower(Person.reference).startswith(word, autoescape=True)
        query = query.where(Person.search_text.contains(f" {word}", autoescape=True) | by_reference)
    return query


def asked_there(session: Session, site_id: int) -> list[AskedThere]:
    """What each wave asked at the site as it was then, in order of the waves."""
    rows = session.execute(
        select(Wave.label, func.count(), func.count(Interview.finished_at))
        .select_from(Invitation)
        .join(Wave, Wave.id == Invitation.wave_id)
        .outerjoin(Interview, (Interview.invitation_id == Invitation.id) & Interview.simulated.is_(False))
        .where(Invitation.site_id == site_id, Invitation.revoked_at.is_(None))
        .group_by(Wave.id, Wave.label, Wave.number)
        .order_by(Wave.number)
    )
    return [AskedThere(*row) for row in rows]
