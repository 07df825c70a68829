"""One published questionnaire: what it asks, what changed in it, on paper, its codebook and its file; ours likewise."""

from __future__ import annotations

import base64
import hashlib

from flask import Blueprint, Response, abort
from flask.typing import ResponseReturnValue

from instruments.codebook import codebook, codebook_csv, codebook_json
from instruments.load import loads
from instruments.ours import NAMES, source_of_ours
from instruments.printing import STYLE, printed
from instruments.schema import Instrument
from instruments.wording import say
from surveys.studies import find_study, parsed, versions_of
from surveys.tables import InstrumentVersion, Study
from surveys.waves import waves_of
from webapp import guard
from webapp.database import session
from webapp.headers import CLOSED, POLICY, policy
from webapp.manage.editing import EDITORS, page
from webapp.manage.moments import in_words
from webapp.manage.questionnaire_looks import VERDICTS, changes_between, facts_of

STYLE_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
PAPER = policy(CLOSED | {"style-src": (f"'sha256-{STYLE_HASH}'",)})
"""A questionnaire on paper brings its one style along, and loads nothing."""

bp = Blueprint("questionnaire", __name__, url_prefix="/studies/<code>/questionnaires")


@bp.get("/<int(max=2147483647):version>")
@guard.access(*EDITORS)
def one(code: str, version: int) -> ResponseReturnValue:
    """One version: what it asks, which waves ask it, what changed since the one before, and what to read of it."""
    study, found = _find(code, version)
    instrument, before = parsed(found.source), _before(study, found)
    return page(
        "questionnaire.html",
        study=study,
        version=found,
        title=say(instrument.title, instrument.languages[0]),
        facts=facts_of(instrument),
        waves=[wave for wave in waves_of(session(), study) if wave.instrument_version_id == found.id],
        changed=changes_between(parsed(before.source), instrument) if before else None,
        verdicts=VERDICTS,
        in_words=in_words,
    )


def _before(study: Study, version: InstrumentVersion) -> InstrumentVersion | None:
    """The version of the same questionnaire that was published before this one."""
    older = (one for one in versions_of(session(), study.id) if one.id < version.id)
    return next((one for one in older if one.instrument == version.instrument), None)


@bp.get("/<int(max=2147483647):version>/paper")
@guard.access(*EDITORS)
def paper(code: str, version: int) -> ResponseReturnValue:
    """The whole questionnaire to print."""
    return _paper(parsed(_find(code, version)[1].source))


@bp.get("/<int(max=2147483647):version>/codebook.csv")
@guard.access(*EDITORS)
def columns_csv(code: str, version: int) -> ResponseReturnValue:
    """The columns that answers fill, as CSV."""
    found = _find(code, version)[1]
    return _file(codebook_csv(codebook(parsed(found.source))), f"{_name(found)}-codebook.csv", "text/csv")


@bp.get("/<int(max=2147483647):version>/codebook.json")
@guard.access(*EDITORS)
def columns_json(code: str, version: int) -> ResponseReturnValue:
    """The columns that answers fill, as JSON."""
    found = _find(code, version)[1]
    return _file(codebook_json(codebook(parsed(found.source))), f"{_name(found)}-codebook.json", "application/json")


@bp.get("/<int(max=2147483647):version>/file")
@guard.access(*EDITORS)
def file(code: str, version: int) -> ResponseReturnValue:
    """The file as it was published."""
    found = _find(code, version)[1]
    return _file(found.source, f"{_name(found)}.yaml", "application/yaml")


@bp.get("/ours/<name>/paper")
@guard.access(*EDITORS)
def paper_of_ours(code: str, name: str) -> ResponseReturnValue:
    """One of the questionnaires that come with the service, to read or print."""
    return _paper(loads(_ours(code, name), name))


@bp.get("/ours/<name>/file")
@guard.access(*EDITORS)
def file_of_ours(code: str, name: str) -> ResponseReturnValue:
    """The file of one of the questionnaires that come with the service."""
    return _file(_ours(code, name), f"{name}.yaml", "application/yaml")


def _ours(code: str, name: str) -> str:
    find_study(session(), code)
    return source_of_ours(name) if name in NAMES else abort(404)


def _find(code: str, version: int) -> tuple[Study, InstrumentVersion]:
    """The study and its version of that number; another study's is not found."""
    study = find_study(session(), code)
    found = session().get(InstrumentVersion, version)
    return (study, found) if found is not None and found.study_id == study.id else abort(404)


def _name(version: InstrumentVersion) -> str:
    return f"{version.instrument}-{version.version}"


def _paper(instrument: Instrument) -> Response:
    answer = Response(printed(instrument), mimetype="text/html")
    answer.headers[POLICY] = PAPER
    return answer


def _file(text: str, name: str, kind: str) -> Response:
    answer = Response(text, mimetype=kind)
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer
