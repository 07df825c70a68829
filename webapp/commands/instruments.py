"""`flask instruments`: check a questionnaire's file, and publish it in a study."""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import AppGroup

from instruments.burden import estimated_minutes
from instruments.load import InstrumentError, examine, read_text
from surveys.studies import find_study, publish_instrument
from webapp.commands.studies import file_argument, study_option
from webapp.services import services

group = AppGroup("instruments")


@group.command("lint")
@file_argument
def lint(file: Path) -> None:
    """Check FILE: every fault by line with what to do. Exit code 1 when there is an error."""
    reading = examine(read_text(file), file.name)
    if reading.instrument is None:
        raise InstrumentError(reading.problems)
    for problem in reading.problems:
        click.echo(str(problem))
    minutes = estimated_minutes(reading.instrument)
    click.echo(
        f"{file.name}: {reading.instrument.id} {reading.instrument.version} can be used. "
        f"{len(reading.instrument.pages)} pages, about {minutes:.0f} minutes for someone who names five people."
    )


@group.command("publish")
@file_argument
@study_option
def publish(file: Path, code: str | None) -> None:
    """Keep FILE as a version of its questionnaire in the study, with the topics, roles and mechanisms it brings."""
    source = read_text(file)
    with services().store.writing() as session:
        study = find_study(session, code)
        version = publish_instrument(session, study, source, now=services().clock())
        text = f"{version.instrument} {version.version} is published in the study “{study.code}”."
    click.echo(f"{text} Plan a wave next: flask waves add LABEL --closes DAY")
