"""What happened to sites, with its day: mergers, moves, new names and closures; and where a merged site's people are.

A merger takes everybody on the site's roster to the site it merged into. Invitations keep the site that people had when
they were asked, so waves before the merger read as they did, and waves after it ask people at the site they are at now.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from surveys.faults import Faulty
from surveys.people import search_text
from surveys.tables import Person, Site, SiteEvent
from surveys.uk_days import uk_day

KINDS = ("merged", "moved", "renamed", "closed")
PLACE = ("region", "town", "postcode", "latitude", "longitude")
LONGEST_NOTE = 400
LONGEST_NAME = 200
ENDS = ("merged", "closed")


class EventRefused(Faulty):
    """What is said to have happened to a site cannot have; the text says what to change."""


@dataclass(frozen=True)
class Happened:
    """One line of a site's history, as it is read; `into` is the name of the site it merged into."""

    id: int
    kind: str
    on: date
    into: str | None
    into_id: int | None
    before: str | None
    note: str | None
    by: str


@dataclass(frozen=True)
class Noted:
    """Who says so, when, and in which words of their own."""

    by: str
    now: datetime
    note: str = ""


def merge(session: Session, site: Site, into: Site, *, on: date, noted: Noted) -> int:
    """The site became part of another on that day; gives how many people of its roster are now there.

    Raises EventRefused when either of the two is gone already, or they are the same site.
    """
    _refuse_ended(session, site)
    if into.id == site.id or into.study_id != site.study_id:
        raise EventRefused("A site merges into another site of the same study. Choose another one.")
    _refuse_ended(session, into)
    _keep(session, site, "merged", on, noted, into=into)
    return _take_along(session, site, into)


def rename(session: Session, site: Site, name: str, *, on: date, noted: Noted) -> None:
    """The site has gone by another name since that day; the history keeps the former one."""
    name = " ".join(name.split())
    if not 0 < len(name) <= LONGEST_NAME:
        raise EventRefused(f"A site's name has 1 to {LONGEST_NAME} characters.")
    if name == site.name:
        raise EventRefused(f"The site is called “{name}” already. Write the name that it has now.")
    _keep(session, site, "renamed", on, noted, before=site.name)
    site.name = name
    session.flush()
    _search_by_new_name(session, site)


def move(session: Session, site: Site, place: Mapping[str, str | float | None], *, on: date, noted: Noted) -> None:
    """The site has been elsewhere since that day: `place` has its new region, town, postcode, latitude, longitude.

    What `place` lacks stays. Raises EventRefused when nothing differs.
    """
    changed = {name: value for name, value in place.items() if name in PLACE and value != getattr(site, name)}
    if not changed:
        raise EventRefused("The site is there already. Write where it is now.")
    _keep(session, site, "moved", on, noted, before=_place_in_words(site))
    for name, value in changed.items():
        setattr(site, name, value)


def close(session: Session, site: Site, *, on: date, noted: Noted) -> None:
    """The site closed on that day and nothing came of it; raises EventRefused when it is gone already."""
    _refuse_ended(session, site)
    _keep(session, site, "closed", on, noted)


def take_back(session: Session, site: Site, event: int) -> str:
    """Take a line out of the site's history, recorded by mistake; gives its kind.

    A former name comes back; people who went along with a merger stay until a staff list brings them back. Raises
    EventRefused when the history has no such line.
    """
    found = session.get(SiteEvent, event)
    if found is None or found.site_id != site.id:
        raise EventRefused("The history of this site has no such line. Load the page again.")
    kind, before = found.kind, found.before
    session.delete(found)
    if kind == "renamed" and before:
        site.name = before
        session.flush()
        _search_by_new_name(session, site)
    return kind


def history(session: Session, site_id: int) -> list[Happened]:
    """What happened to one site, the newest first."""
    query = (
        select(SiteEvent, Site.name)
        .outerjoin(Site, Site.id == SiteEvent.into_id)
        .where(SiteEvent.site_id == site_id)
        .order_by(SiteEvent.happened_on.desc(), SiteEvent.id.desc())
    )
    return [
        Happened(one.id, one.kind, one.happened_on, into, one.into_id, one.before, one.note, one.recorded_by)
        for one, into in session.execute(query)
    ]


def successors(session: Session, study_id: int) -> dict[int, int]:
    """Merged site to the site that its people are at now, through as many mergers as there were."""
    query = select(SiteEvent.site_id, SiteEvent.into_id).join(Site, Site.id == SiteEvent.site_id)
    found = session.execute(query.where(Site.study_id == study_id, SiteEvent.kind == "merged")).all()
    into = {row.site_id: row.into_id for row in found if row.into_id is not None}
    return {site: _last(site, into) for site in into}


def closures(session: Session, study_id: int) -> dict[int, date]:
    """Closed site to the day it closed."""
    query = select(SiteEvent.site_id, SiteEvent.happened_on).join(Site, Site.id == SiteEvent.site_id)
    found = session.execute(query.where(Site.study_id == study_id, SiteEvent.kind == "closed")).all()
    return {row.site_id: row.happened_on for row in found}


def _last(site: int, into: Mapping[int, int]) -> int:
    seen = {site}
    while site in into and into[site] not in seen:
        site = into[site]
        seen.add(site)
    return site


def _keep(
    session: Session, site: Site, kind: str, on: date, noted: Noted, *, into: Site | None = None, before: str = ""
) -> None:
    if on > uk_day(noted.now):
        raise EventRefused(f"{on.day} {on:%B %Y} is still to come. Record what has happened, on its day or after it.")
    if len(noted.note) > LONGEST_NOTE:
        raise EventRefused(f"A note has up to {LONGEST_NOTE} characters.")
    event = SiteEvent(
        site_id=site.id,
        kind=kind,
        into_id=into.id if into is not None else None,
        happened_on=on,
        before=before or None,
        note=" ".join(noted.note.split()) or None,
        recorded_by=noted.by,
        recorded_at=noted.now,
    )
    session.add(event)
    session.flush()


def _refuse_ended(session: Session, site: Site) -> None:
    ended = next((one for one in history(session, site.id) if one.kind in ENDS), None)
    if ended is None:
        return
    what = f"merged into {ended.into}" if ended.kind == "merged" else "closed"
    raise EventRefused(
        f"{site.name} {what} on {ended.on.day} {ended.on:%B %Y} already. Take that back first, or choose another site."
    )


def _take_along(session: Session, site: Site, into: Site) -> int:
    people = session.execute(
        select(Person.id, Person.name, Person.job_title).where(Person.site_id == site.id, Person.left_at.is_(None))
    ).all()
    rows = [
        {"id": one.id, "site_id": into.id, "search_text": search_text(one.name, one.job_title, into.name)}
        for one in people
    ]
    if rows:
        session.execute(update(Person), rows)
    session.expire_all()
    return len(rows)


def _search_by_new_name(session: Session, site: Site) -> None:
    """People are found by their site's name, so a new name reaches their search text."""
    people = session.execute(select(Person.id, Person.name, Person.job_title).where(Person.site_id == site.id)).all()
    rows = [{"id": one.id, "search_text": search_text(one.name, one.job_title, site.name)} for one in people]
    if rows:
        session.execute(update(Person), rows)


def _place_in_words(site: Site) -> str:
    """Where the site was: its region, town, postcode and place on the map."""
    words = [part for part in (site.region, site.town, site.postcode) if part]
    if site.latitude is not None and site.longitude is not None:
        words.append(f"{site.latitude:g}, {site.longitude:g}")
    return "; ".join(words)
