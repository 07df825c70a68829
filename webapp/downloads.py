"""The numbers of each dashboard page as a CSV file, for those who may see the dashboards."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, make_response, request

from dashboards.data import Known
from dashboards.pages import PAGES, Page
from dashboards.parts.address import Choice, asked, options, read
from dashboards.words import Words
from exchange.tables import write_csv
from webapp import guard
from webapp.mounting import source

bp = Blueprint("downloads", __name__)


@bp.get("/downloads/<name>.csv")
@guard.access(*guard.FIELD_ROLES)
def table(name: str) -> Response:
    """The table of a page, with the filters of its address. A page or a filter that is not there is not found."""
    page = PAGES.get(name) or abort(404)
    if not guard.may_see(name):
        abort(403)
    search = request.query_string.decode("utf-8", "replace")
    known = source().known(asked(search).get("study"))
    choice, unknown = read(search, options(Words(known.release), source().studies()))
    if unknown:
        abort(404)
    return _file(page, known, choice)


def _file(page: Page, known: Known, choice: Choice) -> Response:
    extra: dict[str, Any] = {"site": choice.site} if "site" in page.uses else {}
    answer = make_response(write_csv(page.table(known.release, choice.filters, **extra)))
    answer.mimetype = "text/csv"
    answer.headers.set("Content-Disposition", "attachment", filename=f"{known.code}-{page.name}.csv")
    return answer
