"""On paper: answers and the own picture, no buttons, and nowhere the link that lets others answer."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.walks.respondent import DESKTOP, Walk, new_page

pytestmark = pytest.mark.browser

PRINTED_ADDRESSES = """() => [...document.querySelectorAll("a")].filter(a => a.getClientRects().length
    && getComputedStyle(a, "::after").content !== "none").map(a => a.textContent)"""


def on_paper(page: Page) -> list[str]:
    page.emulate_media(media="print")
    found = page.evaluate(PRINTED_ADDRESSES)
    page.emulate_media(media="screen")
    return found


def test_answers_are_printed_without_the_link(browser: Browser, link: str) -> None:
    context, page = new_page(browser, viewport=DESKTOP)
    walk = Walk(page, link)
    walk.open()
    assert on_paper(page) == []
    walk.to_names()
    walk.pick("dee oka", "Dee Okafor")
    walk.press("Continue with 1 person")
    walk.press("Continue")
    walk.about(1)
    walk.press("Continue")
    walk.at("/check")
    assert on_paper(page) == []
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Send my answers")).to_be_hidden()
    expect(page.locator(".app-check__head a").first).to_be_hidden()
    expect(page.get_by_text("Most weeks")).to_be_visible()
    context.close()
