"""`flask agreement`: record what was agreed before a study asks anybody, and print it."""

from __future__ import annotations

from datetime import datetime

import click
from flask.cli import AppGroup

from surveys.agreements import Terms, agreements_of, record_agreement
from surveys.studies import find_study
from surveys.tables import Agreement
from surveys.uk_days import uk_day
from webapp.commands.moments import told
from webapp.commands.studies import study_option
from webapp.services import services

DAY = click.DateTime(formats=["%Y-%m-%d"])
BY_COMMAND = "the command line"

group = AppGroup("agreement")


@group.command("record")
@click.option("--with", "agreed_with", required=True, help="With whom it was agreed.")
@click.option("--who-sees", "who_sees_what", required=True, help="Who may see what, in a sentence or two.")
@click.option("--no-judging", is_flag=True, help="It was agreed that no one is judged by what is said. Must be given.")
@click.option("--on", "agreed_on", type=DAY, help="The day of the agreement; today when not given.")
@click.option("--reference", default="", help="Where the agreement is kept, such as an ethics board's number.")
@click.option("--by", default=BY_COMMAND, show_default=True, help="Who records it.")
@study_option
def record(
    agreed_with: str,
    who_sees_what: str,
    no_judging: bool,
    agreed_on: datetime | None,
    reference: str,
    by: str,
    code: str | None,
) -> None:
    """Record what was agreed on the study. It holds from now on; what was recorded before stays on record."""
    now = services().clock()
    day = agreed_on.date() if agreed_on else uk_day(now)
    terms = Terms(agreed_with.strip(), who_sees_what.strip(), no_judging, day, reference.strip())
    with services().store.writing() as session:
        study = find_study(session, code)
        record_agreement(session, study, terms, by=by, now=now)
        text = f"Recorded for the study “{study.code}”. Its waves may open."
    click.echo(text)


@group.command("show")
@study_option
def show(code: str | None) -> None:
    """Print every agreement of the study, the one that holds first."""
    with services().store.reader() as session:
        study = find_study(session, code)
        found = agreements_of(session, study.id)
    if not found:
        click.echo(f"Nothing is agreed on the study “{study.code}” yet. Record it with: flask agreement record")
        return
    click.echo("\n\n".join(map(_told, found)))


def _told(agreement: Agreement) -> str:
    reference = f" ({agreement.reference})" if agreement.reference else ""
    return (
        f"{agreement.agreed_on:%Y-%m-%d}, with {agreement.agreed_with}{reference}\n"
        f"Who may see what: {agreement.who_sees_what}\n"
        "No one is judged by what is said.\n"
        f"Recorded {told(agreement.recorded_at)} by {agreement.recorded_by}"
    )
