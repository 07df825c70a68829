"""The mail of a wave: what was sent, whom an invitation or a reminder would go to, and queueing it in one press."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import ColumnElement
from werkzeug.exceptions import NotFound

from surveys.faults import ChangedMeanwhile
from surveys.mailing.addressees import UnknownGroup, at_site, in_role
from surveys.mailing.letters import sample_letter
from surveys.mailing.queueing import Queued, queue_invitations, queue_reminders
from surveys.mailing.schedule import (
    Schedule,
    ScheduleRefused,
    change_schedule,
    dates,
    due_on,
    schedule_of,
    schedule_revision,
)
from surveys.mailing.standing import STATES, first_invited, mail_counts
from surveys.mailing.texts import KINDS
from surveys.open_links import roles_of
from surveys.sites import find_site
from surveys.tables import Study, Wave
from surveys.uk_days import uk_day
from surveys.waves import OVER, WaveClosed, hold_wave, refuse_after_last_day, standing
from webapp import errors, guard
from webapp.database import roll_back, session
from webapp.mail import office
from webapp.manage.editing import EDITORS, answer_unknown_waves, page, posted_revision, summary, wave_of, who
from webapp.manage.meanwhile import Difference, differences, settled, texts
from webapp.manage.moments import in_words
from webapp.manage.reminder_forms import FIELDS, LABELS, read, texts_of, told
from webapp.manage.trying_mail import NotTried, send_to_try
from webapp.services import services

SHOWN = {"queued": "Waiting", "sending": "Under way", "sent": "Sent", "skipped": "Not sent", "bounced": "Came back"}
SHOWN |= {"failed": "Given up"}
LONGEST = 9
SAID = {
    "planned": "The reminders were planned.",
    "same": "That is how the reminders stood. Nothing was changed.",
    "tried-invitation": "A test of the invitation was sent to your own address.",
    "tried-reminder": "A test of the reminder was sent to your own address.",
}

bp = Blueprint("mailing", __name__, url_prefix="/studies/<code>/waves/<int:number>/reminders")
answer_unknown_waves(bp)
Queue = Callable[[Wave, "Chosen", bool], Queued | None]


@dataclass(frozen=True)
class Chosen:
    """Whom reminders are for: everybody invited, or those of one site, one role, or both.

    `codes` has the site's and the role's as addresses and forms carry them, `words` says the same to people.
    """

    codes: Mapping[str, str]
    words: str = ""
    conditions: tuple[ColumnElement[bool], ...] = ()


class OthersMeanwhile(Exception):
    """Whom a mail would go to has changed since the page was shown; nothing was queued."""


@bp.get("")
@guard.access(*EDITORS)
def overview(code: str, number: int) -> ResponseReturnValue:
    """What was sent and came back, and who would get an invitation or a reminder now; queues nothing."""
    study, wave = wave_of(code, number)
    return _page(study, wave)


@bp.errorhandler(UnknownGroup)
def _no_group(error: UnknownGroup) -> ResponseReturnValue:
    heading = "There is no such site or role"
    return errors.page(replace(errors.NO_STUDY, heading=heading, advice=(str(error),)))


@bp.post("/queue/<kind>")
@guard.access(*EDITORS)
def queue(code: str, number: int, kind: str) -> ResponseReturnValue:
    """Put the mails that the page told of into the outbox; of another number of them, none."""
    if kind not in _QUEUES:
        raise NotFound
    study, wave = wave_of(code, number)
    try:
        hold_wave(session(), wave)
        done = _queued(wave, kind, _chosen(study, wave), dry_run=False)
        if done is None or request.form.get("people") != str(done.added):
            raise OthersMeanwhile("Whom this goes to changed since you looked. Nothing was queued. Look again.")
    except (WaveClosed, OthersMeanwhile) as refusal:
        roll_back()
        return _page(*wave_of(code, number), {"": str(refusal)}), 409
    return _shown_again(study, wave, str(done.added))


@bp.post("/test/<kind>")
@guard.access(*EDITORS)
def try_out(code: str, number: int, kind: str) -> ResponseReturnValue:
    """Send a mail of the wave to whoever is signed in, as an invented person would get it."""
    if kind not in KINDS:
        raise NotFound
    study, wave = wave_of(code, number)
    try:
        send_to_try(sample_letter(session(), study, wave, kind, who(), office(services())))
    except NotTried as refusal:
        return _page(*wave_of(code, number), {"": str(refusal)}), 409
    return _shown_again(study, wave, f"tried-{kind}")


@bp.post("/plan")
@guard.access(*EDITORS)
def plan(code: str, number: int) -> ResponseReturnValue:
    """Plan when reminders go out, or say what to change; of what others changed meanwhile, show both."""
    study, wave = wave_of(code, number)
    mine, saved = texts(request.form, FIELDS), _saved(wave)
    current = posted_revision() == schedule_revision(session(), wave)
    wanted, open_ones = settled(request.form, mine, saved, current=current)
    if open_ones:
        return _both(study, wave, mine, open_ones), 422
    try:
        changed = change_schedule(session(), wave, read(wanted), revision=posted_revision())
    except ScheduleRefused as refusal:
        roll_back()
        return _page(*wave_of(code, number), refusal.faults, wanted), 422
    except ChangedMeanwhile:
        return _both(study, wave, mine, []), 409
    return _shown_again(study, wave, "planned" if changed else "same")


def _shown_again(study: Study, wave: Wave, said: str) -> ResponseReturnValue:
    """The page once more, for the same site and role, with what was done."""
    codes: dict[str, Any] = dict(_chosen(study, wave).codes)
    return redirect(url_for("mailing.overview", code=study.code, number=wave.number, said=said, **codes), 303)


def _chosen(study: Study, wave: Wave) -> Chosen:
    """Whom the address or the form chooses; raises UnknownGroup."""
    codes = {name: code for name in ("site", "role") if (code := request.values.get(name, ""))}
    words, conditions = [], []
    if "site" in codes:
        conditions.append(at_site(session(), wave, codes["site"]))
        words.append(f"at {find_site(session(), study, codes['site']).name}")
    if "role" in codes:
        conditions.append(in_role(session(), wave, codes["role"]))
        words.append(f"in the role {_role_label(study, codes['role'])}")
    return Chosen(codes, " ".join(words), tuple(conditions))


def _role_label(study: Study, code: str) -> str:
    return next((role.label for role in roles_of(session(), study) if role.code == code), code)


def _saved(wave: Wave) -> dict[str, str]:
    """The boxes as the schedule has them, or the usual one before any was planned."""
    return texts_of(schedule_of(session(), wave) or Schedule())


def _both(study: Study, wave: Wave, mine: dict[str, str], open_ones: list[Difference]) -> str:
    return page(
        "meanwhile.html",
        study=study,
        heading=f"Somebody else planned the reminders of wave {wave.number}",
        action=url_for("mailing.plan", code=study.code, number=wave.number),
        back=url_for("mailing.overview", code=study.code, number=wave.number),
        mine=mine,
        found=differences(mine, _saved(wave)),
        labels=LABELS,
        told=told,
        undecided=open_ones,
        revision=schedule_revision(session(), wave),
    )


def _invitations(wave: Wave, _chosen: Chosen, dry_run: bool) -> Queued | None:
    """Everybody is invited, whomever reminders are for."""
    return queue_invitations(session(), wave, key=services().link_key, now=services().clock(), dry_run=dry_run)


def _reminders(wave: Wave, chosen: Chosen, dry_run: bool) -> Queued | None:
    """None while no reminders are planned."""
    schedule, now = schedule_of(session(), wave), services().clock()
    if schedule is None:
        return None
    due = due_on(schedule, uk_day(now))
    return queue_reminders(session(), wave, due, *chosen.conditions, key=services().link_key, now=now, dry_run=dry_run)


_QUEUES: dict[str, Queue] = {"invitations": _invitations, "reminders": _reminders}


def _queued(wave: Wave, kind: str, chosen: Chosen, *, dry_run: bool) -> Queued | None:
    """Queue, or only count, the mails of a kind; raises WaveClosed once nobody can answer any more."""
    refuse_after_last_day(wave, now=services().clock())
    return _QUEUES[kind](wave, chosen, dry_run)


def _would(wave: Wave, kind: str, chosen: Chosen) -> Queued | None:
    """What queueing would do now; None where it cannot be done."""
    try:
        return _queued(wave, kind, chosen, dry_run=True)
    except WaveClosed:
        return None


def _page(study: Study, wave: Wave, faults: dict[str, str] | None = None, values: dict[str, str] | None = None) -> str:
    schedule, said = schedule_of(session(), wave), request.args.get("said", "")
    chosen = _chosen(study, wave)
    counts, planned = mail_counts(session(), wave), schedule or Schedule()
    invited = first_invited(session(), wave) or uk_day(max(services().clock(), wave.opens_at))
    return page(
        "mail.html",
        study=study,
        wave=wave,
        states=[SHOWN[state] for state in STATES],
        counts=[(one.name, one.numbers) for one in counts],
        would={kind: _would(wave, kind, chosen) for kind in _QUEUES},
        chosen=chosen,
        schedule=schedule,
        over=standing(wave, now=services().clock()) in OVER,
        values=values or texts_of(planned),
        labels=LABELS,
        faults=faults or {},
        summary=summary(faults or {}),
        revision=schedule_revision(session(), wave),
        invited=invited,
        dates=dates(planned, invited, uk_day(wave.closes_at)),
        in_words=in_words,
        my_address=who(),
        said=SAID.get(said, ""),
        queued=int(said) if said.isascii() and said.isdigit() and len(said) <= LONGEST else None,
    )
