"""What a wave has collected at each site: who was asked, what came of it, people named, ties and minutes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from statistics import median
from typing import Any

import polars as pl
from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import Session

from surveys.field_frames import seconds_read
from surveys.response import Outcome, What, outcomes
from surveys.tables import Alter, Interview, Invitation, Nomination, PageTime, Site, Tie, Wave

ALL_SITES = "All sites"
NOT_SAID = "Not said"


@dataclass(frozen=True)
class Collected:
    """What one site has given in one wave; counts of people, except `people_named`, `ties` and `median_minutes`.

    invited         those asked whose link was not taken back, and those who have finished
    people_named    times that somebody was named in answers that were sent
    ties            ties in answers that were sent, one for each topic and person
    median_minutes  over the answers that were sent, how long their pages were read, without pages left open; None where
                    that is not known
    """

    code: str
    name: str
    designation: str | None
    care_setting: str | None
    core_system: str | None
    region: str | None
    invited: int
    finished: int
    declined: int
    unreachable: int
    broke_off: int
    opened: int
    never_opened: int
    people_named: int
    ties: int
    median_minutes: float | None


@dataclass(frozen=True)
class WaveCollected:
    """Every site of the study by its code, and all of them together."""

    sites: tuple[Collected, ...]
    total: Collected


@dataclass(frozen=True)
class Kind:
    """The sites of one kind together: how many there are, and how many people were asked and have finished."""

    kind: str
    sites: int
    invited: int
    finished: int


KINDS: tuple[tuple[str, Callable[[Collected], str | None]], ...] = (
    ("Designation", lambda site: site.designation),
    ("Care setting", lambda site: site.care_setting),
    ("Core system", lambda site: site.core_system),
    ("Region", lambda site: site.region),
)


def collected(session: Session, wave: Wave) -> WaveCollected:
    """What the wave has collected so far, at every site of the study; simulated answers do not count."""
    came = _by_site(outcomes(session, wave))
    named, ties = _counts(session, _named(wave)), _counts(session, _ties(wave))
    minutes = _minutes(session, wave)
    places = session.scalars(select(Site).where(Site.study_id == wave.study_id).order_by(Site.code))
    found = tuple(
        _collected(_facts(site), came[site.code], named[site.id], ties[site.id], minutes[site.id]) for site in places
    )
    everyone: Counter[What] = sum(came.values(), Counter())
    spent = [each for site in minutes.values() for each in site]
    facts = {"code": "", "name": ALL_SITES, **dict.fromkeys(("designation", "care_setting", "core_system", "region"))}
    return WaveCollected(found, _collected(facts, everyone, sum(named.values()), sum(ties.values()), spent))


def kinds(sites: Sequence[Collected]) -> dict[str, list[Kind]]:
    """The sites by designation, care setting, core system and region."""
    return {name: list(_kinds(sites, kind_of)) for name, kind_of in KINDS}


def frame(found: WaveCollected) -> pl.DataFrame:
    """One row for each site, with the fields of Collected as columns."""
    names = [field.name for field in fields(Collected)]
    kinds = {"int": pl.Int64(), "float | None": pl.Float64()}
    schema = {field.name: kinds.get(str(field.type), pl.String()) for field in fields(Collected)}
    rows = [tuple(getattr(site, name) for name in names) for site in found.sites]
    return pl.DataFrame(rows, schema=schema, orient="row")


def outcome_frame(found: Sequence[Outcome]) -> pl.DataFrame:
    """One row for each invitation: reference, site, role, what came of it, the page they stopped on, when (UTC)."""
    rows = [
        (one.reference, one.site, one.role, one.came_by, one.what, one.page, one.at and f"{one.at:%Y-%m-%dT%H:%M:%SZ}")
        for one in found
    ]
    columns = ("reference", "site", "role", "came_by", "outcome", "page", "at")
    return pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String()), orient="row")


def _by_site(found: Iterable[Outcome]) -> defaultdict[str, Counter[What]]:
    came: defaultdict[str, Counter[What]] = defaultdict(Counter)
    for one in found:
        came[one.site][one.what] += 1
    return came


def _facts(site: Site) -> dict[str, str | None]:
    return {
        "code": site.code,
        "name": site.name,
        "designation": site.designation,
        "care_setting": site.care_setting,
        "core_system": site.core_system,
        "region": site.region,
    }


def _collected(
    facts: Mapping[str, Any], came: Counter[What], named: int, ties: int, minutes: Sequence[float]
) -> Collected:
    return Collected(
        **facts,
        invited=came.total() - came["taken back"],
        finished=came["finished"],
        declined=came["declined"],
        unreachable=came["unreachable"],
        broke_off=came["broke off"],
        opened=came["opened"],
        never_opened=came["never opened"],
        people_named=named,
        ties=ties,
        median_minutes=round(median(minutes), 1) if minutes else None,
    )


def _kinds(sites: Sequence[Collected], kind_of: Callable[[Collected], str | None]) -> Iterable[Kind]:
    groups: defaultdict[str, list[Collected]] = defaultdict(list)
    for site in sites:
        groups[kind_of(site) or NOT_SAID].append(site)
    for kind in sorted(groups, key=lambda name: (name == NOT_SAID, name)):
        group = groups[kind]
        yield Kind(kind, len(group), sum(s.invited for s in group), sum(s.finished for s in group))


def _sent(query: Select[*tuple[Any, ...]], wave: Wave) -> Select[*tuple[Any, ...]]:
    """Of a query that has interviews in it: those that were sent in the wave, by somebody."""
    return query.join(Invitation, Invitation.id == Interview.invitation_id).where(
        Invitation.wave_id == wave.id, Interview.finished_at.is_not(None), Interview.simulated.is_(False)
    )


def _named(wave: Wave) -> Select[*tuple[Any, ...]]:
    query = select(Invitation.site_id, func.count()).select_from(Alter)
    query = _sent(query.join(Interview, Interview.id == Alter.interview_id), wave)
    return query.where(exists().where(Nomination.alter_id == Alter.id)).group_by(Invitation.site_id)


def _ties(wave: Wave) -> Select[*tuple[Any, ...]]:
    query = select(Invitation.site_id, func.count()).select_from(Tie)
    return _sent(query.join(Interview, Interview.id == Tie.interview_id), wave).group_by(Invitation.site_id)


def _counts(session: Session, query: Select[*tuple[Any, ...]]) -> Counter[int]:
    return Counter(dict(session.execute(query).all()))


def _minutes(session: Session, wave: Wave) -> defaultdict[int, list[float]]:
    """The minutes of each interview that was sent, by site; pages that were left open do not count."""
    query = select(Invitation.site_id, seconds_read()).select_from(PageTime)
    query = _sent(query.join(Interview, Interview.id == PageTime.interview_id), wave)
    found: defaultdict[int, list[float]] = defaultdict(list)
    for site, seconds in session.execute(query.group_by(Invitation.site_id, Interview.id)):
        if seconds is not None:
            found[site].append(float(seconds) / 60)
    return found
