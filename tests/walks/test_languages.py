"""A change of language with and without JavaScript: what is typed stays, and Enter goes on in the same language."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.axe import axe_violations
from tests.walks.respondent import NARROW, new_page
from tests.walks.test_page_types import SAMPLES, second_wave  # noqa: F401 - fixtures are found by name
from tests.webapp.conftest import LiveApp

pytestmark = pytest.mark.browser


def to_about(page: Page, link: str) -> None:
    page.goto(link)
    page.get_by_role("button", name="Start").click()
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Continue").click()


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_what_is_typed_stays_in_either_language(
    browser: Browser,
    live_app: LiveApp,
    second_wave: Callable[[str], str],  # noqa: F811
    script: bool,
) -> None:
    token = second_wave((SAMPLES / "items.yaml").read_text(encoding="utf-8"))
    context, page = new_page(browser, viewport=NARROW, java_script_enabled=script)
    to_about(page, f"{live_app.url}/interview/{token}")
    page.locator("#nickname").fill("Kit")
    page.locator("#years").fill("not a number")
    page.get_by_role("button", name="Cymraeg").click()
    expect(page.locator("#nickname")).to_have_value("Kit")
    expect(page.locator("#years")).to_have_value("not a number")
    expect(page.locator("html")).to_have_attribute("lang", "cy")
    page.locator("#years").fill("7")
    page.locator("[name='born~day']").fill("7")
    page.locator("[name='born~month']").fill("5")
    page.locator("[name='born~year']").fill("2019")
    page.locator("[name='born~year']").press("Enter")
    page.wait_for_url(re.compile("/names"))
    expect(page.locator("html")).to_have_attribute("lang", "cy")
    page.locator("#name").fill("Lee Pa")
    page.get_by_role("button", name="English").click()
    expect(page.locator("#name")).to_have_value("Lee Pa")
    if script:
        assert axe_violations(page) == []
    page.locator("#name").press("Enter")
    page.wait_for_url(re.compile("/names/describe/1"))
    context.close()
