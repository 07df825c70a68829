"""`flask study site-event` and its like: what happened to a site, recorded, listed and taken back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import click
from flask.cli import with_appcontext
from sqlalchemy.orm import Session

from exchange.fields import number, postcode, text
from surveys.faults import Faulty
from surveys.site_history import PLACE, Happened, Noted, close, history, merge, move, rename, take_back
from surveys.sites import find_site
from surveys.studies import find_study
from surveys.tables import Site, Study
from webapp.services import services

DAY = click.DateTime(formats=["%Y-%m-%d"])
COMMAND_LINE = "command line"
READERS = {
    "region": text(80),
    "town": text(120),
    "postcode": postcode,
    "latitude": number(-90, 90),
    "longitude": number(-180, 180),
}

study_option = click.option("--study", "code", help="The study's code; the newest study when not given.")


@click.command("site-event")
@click.argument("site")
@click.argument("kind", type=click.Choice(["merged", "moved", "renamed", "closed"]))
@click.option("--on", "day", type=DAY, required=True, help="The day it happened, such as 2026-04-01.")
@click.option("--into", help="merged: the code of the site that it is part of now.")
@click.option("--name", help="renamed: the name that it has now.")
@click.option("--region", help="moved: its region now.")
@click.option("--town", help="moved: its town now.")
@click.option("--postcode", help="moved: its postcode now.")
@click.option("--latitude", help="moved: its place on the map now.")
@click.option("--longitude", help="moved: its place on the map now.")
@click.option("--note", default="", help="Anything to remember about it.")
@click.option("--by", default=COMMAND_LINE, show_default=True, help="Who says so.")
@study_option
@with_appcontext
def site_event(site: str, kind: str, day: datetime, note: str, by: str, code: str | None, **details: Any) -> None:
    """Record what happened to SITE (its code). People of a merged site go along to the one that it merged into."""
    with services().store.writing() as session:
        study = find_study(session, code)
        found = find_site(session, study, site)
        noted = Noted(by, services().clock(), note)
        click.echo(_record(session, study, found, kind, day, noted, details))


def _record(
    session: Session, study: Study, site: Site, kind: str, day: datetime, noted: Noted, details: dict[str, Any]
) -> str:
    match kind:
        case "merged":
            into = find_site(session, study, _needed(details, "into", "the code of the site that it merged into"))
            people = merge(session, site, into, on=day.date(), noted=noted)
            return f"{site.name} merged into {into.name}, and {people} of its people with it."
        case "renamed":
            before = site.name
            rename(session, site, _needed(details, "name", "its new name"), on=day.date(), noted=noted)
            return f"{before} is called {site.name} now."
        case "moved":
            place = {name: READERS[name](details[name]) for name in PLACE if details[name] is not None}
            move(session, site, place, on=day.date(), noted=noted)  # type: ignore[arg-type]
            return f"{site.name} moved."
        case _:
            close(session, site, on=day.date(), noted=noted)
            return f"{site.name} closed."


def _needed(details: dict[str, Any], name: str, what: str) -> str:
    if not details[name]:
        raise Faulty(f"Say {what}: --{name}.")
    return str(details[name])


@click.command("site-history")
@click.argument("site")
@study_option
@with_appcontext
def site_history(site: str, code: str | None) -> None:
    """Print what happened to SITE, the newest first, each line with its number."""
    with services().store.reader() as session:
        found = find_site(session, find_study(session, code), site)
        lines = history(session, found.id)
        name = found.name
    click.echo("\n".join(map(_line, lines)) if lines else f"Nothing is recorded of {name}.")


def _line(one: Happened) -> str:
    into = f" into {one.into}" if one.into else ""
    before = f", before that: {one.before}" if one.before else ""
    note = f" ({one.note})" if one.note else ""
    return f"{one.id}  {one.on}  {one.kind}{into}{before}{note}, recorded by {one.by}"


@click.command("take-back-site-event")
@click.argument("site")
@click.argument("number", type=click.IntRange(1, 2**31 - 1))
@study_option
@with_appcontext
def take_back_site_event(site: str, number: int, code: str | None) -> None:
    """Take line NUMBER, recorded by mistake, out of the history of SITE."""
    with services().store.writing() as session:
        found = find_site(session, find_study(session, code), site)
        kind = take_back(session, found, number)
        stay = " Its people stay where they are until a staff list brings them back." if kind == "merged" else ""
        click.echo(f"Took back that {found.name} {kind}.{stay}")


COMMANDS = (site_event, site_history, take_back_site_event)
