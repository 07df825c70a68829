"""Each dashboard page's table as a file, with the filters of its address, for analysts."""

from __future__ import annotations

import csv
import io

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from dashboards.pages import PAGES
from surveys.store import Store
from surveys.tables import Site
from tests.small_study import SmallStudy
from tests.webapp.conftest import Visitor, Who


@pytest.fixture
def reader(client: Visitor, analyst: Who) -> Visitor:
    client.sign_in(analyst)
    return client


def rows(answer: TestResponse) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))


@pytest.mark.parametrize("name", PAGES)
def test_every_page_has_its_file_even_before_anyone_answered(reader: Visitor, study: SmallStudy, name: str) -> None:
    answer = reader.get(f"/downloads/{name}.csv?study=small")
    assert answer.status_code == 200
    assert answer.mimetype == "text/csv"
    assert answer.headers["Content-Disposition"] == f"attachment; filename=small-{name}.csv"
    assert answer.headers["Cache-Control"] == "no-store"
    assert len(rows(answer)[0]) > 1


def test_the_file_holds_what_the_page_shows(reader: Visitor, study: SmallStudy) -> None:
    table = rows(reader.get("/downloads/response.csv"))
    assert "Site A" in {cell for row in table for cell in row}
    nurses = rows(reader.get("/downloads/response.csv?role=nurse"))
    assert nurses != table


def test_cells_that_a_spreadsheet_would_run_are_kept_as_text(reader: Visitor, study: SmallStudy, store: Store) -> None:
    with store.writing() as session:
        for site in session.scalars(select(Site).where(Site.code == "A")):
            site.name = "=HYPERLINK(1)"
    cells = {cell for row in rows(reader.get("/downloads/response.csv")) for cell in row}
    assert "'=HYPERLINK(1)" in cells
    assert "=HYPERLINK(1)" not in cells


@pytest.mark.parametrize(
    "path",
    ["nothing.csv", "response.csv?role=wizard", "response.csv?wave=99", "response.csv?study=other", "flows.csv?site=Z"],
)
def test_what_is_not_there_is_not_found(reader: Visitor, study: SmallStudy, path: str) -> None:
    assert reader.get(f"/downloads/{path}").status_code == 404


def test_without_any_study_the_page_says_what_to_do(reader: Visitor) -> None:
    answer = reader.get("/downloads/response.csv")
    assert answer.status_code == 404
    assert "flask study create" in answer.text


def test_files_are_for_those_who_may_see_dashboards(client: Visitor, evaluator: Who, study: SmallStudy) -> None:
    assert client.get("/downloads/response.csv").status_code == 303
    client.sign_in(evaluator)
    assert client.get("/downloads/response.csv").status_code == 200
    assert client.get("/downloads/growth.csv").status_code == 403
