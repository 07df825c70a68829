"""Respondents' pages for everyone: axe, narrow screens, forced colours, a phone's fold."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.axe import axe_violations
from tests.walks.respondent import DESKTOP, NARROW, PHONE, Walk, new_page

pytestmark = pytest.mark.browser


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
