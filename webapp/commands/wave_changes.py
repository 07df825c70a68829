"""Changes to a wave that is planned already: its settings, reopening it, and releasing it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import click
from flask.cli import with_appcontext

from surveys.studies import find_study, find_version
from surveys.waves import SAMPLES, change_wave, find_wave, release_wave, reopen_wave, settings_of
from webapp.commands.moments import CLOSES, CLOSES_HELP, OPENS, OPENS_HELP, told
from webapp.commands.studies import study_option
from webapp.services import services


def sample_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options that say whom a wave asks, and how many should answer."""
    for option in (
        click.option("--target", type=click.FloatRange(0, 100, min_open=True), help="Per cent who should answer."),
        click.option("--quota", type=click.IntRange(1), help="How many people at each site, with --sample quota."),
        click.option("--sample", type=click.Choice(SAMPLES), help="Whom it asks; all of the roster at first."),
    ):
        command = option(command)
    return command


@click.command("change")
@click.argument("number", type=int)
@click.option("--label", help="What people read.")
@click.option("--opens", type=OPENS, help=OPENS_HELP)
@click.option("--closes", type=CLOSES, help=CLOSES_HELP)
@click.option("--instrument", help="The questionnaire's id: its last published version, while the wave is a draft.")
@sample_options
@study_option
@with_appcontext
def change(
    number: int,
    label: str | None,
    opens: datetime | None,
    closes: datetime | None,
    instrument: str | None,
    sample: str | None,
    quota: int | None,
    target: float | None,
    code: str | None,
) -> None:
    """Change those settings of wave NUMBER that are given."""
    with services().store.writing() as session:
        study = find_study(session, code)
        wave = find_wave(session, study, number)
        now = settings_of(wave)
        wanted = replace(
            now,
            label=now.label if label is None else label.strip(),
            opens_at=now.opens_at if opens is None else opens,
            closes_at=now.closes_at if closes is None else closes,
            version_id=now.version_id if instrument is None else find_version(session, study, instrument).id,
            sample=sample or now.sample,
            quota=quota or now.quota,
            target=now.target if target is None else target / 100,
        )
        changed = change_wave(session, wave, wanted, revision=wave.revision, now=services().clock())
    click.echo(f"Changed wave {number}." if changed else "That is how it stands. Nothing was changed.")


@click.command("reopen")
@click.argument("number", type=int)
@click.option("--closes", type=CLOSES, required=True, help=f"New last day. {CLOSES_HELP}")
@study_option
@with_appcontext
def reopen(number: int, closes: datetime, code: str | None) -> None:
    """Let closed wave NUMBER take answers again; the links that were sent work again."""
    with services().store.writing() as session:
        wave = find_wave(session, find_study(session, code), number)
        reopen_wave(session, wave, closes, now=services().clock())
        text = f"Wave {number}, {wave.label}, takes answers again until {told(wave.closes_at)}."
    click.echo(text)


@click.command("release")
@click.argument("number", type=int)
@study_option
@with_appcontext
def release(number: int, code: str | None) -> None:
    """Make closed wave NUMBER final: it takes no more answers or changes, and cannot be reopened."""
    with services().store.writing() as session:
        wave = find_wave(session, find_study(session, code), number)
        release_wave(wave, now=services().clock())
        text = f"Wave {number}, {wave.label}, is released. That is final."
    click.echo(text)
