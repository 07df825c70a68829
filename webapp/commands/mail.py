"""`flask mail`: queue invitations and reminders, send them, see how they stand, and take in what comes back."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from exchange.mail.postbag import Noted, mails_in, note_mails
from exchange.mail.sending import Sent, send_waiting
from surveys.mailing.addressees import at_site, in_role, is_address
from surveys.mailing.letters import sample_letter
from surveys.mailing.outbox import LEASE, Outcome
from surveys.mailing.queueing import Queued, queue_invitations, queue_reminders
from surveys.mailing.returning import opt_out, people_known_as, undo_opt_out
from surveys.mailing.schedule import due_on, schedule_of
from surveys.mailing.standing import STATES, mail_counts, reasons
from surveys.studies import find_study
from surveys.uk_days import uk_day
from surveys.waves import find_wave
from webapp.commands.columns import aligned
from webapp.commands.mail_edge import Refusing, counted, kind_option, wave_option
from webapp.commands.mail_words import schedule, templates
from webapp.commands.studies import study_option
from webapp.jobs import with_jobs
from webapp.mail import ask_what_became, desk, hand_over, office
from webapp.services import services

group = AppGroup("mail")
group.add_command(templates)
group.add_command(schedule)


@group.command("queue-invitations", cls=Refusing)
@wave_option
@study_option
def queue_invitations_command(number: int, code: str | None) -> None:
    """Put the invitation of everyone invited to a wave into the outbox, once; nothing is sent yet."""
    at = services()
    with at.store.writing() as session:
        wave = find_wave(session, find_study(session, code), number)
        done = queue_invitations(session, wave, key=at.link_key, now=at.clock())
    if not (done.added or done.before or done.left_out):
        raise click.ClickException(f"Nobody is invited yet. Invite people first: flask waves invite {number}")
    click.echo(f"Queued {done.added} invitations; {done.before} were there before.{_left_out(done)}")
    click.echo("Send them with: flask mail send")


def _left_out(done: Queued) -> str:
    return f" Not written to: {counted(done.left_out)}." if done.left_out else ""


@group.command("queue-reminders", cls=Refusing)
@wave_option
@click.option("--dry-run", is_flag=True, help="Say how many are due, and queue nothing.")
@click.option("--site", help="Only those invited at the site of this code.")
@click.option("--role", help="Only those invited in the role of this code.")
@study_option
def queue_reminders_command(number: int, dry_run: bool, site: str | None, role: str | None, code: str | None) -> None:
    """Put a reminder for everyone who is due one today (in the UK) into the outbox, by the wave's schedule."""
    at = services()
    now = at.clock()
    with at.store.writing() as session:
        wave = find_wave(session, find_study(session, code), number)
        planned = schedule_of(session, wave)
        if planned is None:
            remedy = f"Plan them first: flask mail schedule set --wave {number}"
            raise click.ClickException(f"Wave {number} has no reminders planned. {remedy}")
        due = due_on(planned, uk_day(now))
        which = [] if site is None else [at_site(session, wave, site)]
        which += [] if role is None else [in_role(session, wave, role)]
        done = queue_reminders(session, wave, due, *which, key=at.link_key, now=now, dry_run=dry_run)
    verb = "Would queue" if dry_run else "Queued"
    click.echo(f"{verb} {done.added} reminders.{_left_out(done)}")


@group.command("send", cls=Refusing)
@click.option("--limit", type=click.IntRange(1), help="How many mails at most.")
@click.option(
    "--lease",
    type=click.FloatRange(1),
    default=LEASE.total_seconds(),
    show_default=True,
    help="Seconds after which a mail that a worker was sending counts as left by a worker that died.",
)
def send_command(limit: int | None, lease: float) -> None:
    """Send what is in the outbox and due; safe to run again, and beside another that runs."""
    sent = send_waiting(desk(services(), lease_seconds=lease), limit=limit)
    click.echo(_told(sent))
    if sent.stopped:
        raise click.ClickException(f"{sent.stopped} What is left waits in the outbox.")


def _told(sent: Sent) -> str:
    others = {what: count for what, count in sent.outcomes.items() if what != Outcome.SENT}
    parts = [f"Sent {sent.outcomes.get(Outcome.SENT, 0)}."]
    parts += [f"Not sent: {counted(others)}."] if others else []
    parts += [f"Taken over from a worker that died: {sent.recovered}."] if sent.recovered else []
    return " ".join(parts)


@group.command("status", cls=Refusing)
@wave_option
@study_option
def status_command(number: int, code: str | None) -> None:
    """Show how many mails of a wave are in which state, and who is not written to and why."""
    at = services()
    with at.store.reader() as session:
        wave = find_wave(session, find_study(session, code), number)
        counts, against = mail_counts(session, wave), reasons(session, wave, at.link_key)
    if not counts:
        click.echo(f"Wave {number} has no mail yet. Queue invitations: flask mail queue-invitations --wave {number}")
        return
    rows = [(one.name, *one.numbers) for one in counts]
    click.echo(aligned(("mail", *STATES, "may be twice", "known to have arrived"), rows))
    if against:
        click.echo(f"Not written to any more: {counted(against)}.")


@group.command("bounces", cls=Refusing)
@click.argument("files", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--stdin", is_flag=True, help="Read one mail from the input, as a mail server pipes it.")
def bounces_command(files: tuple[Path, ...], stdin: bool) -> None:
    """Take in what came back: FILES are single mails, mbox files or folders of mails."""
    if bool(files) == stdin:
        raise click.UsageError("Name files or folders, or read one mail from the input with --stdin.")
    at = services()
    total = Noted()
    with at.store.writing() as session:
        if stdin:
            total = note_mails(session, iter([sys.stdin.buffer.read()]), now=at.clock())
        for path in files:
            total = _sum(total, note_mails(session, mails_in(path), now=at.clock()))
    read = sum(total.meanings.values())
    click.echo(f"Read {read} mails: {counted(total.meanings) or 'none'}. Changed the outbox: {total.changed}.")
    if total.unknown:
        click.echo(f"{total.unknown} of them do not say which mail of ours they are about. Look at them yourself.")


def _sum(one: Noted, other: Noted) -> Noted:
    meanings = Counter(one.meanings) + Counter(other.meanings)
    return Noted(meanings, one.changed + other.changed, one.unknown + other.unknown)


@group.command("receipts", cls=Refusing)
def receipts_command() -> None:
    """Ask GOV.UK Notify what became of the mails of the last week, and note it in the outbox."""
    if services().settings.mail.carrier != "notify":
        raise click.ClickException("MAIL_CARRIER is not notify. Of other carriers, take in what comes back: bounces")
    settled = ask_what_became(services())
    click.echo(f"Statuses: {counted(settled.statuses) or 'none'}. Changed the outbox: {settled.changed}.")


@group.command("opt-out", cls=Refusing)
@click.argument("person")
@click.option("--undo", is_flag=True, help="Write to the person again.")
@study_option
def opt_out_command(person: str, undo: bool, code: str | None) -> None:
    """Write no more to a PERSON (reference or address), in this wave and all later ones of the study."""
    at = services()
    with at.store.writing() as session:
        found = people_known_as(session, find_study(session, code), person)
        changes = [undo_opt_out(session, one) if undo else opt_out(session, one, now=at.clock()) for one in found]
    if not any(changes):
        click.echo("That was so already. Nothing was changed.")
    else:
        click.echo("They are written to again." if undo else "They are not written to any more.")


@group.command("test-send", cls=Refusing)
@click.argument("address")
@wave_option
@kind_option
@study_option
def test_send_command(address: str, number: int, kind: str, code: str | None) -> None:
    """Send a mail of a wave to your own ADDRESS, marked TEST; its link leads to the preview, never to an interview."""
    if not is_address(address):
        raise click.ClickException("This is no mail address. Write one such as ann@example.org.")
    at = services()
    with at.store.reader() as session:
        study = find_study(session, code)
        letter = sample_letter(session, study, find_wave(session, study, number), kind, address, office(at))
    outcome = hand_over(at, letter)
    if outcome is not Outcome.SENT:
        raise click.ClickException(f"The mail was not taken: {outcome.value}.")
    click.echo(f"Sent a test of the {kind}.")


@group.command("work", cls=Refusing)
def work_command() -> None:
    """Run the jobs until stopped: send mail every minute, queue reminders that are due every morning."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    queue = with_jobs(app)
    click.echo("Sending mail every minute. Stop with Ctrl+C.")
    queue.create_consumer(workers=1).run()
