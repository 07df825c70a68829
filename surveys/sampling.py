"""Whom a wave would invite now: all of the roster, a quota from each site, those who were named, or a panel."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from surveys.invitations import CameBy, invite
from surveys.matching.standing import Standing, standing
from surveys.people import roster
from surveys.tables import Alter, Interview, Invitation, Nomination, Person, Study, Wave
from surveys.waves import WaveRefused, hold_wave, refuse_after_last_day

_SENT = (Interview.finished_at.is_not(None), Interview.simulated.is_(False))


@dataclass(frozen=True)
class Sample:
    """The people whom an act would invite now, and how many were invited to the wave before."""

    people: tuple[Person, ...]
    came_by: CameBy
    before: int

    @property
    def sites(self) -> int:
        """At how many sites these people are."""
        return len({person.site_id for person in self.people})


def sample_of(session: Session, wave: Wave) -> Sample:
    """Whom the wave's sample would invite now; those who are invited already are left out.

    A quota counts those at a site who are invited already, whose link was not taken back, and is filled by chance: in
    the order of a hash of the wave and each person's random key, so that the same draw comes out again.
    Raises WaveRefused when the study does not permit the sample any more.
    """
    invited = _invited(session, wave)
    free = [person for person in roster(session, wave.study_id) if person.id not in invited]
    chosen = _CHOICES[wave.sample](session, wave, free)
    return Sample(tuple(chosen), "snowball" if wave.sample == "snowball" else "roster", len(invited))


def invite_sample(session: Session, wave: Wave, *, key: bytes, now: datetime) -> Sample:
    """Invite whom the wave's sample gives now, and give them; two at once wait for each other and invite nobody twice.

    Raises WaveClosed when the wave is over or past its last day, and WaveRefused as in sample_of.
    """
    hold_wave(session, wave)
    refuse_after_last_day(wave, now=now)
    sample = sample_of(session, wave)
    invite(session, wave, sample.people, key=key, now=now, came_by=sample.came_by)
    return sample


def _invited(session: Session, wave: Wave) -> set[int]:
    return set(session.scalars(select(Invitation.person_id).where(Invitation.wave_id == wave.id)))


def _all(_session: Session, _wave: Wave, free: Sequence[Person]) -> Sequence[Person]:
    return free


def _quota(session: Session, wave: Wave, free: Sequence[Person]) -> Sequence[Person]:
    """By chance, as many at each site as its quota still wants; in the order of the roster."""
    wanted = _still_wanted(session, wave, {person.site_id for person in free})
    drawn = set()
    for person in sorted(free, key=lambda one: _lot(wave, one)):
        if wanted[person.site_id] > 0:
            wanted[person.site_id] -= 1
            drawn.add(person.id)
    return [person for person in free if person.id in drawn]


def _still_wanted(session: Session, wave: Wave, sites: Collection[int]) -> dict[int, int]:
    rows = session.execute(
        select(Invitation.site_id, func.count())
        .where(Invitation.wave_id == wave.id, Invitation.revoked_at.is_(None))
        .group_by(Invitation.site_id)
    )
    there = Counter(dict(rows.all()))
    return {site: (wave.quota or 0) - there[site] for site in sites}


def _lot(wave: Wave, person: Person) -> bytes:
    """A person's place in the draw of a wave: as good as random, because the key is, and the same each time."""
    return hashlib.sha256(f"{wave.number}:{person.key}".encode()).digest()


def _panel(session: Session, wave: Wave, free: Sequence[Person]) -> Sequence[Person]:
    """Those who sent their answers in an earlier wave."""
    answered = set(
        session.scalars(
            select(Invitation.person_id)
            .join(Interview, Interview.invitation_id == Invitation.id)
            .join(Wave, Wave.id == Invitation.wave_id)
            .where(Wave.study_id == wave.study_id, Wave.number < wave.number, *_SENT)
        )
    )
    return [person for person in free if person.id in answered]


def _snowball(session: Session, wave: Wave, free: Sequence[Person]) -> Sequence[Person]:
    """Those who were named in this wave or an earlier one, picked from the roster or matched with it."""
    if not session.get_one(Study, wave.study_id).snowball_allowed:
        raise WaveRefused(
            {"sample": "This study does not permit asking people because others named them. Permit it first."}
        )
    named = _named(session, wave)
    return [person for person in free if person.id in named]


def _named(session: Session, wave: Wave) -> set[int]:
    rows = session.execute(
        select(Alter.id, Alter.person_id)
        .join(Interview, Interview.id == Alter.interview_id)
        .join(Invitation, Invitation.id == Interview.invitation_id)
        .join(Wave, Wave.id == Invitation.wave_id)
        .where(Wave.study_id == wave.study_id, Wave.number <= wave.number, *_SENT)
        .where(exists().where(Nomination.alter_id == Alter.id))
    ).all()
    matches = standing(session, wave.study_id)
    found = {row.person_id or _matched(matches, row.id) for row in rows}
    return {person for person in found if person is not None}


def _matched(matches: Standing, alter: int) -> int | None:
    identity = matches.of_alter.get(alter)
    return None if identity is None else matches.person(identity)


_CHOICES: dict[str, Callable[[Session, Wave, Sequence[Person]], Sequence[Person]]] = {
    "all": _all,
    "quota": _quota,
    "snowball": _snowball,
    "panel": _panel,
}
