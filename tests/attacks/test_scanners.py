"""Mail scanners open links before people do, with and without scripts: an interview stays as it was."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser
from sqlalchemy import select

from surveys.store import Store
from surveys.tables import Base
from tests.small_study import SmallStudy
from tests.webapp.conftest import LiveApp, Visitor
from tests.webapp.interview.conftest import Respondent

VISITS = 20
PATHS = ("", "/decline", "/check", "/done", "/leave", "/consent", "/advice_names", "/advice_names/search?q=raj+khan")


def everything(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """Every row of the store."""
    with store.reader() as session:
        tables = Base.metadata.sorted_tables
        return {table.name: [tuple(row) for row in session.execute(select(table))] for table in tables}


@pytest.mark.parametrize("method", ["HEAD", "GET", "OPTIONS"])
def test_looking_twenty_times_changes_nothing(
    client: Visitor, store: Store, links: dict[str, str], method: str
) -> None:
    before = everything(store)
    for _visit in range(VISITS):
        for path in PATHS:
            assert client.open(links["p1"] + path, method=method).status_code < 500
    assert everything(store) == before


@pytest.mark.parametrize("path", ["", "/decline"])
def test_posting_as_a_scanner_does_changes_nothing(
    client: Visitor, store: Store, links: dict[str, str], path: str
) -> None:
    before = everything(store)
    for _visit in range(VISITS):
        assert client.post(links["p1"] + path).status_code in (400, 405)
    assert everything(store) == before


@pytest.mark.browser
def test_a_browser_that_only_looks_changes_nothing_and_the_person_starts_in_one_press(
    browser: Browser, live_app: LiveApp, store: Store, study: SmallStudy
) -> None:
    before, link = everything(store), f"{live_app.url}/interview/{study.tokens['p1']}"
    for _browser in range(4):
        context = browser.new_context()
        page = context.new_page()
        for _visit in range(VISITS // 4):
            page.goto(link)
        context.close()
    assert everything(store) == before
    context = browser.new_context()
    page = context.new_page()
    page.goto(link)
    page.get_by_role("button", name="Start", exact=True).click()
    page.wait_for_url("**/consent")
    context.close()


def test_looking_at_what_was_begun_changes_nothing(ada: Respondent, client: Visitor, store: Store) -> None:
    ada.to_grid("p3")
    before = everything(store)
    for path in (
        *PATHS,
        "/topic_grid",
        "/about_contacts/1",
        "/advice_names/remove/1",
        "/advice_names/choose?q=raj+khan",
    ):
        for method in ("HEAD", "GET"):
            assert client.open(ada.link + path, method=method).status_code < 500
    assert everything(store) == before
