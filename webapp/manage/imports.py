"""The pages on which sites and people come in by file: choose it, look at what it would change, import it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from functools import partial

import polars as pl
from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from exchange.people import Absent, import_people
from exchange.refusals import UnusableFile, shown
from exchange.report import KINDS, MOST_LISTED, ImportReport
from exchange.sites import import_sites
from exchange.tables import Table, read_rows, write_csv
from surveys.studies import find_study
from surveys.tables import Study
from webapp import guard
from webapp.database import roll_back, session
from webapp.manage import uploads
from webapp.manage.carried import SealBroken, Terms, pack, seal, unseal
from webapp.services import services

RUNNERS = ("evaluator", "administrator")
NOUNS = ("sites", "people")
ABSENT = [
    {"value": Absent.STAY.value, "text": "They stay on the roster"},
    {
        "value": Absent.LEFT_THESE_SITES.value,
        "text": "They have left, if they are at a site that the file names",
        "hint": "For a file that lists everyone at one or more sites.",
    },
    {
        "value": Absent.LEFT.value,
        "text": "They have left, wherever they are",
        "hint": "For a file that lists everyone in the study.",
    },
]
OTHER_PAGE = "That file was for another page. Choose it again."
REPORT_COLUMNS = ("what", "line", "key", "name", "column", "before", "after", "reason", "remedy")
CHANGED_MEANWHILE = (
    "The study changed since you looked, so nothing was imported. Look at what the file would change now."
)
_REPORT = dict.fromkeys(REPORT_COLUMNS, pl.String)

bp = Blueprint("imports", __name__, url_prefix="/studies/<code>/<kind>/import")
bp.before_app_request(partial(uploads.make_room, frozenset({"imports.look", "imports.do", "imports.report"}), RUNNERS))


@dataclass(frozen=True)
class Chosen:
    """The file that somebody chose, read, and what they said about it."""

    table: Table
    data: bytes
    terms: Terms


@bp.get("")
@guard.access(*RUNNERS)
def choose(code: str, kind: str) -> ResponseReturnValue:
    """The form to choose a file with."""
    _refuse_other(kind)
    return _form(find_study(session(), code), kind)


@bp.post("")
@guard.access(*RUNNERS)
def look(code: str, kind: str) -> ResponseReturnValue:
    """What the file would change; nothing is written, and nobody waits for it."""
    _refuse_other(kind)
    with services().store.reader() as looking:
        study = find_study(looking, code)
        try:
            chosen = _chosen(study, kind)
            report = _run(looking, study, chosen, looking=True)
        except UnusableFile as refusal:
            return _form(study, kind, error=str(refusal)), 422
        return _preview(study, chosen, report), 422 if report.refused else 200


@bp.post("/do")
@guard.access(*RUNNERS)
def do(code: str, kind: str) -> ResponseReturnValue:
    """Import the file that was looked at, when it still does what was shown."""
    _refuse_other(kind)
    try:
        chosen = _carried()
    except (SealBroken, UnusableFile) as refusal:
        return _form(find_study(session(), code), kind, error=str(refusal)), 422
    study = find_study(session(), code)
    if (chosen.terms.study, chosen.terms.kind) != (study.id, kind):
        return _form(study, kind, error=OTHER_PAGE), 422
    try:
        done = _run(session(), study, chosen, looking=False)
    except UnusableFile as refusal:
        return _form(study, kind, error=str(refusal)), 422
    if done.refused or done.fingerprint() != chosen.terms.fingerprint:
        roll_back()
        return _preview(find_study(session(), code), chosen, done, error=CHANGED_MEANWHILE), 409
    listing = "sites.listing" if kind == "sites" else "people.listing"
    return redirect(url_for(listing, code=code, said="imported"), 303)


@bp.post("/report")
@guard.access(*RUNNERS)
def report(code: str, kind: str) -> ResponseReturnValue:
    """All that the file would do as CSV, however long the lists; nothing is written."""
    _refuse_other(kind)
    with services().store.reader() as looking:
        study = find_study(looking, code)
        try:
            chosen = _carried()
            if (chosen.terms.study, chosen.terms.kind) != (study.id, kind):
                raise SealBroken(OTHER_PAGE)
            found = _run(looking, study, chosen, looking=True)
        except (SealBroken, UnusableFile) as refusal:
            return _form(study, kind, error=str(refusal)), 422
    answer = Response(write_csv(_report_frame(found)), mimetype="text/csv")
    answer.headers.set("Content-Disposition", "attachment", filename=f"{study.code}-{kind}-import.csv")
    return answer


def _report_frame(found: ImportReport) -> pl.DataFrame:
    """A report as rows: those that cannot be taken, notes, then each column that changes of each person or site."""
    rows = [*_problem_rows(found), *({"what": "note", "reason": note} for note in found.notes), *_change_rows(found)]
    return pl.DataFrame([[row.get(name, "") for name in REPORT_COLUMNS] for row in rows], _REPORT, orient="row")


def _problem_rows(found: ImportReport) -> Iterator[dict[str, str]]:
    what = "to correct" if found.refused else "left out"
    for one in found.problems:
        yield {
            "what": what,
            "line": str(one.line),
            "column": one.column,
            "before": one.value,
            "reason": one.reason,
            "remedy": one.remedy,
        }


def _change_rows(found: ImportReport) -> Iterator[dict[str, str]]:
    for one in found.changes:
        row = {"what": one.kind, "line": str(one.line or ""), "key": one.key, "name": one.name}
        yield from ({**row, **asdict(difference)} for difference in one.differences) if one.differences else (row,)


def _refuse_other(kind: str) -> None:
    if kind not in NOUNS:
        abort(404)


def _chosen(study: Study, kind: str) -> Chosen:
    """The file of the form; raises UnusableFile when there is none, or it is no table."""
    sent = request.files.get("file")
    name = shown(sent.filename) if sent is not None and sent.filename else ""
    if sent is None or not name:
        raise UnusableFile("the file", "no file was chosen", "Choose a CSV or XLSX file.")
    data = sent.read()
    absent = request.form.get("absent", "") if kind == "people" else ""
    known = {one.value for one in Absent}
    terms = Terms(
        account=_account(),
        study=study.id,
        kind=kind,
        name=name,
        absent=absent if absent in known else Absent.STAY.value,
        skip_bad=request.form.get("skip_bad") == "yes",
        fingerprint="",
    )
    return Chosen(read_rows(data, name=name), data, terms)


def _carried() -> Chosen:
    """The file that the page carried; raises SealBroken."""
    packed, sealed = request.form.get("packed", ""), request.form.get("seal", "")
    key, now = services().settings.secret_key, services().clock()
    terms, data = unseal(packed, sealed, key=key, account=_account(), now=now)
    return Chosen(read_rows(data, name=terms.name), data, terms)


def _account() -> int:
    account = guard.current_account()
    return account.id if account is not None else 0


def _run(session: Session, study: Study, chosen: Chosen, *, looking: bool) -> ImportReport:
    terms, now = chosen.terms, services().clock()
    run: Callable[..., ImportReport] = (
        import_sites if terms.kind == "sites" else partial(import_people, absent=Absent(terms.absent))
    )
    return run(session, study, chosen.table, now=now, skip_bad=terms.skip_bad, looking=looking)


def _form(study: Study, kind: str, *, error: str | None = None) -> str:
    return render_template(
        "manage/import.html",
        user=guard.current_account(),
        study=study,
        kind=kind,
        absent=ABSENT if kind == "people" else [],
        values=request.form if request.method == "POST" else {},
        error=error,
    )


def _preview(study: Study, chosen: Chosen, report: ImportReport, *, error: str | None = None) -> str:
    terms = replace(chosen.terms, fingerprint=report.fingerprint())
    packed = pack(chosen.data)
    listed = [
        (heading, len(found), found[:MOST_LISTED]) for kind, heading in KINDS.items() if (found := report.of_kind(kind))
    ]
    return render_template(
        "manage/import_preview.html",
        user=guard.current_account(),
        study=study,
        terms=terms,
        report=report,
        problems=report.problems[:MOST_LISTED],
        listed=listed,
        nothing=not (report.added or report.changed or report.left),
        packed=packed,
        seal=seal(terms, packed, key=services().settings.secret_key, now=services().clock()),
        error=error,
    )
