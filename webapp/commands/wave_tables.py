"""What a wave has collected at each site, and what came of each invitation: two tables of `flask waves`."""

from __future__ import annotations

from pathlib import Path

import click
import polars as pl
from flask.cli import with_appcontext

from exchange.tables import write_csv
from surveys.collection import collected, frame, outcome_frame
from surveys.response import outcomes
from surveys.studies import find_study
from surveys.waves import find_wave
from webapp.commands.studies import study_option
from webapp.services import services

output_option = click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file."
)


@click.command("collection")
@click.argument("number", type=int)
@output_option
@study_option
@with_appcontext
def collection(number: int, output: Path | None, code: str | None) -> None:
    """Print what wave NUMBER has collected at each site, as CSV."""
    with services().store.reader() as session:
        wave = find_wave(session, find_study(session, code), number)
        table = frame(collected(session, wave))
    put(table, output)


@click.command("outcomes")
@click.argument("number", type=int)
@output_option
@study_option
@with_appcontext
def outcomes_numbered(number: int, output: Path | None, code: str | None) -> None:
    """Print what came of each invitation to wave NUMBER, as CSV: finished, declined, broke off on which page …"""
    with services().store.reader() as session:
        wave = find_wave(session, find_study(session, code), number)
        table = outcome_frame(outcomes(session, wave))
    put(table, output)


def put(table: pl.DataFrame, output: Path | None) -> None:
    """Write a table to a file, or print it."""
    written = write_csv(table)
    if output is None:
        click.echo(written.decode("utf-8-sig"), nl=False)
    else:
        output.write_bytes(written)
    click.echo(f"{table.height} rows of {table.width} columns.", err=True)
