"""A respondent who fills in any page as it comes: first choice, some text, three names; by mouse or by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

NAMES = ("Kit Moss", "Lee Park", "Max Reed")
TEXTS = {"nickname": "Kit", "mail": "kit@example.org", "line": "020 7946 0000", "born~day": "7", "born~month": "5"}
TEXTS |= {"born~year": "2019", "since~month": "5", "since~year": "2019", "years": "6", "first_year": "2010"}
TEXTS |= {"last_year": "2008", "started~month": "5", "started~year": "2010"}
PAGES_AT_MOST = 40


@dataclass
class Filler:
    """One browser that goes on until the answers are to be sent; `look` is called on each page."""

    page: Page
    look: Callable[[Page], None]
    keyboard: bool = False

    def to_check(self) -> list[str]:
        """The pages that were met, by the last part of their address."""
        met: list[str] = []
        for _ in range(PAGES_AT_MOST):
            address = self.page.url.partition("?")[0].split("/interview/")[1].partition("/")[2]
            met.append(address)
            self.look(self.page)
            if address == "check":
                return met
            self.fill()
            self.look(self.page)
            self.proceed()
        raise AssertionError(f"The way does not end: {met}")

    def fill(self) -> None:
        if self.page.locator("form.app-add").count():
            self.names()
            return
        form = self.page.locator("form[data-step]")
        for name in form.locator("input[type=radio]").evaluate_all("all => [...new Set(all.map(one => one.name))]"):
            self.choose(form.locator(f'input[type=radio][name="{name}"]').first)
        for name in form.locator("input[type=checkbox]").evaluate_all(
            "all => [...new Set(all.map(one => one.name))].filter(n => !/^(nickname|started)$/.test(n))"
        ):
            box = form.locator(f'input[type=checkbox][name="{name}"]').first
            if not name.startswith(("who_knows_whom", "why_stopped")) or "-" in name:
                self.choose(box)
        for name, text in TEXTS.items():
            self.type(form.locator(f'input[name="{name}"]:not([type=checkbox])'), text)
        for place, box in enumerate(form.locator(".app-ranks select").all()):
            box.select_option(str(place + 1))

    def choose(self, box: Locator) -> None:
        if box.is_checked():
            return
        if self.keyboard:
            box.focus()
            self.page.keyboard.press("Space")
        else:
            box.check()
        expect(box).to_be_checked()

    def type(self, box: Locator, text: str) -> None:
        if not box.count():
            return
        if self.keyboard:
            box.focus()
            self.page.keyboard.press("Control+a")
            self.page.keyboard.type(text)
        else:
            box.fill(text)

    def names(self) -> None:
        for name in NAMES:
            if self.page.locator(".app-names__name", has_text=name).count():
                continue
            box = self.page.locator("input[name=name]").first
            self.type(box, name)
            box.press("Enter")
            self.page.wait_for_url("**/describe/*")
            self.look(self.page)
            self.press(self.page.get_by_role("button", name="Continue"))
            self.page.wait_for_url("**names?added=*")

    def press(self, button: Locator) -> None:
        if self.keyboard:
            button.focus()
            self.page.keyboard.press("Enter")
        else:
            button.click()

    def proceed(self) -> None:
        here = self.page.url
        self.press(self.page.get_by_role("button", name="Continue").first)
        self.page.wait_for_load_state()
        if self.page.locator(".app-confirm").count():
            self.look(self.page)
            self.choose(self.page.locator(".app-confirm input").first)
            self.press(self.page.get_by_role("button", name="Continue").first)
        self.page.wait_for_url(lambda url: url != here)
