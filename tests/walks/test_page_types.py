"""Every type of page and question in a browser: wide, narrow, without JavaScript and by keyboard alone."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from surveys.interviews import finish, resume
from surveys.invitations import find_invited, invite
from surveys.naming import add_from_roster, done_naming
from surveys.store import Store
from surveys.studies import publish_instrument
from surveys.waves import add_wave, open_wave
from tests.axe import axe_violations
from tests.small_study import SmallStudy, answer, answered_about_ego, tokens
from tests.walks.filling import Filler
from tests.walks.respondent import DESKTOP, NARROW, new_page
from tests.webapp.conftest import Clock, LiveApp

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
SAMPLES = Path(__file__).parent / "samples"
WHOLE = Path(__file__).parents[1] / "instruments" / "samples" / "whole.yaml"
PICTURES = Path(__file__).parents[2] / "test-results" / "page-types"


@dataclass(frozen=True)
class Way:
    """How somebody goes through the pages."""

    name: str
    size: dict[str, int]
    javascript: bool = True
    keyboard: bool = False


WAYS = (
    Way("desktop", DESKTOP),
    Way("narrow", NARROW),
    Way("plain", NARROW, javascript=False),
    Way("keyboard", DESKTOP, keyboard=True),
)


@pytest.fixture
def second_wave(store: Store, study: SmallStudy, clock: Clock, settings) -> Callable[[str], str]:
    """Makes a second wave with a questionnaire for Ada, who named two people in the first; gives her link's token."""

    def make(source: str) -> str:
        key = settings.secret_key.encode()
        with store.writing() as session:
            first_wave(session, study, clock())
            version = publish_instrument(session, study.study, source, now=clock())
            opens, closes = clock() - timedelta(days=1), clock() + timedelta(days=9)
            wave = add_wave(session, study.study, version, "Wave 2", opens_at=opens, closes_at=closes)
            open_wave(wave)
            invite(session, wave, [study.people["p1"]], key=key, now=clock())
            return tokens(session, wave, key)["p1"]

    return make


def first_wave(session, study: SmallStudy, now) -> None:
    current = answered_about_ego(session, study)
    page = current.instrument.page("advice_names")
    for reference in ("p5", "p6"):
        add_from_roster(session, current, page, "any", study.people[reference].key, now=now)
        current = resume(session, find_invited(session, study.tokens["p1"]))
    current = answer(session, done_naming(session, current, page, now=now), "topic_grid")
    for number in (1, 2):
        about = {"freq": "weekly", "formality": "informal", "origin": "event"}
        current = answer(session, current, f"about_contacts/{number}", **about)
    finish(session, answer(session, current, "story"), now=now)


class Looker:
    """Keeps what is wrong on each page, and where CONFER_PICTURES is 1 a picture of it."""

    def __init__(self, way: Way, name: str) -> None:
        self.way, self.found = way, dict[str, list[str]]()
        self.folder = PICTURES / f"{name}-{way.name}"
        self.pictures = os.environ.get("CONFER_PICTURES") == "1"
        self.count = 0

    def __call__(self, page: Page) -> None:
        self.count += 1
        where = re.sub(r"[^a-z0-9_]+", "-", page.url.split("/interview/")[1].partition("/")[2])
        if self.pictures:
            page.screenshot(path=self.folder / f"{self.count:02d}-{where}.png", full_page=True)
        page.wait_for_load_state("domcontentloaded")
        wide = page.evaluate("document.documentElement.scrollWidth")
        faults = axe_violations(page) if self.way.javascript else []
        faults += [f"{wide} px wide"] if wide > self.way.size["width"] else []
        if faults:
            self.found[f"{where} {page.title()}"] = faults


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.name)
@pytest.mark.parametrize("name", ["whole", "items"])
def test_every_page_can_be_answered(
    browser: Browser, live_app: LiveApp, second_wave: Callable[[str], str], way: Way, name: str
) -> None:
    token = second_wave((WHOLE if name == "whole" else SAMPLES / "items.yaml").read_text(encoding="utf-8"))
    context, page = new_page(browser, viewport=way.size, java_script_enabled=way.javascript)
    look = Looker(way, name)
    page.goto(f"{live_app.url}/interview/{token}")
    look(page)
    page.get_by_role("button", name="Start").click()
    met = Filler(page, look, way.keyboard).to_check()
    page.get_by_role("button", name="Send my answers").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    context.close()
    assert look.found == {}
    assert {one.partition("/")[0] for one in met} >= EXPECTED[name]


EXPECTED = {
    "whole": {
        "consent", "welcome", "about_you", "still_in_touch", "advice_names", "topic_grid", "about_contacts", "circles",
        "who_knows_whom", "how_close", "other_sites", "how_many", "picture",
    },
    "items": {"consent", "about", "names", "sorted", "web", "two"},
}  # fmt: skip


@pytest.mark.parametrize("way", WAYS[:2], ids=lambda way: way.name)
def test_pages_between_are_for_everyone(
    browser: Browser, live_app: LiveApp, second_wave: Callable[[str], str], way: Way
) -> None:
    """Welsh with an error, a question about an answer, the same name again, a job instead of a name, two screens."""
    link = f"{live_app.url}/interview/{second_wave(WHOLE.read_text(encoding='utf-8'))}"
    context, page = new_page(browser, viewport=way.size)
    look = Looker(way, "between")

    def press(name: str) -> None:
        page.get_by_role("button", name=name, exact=True).click()
        page.wait_for_load_state()
        look(page)

    page.goto(link)
    press("Cymraeg")
    press("Dechrau")
    press("Parhau")
    expect(page).to_have_title(re.compile("^Gwall: "))
    page.get_by_role("checkbox").check()
    press("Parhau")
    press("Parhau")
    page.locator("[name=first_year]").fill("2000")
    page.locator("[name=last_year]").fill("2010")
    press("English")
    expect(page.locator("[name=first_year]")).to_have_value("2000")
    press("Continue")
    page.get_by_label("Yes, this is right").check()
    press("Continue")
    for stays in page.get_by_label("As before").all():
        stays.check()
    press("Continue")
    page.locator("input[name=name]").first.fill("dee  okafor")
    page.locator("input[name=name]").first.press("Enter")
    page.get_by_label("None of these").check()
    press("Add")
    expect(page.get_by_role("heading", level=1)).to_contain_text("You already added Dee Okafor.")
    press("Continue")
    page.get_by_label("Yes, the same person").check()
    press("Continue")
    page.get_by_text("Add a job instead of a name").click()
    press("Add this job")
    page.get_by_label("Which job?").select_option("IT team")
    page.get_by_label("At which place?").select_option("Site B")
    press("Add this job")
    expect(page.locator(".app-names__name").first).to_have_text("IT team at Site B")
    press("Continue with 3 people")
    other = context.new_page()
    other.goto(page.url)
    page.locator("select").first.select_option("i_get")
    press("Continue")
    other.locator("select").first.select_option("i_give")
    other.get_by_role("button", name="Continue").click()
    expect(other.get_by_role("heading", level=1)).to_contain_text("changed on another screen")
    look(other)
    other.get_by_role("button", name="Keep what I just sent").click()
    other.goto(f"{link}/topic_grid")
    expect(other.locator("select").first).to_have_value("i_give")
    context.close()
    assert look.found == {}
