"""A respondent's browser: its way through the pages, and what it fetches."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.sync_api import Browser, BrowserContext, Page, expect

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


def new_page(browser: Browser, **options: object) -> tuple[BrowserContext, Page]:
    context = browser.new_context(**{"viewport": PHONE, **options})
    context.set_default_timeout(10_000)
    return context, context.new_page()
