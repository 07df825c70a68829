"""`flask matching`: find who was meant by typed names, decide what is not certain, and delete the names."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import click
from flask.cli import AppGroup
from sqlalchemy.orm import Session

from surveys.matching.deciding import (
    AlreadyDecided,
    CannotBeOne,
    LaterDecision,
    UnknownQuestion,
    Verdict,
    decide,
    undo,
)
from surveys.matching.forgetting import UndecidedMatches, forget_names
from surveys.matching.gathering import ASKED, CONFIRMED, BadThresholds, Thresholds
from surveys.matching.history import decisions
from surveys.matching.running import run
from surveys.matching.waiting import Side, how_many_wait, waiting
from surveys.studies import find_study
from surveys.waves import find_wave
from webapp.commands.columns import aligned
from webapp.commands.edge import refusing
from webapp.commands.moments import told
from webapp.commands.studies import study_option
from webapp.services import services

BY = "command line"
Refusing = refusing(AlreadyDecided, BadThresholds, CannotBeOne, LaterDecision, UndecidedMatches, UnknownQuestion)

group = AppGroup("matching")


def by_option(command: Callable[..., None]) -> Callable[..., None]:
    """Who decides, for the record."""
    return click.option("--by", default=BY, show_default=True, help="Who decides, for the record.")(command)


@group.command("run", cls=Refusing)
@click.option("--confirmed", default=CONFIRMED, show_default=True, help="From this score on a match is made.")
@click.option("--asked", default=ASKED, show_default=True, help="From this score on a person is asked.")
@study_option
def run_command(confirmed: float, asked: float, code: str | None) -> None:
    """Match the names typed in interviews that were sent, with the roster and with one another."""
    thresholds = Thresholds(confirmed, asked)
    with services().store.writing() as session:
        study = find_study(session, code)
        ran = run(session, study.id, now=services().clock(), thresholds=thresholds)
        left = how_many_wait(session, study.id)
    click.echo(
        f"{ran.typed} typed names and positions, {ran.new} of them new. Found now: {ran.people} on the roster, "
        f"{ran.joined} the same as somebody named before."
    )
    click.echo(f"{left} wait for a person to decide. See them with: flask matching queue" if left else "Nothing waits.")


@group.command("queue", cls=Refusing)
@click.option("--site", help="Only what has to do with this site (its code).")
@click.option("--most", default=20, show_default=True, type=click.IntRange(1), help="How many to show.")
@study_option
def queue_command(site: str | None, most: int, code: str | None) -> None:
    """Show what waits for a decision, the likeliest first."""
    with services().store.reader() as session:
        found = waiting(session, find_study(session, code).id, site=site)
    if not found:
        click.echo("Nothing waits for a decision.")
        return
    rows = [
        (one.key, one.likely, f"{one.score:.2f}", _side(one.typed), _side(one.other), "; ".join(one.why))
        for one in found[:most]
    ]
    click.echo(aligned(("number", "likely", "score", "typed", "is this the same person as", "why"), rows))
    click.echo(f"{len(found)} wait. Decide with: flask matching confirm NUMBER, or: flask matching refuse NUMBER")


def _side(side: Side) -> str:
    place = ", ".join((*side.sites, *side.roles)) or "no site or role"
    return f"{side.written} ({place})"


def _decide(number: int, verdict: Verdict, by: str, code: str | None) -> int:
    """Decide the question of that number, with those that read the same."""
    with services().store.writing() as session:
        study = find_study(session, code)
        together = _together(session, study.id, number)
        return decide(session, study.id, together, verdict, by=by, now=services().clock()).now


def _together(session: Session, study_id: int, number: int) -> Sequence[int]:
    """The questions decided with a number; a number that does not wait stands for itself, and is told why not."""
    return next((one.questions for one in waiting(session, study_id) if number in one.questions), (number,))


@group.command("confirm", cls=Refusing)
@click.argument("number", type=int)
@by_option
@study_option
def confirm_command(number: int, by: str, code: str | None) -> None:
    """Say that the two of question NUMBER are the same person."""
    done = _decide(number, "same", by, code)
    click.echo("They are now one person." if done else "That had been decided before. Nothing was changed.")


@group.command("refuse", cls=Refusing)
@click.argument("number", type=int)
@by_option
@study_option
def refuse_command(number: int, by: str, code: str | None) -> None:
    """Say that the two of question NUMBER are not the same person."""
    done = _decide(number, "different", by, code)
    click.echo("They stay two people." if done else "That had been decided before. Nothing was changed.")


@group.command("decisions", cls=Refusing)
@click.option("--automatic", is_flag=True, help="Those found automatically, instead of those that people made.")
@click.option("--most", default=20, show_default=True, type=click.IntRange(1), help="How many to show.")
@study_option
def decisions_command(automatic: bool, most: int, code: str | None) -> None:
    """Show the newest decisions, with the numbers to undo them by."""
    with services().store.reader() as session:
        found = decisions(session, find_study(session, code).id, most=most, automatic=automatic)
    if not found:
        click.echo("Nothing was decided yet.")
        return
    rows = [(one.id, told(one.at), one.by, one.text, _can(one.undoable)) for one in found]
    click.echo(aligned(("number", "when", "by", "what", "can be undone"), rows))


def _can(undoable: bool) -> str:
    return "yes" if undoable else "no"


@group.command("undo", cls=Refusing)
@click.argument("number", type=int)
@by_option
@study_option
def undo_command(number: int, by: str, code: str | None) -> None:
    """Take decision NUMBER back, so that everything is as it was before."""
    with services().store.writing() as session:
        done = undo(session, find_study(session, code).id, number, by=by, now=services().clock())
    click.echo("Taken back." if done else "That had been taken back before. Nothing was changed.")


@group.command("forget-names", cls=Refusing)
@click.option("--wave", type=int, help="Only the names of this wave; of all waves when not given.")
@click.option("--leave-undecided", is_flag=True, help="Delete names also where somebody may still decide.")
@by_option
@study_option
def forget_command(wave: int | None, leave_undecided: bool, by: str, code: str | None) -> None:
    """Delete typed names for good. Who was found to be whom stays, and so does every tie."""
    now = services().clock()
    with services().store.writing() as session:
        study = find_study(session, code)
        if wave is not None:
            find_wave(session, study, wave)
        done = forget_names(session, study.id, wave, by=by, now=now, leave_undecided=leave_undecided)
    left = f" {done.left} questions can no longer be decided." if done.left else ""
    click.echo(f"Deleted {done.names} typed names.{left} The network stays as it was.")
