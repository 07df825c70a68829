"""The pages of a study's questionnaires: those published, and a file looked at first and then published."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from flask import Blueprint, Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from exchange.foreign import Foreign, read_foreign
from exchange.refusals import UnusableFile, shown
from instruments.load import loads
from instruments.ours import NAMES, source_of_ours
from instruments.wording import say
from surveys.studies import find_study, hold_study, parsed, publish_instrument, versions_of
from surveys.tables import InstrumentVersion, Study
from surveys.waves import waves_of
from webapp import guard
from webapp.database import session
from webapp.interview.texts import LANGUAGES
from webapp.manage import uploads
from webapp.manage.carried import SealBroken, Terms, pack, seal, unseal
from webapp.manage.editing import EDITORS, page
from webapp.manage.moments import in_words
from webapp.manage.questionnaire_looks import VERDICTS, Looked, length, look_at
from webapp.services import services

KIND = "questionnaire"
OURS = (".yaml", ".yml")
MARKS = (b"PK", b"<", b"{")
"""How files of other systems begin: a Network Canvas protocol and the JSON in it, and the XML of an EgoWeb study."""
SAID = {"published": "The questionnaire is published. Waves can ask it now."}
CHANGED_MEANWHILE = (
    "The study’s questionnaires changed since you looked, so nothing was published. Look at what it would change now."
)

bp = Blueprint("questionnaires", __name__, url_prefix="/studies/<code>/questionnaires")
LARGE = frozenset({"questionnaires.look", "questionnaires.publish", "questionnaires.carry_over"})
bp.before_app_request(partial(uploads.make_room, LARGE, EDITORS))


@dataclass(frozen=True)
class Chosen:
    """A file that somebody chose."""

    name: str
    data: bytes


@bp.errorhandler(SealBroken)
def _choose_again(error: SealBroken) -> ResponseReturnValue:
    """A file that the page did not carry as it was given to it: it has to be chosen again."""
    return _form(find_study(session(), (request.view_args or {})["code"]), error=str(error)), 422


@bp.get("")
@guard.access(*EDITORS)
def listing(code: str) -> ResponseReturnValue:
    """Every version that the study has published, the newest first, with the waves that ask it."""
    study = find_study(session(), code)
    return page(
        "questionnaires.html",
        study=study,
        lines=[_line(study, version) for version in versions_of(session(), study.id)],
        said=SAID.get(request.args.get("said", "")),
        in_words=in_words,
        say=say,
        languages=LANGUAGES,
    )


def _line(study: Study, version: InstrumentVersion) -> dict[str, object]:
    instrument = parsed(version.source)
    waves = [wave for wave in waves_of(session(), study) if wave.instrument_version_id == version.id]
    return {"version": version, "instrument": instrument, "length": length(instrument), "waves": waves}


@bp.get("/new")
@guard.access(*EDITORS)
def new(code: str) -> ResponseReturnValue:
    """The form to choose a file with, and the questionnaires of ours to start from."""
    return _form(find_study(session(), code))


@bp.post("/new")
@guard.access(*EDITORS)
def look(code: str) -> ResponseReturnValue:
    """What the file holds and what publishing it would change; nothing is written, and nobody waits for it."""
    with services().store.reader() as looking:
        study = find_study(looking, code)
        try:
            chosen = _chosen(study)
            if is_foreign(chosen):
                return _read(study, chosen, read_foreign(chosen.data, chosen.name))
        except UnusableFile as refusal:
            return _form(study, error=str(refusal)), 422
        looked = look_at(looking, study, chosen.name, chosen.data)
        return _look(study, looked, chosen), 200 if looked.may_be_published or looked.is_there else 422


@bp.post("/publish")
@guard.access(*EDITORS)
def publish(code: str) -> ResponseReturnValue:
    """Publish the file that was looked at, when that still comes to what was shown."""
    study = find_study(session(), code)
    terms, chosen = _carried(study)
    hold_study(session(), study)
    looked = look_at(session(), study, chosen.name, chosen.data)
    if looked.refusal or (looked.fingerprint != terms.fingerprint and not looked.is_there):
        return _look(study, looked, chosen, error=looked.refusal or CHANGED_MEANWHILE), 409
    version = publish_instrument(session(), study, looked.source, now=services().clock())
    return redirect(url_for("questionnaires.listing", code=study.code, said="published", _anchor=f"v{version.id}"), 303)


@bp.post("/carried-over")
@guard.access(*EDITORS)
def carry_over(code: str) -> ResponseReturnValue:
    """The file that was made of another system's, to be kept and worked on."""
    study = find_study(session(), code)
    _, chosen = _carried(study)
    answer = Response(chosen.data, mimetype="application/yaml")
    answer.headers.set("Content-Disposition", "attachment", filename=chosen.name)
    return answer


def is_foreign(chosen: Chosen) -> bool:
    """Whether a file looks like one of another system's, by its first bytes; YAML by its name is always ours."""
    start = chosen.data.removeprefix(b"\xef\xbb\xbf").lstrip()[:2]
    return start.startswith(MARKS) and not chosen.name.lower().endswith(OURS)


def _chosen(study: Study) -> Chosen:
    """The file of the form, one of ours, or one that the page carried; raises UnusableFile or SealBroken."""
    ours = request.form.get("ours", "")
    if ours in NAMES:
        return Chosen(f"{ours}.yaml", source_of_ours(ours).encode())
    if "packed" in request.form:
        return _carried(study)[1]
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        raise UnusableFile("The file", "no file was chosen", "Choose a questionnaire’s file.")
    return Chosen(shown(sent.filename), sent.read())


def _carried(study: Study) -> tuple[Terms, Chosen]:
    """The file that the page carried, and what it was shown to come to; raises SealBroken."""
    packed, sealed = request.form.get("packed", ""), request.form.get("seal", "")
    key, now = services().settings.secret_key, services().clock()
    terms, data = unseal(packed, sealed, key=key, account=_account(), now=now)
    if (terms.study, terms.kind) != (study.id, KIND):
        raise SealBroken("That file was for another page. Choose it again.")
    return terms, Chosen(terms.name, data)


def _account() -> int:
    account = guard.current_account()
    return account.id if account is not None else 0


def _sealed(study: Study, chosen: Chosen, fingerprint: str = "") -> dict[str, str]:
    """A file as the page carries it on."""
    terms = Terms(account=_account(), study=study.id, kind=KIND, name=chosen.name, fingerprint=fingerprint)
    packed = pack(chosen.data)
    return {"packed": packed, "seal": seal(terms, packed, key=services().settings.secret_key, now=services().clock())}


def _form(study: Study, *, error: str = "") -> str:
    ours = [{"name": name, "instrument": loads(source_of_ours(name), name)} for name in NAMES]
    return page("questionnaire_new.html", study=study, error=error, ours=ours, say=say, length=length)


def _look(study: Study, looked: Looked, chosen: Chosen, *, error: str = "") -> str:
    may = looked.may_be_published
    return page(
        "questionnaire_look.html",
        study=study,
        looked=looked,
        error=error or looked.refusal,
        verdicts=VERDICTS,
        carried=_sealed(study, chosen, looked.fingerprint) if may else {},
    )


def _read(study: Study, chosen: Chosen, found: Foreign) -> str:
    name = f"{chosen.name.rpartition('.')[0] or chosen.name}.yaml"
    made = Chosen(name, found.text.encode())
    return page("questionnaire_read.html", study=study, name=chosen.name, found=found, carried=_sealed(study, made))
