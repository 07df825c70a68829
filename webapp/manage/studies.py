"""The pages of a study: made, looked at as a whole, and its name and permissions changed by one person at a time."""

from __future__ import annotations

from flask import Blueprint, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue

from surveys.agreements import current_agreement
from surveys.faults import ChangedMeanwhile
from surveys.response import asked_by_wave
from surveys.studies import (
    StudyRefused,
    StudySettings,
    change_study,
    create_study,
    find_study,
    study_settings,
    versions_of,
    words,
)
from surveys.tables import Mechanism, Study, Topic
from surveys.waves import standing, waves_of
from webapp import guard
from webapp.database import session
from webapp.manage.editing import EDITORS, READERS, may_edit, page, posted_revision, summary
from webapp.manage.meanwhile import Difference, differences, settled, texts
from webapp.manage.moments import in_words
from webapp.services import services

FIELDS = ("name", "snowball_allowed", "open_links_allowed")
LABELS = {
    "name": "Name",
    "snowball_allowed": "Ask people because others named them",
    "open_links_allowed": "Links that anyone at a site may use",
}
SAID = {
    "made": "The study was made.",
    "agreed": "The agreement was recorded. Waves may open.",
    "changed": "The settings were saved.",
    "same": "That is how the settings stood. Nothing was changed.",
}
PLACES = (
    ("Questionnaires", "questionnaires.listing"),
    ("Sites", "sites.listing"),
    ("People", "people.listing"),
    ("Match typed names", "matching.queue"),
    ("Mail texts", "mail_texts.listing"),
)

bp = Blueprint("studies", __name__)


@bp.get("/new-study")
@guard.access(*EDITORS)
def new() -> ResponseReturnValue:
    """The form for a new study."""
    return _new({"code": "", "name": ""}, {})


@bp.post("/new-study")
@guard.access(*EDITORS)
def make() -> ResponseReturnValue:
    """Make a study, or show the form again with what to change."""
    values = texts(request.form, ("code", "name"))
    try:
        study = create_study(session(), values["code"], values["name"], now=services().clock())
    except StudyRefused as refusal:
        return _new(values, refusal.faults), 422
    return redirect(url_for("studies.study", code=study.code, said="made"), 303)


def _new(values: dict[str, str], faults: dict[str, str]) -> str:
    return page("study_new.html", values=values, faults=faults, summary=summary(faults))


@bp.get("/studies/<code>")
@guard.access(*READERS)
def study(code: str) -> ResponseReturnValue:
    """The study as a whole: its waves, its agreement, what it permits, and the words it reports by."""
    found, now = find_study(session(), code), services().clock()
    return page(
        "study.html",
        study=found,
        said=SAID.get(request.args.get("said", "")),
        agreement=current_agreement(session(), found.id),
        settings=study_settings(found),
        waves=[(wave, standing(wave, now=now)) for wave in waves_of(session(), found)],
        asked=asked_by_wave(session()),
        versions=versions_of(session(), found.id),
        topics=words(session(), found.id, Topic),
        mechanisms=words(session(), found.id, Mechanism),
        places=_places(found) if may_edit() else [],
        in_words=in_words,
    )


def _places(found: Study) -> list[dict[str, str]]:
    """The other pages of the study that this service has."""
    there = [(text, endpoint) for text, endpoint in PLACES if endpoint in current_app.view_functions]
    return [{"text": text, "href": url_for(endpoint, code=found.code)} for text, endpoint in there]


@bp.get("/studies/<code>/settings")
@guard.access(*EDITORS)
def settings(code: str) -> ResponseReturnValue:
    """The form with the study's name and permissions."""
    found = find_study(session(), code)
    return _settings(found, _texts(study_settings(found)), {}, found.revision)


@bp.post("/studies/<code>/settings")
@guard.access(*EDITORS)
def change(code: str) -> ResponseReturnValue:
    """Keep the settings; when somebody else changed them meanwhile, show both and ask which to keep."""
    found, mine = find_study(session(), code), texts(request.form, FIELDS)
    saved = _texts(study_settings(found))
    wanted, open_ones = settled(request.form, mine, saved, current=posted_revision() == found.revision)
    if open_ones:
        return _both(found, mine, saved, open_ones), 422
    try:
        changed = change_study(session(), found, _read(wanted), revision=posted_revision())
    except StudyRefused as refusal:
        return _settings(found, wanted, refusal.faults, posted_revision()), 422
    except ChangedMeanwhile:
        return _both(found, mine, _texts(study_settings(found)), []), 409
    return redirect(url_for("studies.study", code=found.code, said="changed" if changed else "same"), 303)


def _texts(settings: StudySettings) -> dict[str, str]:
    return {
        "name": settings.name,
        "snowball_allowed": "yes" if settings.snowball_allowed else "",
        "open_links_allowed": "yes" if settings.open_links_allowed else "",
    }


def _read(values: dict[str, str]) -> StudySettings:
    return StudySettings(values["name"], values["snowball_allowed"] == "yes", values["open_links_allowed"] == "yes")


def _settings(found: Study, values: dict[str, str], faults: dict[str, str], revision: int) -> str:
    return page(
        "study_settings.html", study=found, values=values, faults=faults, summary=summary(faults), revision=revision
    )


def _both(found: Study, mine: dict[str, str], saved: dict[str, str], undecided: list[Difference]) -> str:
    return page(
        "meanwhile.html",
        study=found,
        heading="Somebody else changed these settings",
        action=url_for("studies.change", code=found.code),
        back=url_for("studies.study", code=found.code),
        mine=mine,
        found=differences(mine, saved),
        labels=LABELS,
        told=lambda field, text: text if field == "name" else ("Yes" if text == "yes" else "No"),
        undecided=undecided,
        revision=found.revision,
    )
