"""The pages of a study's sites: all of them, and each with its history, its people and what it was asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from exchange.fields import BadValue, number, postcode, text
from surveys.rosters import asked_there, count_people, site_lines
from surveys.site_history import EventRefused, Noted, close, history, merge, move, rename, take_back
from surveys.sites import site_of
from surveys.studies import find_study
from surveys.tables import Site, Study
from webapp import guard
from webapp.database import roll_back, session
from webapp.manage.moments import BadMoment, read_day
from webapp.services import services

RUNNERS = ("evaluator", "administrator")
PLACE: Mapping[str, Callable[[str], object]] = {
    "region": text(80),
    "town": text(120),
    "postcode": postcode,
    "latitude": number(-90, 90),
    "longitude": number(-180, 180),
}
KINDS = ("merged", "renamed", "moved", "closed")
SAID = {
    "imported": "The file was imported.",
    "merged": "The merger was recorded. The site’s people went along.",
    "renamed": "The new name was recorded.",
    "moved": "The move was recorded.",
    "closed": "The closure was recorded.",
    "back": "The line was taken out of the history.",
}

bp = Blueprint("sites", __name__, url_prefix="/studies/<code>/sites")


@bp.get("")
@guard.access(*RUNNERS)
def listing(code: str) -> ResponseReturnValue:
    """Every site of the study."""
    study = find_study(session(), code)
    return render_template(
        "manage/sites.html",
        user=guard.current_account(),
        study=study,
        sites=site_lines(session(), study.id),
        said=SAID.get(request.args.get("said", "")),
    )


@bp.get("/<int(max=2147483647):site>")
@guard.access(*RUNNERS)
def one(code: str, site: int) -> ResponseReturnValue:
    """One site: what is known of it, what happened to it, who is there, and what it was asked."""
    study, found = _find(code, site)
    return _page(study, found, said=SAID.get(request.args.get("said", "")))


@bp.post("/<int(max=2147483647):site>/history")
@guard.access(*RUNNERS)
def record(code: str, site: int) -> ResponseReturnValue:
    """Record what happened to the site."""
    study, found = _find(code, site)
    kind = request.form.get("kind", "")
    if kind not in KINDS:
        return _refused(code, site, "happened", "Choose what happened.")
    try:
        on = read_day(request.form.get("on", ""))
    except BadMoment:
        return _refused(code, site, "on", "Write the day it happened, like 1 4 2026.")
    try:
        _record(study, found, kind, on)
    except (EventRefused, BadValue) as refusal:
        return _refused(code, site, kind, str(refusal))
    return redirect(url_for("sites.one", code=code, site=site, said=kind), 303)


@bp.post("/<int(max=2147483647):site>/history/take-back")
@guard.access(*RUNNERS)
def undo(code: str, site: int) -> ResponseReturnValue:
    """Take a line that was recorded by mistake out of the history."""
    _, found = _find(code, site)
    try:
        take_back(session(), found, _number("event"))
    except EventRefused as refusal:
        return _refused(code, site, "history", str(refusal))
    return redirect(url_for("sites.one", code=code, site=site, said="back"), 303)


def _record(study: Study, site: Site, kind: str, on: date) -> None:
    noted = Noted(_by(), services().clock(), request.form.get("note", "").strip())
    match kind:
        case "merged":
            into = site_of(session(), study.id, _number("into"))
            if into is None:
                raise EventRefused("Choose the site that it is part of now.")
            merge(session(), site, into, on=on, noted=noted)
        case "renamed":
            rename(session(), site, request.form.get("name", ""), on=on, noted=noted)
        case "moved":
            move(session(), site, _place(request.form), on=on, noted=noted)
        case _:
            close(session(), site, on=on, noted=noted)


def _place(form: MultiDict[str, str]) -> dict[str, str | float | None]:
    """What was written of the new place; what was left blank stays as it is."""
    return {name: read(form[name]) for name, read in PLACE.items() if form.get(name, "").strip()}  # type: ignore[misc]


def _number(field: str) -> int:
    written = request.form.get(field, "")
    return int(written) if written.isascii() and written.isdigit() and len(written) < 10 else 0


def _by() -> str:
    account = guard.current_account()
    return account.email if account is not None else ""


def _find(code: str, number: int) -> tuple[Study, Site]:
    study = find_study(session(), code)
    found = site_of(session(), study.id, number)
    if found is None:
        abort(404)
    return study, found


def _refused(code: str, site: int, field: str, message: str) -> ResponseReturnValue:
    """The page again, with why nothing was recorded."""
    roll_back()
    study, found = _find(code, site)
    return _page(study, found, error={"field": field, "text": message}), 422


def _page(study: Study, site: Site, *, said: str | None = None, error: Mapping[str, str] | None = None) -> str:
    lines = site_lines(session(), study.id)
    return render_template(
        "manage/sites_one.html",
        user=guard.current_account(),
        study=study,
        site=site,
        pair=next((line.name for line in lines if line.id == site.pair_id), None),
        sites_to_choose=[
            {"value": line.id, "text": line.name} for line in lines if line.id != site.id and line.ended is None
        ],
        ended=next((line.ended for line in lines if line.id == site.id), None),
        events=history(session(), site.id),
        waves=asked_there(session(), site.id),
        people=count_people(session(), study.id, site=site.id),
        values=request.form if request.method == "POST" else {},
        said=said,
        error=error,
    )
