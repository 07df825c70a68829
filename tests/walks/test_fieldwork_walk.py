"""A study from its first page to a closed wave: by pages alone, and by commands alone, with the same end state."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page
from sqlalchemy import text

from surveys.store import Store
from tests.axe import axe_violations
from tests.small_study import SmallStudy
from tests.webapp.commands.conftest import LIBRARY
from tests.webapp.conftest import Clock, LiveApp, Who
from tests.webapp.test_staff_pages import sign_in

pytestmark = pytest.mark.browser

SITES = "code,name,region,designation\nA,Alpha Hospital,London,exemplar\nB,Beta Hospital,Midlands,fast follower\n"
PEOPLE = "reference,name,email,site,role\n" + "".join(
    f"E{number},Jo {number},,{'AB'[number % 2]},nurse\n" for number in range(6)
)
STATE = {
    "study": "SELECT code, name, snowball_allowed, open_links_allowed, revision FROM study",
    "agreement": "SELECT agreed_with, reference, who_sees_what, no_judging, agreed_on FROM agreement",
    "wave": "SELECT number, label, status, opens_at, closes_at, sample, quota, target, revision, released_at FROM wave",
    "invitation": "SELECT site_id, role_id, invited_at, came_by, opened_at, declined_at FROM invitation ORDER BY id",
}

Run = Callable[..., str]


@pytest.fixture
def run(app: Flask) -> Run:
    """Run a command that must end well; gives what it printed."""
    runner = app.test_cli_runner()

    def go(*words: object) -> str:
        result = runner.invoke(args=[str(word) for word in words])
        assert result.exit_code == 0, result.output
        return result.output

    return go


def state(store: Store) -> dict[str, list[tuple[object, ...]]]:
    with store.engine.connect() as connection:
        return {name: [tuple(row) for row in connection.execute(text(query))] for name, query in STATE.items()}


def load(run: Run, folder: Path) -> None:
    """What both ways have in common: the questionnaire, the sites and the people, from files."""
    for name, content in (("sites", SITES), ("people", PEOPLE)):
        (folder / f"{name}.csv").write_text(content)
    run("instruments", "publish", LIBRARY)
    run("study", "import-sites", folder / "sites.csv")
    run("study", "import-people", folder / "people.csv")


def fill(page: Page, **values: str) -> None:
    for label, value in values.items():
        page.get_by_label(label.replace("_", " "), exact=True).fill(value)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def by_pages(page: Page, url: str, loaded: Callable[[], None], look: Callable[[], None]) -> None:
    """Everything an evaluator does, looking round on each page."""
    press(page, "Make a study")
    fill(page, Code="trial", Name="A trial")
    look()
    press(page, "Make the study")
    loaded()
    page.get_by_role("link", name="Record the agreement").click()
    fill(page, Agreed_with="The sites", Day_of_the_agreement="1 10 2026", Who_may_see_what="Sites see counts.")
    fill(page, **{"Reference (optional)": "REC 7"})
    page.get_by_label("It was agreed that no one is judged").check()
    look()
    press(page, "Record")
    look()
    page.get_by_role("link", name="Change the name and what is permitted").click()
    page.get_by_label("Ask people because others named them").check()
    look()
    press(page, "Save")
    press(page, "Plan a wave")
    fill(page, Label="Autumn", First_day="1 11 2026", Last_day="30 11 2026", People_at_each_site="2", Target="70")
    page.get_by_label("A number of people at each site, drawn by chance").check()
    look()
    press(page, "Plan the wave")
    look()
    press(page, "Invite people")
    look()
    press(page, "Invite 4 people")
    press(page, "Open")
    look()
    press(page, "Open this wave")
    page.get_by_role("link", name="Change the settings").click()
    fill(page, Label="Late autumn")
    press(page, "Save")
    look()
    page.get_by_role("link", name="What each site has given").click()
    look()
    page.get_by_role("link", name="Back to the wave").click()
    press(page, "Close")
    look()
    press(page, "Close this wave")
    press(page, "Reopen")
    fill(page, New_last_day="1 12 2026")
    look()
    press(page, "Reopen this wave")
    press(page, "Close")
    press(page, "Close this wave")
    press(page, "Release")
    look()
    press(page, "Release this wave")
    assert "The wave is released." in page.content()


def by_commands(run: Run, folder: Path) -> None:
    """The same, as commands."""
    run("study", "create", "trial", "A trial")
    load(run, folder)
    agreed = ("--with", "The sites", "--on", "2026-10-01", "--who-sees", "Sites see counts.", "--reference", "REC 7")
    run("agreement", "record", *agreed, "--no-judging")
    run("settings", "change", "--snowball")
    dates = ("--opens", "2026-11-01", "--closes", "2026-11-30")
    run("waves", "add", "Autumn", *dates, "--sample", "quota", "--quota", 2, "--target", 70)
    run("waves", "invite", 1)
    run("waves", "open", 1)
    run("waves", "change", 1, "--label", "Late autumn")
    run("waves", "close", 1)
    run("waves", "reopen", 1, "--closes", "2026-12-01")
    run("waves", "close", 1)
    run("waves", "release", 1)


@pytest.mark.timeout(120)
def test_pages_alone_and_commands_alone_end_in_the_same_state(
    browser: Browser, live_app: LiveApp, evaluator: Who, store: Store, run: Run, tmp_path: Path, clock: Clock
) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 800})
    page = context.new_page()
    sign_in(page, live_app, evaluator)
    by_pages(page, live_app.url, lambda: load(run, tmp_path), lambda: None)
    context.close()
    paged = state(store)
    with store.engine.begin() as connection:
        for table in ("invitation", "wave", "agreement", "instrument_version", "person", "site"):
            connection.execute(text(f"DELETE FROM {table}"))
        for table in ("topic", "role", "mechanism", "study"):
            connection.execute(text(f"DELETE FROM {table}"))
    by_commands(run, tmp_path)
    commanded = state(store)
    assert {name: len(rows) for name, rows in paged.items()} == {"study": 1, "agreement": 1, "wave": 1, "invitation": 4}
    assert sorted(row[0] for row in paged.pop("invitation")) == sorted(row[0] for row in commanded.pop("invitation"))
    assert paged == commanded


@pytest.mark.timeout(120)
def test_a_poster_leads_to_an_interview_and_its_pages_are_for_everyone(
    page: Page, live_app: LiveApp, evaluator: Who, study: SmallStudy, run: Run
) -> None:
    found: list[str] = []

    def look() -> None:
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            wide = page.evaluate("document.documentElement.scrollWidth")
            found.extend(axe_violations(page) + ([f"{page.url} is {wide} px wide"] if wide > width else []))

    run("settings", "change", "--open-links")
    sign_in(page, live_app, evaluator)
    page.goto(f"{live_app.url}/studies/small/waves/1")
    page.get_by_role("link", name="Links for posters").click()
    fill(page, People_who_may_use_it_at_most="none")
    press(page, "Make the link")
    look()
    fill(page, People_who_may_use_it_at_most="30")
    press(page, "Make the link")
    look()
    page.get_by_role("link", name="Poster of Site A").click()
    look()
    page.goto(page.get_by_text("/join/").inner_text().strip())
    press(page, "Continue")
    assert page.title().startswith("Error: ")
    look()
    page.get_by_label("Pharmacist").first.check()
    look()
    press(page, "Continue")
    assert "/interview/" in page.url
    assert found == []


@pytest.mark.timeout(180)
def test_every_page_of_fieldwork_is_for_everyone(
    page: Page, live_app: LiveApp, evaluator: Who, store: Store, run: Run, tmp_path: Path
) -> None:
    found: dict[str, list[str]] = {}

    def look() -> None:
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            wide = page.evaluate("document.documentElement.scrollWidth")
            faults = axe_violations(page) + ([f"{wide} px wide"] if wide > width else [])
            found[f"{page.url.removeprefix(live_app.url)} at {width}"] = faults

    sign_in(page, live_app, evaluator)
    by_pages(page, live_app.url, lambda: load(run, tmp_path), look)
    for path in ("/new-study", "/studies/trial/waves/new", "/studies/trial/agreement"):
        page.goto(live_app.url + path)
        page.get_by_role("main").get_by_role("button").last.click()
        assert page.title().startswith("Error: ")
        look()
    page.goto(f"{live_app.url}/studies/trial/settings")
    run("settings", "change", "--name", "Theirs", "--open-links")
    fill(page, Name="Mine")
    press(page, "Save")
    look()
    press(page, "Save")
    assert page.title().startswith("Error: Somebody else changed these settings")
    look()
    page.get_by_label("Theirs: Theirs").check()
    page.get_by_label("Yours: No").check()
    press(page, "Save")
    assert page.get_by_role("heading", level=1).inner_text() == "Theirs"
    assert found == {path: [] for path in found}
    assert len(found) > 25
