"""`flask waves`: plan, open and close rounds of asking, invite the roster, try it out, print answers and page times."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from random import Random
from typing import get_args

import click
from flask.cli import AppGroup

from instruments.answer_rows import UNITS
from instruments.synthetic import NothingFits
from surveys.answer_frames import answers
from surveys.page_times import Device, times_by_page
from surveys.people import roster
from surveys.response import asked_by_wave
from surveys.sampling import invite_sample
from surveys.simulation import NeverFinished, forget_simulated, simulate
from surveys.studies import find_study, find_version
from surveys.tables import Wave
from surveys.waves import (
    SAMPLES,
    USUAL_TARGET,
    WaveClosed,
    add_wave,
    close_wave,
    find_wave,
    open_wave,
    standing,
    waves_of,
)
from webapp.commands.columns import aligned
from webapp.commands.links import links_csv
from webapp.commands.moments import CLOSES, CLOSES_HELP, OPENS, OPENS_HELP, day_told, told
from webapp.commands.studies import study_option
from webapp.commands.wave_changes import change, release, reopen, sample_options
from webapp.commands.wave_links import close_link, open_link
from webapp.commands.wave_tables import collection, outcomes_numbered, put
from webapp.services import services

DEVICES: tuple[Device, ...] = get_args(Device)

group = AppGroup("waves")
for command in (change, reopen, release, collection, outcomes_numbered, open_link, close_link):
    group.add_command(command)


@group.command("add")
@click.argument("label")
@click.option("--opens", type=OPENS, help=f"{OPENS_HELP} Now when not given.")
@click.option("--closes", type=CLOSES, required=True, help=f"Last day. {CLOSES_HELP}")
@click.option("--instrument", help="The questionnaire's id; the last one published when not given.")
@sample_options
@study_option
def add(
    label: str,
    opens: datetime | None,
    closes: datetime,
    instrument: str | None,
    sample: str | None,
    quota: int | None,
    target: float | None,
    code: str | None,
) -> None:
    """Plan the study's next wave, as a draft. LABEL is what people read, such as “Spring 2026”."""
    opens_at = opens if opens is not None else services().clock()
    with services().store.writing() as session:
        study = find_study(session, code)
        version = find_version(session, study, instrument)
        wave = add_wave(
            session,
            study,
            version,
            label.strip(),
            opens_at=opens_at,
            closes_at=closes,
            sample=sample or SAMPLES[0],
            quota=quota,
            target=USUAL_TARGET if target is None else target / 100,
        )
        number = wave.number
    click.echo(
        f"Planned wave {number} with {version.instrument} {version.version}: {told(opens_at)} to "
        f"{told(wave.closes_at)}. Let it take answers with: flask waves open {number}"
    )


@group.command("open")
@click.argument("number", type=int)
@study_option
def open_numbered(number: int, code: str | None) -> None:
    """Let wave NUMBER take answers between its dates."""
    with services().store.writing() as session:
        wave = find_wave(session, find_study(session, code), number)
        open_wave(wave)
        text = f"Wave {number}, {wave.label}, takes answers until {told(wave.closes_at)}."
    click.echo(text)


@group.command("close")
@click.argument("number", type=int)
@study_option
def close_numbered(number: int, code: str | None) -> None:
    """Take no more answers in wave NUMBER, from now on."""
    now = services().clock()
    with services().store.writing() as session:
        wave = find_wave(session, find_study(session, code), number)
        close_wave(wave, now=now)
        text = f"Wave {number}, {wave.label}, is closed."
    click.echo(text)


@group.command("list")
@study_option
def list_waves(code: str | None) -> None:
    """List the study's waves: their dates, and how many people were invited and have finished."""
    now = services().clock()
    with services().store.reader() as session:
        study = find_study(session, code)
        asked = asked_by_wave(session)
        rows = [
            (w.number, w.label, standing(w, now=now), day_told(w.opens_at), day_told(w.closes_at), *asked[w.id])
            for w in waves_of(session, study)
        ]
    heading = ("wave", "label", "status", "opens", "closes", "invited", "finished")
    click.echo(aligned(heading, rows) if rows else f"The study “{study.code}” has no wave yet.")


@group.command("invite")
@click.argument("number", type=int)
@click.option("--links", is_flag=True, help="Print every link of the wave as CSV: reference, name, url.")
@click.option("--dry-run", is_flag=True, help="Say whom it would invite, and invite nobody.")
@study_option
def invite_numbered(number: int, links: bool, dry_run: bool, code: str | None) -> None:
    """Invite those whom wave NUMBER asks and who are not invited yet: everyone on the roster, or its sample."""
    now, settings = services().clock(), services().settings
    with services().store.writer() as session:
        study = find_study(session, code)
        wave = find_wave(session, study, number)
        if not roster(session, study.id):
            raise click.ClickException("The roster is empty. Load it first: flask study import-people FILE")
        sample = invite_sample(session, wave, key=services().link_key, now=now)
        printed = links_csv(session, wave, services().link_key, settings.public_url) if links and not dry_run else ""
        if not dry_run:
            session.commit()
    if dry_run:
        places = "1 site" if sample.sites == 1 else f"{sample.sites} sites"
        click.echo(
            f"Only tried: would invite {len(sample.people)} people at {places}. Invited before: {sample.before}."
        )
        return
    click.echo(f"Invited to wave {number}: {len(sample.people)}. Invited before: {sample.before}.", err=links)
    click.echo(printed, nl=False)


@group.command("simulate")
@click.argument("number", type=int)
@click.option("--most", type=click.IntRange(1, 10_000), default=50, show_default=True, help="How many at most.")
@click.option("--seed", default=1, show_default=True, help="The same seed gives the same answers.")
@study_option
def simulate_numbered(number: int, most: int, seed: int, code: str | None) -> None:
    """Answer wave NUMBER as people invited who have not begun, to try it out. Nothing counts these answers."""
    now = services().clock()
    with services().store.writing() as session:
        wave = find_wave(session, find_study(session, code), number)
        _refuse_unless_simulable(wave, now)
        try:
            count = simulate(session, wave, most, random=Random(seed), now=now)
        except (NothingFits, NeverFinished) as refusal:
            remedy = "Nothing was kept. Look at the questionnaire with: flask instruments lint FILE"
            raise click.ClickException(f"{refusal} {remedy}") from refusal
    if not count:
        remedy = f"Invite people: flask waves invite {number}"
        raise click.ClickException(f"Wave {number} has nobody invited who has not begun. {remedy}")
    click.echo(
        f"Simulated {count} of those invited to wave {number}. Each is marked as simulated, counts nowhere, and makes "
        "way when the person begins. Take them away with: flask waves forget-simulated"
    )


def _refuse_unless_simulable(wave: Wave, now: datetime) -> None:
    """Raise WaveClosed with what to do, in the words of whoever runs a study."""
    state = standing(wave, now=now)
    if state == "draft":
        raise WaveClosed(f"{wave.label} is a draft. Open it first: flask waves open {wave.number}")
    if state == "planned":
        raise WaveClosed(f"{wave.label} opens on {day_told(wave.opens_at)}. Simulate from then on.")
    if state != "open":
        raise WaveClosed(f"{wave.label} is {state}. Simulate in an open wave; flask waves list shows which are.")


@group.command("forget-simulated")
@study_option
def forget_simulated_answers(code: str | None) -> None:
    """Take away every simulated interview of the study; what people said stays."""
    with services().store.writing() as session:
        study = find_study(session, code)
        count = forget_simulated(session, study.id)
        text = f"Took {count} simulated interviews out of the study “{study.code}”."
    click.echo(text)


@group.command("answers")
@click.argument("number", type=int)
@click.option("--of", "unit", type=click.Choice(list(UNITS)), default="ego", show_default=True, help="What a row is.")
@click.option("--with-pii", is_flag=True, help="With the columns that may hold personal data.")
@click.option("--simulated", is_flag=True, help="With simulated answers; `ego.simulated` tells them apart.")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file.")
@study_option
def answers_numbered(
    number: int, unit: str, with_pii: bool, simulated: bool, output: Path | None, code: str | None
) -> None:
    """Print the answers sent in wave NUMBER as CSV, under the columns of `flask instruments codebook`."""
    with services().store.reader() as session:
        wave = find_wave(session, find_study(session, code), number)
        frame = answers(session, wave, unit, personal=with_pii, simulated=simulated)
    put(frame, output)


@group.command("page-times")
@click.argument("number", type=int)
@study_option
def page_times(number: int, code: str | None) -> None:
    """Print how long each page of wave NUMBER took, where people stopped, and on what kind of device."""
    with services().store.reader() as session:
        times = times_by_page(session, find_wave(session, find_study(session, code), number))
    if not times.pages:
        click.echo(f"Nobody has opened a page of wave {number} yet.")
        return
    heading = ("page", "opened", "saved", "median seconds", "stopped here", *DEVICES)
    rows = [
        (one.page, one.opened, one.saved, one.median_seconds, one.stopped, *(one.devices.get(d, 0) for d in DEVICES))
        for one in times.pages
    ]
    click.echo(aligned(heading, rows))
    click.echo(f"{times.unsent} answered to the end and have not sent their answers.")
