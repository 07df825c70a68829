"""What mails say and when reminders go out: `flask mail templates`, `flask mail schedule`."""

from __future__ import annotations

from typing import TextIO

import click
from flask.cli import AppGroup

from surveys.mailing.letters import sample_letter
from surveys.mailing.schedule import Schedule, schedule_of, set_schedule
from surveys.mailing.texts import KINDS, set_text, wordings
from surveys.studies import find_study
from surveys.waves import find_wave
from webapp.commands.mail_edge import Refusing, kind_option, wave_option
from webapp.commands.studies import study_option
from webapp.mail import office
from webapp.services import services

NEW = Schedule()
LANGUAGES = ("en", "cy")

templates = AppGroup("templates", help="What invitations and reminders say, in each language.")
schedule = AppGroup("schedule", help="When reminders go out.")


@templates.command("show", cls=Refusing)
@click.option("--language", "languages", multiple=True, default=LANGUAGES, show_default=True, help="Which language.")
@click.option("--preview", type=int, help="Fill them for an invented person of this wave, in the wave's languages.")
@study_option
def show_templates(languages: tuple[str, ...], preview: int | None, code: str | None) -> None:
    """Print the texts of the study's mails, as they are or as a person would read them."""
    at = services()
    with at.store.reader() as session:
        study = find_study(session, code)
        if preview is not None:
            wave = find_wave(session, study, preview)
            letters = [sample_letter(session, study, wave, kind, "", office(at)) for kind in KINDS]
            shown = [f"== {one.kind}\nSubject: {one.subject}\n\n{one.text}" for one in letters]
        else:
            found = [(kind, one) for kind in KINDS for one in wordings(session, study.id, kind, languages)]
            shown = [f"== {kind} {one.language}{_whose(one.own)}\n{one.subject}\n\n{one.body}" for kind, one in found]
    click.echo("\n".join(shown), nl=False)


def _whose(own: bool) -> str:
    return "" if own else " (comes with the service)"


@templates.command("set", cls=Refusing)
@click.argument("file", type=click.File(encoding="utf-8"))
@kind_option
@click.option("--language", default="en", show_default=True, help="The language it is written in.")
@study_option
def set_template(file: TextIO, kind: str, language: str, code: str | None) -> None:
    """Let the study's mails say what FILE says: the subject on its first line, then the body; - reads the input."""
    subject, _newline, body = file.read().partition("\n")
    at = services()
    with at.store.writing() as session:
        set_text(session, find_study(session, code), kind, language, subject.strip(), body.strip(), now=at.clock())
    click.echo(f"Set the {kind} in “{language}”. See it filled with: flask mail templates show --preview WAVE")


@schedule.command("set", cls=Refusing)
@wave_option
@click.option("--first-after", default=NEW.first_after, show_default=True, help="Days from invitation to reminder.")
@click.option("--then-every", default=NEW.then_every, show_default=True, help="Days between reminders.")
@click.option("--most", default=NEW.most, show_default=True, help="How many reminders at most.")
@click.option("--on-weekends", is_flag=True, help="On Saturdays and Sundays too.")
@click.option("--on-holidays", is_flag=True, help="On the bank holidays of England and Wales too.")
@study_option
def set_reminders(
    number: int,
    first_after: int,
    then_every: int,
    most: int,
    on_weekends: bool,
    on_holidays: bool,
    code: str | None,
) -> None:
    """Plan the reminders of a wave; without options: after 4 days, then weekly, at most 3, on working days."""
    wanted = Schedule(first_after, then_every, most, on_weekends, on_holidays)
    with services().store.writing() as session:
        set_schedule(session, find_wave(session, find_study(session, code), number), wanted)
    click.echo(f"Reminders of wave {number}: {wanted.text()}")


@schedule.command("show", cls=Refusing)
@wave_option
@study_option
def show_reminders(number: int, code: str | None) -> None:
    """Say when the reminders of a wave go out."""
    with services().store.reader() as session:
        found = schedule_of(session, find_wave(session, find_study(session, code), number))
    remedy = f"none are planned. Plan them with: flask mail schedule set --wave {number}"
    click.echo(f"Reminders of wave {number}: {found.text() if found else remedy}")
