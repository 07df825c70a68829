"""An analyst walks through the dashboards: at every width, by keyboard, back and forth, and to the files."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from config import Settings
from surveys import migrate
from surveys.demonstration.load import load
from surveys.demonstration.shape import Shape
from surveys.store import Store, open_store
from tests.axe import axe_violations
from tests.webapp.conftest import Clock, LiveApp, Who, made_account, served

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
PAGES = ("response", "flows", "roles", "growth")
NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
KEY = b"k" * 48
SIZE = {"width": 1280, "height": 800}


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A small demonstration that these tests only look at: 12 sites, 72 people, two waves."""
    opened = open_store(f"sqlite:///{tmp_path_factory.mktemp('dashboards') / 'confer.db'}")
    migrate.upgrade(opened.engine)
    with opened.writing() as session:
        for _batch in load(session, Shape(sites=12, people_per_site=6, waves=2), key=KEY, now=NOW):
            pass
    yield opened
    opened.engine.dispose()


@pytest.fixture(scope="module")
def live_app(demonstration: Store) -> Iterator[LiveApp]:
    url = demonstration.engine.url.render_as_string(hide_password=False)
    with served(Settings(environment="testing", secret_key="k" * 48, database_url=url), Clock()) as live:
        yield live


@pytest.fixture(scope="module")
def analyst(demonstration: Store) -> Who:
    return made_account(demonstration, "analyst", NOW)


class Watch:
    """What a page says on its console, and what it asks of other hosts."""

    def __init__(self, page: Page, url: str) -> None:
        self.said: list[str] = []
        page.on("console", lambda message: self.said.append(message.text) if message.type != "info" else None)
        page.on("pageerror", lambda fault: self.said.append(str(fault)))
        page.on("request", lambda asked: self.said.append(asked.url) if elsewhere(asked.url, url) else None)


def elsewhere(address: str, url: str) -> bool:
    return not address.startswith((url, "data:", "blob:"))


def sign_in(page: Page, url: str, who: Who) -> None:
    page.goto(f"{url}/sign-in")
    page.get_by_label("E-mail address").fill(who.email)
    page.get_by_label("Password").fill(who.password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{url}/home")


@pytest.fixture(scope="module")
def at_work(browser: Browser, live_app: LiveApp, analyst: Who) -> Iterator[BrowserContext]:
    """An analyst's browser, which has fetched the scripts once."""
    context = browser.new_context(viewport=SIZE)
    context.set_default_timeout(10_000)
    sign_in(context.new_page(), live_app.url, analyst)
    yield context
    context.close()


@pytest.fixture
def signed_in(at_work: BrowserContext) -> Iterator[Page]:
    page = at_work.new_page()
    yield page
    page.close()


@pytest.fixture
def watched(signed_in: Page, live_app: LiveApp) -> Iterator[Page]:
    """A page of an analyst; at the end nothing was said on the console and nothing asked of another host."""
    watch = Watch(signed_in, live_app.url)
    yield signed_in
    assert watch.said == []


def open_page(page: Page, live: LiveApp, address: str) -> None:
    page.goto(f"{live.url}/dashboards/{address}")
    expect(page.get_by_role("heading", name="What this rests on")).to_be_visible()
    expect(page.locator(".app-figure:not(:has(svg.main-svg))")).to_have_count(0, timeout=20_000)


@pytest.mark.parametrize("width", [1280, 320])
def test_the_pages_are_for_everyone(watched: Page, live_app: LiveApp, width: int) -> None:
    watched.set_viewport_size({"width": width, "height": 800})
    faults: dict[str, list[str]] = {}
    for name in (*PAGES, "flows?site=A", "flows?view=regions", "growth?role=nobody"):
        open_page(watched, live_app, name)
        watched.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
        wide = watched.evaluate("document.documentElement.scrollWidth")
        faults[name] = axe_violations(watched) + ([f"{wide} px wide"] if wide > width else [])
        assert watched.locator(".modebar, .modebar-container *").count() == 0
        assert watched.locator("a[href*='plotly']").count() == 0
    assert faults == {name: [] for name in faults}


def test_a_filter_by_keyboard_keeps_the_focus_and_back_restores_everything(watched: Page, live_app: LiveApp) -> None:
    open_page(watched, live_app, "response")
    wave, heading, first = watched.get_by_label("Wave", exact=True), watched.locator("#finding"), watched.title()
    wave.focus()
    watched.keyboard.press("ArrowDown")
    expect(heading).to_contain_text("in wave 1")
    assert watched.url.endswith("/dashboards/response?wave=1")
    assert watched.evaluate("document.activeElement.id") == "filter-wave"
    expect(watched.get_by_role("status")).to_contain_text(f"Figures changed. {heading.inner_text()}")
    assert watched.title().startswith(heading.inner_text())
    watched.go_back()
    expect(heading).to_contain_text("in wave 2")
    expect(wave).to_have_value("all")
    assert (watched.title(), watched.url) == (first, f"{live_app.url}/dashboards/response")
    watched.go_forward()
    expect(heading).to_contain_text("in wave 1")
    expect(wave).to_have_value("1")
    assert watched.url.endswith("?wave=1")


def test_the_map_shows_sites_or_regions_as_its_address_says(watched: Page, live_app: LiveApp) -> None:
    open_page(watched, live_app, "flows")
    arrows = watched.get_by_label("Arrows on the map")
    expect(watched.get_by_role("heading", name="Strongest flows between sites")).to_be_visible()
    arrows.select_option("regions")
    expect(watched.locator("#finding")).to_contain_text("stay inside a region")
    assert watched.url.endswith("/dashboards/flows?view=regions")
    arrows.select_option("sites")
    expect(watched.get_by_role("heading", name="Strongest flows between sites")).to_be_visible()
    assert watched.url.endswith("/dashboards/flows")


NAMES_ON_MAP = """() => [...document.querySelectorAll('#flows-map .annotation')]
    .filter(note => getComputedStyle(note).visibility === 'visible' && !/^\\d+P?$/.test(note.textContent.trim()))
    .map(note => note.querySelector('.annotation-text-g').getBoundingClientRect())
    .map(box => [box.left, box.top, box.right, box.bottom])"""


@pytest.mark.parametrize("address", ["flows", "flows?view=regions", "flows?site=A"])
@pytest.mark.parametrize("width", [1280, 320])
def test_names_on_the_map_neither_collide_nor_leave_it(
    watched: Page, live_app: LiveApp, width: int, address: str
) -> None:
    watched.set_viewport_size({"width": width, "height": 800})
    open_page(watched, live_app, address)
    watched.wait_for_timeout(500)
    boxes = watched.evaluate(NAMES_ON_MAP)
    assert len(boxes) >= 2
    assert all(box[0] >= 0 and box[2] <= width for box in boxes)
    for one, other in combinations(boxes, 2):
        assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


def test_figures_fit_the_paper_when_printed_and_their_room_again_afterwards(watched: Page, live_app: LiveApp) -> None:
    open_page(watched, live_app, "response")
    drawing = watched.locator("#response-days .main-svg").first
    before = drawing.bounding_box()
    watched.evaluate("dispatchEvent(new Event('beforeprint'))")
    watched.wait_for_timeout(300)
    printed = drawing.bounding_box()
    watched.evaluate("dispatchEvent(new Event('afterprint'))")
    watched.wait_for_timeout(300)
    after = drawing.bounding_box()
    assert before and printed and after
    assert printed["width"] == 640 and after["width"] == before["width"] > 1000


def test_a_page_leads_home_and_names_its_study(watched: Page, live_app: LiveApp) -> None:
    open_page(watched, live_app, "roles")
    expect(watched.locator("#about")).to_contain_text("Answers up to")
    watched.get_by_role("navigation", name="Way back").get_by_role("link", name="Home").click()
    watched.wait_for_url(f"{live_app.url}/home")


def test_a_link_to_another_page_keeps_the_filters_and_moves_the_focus(watched: Page, live_app: LiveApp) -> None:
    open_page(watched, live_app, "response?wave=1")
    watched.get_by_role("link", name="Flows between roles").press("Enter")
    expect(watched).to_have_title(re.compile("Flows between roles"))
    assert watched.url.endswith("/dashboards/roles?wave=1")
    assert watched.evaluate("document.activeElement.id") == "finding"
    expect(watched.locator("a[aria-current=page]")).to_have_text("Flows between roles")
    expect(watched.get_by_label("Wave", exact=True)).to_have_value("1")
    expect(watched.get_by_role("status")).to_have_text("")


def test_a_first_page_neither_moves_the_focus_nor_speaks(watched: Page, live_app: LiveApp) -> None:
    open_page(watched, live_app, "growth")
    assert watched.evaluate("document.activeElement.tagName") == "BODY"
    expect(watched.get_by_role("status")).to_have_text("")


def test_the_table_and_the_picture_come_as_files(watched: Page, live_app: LiveApp) -> None:
    open_page(watched, live_app, "growth?wave=1")
    with watched.expect_download() as table:
        watched.get_by_role("link", name="Download this page's table").click()
    assert table.value.suggested_filename == "demonstration-growth.csv"
    assert Path(table.value.path()).read_text("utf-8-sig").startswith("Wave,Kind of contact,")
    with watched.expect_download() as picture:
        watched.locator("button[data-picture=growth-waves]").click()
    assert picture.value.suggested_filename == "growth-waves.png"
    assert Path(picture.value.path()).read_bytes().startswith(b"\x89PNG")


def test_the_figures_that_were_folded_away_fill_their_room(watched: Page, live_app: LiveApp) -> None:
    open_page(watched, live_app, "flows")
    watched.get_by_text("Show every site against every other").click()
    drawing = watched.locator("#flows-matrix .main-svg").first
    expect(drawing).to_be_visible()
    watched.wait_for_timeout(500)
    room, drawn = watched.locator("#flows-matrix").bounding_box(), drawing.bounding_box()
    assert room and drawn and room["width"] > 600 and abs(room["width"] - drawn["width"]) < 2


def test_a_reader_whose_sign_in_ended_is_told_so(page: Page, live_app: LiveApp, analyst: Who) -> None:
    sign_in(page, live_app.url, analyst)
    open_page(page, live_app, "response")
    page.context.clear_cookies()
    page.get_by_label("Wave", exact=True).select_option("1")
    expect(page.get_by_role("alert")).to_contain_text("could not be brought up to date")


def test_pages_hold_in_forced_colours(browser: Browser, live_app: LiveApp, analyst: Who) -> None:
    context = browser.new_context(forced_colors="active", viewport=SIZE)
    page = context.new_page()
    sign_in(page, live_app.url, analyst)
    page.goto(f"{live_app.url}/dashboards/roles")
    cell = page.locator(".app-heat td").first
    expect(cell).to_be_visible()
    shown = cell.evaluate("cell => [getComputedStyle(cell).backgroundColor, getComputedStyle(cell).color]")
    assert shown[0] != shown[1]
    context.close()
