"""Mail scanners open links before people do, with and without scripts: everything stays as it was."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser
from sqlalchemy import select

from config import Settings
from surveys.mailing.queueing import queue_invitations
from surveys.store import Store
from surveys.tables import Base, Mail
from tests.small_study import SmallStudy
from tests.webapp.conftest import Clock, LiveApp, Visitor
from tests.webapp.interview.conftest import Respondent

VISITS = 20
PATHS = ("", "/decline", "/check", "/done", "/leave", "/consent", "/advice_names", "/advice_names/search?q=raj+khan")


def everything(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """Every row of the store."""
    with store.reader() as session:
        tables = Base.metadata.sorted_tables
        return {table.name: [tuple(row) for row in session.execute(select(table))] for table in tables}


@pytest.fixture
def stop(store: Store, study: SmallStudy, settings: Settings, clock: Clock) -> str:
    """The path that a mail program posts to, so that its reader gets no more mail."""
    with store.writing() as session:
        queue_invitations(session, study.wave, key=settings.secret_key.encode(), now=clock())
        return f"/unsubscribe/{session.scalars(select(Mail.key).order_by(Mail.id)).first()}"


@pytest.mark.parametrize("method", ["HEAD", "GET", "OPTIONS"])
def test_looking_twenty_times_changes_nothing(
    client: Visitor, store: Store, links: dict[str, str], stop: str, method: str
) -> None:
    before = everything(store)
    for _visit in range(VISITS):
        for path in (*(links["p1"] + path for path in PATHS), stop):
            assert client.open(path, method=method).status_code < 500
    assert everything(store) == before


def test_posting_as_a_scanner_does_changes_nothing(
    client: Visitor, store: Store, links: dict[str, str], stop: str
) -> None:
    before = everything(store)
    for _visit in range(VISITS):
        for path in (links["p1"], f"{links['p1']}/start", f"{links['p1']}/decline", stop, f"{stop}/undo"):
            assert client.post(path).status_code in (400, 405)
            assert client.post(path, data={"email": "a@example.org", "always": "yes"}).status_code in (400, 405)
    assert everything(store) == before


@pytest.mark.browser
def test_a_browser_that_only_looks_changes_nothing_and_the_person_starts_in_one_press(
    browser: Browser, live_app: LiveApp, store: Store, study: SmallStudy, stop: str
) -> None:
    link = f"{live_app.url}/interview/{study.tokens['p1']}"
    before = everything(store)
    for _browser in range(2):
        context = browser.new_context()
        page = context.new_page()
        for address in (link, f"{link}/decline", live_app.url + stop):
            for _visit in range(VISITS // 2):
                page.goto(address, wait_until="domcontentloaded")  # scripts have run by then
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
