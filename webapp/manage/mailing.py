"""The mail of a wave: what was sent, whom an invitation or a reminder would go to, and queueing it in one press."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from surveys.mailing.queueing import Queued, queue_invitations, queue_reminders
from surveys.mailing.schedule import Schedule, ScheduleRefused, due_on, schedule_of, set_schedule
from surveys.mailing.standing import STATES, mail_counts
from surveys.mailing.uk_days import uk_day
from surveys.tables import Study, Wave
from surveys.waves import OVER, WaveClosed, hold_wave, standing
from webapp import guard
from webapp.database import roll_back, session
from webapp.manage.editing import EDITORS, answer_unknown_waves, page, wave_of
from webapp.services import services

SHOWN = {"queued": "Waiting", "sending": "Under way", "sent": "Sent", "skipped": "Not sent", "bounced": "Came back"}
SHOWN |= {"failed": "Given up"}
LONGEST = 3

bp = Blueprint("mailing", __name__, url_prefix="/studies/<code>/waves/<int:number>/reminders")
answer_unknown_waves(bp)


class OthersMeanwhile(Exception):
    """Whom a mail would go to has changed since the page was shown; nothing was queued."""


@bp.get("")
@guard.access(*EDITORS)
def overview(code: str, number: int) -> ResponseReturnValue:
    """What was sent and came back, and who would get an invitation or a reminder now; queues nothing."""
    study, wave = wave_of(code, number)
    return _page(study, wave)


@bp.post("/queue/<kind>")
@guard.access(*EDITORS)
def queue(code: str, number: int, kind: str) -> ResponseReturnValue:
    """Put the mails that the page told of into the outbox; of another number of them, none."""
    if kind not in _QUEUES:
        raise NotFound
    study, wave = wave_of(code, number)
    try:
        hold_wave(session(), wave)
        done = _queued(wave, kind, dry_run=False)
        if done is None or request.form.get("people") != str(done.added):
            raise OthersMeanwhile("Whom this goes to changed since you looked. Nothing was queued. Look again.")
    except (WaveClosed, OthersMeanwhile) as refusal:
        roll_back()
        return _page(*wave_of(code, number), str(refusal)), 409
    return redirect(url_for("mailing.overview", code=study.code, number=wave.number, said=done.added), 303)


@bp.post("/plan")
@guard.access(*EDITORS)
def plan(code: str, number: int) -> ResponseReturnValue:
    """Plan when reminders go out, or say what to change."""
    study, wave = wave_of(code, number)
    try:
        set_schedule(session(), wave, _posted())
    except ScheduleRefused as refusal:
        roll_back()
        return _page(*wave_of(code, number), str(refusal)), 422
    return redirect(url_for("mailing.overview", code=study.code, number=wave.number), 303)


def _posted() -> Schedule:
    numbers = {name: request.form.get(name, "").strip() for name in ("first_after", "then_every", "most")}
    bad = [name for name, text in numbers.items() if not (text.isascii() and text.isdigit() and len(text) <= LONGEST)]
    if bad:
        raise ScheduleRefused("Give a whole number of days, and of reminders at most, in figures.")
    return Schedule(
        **{name: int(text) for name, text in numbers.items()},
        on_weekends=bool(request.form.get("on_weekends")),
        on_holidays=bool(request.form.get("on_holidays")),
    )


def _invitations(wave: Wave, dry_run: bool) -> Queued | None:
    return queue_invitations(session(), wave, key=services().link_key, now=services().clock(), dry_run=dry_run)


def _reminders(wave: Wave, dry_run: bool) -> Queued | None:
    """None while no reminders are planned."""
    schedule, now = schedule_of(session(), wave), services().clock()
    if schedule is None:
        return None
    due = due_on(schedule, uk_day(now))
    return queue_reminders(session(), wave, due, key=services().link_key, now=now, dry_run=dry_run)


_QUEUES: dict[str, Callable[[Wave, bool], Queued | None]] = {"invitations": _invitations, "reminders": _reminders}


def _queued(wave: Wave, kind: str, *, dry_run: bool) -> Queued | None:
    """Queue, or only count, the mails of a kind; raises WaveClosed once nobody can answer any more."""
    if standing(wave, now=services().clock()) in OVER:
        raise WaveClosed(f"{wave.label} is over. Nobody is written to any more.")
    return _QUEUES[kind](wave, dry_run)


def _would(wave: Wave, kind: str) -> Queued | None:
    """What queueing would do now; None where it cannot be done."""
    try:
        return _queued(wave, kind, dry_run=True)
    except WaveClosed:
        return None


def _page(study: Study, wave: Wave, refused: str = "") -> str:
    schedule, said = schedule_of(session(), wave), request.args.get("said", "")
    counts = mail_counts(session(), wave)
    return page(
        "mail.html",
        study=study,
        wave=wave,
        states=[SHOWN[state] for state in STATES],
        counts=[(one.name, [one.states.get(state, 0) for state in STATES], one.may_be_twice) for one in counts],
        would={kind: _would(wave, kind) for kind in _QUEUES},
        schedule=schedule,
        over=standing(wave, now=services().clock()) in OVER,
        planned=schedule or Schedule(),
        summary=[{"text": refused}] if refused else [],
        said=int(said) if said.isascii() and said.isdigit() and len(said) <= 2 * LONGEST else None,
    )
