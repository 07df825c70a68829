"""What is done with a wave: opened, invited to, closed, reopened, released. Each first says whom it would touch."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from surveys.agreements import AgreementMissing
from surveys.response import asked_by_wave
from surveys.sampling import Sample, invite_sample, sample_of
from surveys.tables import Study, Wave
from surveys.waves import (
    WaveClosed,
    WaveRefused,
    close_wave,
    hold_wave,
    open_wave,
    refuse_after_last_day,
    release_wave,
    reopen_wave,
)
from webapp import guard
from webapp.database import roll_back, session
from webapp.manage.editing import EDITORS, answer_unknown_waves, page, wave_of
from webapp.manage.moments import BadMoment, in_words, read_moment
from webapp.services import services

REFUSALS = (AgreementMissing, BadMoment, WaveClosed, WaveRefused)
HEADINGS = {
    "open": "Open this wave",
    "invite": "Invite people",
    "close": "Close this wave",
    "reopen": "Reopen this wave",
    "release": "Release this wave",
}

bp = Blueprint("acts", __name__, url_prefix="/studies/<code>/waves/<int:number>")
answer_unknown_waves(bp)


class OthersMeanwhile(Exception):
    """Whom it would invite has changed since the page was shown; nobody was invited."""


@bp.get("/<act>")
@guard.access(*EDITORS)
def ask(code: str, number: int, act: str) -> ResponseReturnValue:
    """What the act would do, and to whom; nothing is done yet."""
    _refuse_unknown(act)
    study, wave = wave_of(code, number)
    return _page(study, wave, act)


@bp.post("/<act>")
@guard.access(*EDITORS)
def do(code: str, number: int, act: str) -> ResponseReturnValue:
    """Do it, or say why not."""
    _refuse_unknown(act)
    study, wave = wave_of(code, number)
    try:
        hold_wave(session(), wave)
        _DOING[act](wave)
    except (*REFUSALS, OthersMeanwhile) as refusal:
        roll_back()
        study, wave = wave_of(code, number)
        return _page(study, wave, act, str(refusal)), 409
    return redirect(url_for("waves.wave", code=study.code, number=wave.number, said=act), 303)


def _refuse_unknown(act: str) -> None:
    if act not in HEADINGS:
        abort(404)


def _open(wave: Wave) -> None:
    open_wave(wave)


def _invite(wave: Wave) -> None:
    """Invite those whom the page told of; raises OthersMeanwhile when it would be another number of people."""
    sample = invite_sample(session(), wave, key=services().link_key, now=services().clock())
    if request.form.get("people") != str(len(sample.people)):
        raise OthersMeanwhile("The people to invite changed since you looked. Nobody was invited. Look again.")


def _close(wave: Wave) -> None:
    close_wave(wave, now=services().clock())


def _reopen(wave: Wave) -> None:
    day, time = request.form.get("closes_day", ""), request.form.get("closes_time", "")
    reopen_wave(session(), wave, read_moment(day, time), now=services().clock())


def _release(wave: Wave) -> None:
    release_wave(wave, now=services().clock())


_DOING: dict[str, Callable[[Wave], None]] = {
    "open": _open,
    "invite": _invite,
    "close": _close,
    "reopen": _reopen,
    "release": _release,
}


def _page(study: Study, wave: Wave, act: str, refused: str = "") -> str:
    sample, why_not = _sample(wave) if act == "invite" else (None, "")
    error = refused or why_not
    return page(
        "act.html",
        study=study,
        wave=wave,
        act=act,
        heading=HEADINGS[act],
        error=error,
        summary=[{"text": error}] if error else [],
        sample=sample,
        asked=asked_by_wave(session())[wave.id],
        closes_day=request.form.get("closes_day", ""),
        closes_time=request.form.get("closes_time", "23:59"),
        in_words=in_words,
    )


def _sample(wave: Wave) -> tuple[Sample | None, str]:
    """Whom inviting would touch, or why nobody can be invited."""
    try:
        refuse_after_last_day(wave, now=services().clock())
        return sample_of(session(), wave), ""
    except (WaveClosed, WaveRefused) as refusal:
        return None, str(refusal)
