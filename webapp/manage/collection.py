"""The page of what a wave has collected at each site, and its tables as CSV files."""

from __future__ import annotations

import polars as pl
from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from exchange.tables import write_csv
from surveys.collection import Collected, Kind, collected, frame, kinds, outcome_frame
from surveys.response import outcomes
from webapp import guard
from webapp.database import session
from webapp.manage.editing import EDITORS, READERS, answer_unknown_waves, page, wave_of
from webapp.manage.moments import in_words
from webapp.services import services

COLUMNS = {
    "invited": "Invited",
    "finished": "Finished",
    "declined": "Declined",
    "unreachable": "Unreachable",
    "broke_off": "Broke off",
    "opened": "Only looked",
    "never_opened": "Never opened",
    "people_named": "People named",
    "ties": "Ties",
    "median_minutes": "Median minutes",
}
FACTS = {"designation": "Designation", "care_setting": "Care setting", "core_system": "Core system", "region": "Region"}

bp = Blueprint("collection", __name__, url_prefix="/studies/<code>/waves/<int:number>")
answer_unknown_waves(bp)


@bp.get("/collection")
@guard.access(*READERS)
def table(code: str, number: int) -> ResponseReturnValue:
    """Every site with who was asked, what came of it, people named, ties and minutes."""
    study, wave = wave_of(code, number)
    found = collected(session(), wave)
    return page(
        "collection.html",
        study=study,
        wave=wave,
        head=["Site", *FACTS.values(), *({"text": text, "format": "numeric"} for text in COLUMNS.values())],
        rows=[_row(site) for site in (*found.sites, found.total)],
        kinds={name: [_group(group) for group in groups] for name, groups in kinds(found.sites).items()},
        as_of=in_words(services().clock()),
    )


def _row(site: Collected) -> list[str]:
    facts = [getattr(site, name) or "–" for name in FACTS]
    numbers = [getattr(site, name) for name in COLUMNS]
    return [site.name, *facts, *("–" if number is None else f"{number:,}" for number in numbers)]


def _group(group: Kind) -> list[str]:
    return [group.kind, str(group.sites), str(group.invited), str(group.finished)]


@bp.get("/collection.csv")
@guard.access(*READERS)
def table_file(code: str, number: int) -> ResponseReturnValue:
    """The table of sites as CSV."""
    study, wave = wave_of(code, number)
    return _csv(frame(collected(session(), wave)), f"{study.code}-wave-{number}-collection.csv")


@bp.get("/outcomes.csv")
@guard.access(*EDITORS)
def outcomes_file(code: str, number: int) -> ResponseReturnValue:
    """What came of each invitation as CSV, for those who run the study: it names people by reference."""
    study, wave = wave_of(code, number)
    return _csv(outcome_frame(outcomes(session(), wave)), f"{study.code}-wave-{number}-outcomes.csv")


def _csv(found: pl.DataFrame, name: str) -> Response:
    answer = Response(write_csv(found), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
