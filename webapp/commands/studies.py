"""`flask study`: make a study, list those there are, and load its sites and people."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from exchange.people import Absent, import_people
from exchange.report import ImportReport
from exchange.sites import import_sites
from exchange.tables import COMMAND_LINE_LIMIT, read_rows
from surveys.studies import create_study, find_study
from surveys.tables import Person, Site, Study, Wave
from webapp.commands import site_events
from webapp.commands.columns import aligned
from webapp.commands.moments import day_told
from webapp.services import services

Import = Callable[..., ImportReport]

group = AppGroup("study")
file_argument = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
study_option = site_events.study_option
for command in site_events.COMMANDS:
    group.add_command(command)


def import_options(command: Callable[..., None]) -> Callable[..., None]:
    """The argument and options that every import has."""
    for option in (
        click.option("--dry-run", is_flag=True, help="Say what would be done, row by row, and do nothing."),
        click.option("--skip-bad", is_flag=True, help="Leave bad rows out instead of stopping at them."),
        study_option,
        file_argument,
    ):
        command = option(command)
    return command


@group.command("create")
@click.argument("code")
@click.argument("name")
def create(code: str, name: str) -> None:
    """Make a new, empty study. CODE is short (letters, digits, - . _); NAME is what people read."""
    with services().store.writing() as session:
        create_study(session, code, name.strip(), now=services().clock())
    click.echo(f"Made the study “{code}”. Load its sites next: flask study import-sites FILE --study {code}")


@group.command("list")
def list_studies() -> None:
    """List the studies, oldest first."""
    with services().store.reader() as session:
        rows = session.execute(select(Study.id, Study.code, Study.name, Study.created_at).order_by(Study.id)).all()
        counts = [_counted(session, table) for table in (Site, Person, Wave)]
    if not rows:
        click.echo("There is no study yet. Make one with: flask study create CODE NAME")
        return
    table = [
        (row.code, row.name, day_told(row.created_at), *(count.get(row.id, 0) for count in counts)) for row in rows
    ]
    click.echo(aligned(("code", "name", "made", "sites", "people", "waves"), table))


def _counted(session: Session, table: type[Site] | type[Person] | type[Wave]) -> dict[int, int]:
    rows = session.execute(select(table.study_id, func.count()).group_by(table.study_id))
    return {row[0]: row[1] for row in rows}


@group.command("import-sites")
@import_options
def import_sites_from_file(**options: Any) -> None:
    """Load sites from FILE: a table with headings (code, name, region …), or the official NHS trusts file."""
    _import(import_sites, **options)


@group.command("import-people")
@click.option(
    "--absent",
    type=click.Choice([one.value for one in Absent]),
    default=Absent.STAY.value,
    show_default=True,
    help="People who are not in the file stay; have left, at the sites that it names; or have left, all of them.",
)
@import_options
def import_people_from_file(absent: str, **options: Any) -> None:
    """Load people from FILE, a staff list with the headings reference, name, email, job_title, site, role."""
    _import(partial(import_people, absent=Absent(absent)), **options)


def _import(read: Import, file: Path, code: str | None, skip_bad: bool, dry_run: bool) -> None:
    """Read, import (or only look) and say what was done; exit code 1 when bad rows stopped it."""
    table, store = read_rows(file, limit=COMMAND_LINE_LIMIT), services().store
    with store.reader() if dry_run else store.writing() as session:
        study = find_study(session, code)
        report = read(session, study, table, now=services().clock(), skip_bad=skip_bad, looking=dry_run)
    if report.refused:
        remedy = "Correct the rows and load the file again, or leave them out with --skip-bad."
        raise click.ClickException(f"{report.text()}\n{remedy}")
    click.echo(f"Only tried, nothing was changed. {report.preview()}" if dry_run else report.text())
