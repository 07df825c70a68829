"""The pages of a wave: planned, looked at, and its settings changed by one person at a time."""

from __future__ import annotations

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from surveys.agreements import current_agreement
from surveys.faults import ChangedMeanwhile
from surveys.response import asked_by_wave
from surveys.studies import find_study, versions_of
from surveys.tables import InstrumentVersion, Study, Wave
from surveys.waves import WaveRefused, change_wave, plan_wave, settings_of, standing
from webapp import guard
from webapp.database import session
from webapp.manage.editing import EDITORS, READERS, answer_unknown_waves, page, posted_revision, summary, wave_of
from webapp.manage.meanwhile import Difference, differences, settled, texts
from webapp.manage.moments import in_words
from webapp.manage.wave_forms import (
    FIELDS,
    LABELS,
    SAMPLES,
    Unreadable,
    blank,
    by_box,
    questionnaire_words,
    read,
    texts_of,
)
from webapp.services import services

SAID = {
    "planned": "The wave is planned. It is a draft until it is opened.",
    "changed": "The settings were saved.",
    "same": "That is how the settings stood. Nothing was changed.",
    "open": "The wave is open.",
    "invite": "The people were invited.",
    "close": "The wave is closed.",
    "reopen": "The wave is open again.",
    "release": "The wave is released.",
}
ACTS = {"draft": ("open", "invite"), "open": ("invite", "close"), "closed": ("reopen", "release"), "released": ()}

bp = Blueprint("waves", __name__, url_prefix="/studies/<code>/waves")
answer_unknown_waves(bp)


@bp.get("/new")
@guard.access(*EDITORS)
def new(code: str) -> ResponseReturnValue:
    """The form for the study's next wave."""
    study = find_study(session(), code)
    return _form(study, None, blank(versions_of(session(), study.id)), {}, 0)


@bp.post("/new")
@guard.access(*EDITORS)
def plan(code: str) -> ResponseReturnValue:
    """Plan the next wave, or show the form again with what to change."""
    study, values = find_study(session(), code), texts(request.form, FIELDS)
    try:
        wave = plan_wave(session(), study, read(values))
    except (Unreadable, WaveRefused) as refusal:
        return _form(study, None, values, by_box(refusal.faults), 0), 422
    return redirect(url_for("waves.wave", code=study.code, number=wave.number, said="planned"), 303)


@bp.get("/<int:number>")
@guard.access(*READERS)
def wave(code: str, number: int) -> ResponseReturnValue:
    """The wave: how it stands, whom it asks, and what can be done with it."""
    study, found = wave_of(code, number)
    return page(
        "wave.html",
        study=study,
        wave=found,
        said=SAID.get(request.args.get("said", "")),
        status=standing(found, now=services().clock()),
        asked=asked_by_wave(session())[found.id],
        questionnaire=questionnaire_words(session().get_one(InstrumentVersion, found.instrument_version_id)),
        sample=SAMPLES[found.sample],
        acts=_acts(found),
        agreement=current_agreement(session(), study.id),
        in_words=in_words,
    )


def _acts(found: Wave) -> list[str]:
    """What can be done with a wave; past its last day nobody can be invited, and then closing is left."""
    past = services().clock() >= found.closes_at
    return [act for act in ACTS[found.status] if act != "invite" or not past]


@bp.get("/<int:number>/settings")
@guard.access(*EDITORS)
def settings(code: str, number: int) -> ResponseReturnValue:
    """The form with the wave's settings."""
    study, found = wave_of(code, number)
    return _form(study, found, texts_of(settings_of(found)), {}, found.revision)


@bp.post("/<int:number>/settings")
@guard.access(*EDITORS)
def change(code: str, number: int) -> ResponseReturnValue:
    """Keep the settings; when somebody else changed them meanwhile, show both and ask which to keep."""
    study, found = wave_of(code, number)
    mine, saved = texts(request.form, FIELDS), texts_of(settings_of(found))
    wanted, open_ones = settled(request.form, mine, saved, current=posted_revision() == found.revision)
    if open_ones:
        return _both(study, found, mine, open_ones), 422
    try:
        asked = read(wanted, settings_of(found))
        changed = change_wave(session(), found, asked, revision=posted_revision(), now=services().clock())
    except (Unreadable, WaveRefused) as refusal:
        return _form(study, found, wanted, by_box(refusal.faults), posted_revision()), 422
    except ChangedMeanwhile:
        return _both(study, found, mine, []), 409
    said = "changed" if changed else "same"
    return redirect(url_for("waves.wave", code=study.code, number=found.number, said=said), 303)


def _form(study: Study, found: Wave | None, values: dict[str, str], faults: dict[str, str], revision: int) -> str:
    return page(
        "wave_form.html",
        study=study,
        wave=found,
        values=values,
        faults=faults,
        summary=summary(faults),
        revision=revision,
        versions=_choices(study),
        samples=[{"value": value, "text": text} for value, text in SAMPLES.items()],
    )


def _choices(study: Study) -> list[dict[str, str]]:
    return [{"value": str(one.id), "text": questionnaire_words(one)} for one in versions_of(session(), study.id)]


def _both(study: Study, found: Wave, mine: dict[str, str], undecided: list[Difference]) -> str:
    questionnaires = {one["value"]: one["text"] for one in _choices(study)}
    return page(
        "meanwhile.html",
        study=study,
        heading=f"Somebody else changed wave {found.number}",
        action=url_for("waves.change", code=study.code, number=found.number),
        back=url_for("waves.wave", code=study.code, number=found.number),
        mine=mine,
        found=differences(mine, texts_of(settings_of(found))),
        labels=LABELS,
        told=lambda field, text: {"sample": SAMPLES, "version_id": questionnaires}.get(field, {}).get(text, text),
        undecided=undecided,
        revision=found.revision,
    )
