"""`flask db`: bring the database's tables up to date, take them back, and say where they are."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from alembic.util.exc import CommandError
from flask.cli import AppGroup
from sqlalchemy import Engine

from surveys import migrate
from webapp.services import services

group = AppGroup("db")


@contextmanager
def refused_plainly() -> Iterator[None]:
    """Give what Alembic refuses, such as an unknown revision, as the command's own refusal."""
    try:
        yield
    except CommandError as refusal:
        raise click.ClickException(str(refusal)) from None


@group.command("upgrade")
@click.argument("revision", default="head")
def upgrade(revision: str) -> None:
    """Bring the tables up to REVISION, the newest when not given. Nothing is lost; run it at each start."""
    engine = services().store.engine
    _make_folder(engine)
    with refused_plainly():
        migrate.upgrade(engine, revision)
    click.echo(f"The tables are at {migrate.current(engine)}.")


def _make_folder(engine: Engine) -> None:
    """SQLite makes its file but not the folder of it."""
    if engine.dialect.name == "sqlite" and engine.url.database:
        Path(engine.url.database).parent.mkdir(parents=True, exist_ok=True)


@group.command("downgrade")
@click.argument("revision")
@click.option("--yes", is_flag=True, help="Do not ask.")
def downgrade(revision: str, yes: bool) -> None:
    """Take the tables back to REVISION, or `base` for none at all. What newer tables hold is lost."""
    if not yes:
        click.confirm("What the newer tables hold is lost. Go on?", abort=True)
    with refused_plainly():
        migrate.downgrade(services().store.engine, revision)
    click.echo(f"The tables are at {migrate.current(services().store.engine) or 'base'}.")


@group.command("current")
def current() -> None:
    """Say which revision the tables have."""
    click.echo(migrate.current(services().store.engine) or "base")
