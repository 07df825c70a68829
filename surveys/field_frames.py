"""The door from SQL to frames of the field: what mail knows of people, how pages went, and each wave's target and days.

Everything about pages is counted by the database, so that a study with millions of openings gives a few hundred rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl
from sqlalchemy import ColumnElement, Integer, Select, case, cast, func, literal, literal_column, or_, select
from sqlalchemy.orm import Session

from instruments.schema_pages import Page, QuestionPage
from instruments.wording import say, sentence
from networks.release.field import MAILED, MINUTES, PAGE_TIMES, Field
from networks.release.types import ANY
from surveys.studies import instrument_of
from surveys.tables import Interview, Invitation, Mail, PageTime, Person, Wave

LONGEST = 1800
"""Seconds after which a page counts as left open, not read: such pages are left out of an interview's minutes."""
_PAGE: Mapping[str, ColumnElement[str]] = {
    "sqlite": literal_column("substr(page_time.step, 1, instr(page_time.step || '/', '/') - 1)"),
    "postgresql": literal_column("split_part(page_time.step, '/', 1)"),
}
"""The page of a step: what stands before its first "/"."""
_KEYS = {"wave": pl.Int32, "page": pl.String, "device": pl.String}
_CELL = list(_KEYS)
_INTERVIEWS = func.count(PageTime.interview_id.distinct())
_FILLED = {"alter": "each person", "topic": "each topic", "site": "each site"}
"""What stands in titles for the people, topics and sites that a page goes through one by one."""
_LAST = 999
"""The place of a page that the questionnaire does not have any more."""


def field(session: Session, study_id: int) -> Field:
    """Everything of a study's field beside the answers."""
    return Field(
        mailed=mailed(session, study_id),
        page_times=page_times(session, study_id),
        minutes=minutes(session, study_id),
        targets=targets(session, study_id),
        days=days(session, study_id),
    )


def stamp(session: Session, study_id: int) -> str:
    """A text that changes when mail went out or came back, somebody became unreachable, or a wave's plan changed.

    Page times are not part of it: they go with the answers, which `surveys.frames.stamp` watches.
    """
    sent = select(func.count(Mail.sent_at), func.count(case((Mail.state == "bounced", 1)))).select_from(Mail)
    mail = _of_study(sent.join(Invitation, Invitation.id == Mail.invitation_id), study_id)
    lost = _of_study(select(func.count(Invitation.unreachable_at)).select_from(Invitation), study_id)
    plans = [tuple(row) for row in _plans(session, study_id)]
    return f"{tuple(session.execute(mail).one())}/{session.execute(lost).scalar_one()}/{plans}"


def _of_study(query: Select[*tuple[Any, ...]], study_id: int) -> Select[*tuple[Any, ...]]:
    """A query that has joined Invitation, for the waves of one study."""
    return query.join(Wave, Wave.id == Invitation.wave_id).where(Wave.study_id == study_id)


def mailed(session: Session, study_id: int) -> pl.DataFrame:
    """MAILED: everyone whose mail was sent and did not come back, or who turned out to be unreachable."""
    first = func.min(case((Mail.state == "sent", Mail.sent_at)))
    query = (
        select(Wave.number, Person.key, first, Invitation.unreachable_at)
        .select_from(Invitation)
        .join(Person, Person.id == Invitation.person_id)
        .outerjoin(Mail, Mail.invitation_id == Invitation.id)
        .where(or_(Mail.state == "sent", Invitation.unreachable_at.is_not(None)))
        .group_by(Invitation.id, Wave.number, Person.key, Invitation.unreachable_at)
    )
    rows = session.execute(_of_study(query, study_id)).all()
    return pl.DataFrame([tuple(row) for row in rows], schema=MAILED.schema, orient="row")


def _plans(session: Session, study_id: int) -> Sequence[Any]:
    plans = select(Wave.number, Wave.opens_at, Wave.closes_at, Wave.target).where(Wave.study_id == study_id)
    return session.execute(plans.order_by(Wave.number)).all()


def targets(session: Session, study_id: int) -> Mapping[int, float]:
    """The share of those invited who should answer, by wave."""
    return {plan.number: plan.target for plan in _plans(session, study_id)}


def days(session: Session, study_id: int) -> Mapping[int, int]:
    """How many days each wave is open for."""
    return {plan.number: (plan.closes_at - plan.opens_at).days for plan in _plans(session, study_id)}


def page_times(session: Session, study_id: int) -> pl.DataFrame:
    """PAGE_TIMES of every wave in which any page was opened; simulated interviews do not count."""
    page = _PAGE[session.get_bind().dialect.name].label("page")
    reached = pl.concat([_reached(session, study_id, page, *kind) for kind in ((), (PageTime.device,))])
    stopped = _any_device_too(_stopped(session, study_id, page)).group_by(_CELL).agg(pl.col("stopped").sum())
    seconds = _medians(_any_device_too(_seconds(session, study_id, page)), _CELL, "median_seconds")
    joined = reached.join(stopped, on=_CELL, how="left").join(seconds, on=_CELL, how="left")
    named = joined.join(_titles(session, study_id), on=["wave", "page"], how="left")
    filled = named.with_columns(
        pl.col("stopped").fill_null(0), pl.col("label").fill_null(pl.col("page")), pl.col("position").fill_null(_LAST)
    )
    return PAGE_TIMES.check(filled).sort("wave", "position", "page", "device")


def _opened(*columns: Any) -> Select[*tuple[Any, ...]]:
    """A selection over the page times of interviews that somebody gave."""
    rows = select(*columns).select_from(PageTime).join(Interview, Interview.id == PageTime.interview_id)
    return rows.join(Invitation, Invitation.id == Interview.invitation_id).where(Interview.simulated.is_(False))


def _counted(session: Session, study_id: int, query: Select[*tuple[Any, ...]], schema: Any) -> pl.DataFrame:
    rows = session.execute(_of_study(query, study_id)).all()
    return pl.DataFrame([tuple(row) for row in rows], schema=schema, orient="row")


def _reached(session: Session, study_id: int, page: Any, *kind: Any) -> pl.DataFrame:
    """Interviews that opened each page, on each device or, without `kind`, on any."""
    counts = _opened(Wave.number, page, *(kind or (literal(ANY).label("device"),)), _INTERVIEWS)
    return _counted(session, study_id, counts.group_by(Wave.number, page, *kind), {**_KEYS, "reached": pl.Int64})


def _stopped(session: Session, study_id: int, page: Any) -> pl.DataFrame:
    """Interviews not sent whose last opening of a page was never followed by saving it."""
    last = _opened(func.max(PageTime.id)).where(Interview.finished_at.is_(None)).group_by(PageTime.interview_id)
    counts = _opened(Wave.number, page, PageTime.device, func.count()).where(
        PageTime.id.in_(last.scalar_subquery()), PageTime.seconds.is_(None)
    )
    grouped = counts.group_by(Wave.number, page, PageTime.device)
    return _counted(session, study_id, grouped, {**_KEYS, "stopped": pl.Int64})


def _seconds(session: Session, study_id: int, page: Any) -> pl.DataFrame:
    """How many saves took how many seconds."""
    whole = cast(func.round(PageTime.seconds), Integer).label("value")
    counts = _opened(Wave.number, page, PageTime.device, whole, func.count()).where(PageTime.seconds.is_not(None))
    grouped = counts.group_by(Wave.number, page, PageTime.device, whole)
    return _counted(session, study_id, grouped, {**_KEYS, "value": pl.Int64, "count": pl.Int64})


def _any_device_too(rows: pl.DataFrame) -> pl.DataFrame:
    return pl.concat([rows, rows.with_columns(device=pl.lit(ANY))])


def _medians(rows: pl.DataFrame, keys: Sequence[str], name: str) -> pl.DataFrame:
    """The median of values of which only their counts are known, for each of the keys. Takes value, count."""
    running = rows.sort("value").with_columns(
        before=pl.col("count").cum_sum().over(keys), all=pl.col("count").sum().over(keys)
    )
    low, high = (
        pl.col("value").filter(pl.col("before") > place).first()
        for place in ((pl.col("all") - 1) // 2, pl.col("all") // 2)
    )
    return running.group_by(keys, maintain_order=True).agg(((low + high) / 2).alias(name))


def _titles(session: Session, study_id: int) -> pl.DataFrame:
    """Each wave's pages with their titles and places."""
    waves = session.execute(select(Wave.number, Wave.instrument_version_id).where(Wave.study_id == study_id)).all()
    rows = [
        (number, page.id, _title(page), place)
        for number, version in waves
        for place, page in enumerate(instrument_of(session, version).pages)
    ]
    schema = {"wave": pl.Int32, "page": pl.String, "label": pl.String, "position": pl.Int32}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _title(page: Page) -> str:
    """What a page is called: its title, its question, or its id."""
    text = page.title or (page.label if isinstance(page, QuestionPage) else None)
    return sentence(say(text, "en", **_FILLED)) if text else page.id


def seconds_read() -> ColumnElement[Any]:
    """How long the pages of one interview were read together (s), for a query that groups by interview; null where none
    was saved.
    """
    return func.sum(case((PageTime.seconds <= LONGEST, PageTime.seconds), (PageTime.seconds.is_not(None), 0.0)))


def minutes(session: Session, study_id: int) -> pl.DataFrame:
    """MINUTES of every wave: pages that were open for more than half an hour are left out."""
    each = _opened(func.max(PageTime.id).label("last"), seconds_read().label("seconds")).where(
        Interview.finished_at.is_not(None), PageTime.seconds.is_not(None)
    )
    one = each.group_by(PageTime.interview_id).subquery()
    tenths = cast(func.round(one.c.seconds / 6), Integer).label("value")
    counts = _opened(Wave.number, PageTime.device, tenths, func.count()).join(one, one.c.last == PageTime.id)
    schema = {"wave": pl.Int32, "device": pl.String, "value": pl.Int64, "count": pl.Int64}
    grouped = counts.group_by(Wave.number, PageTime.device, tenths)
    rows = _any_device_too(_counted(session, study_id, grouped, schema))
    keys = ["wave", "device"]
    sent = rows.group_by(keys).agg(finished=pl.col("count").sum())
    medians = _medians(rows.with_columns(value=pl.col("value") / 10), keys, "median_minutes")
    return MINUTES.check(sent.join(medians, on=keys)).sort(keys)
