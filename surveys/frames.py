"""The only door from SQL to data frames: a study's ties, response, sites and labels, as networks.columns has them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import polars as pl
from sqlalchemy import ColumnElement, Integer, Select, case, cast, exists, func, select, true
from sqlalchemy.orm import Session, aliased

from networks.columns import ALTER_TIES, LABELS, RESPONSE, SITE_TIES, SITES, TIES, Frame
from surveys.matching.standing import Meant, who
from surveys.reading import moment, read
from surveys.response import COUNTS
from surveys.tables import (
    Alter,
    AlterTie,
    Identity,
    Interview,
    Invitation,
    MatchDecision,
    Mechanism,
    Nomination,
    Person,
    Role,
    Site,
    SiteTie,
    Tie,
    Topic,
    Wave,
)


def ties(session: Session, study_id: int, *, simulated: bool = False) -> pl.DataFrame:
    """TIES of every finished interview: one row per ego, alter, topic and wave.

    An alter who was picked or matched has that person's key, and a matched one that person's site and role; any other
    has a name of its own, the same in every interview and wave where they are known to be one. Here and in the other
    frames, answers that nobody gave are left out unless `simulated` asks for them too.
    """
    named, ego_site, ego_role = aliased(Person), aliased(Site), aliased(Role)
    query = (
        select(
            Wave.number,
            Person.key,
            named.key,
            Alter.id,
            Tie.topic,
            Tie.contacts_per_year,
            Tie.formality,
            Tie.direction,
            Tie.mechanism,
            Mechanism.kind,
            ego_site.code,
            ego_role.code,
            Site.code,
            Role.code,
        )
        .select_from(Tie)
        .join(Interview, Interview.id == Tie.interview_id)
        .join(Invitation, Invitation.id == Interview.invitation_id)
        .join(Wave, Wave.id == Invitation.wave_id)
        .join(Person, Person.id == Invitation.person_id)
        .join(ego_site, ego_site.id == Invitation.site_id)
        .join(ego_role, ego_role.id == Invitation.role_id)
        .join(Alter, Alter.id == Tie.alter_id)
        .outerjoin(named, named.id == Alter.person_id)
        .outerjoin(Site, Site.id == Alter.site_id)
        .outerjoin(Role, Role.id == Alter.role_id)
        .outerjoin(Mechanism, (Mechanism.code == Tie.mechanism) & (Mechanism.study_id == Wave.study_id))
        .where(Wave.study_id == study_id, Interview.finished_at.is_not(None), _counts(simulated))
        .order_by(Tie.id)
    )
    meant = who(session, study_id)
    return _frame(TIES, (_tie(row, meant) for row in _all(session, query)))


def _tie(row: Any, meant: Mapping[int, Meant]) -> tuple[Any, ...]:
    wave, ego, key, alter, *rest, site, role = row
    one = meant.get(alter) if key is None else None
    if one is not None and one.on_roster:
        return (wave, ego, one.key, *rest, one.site, one.role, True)
    return (wave, ego, alter_id(key, alter, meant), *rest, site, role, key is not None)


def alter_id(key: str | None, alter: int, meant: Mapping[int, Meant]) -> str:
    """What an alter is called in every frame: the key of the person picked or matched, or `off-` and its own."""
    one = meant.get(alter)
    if key is None and one is not None:
        return one.key if one.on_roster else f"off-{one.key}"
    return key or f"off-{alter}"


def _counts(simulated: bool) -> ColumnElement[bool]:
    """Which interviews count: those that a person gave, or all."""
    return true() if simulated else Interview.simulated.is_(False)


def alter_ties(session: Session, study_id: int, *, simulated: bool = False) -> pl.DataFrame:
    """ALTER_TIES of every finished interview: one row per ego, pair of alters, relation and wave."""
    low, high, first, second = aliased(Alter), aliased(Alter), aliased(Person), aliased(Person)
    query = (
        select(Wave.number, Person.key, first.key, low.id, second.key, high.id, AlterTie.relation, AlterTie.strength)
        .select_from(AlterTie)
        .join(Interview, Interview.id == AlterTie.interview_id)
        .join(Invitation, Invitation.id == Interview.invitation_id)
        .join(Wave, Wave.id == Invitation.wave_id)
        .join(Person, Person.id == Invitation.person_id)
        .join(low, low.id == AlterTie.low_alter_id)
        .join(high, high.id == AlterTie.high_alter_id)
        .outerjoin(first, first.id == low.person_id)
        .outerjoin(second, second.id == high.person_id)
        .where(Wave.study_id == study_id, Interview.finished_at.is_not(None), _counts(simulated))
        .order_by(AlterTie.id)
    )
    meant = who(session, study_id)
    return _frame(ALTER_TIES, (_alter_tie(row, meant) for row in _all(session, query)))


def _alter_tie(row: Any, meant: Mapping[int, Meant]) -> tuple[Any, ...]:
    """The two in the order of their ids, so that a pair is the same whoever speaks of it."""
    wave, ego, first, low, second, high, *rest = row
    return (wave, ego, *sorted((alter_id(first, low, meant), alter_id(second, high, meant))), *rest)


def site_ties(session: Session, study_id: int, *, simulated: bool = False) -> pl.DataFrame:
    """SITE_TIES of every finished interview: one row per ego, site, relation, value and wave."""
    ego_site = aliased(Site)
    query = (
        select(Wave.number, Person.key, ego_site.code, Site.code, SiteTie.relation, SiteTie.value)
        .select_from(SiteTie)
        .join(Interview, Interview.id == SiteTie.interview_id)
        .join(Invitation, Invitation.id == Interview.invitation_id)
        .join(Wave, Wave.id == Invitation.wave_id)
        .join(Person, Person.id == Invitation.person_id)
        .join(ego_site, ego_site.id == Invitation.site_id)
        .join(Site, Site.id == SiteTie.site_id)
        .where(Wave.study_id == study_id, Interview.finished_at.is_not(None), _counts(simulated))
        .order_by(SiteTie.id)
    )
    return _frame(SITE_TIES, _all(session, query))


def response(session: Session, study_id: int, *, simulated: bool = False) -> pl.DataFrame:
    """RESPONSE: one row per invited person and wave, with the site and role they had when invited, in no order.

    A link that was taken back leaves no row, unless the answers had been sent.
    """
    moments = (
        Invitation.invited_at,
        Invitation.opened_at,
        Interview.started_at,
        Interview.finished_at,
        Invitation.declined_at,
    )
    named = _named().subquery()
    query = (
        select(
            Wave.number,
            Invitation.person_id,
            Invitation.site_id,
            Invitation.role_id,
            *(moment(session, at) for at in moments),
            case((Interview.finished_at.is_not(None), func.coalesce(named.c.people, 0))),
        )
        .select_from(Invitation)
        .join(Wave, Wave.id == Invitation.wave_id)
        .outerjoin(Interview, (Interview.invitation_id == Invitation.id) & _counts(simulated))
        .outerjoin(named, named.c.interview_id == Interview.id)
        .where(Wave.study_id == study_id, COUNTS)
    )
    rows = read(session, query, RESPONSE.schema | dict.fromkeys(("person", "site", "role"), pl.Int32()))
    return RESPONSE.check(_with_codes(session, study_id, rows))


def _named() -> Select[int, int]:
    """How many people were named in each interview that was sent and names any."""
    return (
        select(Alter.interview_id, func.count().label("people"))
        .join(Interview, Interview.id == Alter.interview_id)
        .where(Interview.finished_at.is_not(None), exists().where(Nomination.alter_id == Alter.id))
        .group_by(Alter.interview_id)
    )


def _with_codes(session: Session, study_id: int, rows: pl.DataFrame) -> pl.DataFrame:
    """People's keys, sites' and roles' codes in place of the numbers of their rows: read once, not for each row."""
    for name, table, code in (("person", Person, Person.key), ("site", Site, Site.code), ("role", Role, Role.code)):
        words = select(table.id, code).where(table.study_id == study_id)
        codes = read(session, words, {name: pl.Int32(), "code": pl.String()})
        rows = rows.join(codes, on=name, how="left", maintain_order="left").drop(name).rename({"code": name})
    return rows


def sites(session: Session, study_id: int) -> pl.DataFrame:
    """SITES of the study."""
    return _frame(SITES, _site_rows(session, study_id))


def _site_rows(session: Session, study_id: int) -> Sequence[Any]:
    partner = aliased(Site)
    query = (
        select(
            Site.code,
            Site.name,
            Site.designation,
            Site.care_setting,
            Site.core_system,
            Site.region,
            Site.grouping,
            partner.code,
            Site.latitude,
            Site.longitude,
        )
        .outerjoin(partner, partner.id == Site.pair_id)
        .where(Site.study_id == study_id)
        .order_by(Site.id)
    )
    return _all(session, query)


def labels(session: Session, study_id: int) -> pl.DataFrame:
    """LABELS of the study's topics, roles, mechanisms, waves, sites and regions."""
    places = _site_rows(session, study_id)
    rows = _word_rows(session, study_id)
    rows += [("site", place.code, place.name, number) for number, place in enumerate(places)]
    regions = sorted({place.region for place in places if place.region is not None})
    rows += [("region", region, region, number) for number, region in enumerate(regions)]
    return _frame(LABELS, rows)


def _word_rows(session: Session, study_id: int) -> list[tuple[str, str, str, int]]:
    """The words of topics, roles, mechanisms and waves: kind, code, label, position."""
    rows: list[tuple[str, str, str, int]] = []
    for kind, table in (("topic", Topic), ("role", Role), ("mechanism", Mechanism)):
        words = select(table.code, table.label, table.position).where(table.study_id == study_id)
        rows += [(kind, *row) for row in _all(session, words.order_by(table.position))]
    waves = select(Wave.number, Wave.label).where(Wave.study_id == study_id).order_by(Wave.number)
    return rows + [("wave", str(number), label, number - 1) for number, label in _all(session, waves)]


def stamp(session: Session, study_id: int) -> str:
    """A text that changes whenever anything changed that the frames are read from.

    Answers, invitations and decisions on matches are counted; sites and words, of which there are few, are compared
    whole.
    """
    asked = session.execute(
        select(
            func.count(),
            func.count(Invitation.opened_at),
            func.count(Invitation.declined_at),
            func.count(Invitation.revoked_at),
        )
        .select_from(Invitation)
        .join(Wave, Wave.id == Invitation.wave_id)
        .where(Wave.study_id == study_id)
    ).one()
    said = session.execute(
        select(
            func.count(Interview.started_at),
            func.count(Interview.finished_at),
            func.max(Interview.finished_at),
            func.sum(cast(Interview.simulated, Integer)),
        )
        .join(Invitation, Invitation.id == Interview.invitation_id)
        .join(Wave, Wave.id == Invitation.wave_id)
        .where(Wave.study_id == study_id)
    ).one()
    matched = session.execute(
        select(
            select(func.count()).where(Identity.study_id == study_id).scalar_subquery(),
            select(func.count()).where(MatchDecision.study_id == study_id).scalar_subquery(),
        )
    ).one()
    words = [tuple(row) for row in _site_rows(session, study_id)], _word_rows(session, study_id)
    return "/".join(str(part) for part in (*asked, *said, *matched, hashlib.sha256(repr(words).encode()).hexdigest()))


def _all(session: Session, query: Select[*tuple[Any, ...]]) -> Sequence[Any]:
    return session.execute(query).all()


def _frame(contract: Frame, rows: Iterable[Sequence[Any]]) -> pl.DataFrame:
    return pl.DataFrame([tuple(row) for row in rows], schema=contract.schema, orient="row")
