"""The browser of the national study: opened, and one person's interview answered in it by hand."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from playwright.sync_api import Page as Page  # noqa: PLC0414 - others have it from here
from playwright.sync_api import expect, sync_playwright

from bench.national_links import MOST_PAGES, Lost, Mailed
from instruments.schema import NameGeneratorPage
from surveys.demonstration.telling import posted
from tests.conftest import CHROMIUM_FLAGS


@contextmanager
def browser() -> Iterator[Callable[[], Page]]:
    """Chromium without a window; what it gives makes a page that shares nothing with the others."""
    names = ("chromium", "chromium-browser", "google-chrome")
    program = next((path for path in map(shutil.which, names) if path), None)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=CHROMIUM_FLAGS)
        yield lambda: chromium.new_context(viewport={"width": 1280, "height": 900}).new_page()
        chromium.close()


def answer_in(page: Page, mailed: Mailed) -> None:
    """The whole interview, for somebody who picks everyone from the roster."""
    page.goto(mailed.url)
    _press(page, "Start")
    for _ in range(MOST_PAGES):
        at = urlsplit(page.url).path.removeprefix(urlsplit(mailed.url).path).strip("/")
        if at == "check":
            _press(page, "Send my answers")
            return
        _answer_in(page, mailed, at)
    raise Lost(f"An interview in the browser did not get past {page.url}.")


def _answer_in(page: Page, mailed: Mailed, key: str) -> None:
    shown, step = mailed.step_at(key)
    if isinstance(shown, NameGeneratorPage):
        for number, contact in enumerate(mailed.telling.contacts[: shown.max], 1):
            _pick(page, mailed.names[contact.key or ""])
            mailed.named[number] = contact.bond
        _press(page, re.compile("^Continue"))
        return
    for name, values in posted(mailed.shown(step)).items():
        for value in values:
            _choose(page, name, value)
    _press(page, "Continue")


def _pick(page: Page, name: str) -> None:
    here = page.url
    page.locator(".autocomplete__input").press_sequentially(name)
    page.locator(".autocomplete__option", has_text=name).first.click()
    page.wait_for_url(lambda url: url != here)
    expect(page.get_by_role("status").filter(has_text=name).first).to_be_visible()


def _choose(page: Page, name: str, value: str) -> None:
    """Tick or select, where the page has this by the field's name; a place stands there already."""
    box = page.locator(f'input[name="{name}"][value="{value}"]:is([type="radio"], [type="checkbox"])')
    if box.count():
        box.first.check()
    elif page.locator(plain := f'select[name="{name}"]:not([data-lookup])').count():
        page.locator(plain).select_option(value)


def _press(page: Page, name: str | re.Pattern[str]) -> None:
    here = page.url
    page.get_by_role("button", name=name, exact=isinstance(name, str)).first.click()
    page.wait_for_url(lambda url: url != here)
