"""The pages of a study's mail texts: read, previewed, changed by one person at a time, tried out, and taken back."""

from __future__ import annotations

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from surveys.faults import ChangedMeanwhile
from surveys.mailing.letters import letter_to_try, sample_of_text
from surveys.mailing.rewording import TextNow, change_text, take_back, text_languages, text_now
from surveys.mailing.texts import KINDS, TextRefused, Wording, ended, faults_by_field
from surveys.studies import find_study
from surveys.tables import Study
from surveys.waves import waves_of
from webapp import guard
from webapp.database import session
from webapp.interview.texts import LANGUAGES
from webapp.mail import office
from webapp.manage.editing import EDITORS, page, posted_revision, summary, who
from webapp.manage.meanwhile import Difference, differences, settled
from webapp.manage.moments import in_words
from webapp.manage.trying_mail import NotTried, send_to_try
from webapp.services import services

FIELDS = ("subject", "body")
LABELS = {"subject": "Subject", "body": "Text of the mail"}
SAID = {
    "changed": "The text was saved. Mails that go out from now on say this.",
    "same": "That is how the text stood. Nothing was changed.",
    "reset": "The service’s own words count again.",
    "tried": "A test was sent to your own address.",
}
PLACES = (
    ("{name}", "The person’s name"),
    ("{link}", "Their own link. The text must have it."),
    ("{closes}", "The last day of the wave, in words"),
    ("{minutes}", "How long the questionnaire takes"),
    ("{study}", "The study’s name"),
    ("{opt_out}", "Where they can say that they do not want to take part"),
)

bp = Blueprint("mail_texts", __name__, url_prefix="/studies/<code>/mail-texts")


@bp.get("")
@guard.access(*EDITORS)
def listing(code: str) -> ResponseReturnValue:
    """Every text that the study's mails are written by, in each of its languages."""
    study = find_study(session(), code)
    languages = text_languages(session(), study)
    texts = [(kind, one, text_now(session(), study, kind, one)) for kind in KINDS for one in languages]
    return page("mail_texts.html", study=study, texts=texts, names=LANGUAGES, in_words=in_words)


@bp.get("/<kind>/<language>")
@guard.access(*EDITORS)
def text(code: str, kind: str, language: str) -> ResponseReturnValue:
    """One text: as people will see it, and as it is written."""
    study = _study(code, kind, language)
    now = text_now(session(), study, kind, language)
    return _form(study, kind, now, _boxes(now), {}, now.revision)


@bp.post("/<kind>/<language>")
@guard.access(*EDITORS)
def change(code: str, kind: str, language: str) -> ResponseReturnValue:
    """Keep the text, or only show how it would be seen; of what others changed meanwhile, show both."""
    study, mine = _study(code, kind, language), _posted()
    now = text_now(session(), study, kind, language)
    if request.form.get("do") == "preview":
        faults = faults_by_field(mine["subject"], mine["body"])
        return _form(study, kind, now, mine, faults, posted_revision()), 422 if faults else 200
    wanted, open_ones = settled(request.form, mine, _boxes(now), current=posted_revision() == now.revision)
    if open_ones:
        return _both(study, kind, now, mine, open_ones), 422
    try:
        wording = Wording(language, wanted["subject"], wanted["body"])
        changed = change_text(session(), study, kind, wording, revision=posted_revision(), now=services().clock())
    except TextRefused as refusal:
        return _form(study, kind, now, wanted, refusal.faults, posted_revision()), 422
    except ChangedMeanwhile:
        return _both(study, kind, text_now(session(), study, kind, language), mine, []), 409
    return _back(study, kind, language, "changed" if changed else "same")


@bp.post("/<kind>/<language>/reset")
@guard.access(*EDITORS)
def reset(code: str, kind: str, language: str) -> ResponseReturnValue:
    """Let the service's own words count again; not those that somebody else wrote meanwhile."""
    study = _study(code, kind, language)
    try:
        take_back(session(), study, kind, language, revision=posted_revision(), now=services().clock())
    except ChangedMeanwhile as refusal:
        now = text_now(session(), study, kind, language)
        return _form(study, kind, now, _boxes(now), {"": str(refusal)}, now.revision), 409
    return _back(study, kind, language, "reset")


@bp.post("/<kind>/<language>/test")
@guard.access(*EDITORS)
def try_out(code: str, kind: str, language: str) -> ResponseReturnValue:
    """Send the text as it is saved to whoever is signed in, filled for an invented person."""
    study = _study(code, kind, language)
    now = text_now(session(), study, kind, language)
    try:
        if faults_by_field(now.wording.subject, now.wording.body):
            raise NotTried("There is no text in this language yet. Write one and save it first.")
        send_to_try(letter_to_try(_filled(study, now.wording), kind, who()))
    except NotTried as refusal:
        study = _study(code, kind, language)
        return _form(study, kind, now, _boxes(now), {"": str(refusal)}, now.revision), 409
    return _back(study, kind, language, "tried")


def _study(code: str, kind: str, language: str) -> Study:
    """The study, when its mails have a text of that kind and language; raises UnknownStudy or NotFound."""
    study = find_study(session(), code)
    if kind not in KINDS or language not in text_languages(session(), study):
        raise NotFound
    return study


def _back(study: Study, kind: str, language: str, said: str) -> ResponseReturnValue:
    return redirect(url_for("mail_texts.text", code=study.code, kind=kind, language=language, said=said), 303)


def _boxes(now: TextNow) -> dict[str, str]:
    """What the boxes show of a text."""
    return {"subject": now.wording.subject, "body": now.wording.body}


def _posted() -> dict[str, str]:
    """What was posted, with the line breaks that this service writes."""
    return {"subject": request.form.get("subject", "").strip(), "body": ended(request.form.get("body", ""))}


def _filled(study: Study, wording: Wording) -> Wording:
    """The wording as an invented person of the study's last wave would read it."""
    waves = waves_of(session(), study)
    wave = waves[-1] if waves else None
    return sample_of_text(session(), study, wave, wording, office(services()), now=services().clock())


def _form(study: Study, kind: str, now: TextNow, values: dict[str, str], faults: dict[str, str], revision: int) -> str:
    language = now.wording.language
    shown = Wording(language, values["subject"], values["body"])
    sound = not faults_by_field(shown.subject, shown.body)
    return page(
        "mail_text.html",
        study=study,
        kind=kind,
        language=language,
        language_name=LANGUAGES.get(language, language),
        now=now,
        values=values,
        unsaved=values != _boxes(now),
        faults=faults,
        summary=summary(faults),
        revision=revision,
        preview=_filled(study, shown) if sound else None,
        places=PLACES,
        labels=LABELS,
        my_address=who(),
        in_words=in_words,
        said=SAID.get(request.args.get("said", "")),
    )


def _both(study: Study, kind: str, now: TextNow, mine: dict[str, str], open_ones: list[Difference]) -> str:
    return page(
        "mail_text_both.html",
        study=study,
        heading="Somebody else changed this text",
        action=url_for("mail_texts.change", code=study.code, kind=kind, language=now.wording.language),
        back=url_for("mail_texts.text", code=study.code, kind=kind, language=now.wording.language),
        language=now.wording.language,
        mine=mine,
        found=differences(mine, _boxes(now)),
        labels=LABELS,
        undecided=open_ones,
        revision=now.revision,
    )
