"""The page of a study's people: the roster, searched and read fifty at a time."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from surveys.rosters import PAGE_LENGTH, count_people, people_page, site_lines
from surveys.studies import find_study
from webapp import guard
from webapp.database import session

RUNNERS = ("evaluator", "administrator")
LONGEST_SEARCH = 200
MOST_DIGITS = 9

bp = Blueprint("people", __name__, url_prefix="/studies/<code>/people")


@bp.get("")
@guard.access(*RUNNERS)
def listing(code: str) -> ResponseReturnValue:
    """People of the study's roster, by name."""
    study = find_study(session(), code)
    words, site = request.args.get("search", "")[:LONGEST_SEARCH], _number("site")
    count = count_people(session(), study.id, words, site)
    pages = max(1, -(-count // PAGE_LENGTH))
    page = min(max(1, _number("page") or 1), pages)
    return render_template(
        "manage/people.html",
        user=guard.current_account(),
        study=study,
        sites=[{"value": "", "text": "All sites"}, *_choices(study.id)],
        people=people_page(session(), study.id, words, site, page=page),
        count=count,
        page=page,
        pages=pages,
        search=words,
        site=site,
        said="The file was imported." if request.args.get("said") == "imported" else None,
    )


def _choices(study_id: int) -> list[dict[str, object]]:
    return [{"value": line.id, "text": line.name} for line in site_lines(session(), study_id)]


def _number(name: str) -> int | None:
    written = request.args.get(name, "")
    return int(written) if written.isascii() and written.isdigit() and len(written) <= MOST_DIGITS else None
