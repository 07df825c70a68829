"""Open links: a site's link for a poster. Whoever uses it is asked as somebody new, up to a number of people."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.faults import Faulty
from surveys.invitations import TOKEN_BYTES, UnknownLink, invite, link_token, token_hash
from surveys.people import new_key
from surveys.tables import Invitation, OpenLink, Person, Role, Site, Study, Wave
from surveys.waves import refuse_unless_open, refuse_when_over

LARGEST = 500
LONGEST_NAME = 200
REFERENCE_DIGITS = 24


class OpenLinkRefused(Faulty):
    """An open link cannot be made like this; the text says what to change."""


class OpenLinkFull(Exception):
    """The link takes no more people; the text says so to whoever tried it."""


@dataclass(frozen=True)
class Opened:
    """An open link with what belongs to it."""

    link: OpenLink
    wave: Wave
    site: Site
    study: Study


def open_token(key: bytes, link: OpenLink) -> str:
    """The token of an open link (128 bits, URL-safe), from the service's key, so that a stolen store has no links."""
    digest = hmac.new(key, f"open-link:{link.nonce}".encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest[:TOKEN_BYTES]).rstrip(b"=").decode()


def make_open_link(session: Session, wave: Wave, site: Site, *, most: int, key: bytes, now: datetime) -> OpenLink:
    """The site's open link in a wave, for at most so many people; making it again changes how many, and reopens it.

    Raises OpenLinkRefused when the study does not permit it or the number cannot be, and WaveClosed.
    """
    refuse_when_over(wave)
    _refuse_forbidden(session, wave)
    known = session.scalar(select(OpenLink).where(OpenLink.wave_id == wave.id, OpenLink.site_id == site.id))
    used = known.used if known is not None else 0
    if not max(used, 1) <= most <= LARGEST:
        raise OpenLinkRefused({"most": f"Say how many people may use the link: {max(used, 1)} to {LARGEST}."})
    if known is not None:
        known.most, known.closed_at = most, None
        return known
    link = OpenLink(wave_id=wave.id, site_id=site.id, nonce=secrets.token_hex(16), most=most, used=0, created_at=now)
    link.token_hash = token_hash(open_token(key, link))
    session.add(link)
    session.flush()
    return link


def _refuse_forbidden(session: Session, wave: Wave) -> None:
    if not session.get_one(Study, wave.study_id).open_links_allowed:
        raise OpenLinkRefused("This study does not permit links that anyone may use. Permit them in its settings.")


def open_links(session: Session, wave: Wave) -> dict[int, OpenLink]:
    """The open links of a wave, by the row of their site."""
    return {link.site_id: link for link in session.scalars(select(OpenLink).where(OpenLink.wave_id == wave.id))}


def close_open_link(link: OpenLink, *, now: datetime) -> None:
    """The link takes nobody any more; those who used it keep their own links."""
    link.closed_at = link.closed_at or now


def find_open_link(session: Session, token: str) -> Opened:
    """The open link of a token; raises UnknownLink for one that is unknown, closed or no longer permitted."""
    row = session.execute(
        select(OpenLink, Wave, Site, Study)
        .join(Wave, Wave.id == OpenLink.wave_id)
        .join(Site, Site.id == OpenLink.site_id)
        .join(Study, Study.id == Wave.study_id)
        .where(OpenLink.token_hash == token_hash(token), OpenLink.closed_at.is_(None), Study.open_links_allowed)
    ).one_or_none()
    if row is None:
        raise UnknownLink("We do not know this link. Ask the person who put up the poster for a new one.")
    return Opened(*row)


def roles_of(session: Session, study: Study) -> list[Role]:
    """The roles that somebody may say is theirs."""
    return list(session.scalars(select(Role).where(Role.study_id == study.id).order_by(Role.position)))


def join(session: Session, found: Opened, role: Role, attempt: str, *, key: bytes, now: datetime) -> str:
    """Ask whoever uses the link, as somebody new at the site; gives the token of their own link.

    They are nobody of the roster: nobody finds, names or invites them as a person, and they can answer for nobody else.
    The same `attempt` (a random text of one showing of the page) is the same person, so that pressing twice joins once.
    The link's row is held until the caller commits. Raises WaveClosed, and OpenLinkFull when it takes no more people.
    """
    refuse_unless_open(found.wave, now=now)
    session.flush()
    session.refresh(found.link, with_for_update=True)
    reference = f"link-{hashlib.sha256(attempt.encode()).hexdigest()[:REFERENCE_DIGITS]}"
    known = _nonce(session, found, reference)
    if known is not None:
        return link_token(key, known)
    if found.link.used >= found.link.most:
        raise OpenLinkFull("As many people as can have used this link. Thank you for wanting to take part.")
    found.link.used += 1
    person = _somebody(found, role, reference, now)
    session.add(person)
    session.flush()
    invite(session, found.wave, [person], key=key, now=now, came_by="link")
    nonce = _nonce(session, found, reference)
    return link_token(key, nonce or "")


def _nonce(session: Session, found: Opened, reference: str) -> str | None:
    return session.scalar(
        select(Invitation.nonce)
        .join(Person, Person.id == Invitation.person_id)
        .where(Invitation.wave_id == found.wave.id, Person.reference == reference)
    )


def _somebody(found: Opened, role: Role, reference: str, now: datetime) -> Person:
    """Somebody without a name or an address, who is on no list: they have left the roster as they came."""
    return Person(
        key=new_key(),
        study_id=found.study.id,
        reference=reference,
        name=f"Somebody at {found.site.name}"[:LONGEST_NAME],
        site_id=found.site.id,
        role_id=role.id,
        search_text="",
        left_at=now,
    )


def site_of(session: Session, study_id: int, code: str) -> Site:
    """The study's site of that code; raises OpenLinkRefused."""
    site = session.scalar(select(Site).where(Site.study_id == study_id, Site.code == code))
    if site is None:
        raise OpenLinkRefused({"site": f"This study has no site “{code}”. Use the code of one of its sites."})
    return site
