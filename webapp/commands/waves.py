"""`flask waves`: plan, open and close rounds of asking, and invite the roster."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import click
from flask.cli import AppGroup
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveys.invitations import invite
from surveys.studies import find_study
from surveys.tables import InstrumentVersion, Interview, Invitation, Person, Study, Wave
from surveys.waves import WaveClosed, add_wave, close_wave, open_wave
from webapp.commands.columns import aligned
from webapp.commands.links import links_csv
from webapp.commands.studies import study_option
from webapp.services import services

LONGEST_LABEL = 80
MOMENT = click.DateTime(formats=["%Y-%m-%d", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M"])
LAST_MINUTE = timedelta(hours=23, minutes=59)

group = AppGroup("waves")


@group.command("add")
@click.argument("label")
@click.option("--opens", type=MOMENT, help="Day, or day and time (UTC); now when not given.")
@click.option("--closes", type=MOMENT, required=True, help="Last day (to its end), or day and time (UTC).")
@click.option("--instrument", help="The questionnaire's id; the last one published when not given.")
@study_option
def add(label: str, opens: datetime | None, closes: datetime, instrument: str | None, code: str | None) -> None:
    """Plan the study's next wave, as a draft. LABEL is what people read, such as “Spring 2026”."""
    if not 0 < len(label.strip()) <= LONGEST_LABEL:
        raise click.ClickException(f"A wave's label has 1 to {LONGEST_LABEL} characters.")
    opens_at = _utc(opens) if opens is not None else services().clock()
    closes_at = _end_of(_utc(closes))
    if closes_at <= opens_at:
        raise click.ClickException(
            f"The wave would close before it opens. Give --closes a day after {opens_at:%d %B %Y}."
        )
    with services().store.writing() as session:
        study = find_study(session, code)
        version = _version(session, study, instrument)
        wave = add_wave(session, study, version, label.strip(), opens_at=opens_at, closes_at=closes_at)
        number = wave.number
    click.echo(
        f"Planned wave {number} with {version.instrument} {version.version}: {opens_at:%Y-%m-%d %H:%M} to "
        f"{closes_at:%Y-%m-%d %H:%M} UTC. Let it take answers with: flask waves open {number}"
    )


def _utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC)


def _end_of(moment: datetime) -> datetime:
    """The last minute of a day given without a time; other moments as they are."""
    return moment + LAST_MINUTE if (moment.hour, moment.minute) == (0, 0) else moment


def _version(session: Session, study: Study, instrument: str | None) -> InstrumentVersion:
    query = select(InstrumentVersion).where(InstrumentVersion.study_id == study.id)
    query = query if instrument is None else query.where(InstrumentVersion.instrument == instrument)
    version = session.scalar(query.order_by(InstrumentVersion.id.desc()).limit(1))
    if version is None:
        which = f"the questionnaire “{instrument}”" if instrument else "a questionnaire"
        raise click.ClickException(
            f"The study “{study.code}” does not have {which} yet. Publish it first: flask instruments publish FILE"
        )
    return version


@group.command("open")
@click.argument("number", type=int)
@study_option
def open_numbered(number: int, code: str | None) -> None:
    """Let wave NUMBER take answers between its dates."""
    with services().store.writing() as session:
        wave = _wave(session, find_study(session, code), number)
        open_wave(wave)
        text = f"Wave {number}, {wave.label}, takes answers until {wave.closes_at:%Y-%m-%d %H:%M} UTC."
    click.echo(text)


@group.command("close")
@click.argument("number", type=int)
@study_option
def close_numbered(number: int, code: str | None) -> None:
    """Take no more answers in wave NUMBER, from now on."""
    now = services().clock()
    with services().store.writing() as session:
        wave = _wave(session, find_study(session, code), number)
        if wave.status in ("closed", "released"):
            raise WaveClosed(f"Wave {number}, {wave.label}, is {wave.status} already.")
        if now <= wave.opens_at:
            raise WaveClosed(f"Wave {number}, {wave.label}, has not opened yet. It opens on {wave.opens_at:%d %B %Y}.")
        close_wave(wave, now=now)
        text = f"Wave {number}, {wave.label}, is closed."
    click.echo(text)


def _wave(session: Session, study: Study, number: int) -> Wave:
    wave = session.scalar(select(Wave).where(Wave.study_id == study.id, Wave.number == number))
    if wave is None:
        there = session.scalars(select(Wave.number).where(Wave.study_id == study.id).order_by(Wave.number)).all()
        known = (
            f"It has: {', '.join(map(str, there))}." if there else "Plan one with: flask waves add LABEL --closes DAY"
        )
        raise click.ClickException(f"The study “{study.code}” has no wave {number}. {known}")
    return wave


@group.command("list")
@study_option
def list_waves(code: str | None) -> None:
    """List the study's waves: their dates, and how many people were invited and have finished."""
    with services().store.reader() as session:
        study = find_study(session, code)
        waves = session.scalars(select(Wave).where(Wave.study_id == study.id).order_by(Wave.number)).all()
        rows = [
            (w.number, w.label, w.status, f"{w.opens_at:%Y-%m-%d}", f"{w.closes_at:%Y-%m-%d}", *_counts(session, w))
            for w in waves
        ]
    heading = ("wave", "label", "status", "opens", "closes", "invited", "finished")
    click.echo(aligned(heading, rows) if rows else f"The study “{study.code}” has no wave yet.")


def _counts(session: Session, wave: Wave) -> tuple[int, int]:
    row = session.execute(
        select(func.count(Invitation.id), func.count(Interview.finished_at))
        .outerjoin(Interview, Interview.invitation_id == Invitation.id)
        .where(Invitation.wave_id == wave.id)
    ).one()
    return row[0], row[1]


@group.command("invite")
@click.argument("number", type=int)
@click.option("--links", is_flag=True, help="Print every link of the wave as CSV: reference, name, url.")
@study_option
def invite_roster(number: int, links: bool, code: str | None) -> None:
    """Invite everyone on the roster to wave NUMBER who is not invited yet."""
    now, settings = services().clock(), services().settings
    with services().store.writing() as session:
        study = find_study(session, code)
        wave = _wave(session, study, number)
        if wave.status in ("closed", "released"):
            raise WaveClosed(f"Wave {number}, {wave.label}, is {wave.status}. Invite people to an open wave.")
        people = session.scalars(
            select(Person).where(Person.study_id == study.id, Person.left_at.is_(None)).order_by(Person.id)
        ).all()
        if not people:
            raise click.ClickException("The roster is empty. Load it first: flask study import-people FILE")
        count = invite(session, wave, people, key=services().link_key, now=now)
        printed = links_csv(session, wave, services().link_key, settings.public_url) if links else ""
    click.echo(f"Invited to wave {number}: {count}. Invited before: {len(people) - count}.", err=links)
    if links:
        click.echo(printed, nl=False)
