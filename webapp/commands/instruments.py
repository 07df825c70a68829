"""`flask instruments`: check a questionnaire's file, print, compare and publish it, or read one of another system."""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import AppGroup
from sqlalchemy.orm import Session

from exchange.foreign import read_foreign
from instruments.burden import estimated_minutes
from instruments.codebook import codebook, codebook_csv, codebook_json
from instruments.diff import UnderstatedVersion, check_version, compare, least_version, series
from instruments.json_schema import json_schema_text
from instruments.lint_reading import readings, whole_reading
from instruments.lint_words import untranslated
from instruments.load import InstrumentError, Problem, Reading, examine, line_of, read_text
from instruments.printing import printed
from instruments.problems import Place
from instruments.schema import Instrument
from surveys.studies import find_study, publish_instrument
from surveys.tables import InstrumentVersion, Study
from webapp.commands.studies import file_argument, study_option
from webapp.services import services

group = AppGroup("instruments")
output_option = click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file instead of here."
)


@group.command("lint")
@file_argument
@click.option("--strict", is_flag=True, help="Warnings end with exit code 1 too.")
@click.option("--reading", "show_reading", is_flag=True, help="List every text with how it reads, the hardest first.")
def lint(file: Path, strict: bool, show_reading: bool) -> None:
    """Check FILE: every fault by line with what to do. Exit code 1 when there is an error."""
    source = read_text(file)
    reading = examine(source, file.name)
    if reading.instrument is None or (strict and reading.problems):
        raise InstrumentError(reading.problems)
    for problem in reading.problems:
        click.echo(str(problem))
    for line in _told(reading.instrument, file.name, source):
        click.echo(line)
    for line in _each_text(reading.instrument) if show_reading else ():
        click.echo(line)


def _told(instrument: Instrument, name: str, source: str) -> list[str]:
    """What there is to know of a sound questionnaire: its length, how it reads, what is not translated."""
    minutes = estimated_minutes(instrument)
    lines = [
        f"{name}: {instrument.id} {instrument.version} can be used. "
        f"{len(instrument.pages)} pages, about {minutes:.0f} minutes for someone who names five people."
    ]
    for language in instrument.languages:
        found = whole_reading(instrument, language)
        age = "" if found.age is None else f", reading age about {found.age:.0f}"
        lines.append(f"{language}: {found.sentences} sentences, the longest of {found.longest_sentence} words{age}.")
        places = untranslated(instrument, language) if len(instrument.languages) > 1 else ()
        lines += [f"{language}: {len(places)} texts have no wording of their own:"] if places else []
        lines += [f"  {name}:{line_of(source, place)}: {' '.join(said.split())[:80]}" for place, said in places]
    return lines


def _each_text(instrument: Instrument) -> list[str]:
    """A line for each text: its language, age, longest sentence, place and words."""
    found = sorted(readings(instrument), key=lambda read: (-(read.reading.age or 0), -read.reading.longest_sentence))
    return [
        f"{read.language}  age {'–' if read.reading.age is None else format(read.reading.age, '.0f'):>2}  "
        f"{read.reading.longest_sentence:>2} words  {_dotted(read.place)}: {' '.join(read.text.split())[:80]}"
        for read in found
    ]


def _dotted(place: Place) -> str:
    return ".".join(map(str, place))


@group.command("schema")
@output_option
def schema(output: Path | None) -> None:
    """Print the JSON Schema of questionnaire files, for editors that complete keys."""
    _write(json_schema_text(), output)


@group.command("codebook")
@file_argument
@click.option("--csv", "as_csv", is_flag=True, help="As CSV (the default).")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@output_option
def codebook_command(file: Path, as_csv: bool, as_json: bool, output: Path | None) -> None:
    """List the columns that the answers to FILE fill: one row a column."""
    if as_csv and as_json:
        raise click.UsageError("Choose --csv or --json, not both.")
    columns = codebook(_load(file))
    _write(codebook_json(columns) if as_json else codebook_csv(columns), output)


@group.command("print")
@file_argument
@output_option
def print_command(file: Path, output: Path | None) -> None:
    """Print FILE as one HTML page with every wording and condition, for an ethics board."""
    _write(printed(_load(file)), output)


@group.command("diff")
@click.argument("old", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("new", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def diff(old: Path, new: Path) -> None:
    """Say what changed from OLD to NEW, and which columns stay comparable.

    Exit code 1 when the version number of NEW says less than what changed.
    """
    before, after = _load(old), _load(new)
    changes = compare(before, after)
    for change in changes:
        click.echo(f"{change.kind:<8} {change.where}: {change.detail}")
    for one in series(before, after):
        if one.verdict != "same":
            click.echo(f"series   {one.id}: {one.verdict}")
    click.echo(f"{len(changes)} changes. The version must be {least_version(before, changes)} or higher.")
    _understated(before, after, new.name)


@group.command("publish")
@file_argument
@study_option
def publish(file: Path, code: str | None) -> None:
    """Keep FILE as a version of its questionnaire in the study, with the topics, roles and mechanisms it brings."""
    source = read_text(file)
    with services().store.writing() as session:
        study = find_study(session, code)
        version = _published(session, study, source, file.name)
        text = f"{version.instrument} {version.version} is published in the study “{study.code}”."
        preview = f"{services().settings.public_url}/preview/{version.id}"
    click.echo(f"{text} Plan a wave next: flask waves add LABEL --closes DAY")
    click.echo(f"Evaluators see every page at {preview}, with nothing stored.")


def _published(session: Session, study: Study, source: str, name: str) -> InstrumentVersion:
    try:
        return publish_instrument(session, study, source, now=services().clock())
    except UnderstatedVersion as error:
        raise _refused(error, name) from error


def _understated(old: Instrument, new: Instrument, name: str) -> None:
    try:
        check_version(old, new)
    except UnderstatedVersion as error:
        raise _refused(error, name) from error


def _refused(error: UnderstatedVersion, name: str) -> InstrumentError:
    return InstrumentError([Problem(name, 1, str(error).rstrip("."), "See: flask instruments diff OLD NEW.")])


@group.command("import")
@file_argument
@output_option
def import_command(file: Path, output: Path | None) -> None:
    """Read FILE, a Network Canvas protocol or an EgoWeb study, as a questionnaire of ours.

    What cannot be carried over is listed on the error output, by name and with the reason.
    """
    found = read_foreign(file.read_bytes(), file.name)
    _write(found.text, output)
    for lost in found.lost:
        click.echo(f"{lost.where}: {lost.what}", err=True)
    click.echo(f"{len(found.lost)} things were not carried over. Check it next: flask instruments lint FILE", err=True)


def _load(file: Path) -> Instrument:
    """The questionnaire in a file; InstrumentError lists its faults."""
    return _sound(examine(read_text(file), file.name))


def _sound(reading: Reading) -> Instrument:
    if reading.instrument is None:
        raise InstrumentError(problem for problem in reading.problems if problem.severity == "error")
    return reading.instrument


def _write(text: str, output: Path | None) -> None:
    if output is None:
        click.echo(text, nl=False)
        return
    with output.open("w", encoding="utf-8", newline="") as file:
        file.write(text)
    click.echo(f"Wrote {output}", err=True)
