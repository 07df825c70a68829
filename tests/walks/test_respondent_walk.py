"""A respondent's whole way in a browser: with and without JavaScript, by keyboard, on a phone, within its weight."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.axe import axe_violations
from tests.small_study import SmallStudy
from tests.webapp.conftest import LiveApp

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
NARROW = {"width": 320, "height": 640}
DESKTOP = {"width": 1280, "height": 900}
FIRST_PAGE_BYTES, WHOLE_INTERVIEW_BYTES = 60_000, 150_000
PICKS = (("dee oka", "Dee Okafor"), ("eli nov", "Eli Novák"), ("ben cos", "Ben Costa"), ("it man", "Raj Khan"))


@dataclass
class Traffic:
    """What a browser fetched: bytes over the wire, and which hosts."""

    bytes: int = 0
    hosts: set[str] = field(default_factory=set)

    def watch(self, context: BrowserContext, page: Page) -> Traffic:
        wire = context.new_cdp_session(page)
        wire.send("Network.enable")
        wire.on("Network.loadingFinished", self._finished)
        page.on("request", lambda request: self.hosts.add(request.url.split("/")[2]))
        return self

    def _finished(self, event: dict[str, float]) -> None:
        self.bytes += int(event["encodedDataLength"])


@dataclass
class Walk:
    """One browser on its way; `look` is called on each page that is new."""

    page: Page
    link: str
    look: Callable[[Page], None] = lambda page: None

    def at(self, path: str) -> None:
        self.page.wait_for_url(re.compile(re.escape(self.link) + path + r"(\?.*)?$"))
        self.look(self.page)

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def open(self) -> None:
        self.page.goto(self.link)
        self.look(self.page)

    def to_names(self) -> None:
        self.open()
        self.press("Start")
        self.at("/consent")
        self.page.get_by_label("I have read about this study.").check()
        self.page.get_by_label("I choose to take part.").check()
        self.press("Continue")
        self.at("/about_you")
        self.press("Continue")
        self.at("/advice_names")

    def pick(self, typed: str, name: str) -> None:
        self.page.locator(".autocomplete__input").press_sequentially(typed)
        self.page.locator(".autocomplete__option", has_text=name).first.click()
        expect(self.page.get_by_role("status").filter(has_text=f"Added {name}.")).to_be_visible()
        self.look(self.page)

    def type_name(self, name: str) -> None:
        self.page.locator(".autocomplete__input").fill(name)
        self.page.locator(".autocomplete__input").press("Enter")
        self.page.wait_for_url("**/describe/*")
        self.look(self.page)
        self.page.get_by_label("Where do they work?").select_option("Site C")
        self.press("Continue")
        self.at("/advice_names")

    def about(self, number: int) -> None:
        self.at(f"/about_contacts/{number}")
        self.page.get_by_label("Most weeks").check()
        self.page.get_by_label("Through people I know").check()
        self.page.get_by_label("How did you get to know them?").select_option("We met at an event")
        self.press("Continue")


@pytest.fixture
def link(live_app: LiveApp, study: SmallStudy) -> str:
    return f"{live_app.url}/interview/{study.tokens['p1']}"


def new_page(browser: Browser, **options: object) -> tuple[BrowserContext, Page]:
    context = browser.new_context(**{"viewport": PHONE, **options})
    context.set_default_timeout(10_000)
    return context, context.new_page()


def test_five_people_leave_resume_elsewhere_finish_and_see_the_map(browser: Browser, link: str) -> None:
    context, page = new_page(browser)
    traffic = Traffic().watch(context, page)
    walk = Walk(page, link)
    walk.open()
    page.wait_for_load_state("networkidle")
    first_page = traffic.bytes
    walk.to_names()
    for typed, name in PICKS:
        walk.pick(typed, name)
    walk.type_name("Kit Moss")
    walk.press("Continue with 5 people")
    walk.at("/topic_grid")
    page.get_by_role("checkbox", name="I learn from them: Dee Okafor, Electronic prescribing").check()
    page.get_by_role("checkbox", name="They learn from me: Kit Moss, Health records").check()
    walk.press("Continue")
    walk.about(1)
    walk.about(2)
    walk.at("/about_contacts/3")
    expect(page.locator(".app-progress")).to_have_text("Person 3 of 5")
    walk.press("Save and leave")
    walk.at("/leave")
    context.close()

    elsewhere, page = new_page(browser, viewport=DESKTOP)
    traffic.watch(elsewhere, page)
    walk = Walk(page, link)
    walk.open()
    expect(page.get_by_text("You have added 5 people.")).to_be_visible()
    walk.press("Continue where you left off")
    for number in (3, 4, 5):
        walk.about(number)
    walk.at("/story")
    walk.press("Continue")
    walk.at("/check")
    expect(page.get_by_text("Kit Moss").first).to_be_visible()
    walk.press("Send my answers")
    walk.at("/done")
    page.get_by_text("See your own network").click()
    expect(page.get_by_role("img", name="Your own network")).to_be_visible()
    expect(page.get_by_role("rowheader", name="Dee Okafor")).to_be_visible()
    assert "Kit Moss" not in page.content()
    elsewhere.close()

    assert traffic.hosts == {link.split("/")[2]}
    assert 0 < first_page <= FIRST_PAGE_BYTES, first_page
    assert traffic.bytes <= WHOLE_INTERVIEW_BYTES + FIRST_PAGE_BYTES, traffic.bytes  # two browsers, two first pages
    print(f"first page {first_page} bytes, two browsers together {traffic.bytes}")


def test_a_whole_interview_in_one_browser_keeps_within_its_weight(browser: Browser, link: str) -> None:
    context, page = new_page(browser)
    traffic = Traffic().watch(context, page)
    walk = Walk(page, link)
    walk.to_names()
    for typed, name in PICKS:
        walk.pick(typed, name)
    walk.type_name("Kit Moss")
    walk.press("Continue with 5 people")
    walk.at("/topic_grid")
    walk.press("Continue")
    for number in range(1, 6):
        walk.about(number)
    walk.at("/story")
    walk.press("Continue")
    walk.at("/check")
    walk.press("Send my answers")
    walk.at("/done")
    context.close()
    assert traffic.bytes <= WHOLE_INTERVIEW_BYTES, traffic.bytes
    print(f"whole interview {traffic.bytes} bytes")


def test_the_same_without_javascript(browser: Browser, link: str) -> None:
    context, page = new_page(browser, java_script_enabled=False)
    walk = Walk(page, link)
    walk.to_names()
    page.get_by_role("textbox").fill("Raj Khan")
    walk.press("Add")
    walk.at("/advice_names/choose")
    expect(page.get_by_role("heading", level=1)).to_have_text("Which “Raj Khan” do you mean?")
    page.get_by_role("radio").nth(1).check()
    walk.press("Add")
    walk.at("/advice_names")
    for name in ("dee", "eli", "ben"):
        page.get_by_role("textbox").fill(name)
        page.get_by_role("textbox").press("Enter")
        walk.at("/advice_names/choose")
        page.get_by_role("radio").first.check()
        walk.press("Add")
        walk.at("/advice_names")
    page.get_by_role("textbox").fill("Kit Moss")
    walk.press("Add")
    page.wait_for_url("**/describe/5")
    walk.press("Continue")
    walk.press("Continue with 5 people")
    walk.at("/topic_grid")
    page.get_by_role("checkbox", name="I learn from them: Kit Moss, Data and reporting").check()
    walk.press("Save and leave")
    walk.at("/leave")
    context.close()

    context, page = new_page(browser, java_script_enabled=False, viewport=DESKTOP)
    walk = Walk(page, link)
    walk.open()
    walk.press("Continue where you left off")
    for number in range(1, 6):
        walk.about(number)
    walk.press("Continue")
    walk.at("/check")
    expect(page.get_by_text("Data and reporting: I learn from them")).to_be_visible()
    walk.press("Send my answers")
    walk.at("/done")
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    context.close()


def test_names_by_keyboard_alone(page: Page, link: str) -> None:
    walk = Walk(page, link)
    walk.to_names()
    box = page.locator(".autocomplete__input")
    for _ in range(20):
        if box.evaluate("box => box === document.activeElement"):
            break
        page.keyboard.press("Tab")
    page.keyboard.type("raj")
    expect(page.locator(".autocomplete__option strong").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator(".app-names__detail").first).to_have_text("IT manager, Site C")
    expect(box).to_be_focused()
    page.keyboard.type("Kit Moss")
    page.keyboard.press("Enter")
    page.wait_for_url("**/describe/2")
    page.get_by_role("button", name="Continue").focus()
    page.keyboard.press("Enter")
    walk.at("/advice_names")
    expect(page.locator(".app-names__name")).to_have_text(["Kit Moss", "Raj Khan"])
    expect(box).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".nhsuk-error-summary")).to_be_focused()
    expect(page.locator(".app-names__name")).to_have_count(2)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(box).to_be_focused()


@pytest.mark.parametrize("size", [DESKTOP, NARROW], ids=["1280", "320"])
def test_every_page_is_for_everyone_at_any_width(browser: Browser, link: str, size: dict[str, int]) -> None:
    context, page = new_page(browser, viewport=size)
    found: dict[str, list[str]] = {}

    def look(page: Page) -> None:
        wide = page.evaluate("document.documentElement.scrollWidth")
        faults = axe_violations(page) + ([f"{wide} px wide"] if wide > size["width"] else [])
        if faults:
            found[f"{page.url.removeprefix(link)} {page.title()}"] = faults

    def refused() -> None:
        expect(page).to_have_title(re.compile("^Error: "))
        expect(page.locator(".nhsuk-error-summary")).to_be_focused()
        look(page)

    walk = Walk(page, link, look)
    walk.open()
    page.get_by_text("Do not ask me again").click()
    walk.at("/decline")
    walk.press("Yes, do not ask me again")
    walk.at("/decline")
    walk.press("Start")
    walk.press("Continue")
    refused()
    page.goto(f"{link}/about_you")
    look(page)
    page.get_by_label("I have read about this study.").check()
    page.get_by_label("I choose to take part.").check()
    walk.press("Continue")
    page.get_by_label("Where do you mainly work?").select_option("")
    walk.press("Continue")
    refused()
    page.get_by_label("Where do you mainly work?").select_option("Site A")
    walk.press("Continue")
    walk.at("/advice_names")
    walk.press("Add")
    refused()
    page.locator(".autocomplete__input").press_sequentially("raj")
    expect(page.locator(".autocomplete__option strong").first).to_be_visible()
    look(page)
    page.locator("#name").press("Enter")
    walk.at("/advice_names/choose")
    walk.press("Add")
    refused()
    page.get_by_role("radio").first.check()
    walk.press("Add")
    walk.at("/advice_names")
    walk.type_name("Kit Moss")
    walk.press("Continue with 2 people")
    walk.at("/topic_grid")
    walk.press("Continue")
    walk.at("/about_contacts/1")
    walk.press("Continue")
    refused()
    walk.about(1)
    walk.about(2)
    walk.at("/story")
    page.get_by_role("textbox").fill("x" * 2100)
    walk.press("Continue")
    refused()
    walk.press("Save and leave")
    walk.at("/leave")
    walk.open()
    walk.press("Continue where you left off")
    walk.press("Continue")
    walk.at("/check")
    page.goto(f"{link}/advice_names/remove/1?return=check")
    look(page)
    page.goto(f"{link}/check")
    walk.press("Send my answers")
    walk.at("/done")
    page.get_by_text("See your own network").click()
    look(page)
    context.close()
    assert found == {}


def test_a_chosen_cell_differs_when_the_system_forces_its_colours(browser: Browser, link: str) -> None:
    context, page = new_page(browser, forced_colors="active")
    walk = Walk(page, link)
    walk.to_names()
    walk.pick("dee oka", "Dee Okafor")
    walk.press("Continue with 1 person")
    walk.press("Continue")
    walk.at("/about_contacts/1")
    cell = page.locator(".nhsuk-radios__item", has_text="Most weeks")
    before = cell.screenshot()
    page.get_by_label("Most weeks").check()
    page.evaluate("document.activeElement.blur()")
    after = cell.screenshot()
    context.close()
    assert before != after


def test_the_page_about_a_person_fits_a_phone(browser: Browser, link: str) -> None:
    context, page = new_page(browser)
    walk = Walk(page, link)
    walk.to_names()
    walk.pick("dee oka", "Dee Okafor")
    walk.press("Continue with 1 person")
    walk.press("Continue")
    walk.at("/about_contacts/1")
    bottom = page.get_by_role("button", name="Continue").evaluate("button => button.getBoundingClientRect().bottom")
    cells = page.locator(".nhsuk-radios__label").evaluate_all("all => all.map(c => c.getBoundingClientRect().height)")
    context.close()
    assert bottom <= PHONE["height"]
    assert min(cells) >= 48
