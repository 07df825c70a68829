"""The pages of staff and the error pages, in a real browser: for everyone, at any width."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from tests.axe import axe_violations
from tests.small_study import SmallStudy
from tests.webapp.conftest import LiveApp, Who
from webapp import guard

pytestmark = pytest.mark.browser
STATUSES = (400, 401, 403, 404, 405, 410, 413, 429, 500, 503)


def sign_in(page: Page, live: LiveApp, who: Who) -> None:
    page.goto(f"{live.url}/home")
    page.get_by_label("E-mail address").fill(who.email)
    page.get_by_label("Password").fill(who.password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{live.url}/home")


def faults(page: Page, width: int) -> list[str]:
    """What axe finds, and whether the page is wider than the screen."""
    page.set_viewport_size({"width": width, "height": 800})
    wide = page.evaluate("document.documentElement.scrollWidth")
    return axe_violations(page) + ([f"{wide} px wide on {width}"] if wide > width else [])


@pytest.mark.parametrize("width", [1280, 320])
def test_staff_pages_are_for_everyone(
    page: Page, live_app: LiveApp, analyst: Who, study: SmallStudy, width: int
) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    found: dict[str, list[str]] = {}
    for path in ("/", "/sign-in"):
        page.goto(live_app.url + path)
        found[path] = faults(page, width)
    page.get_by_role("button", name="Sign in").click()
    found["/sign-in with errors"] = faults(page, width)
    assert page.title().startswith("Error: Sign in")
    sign_in(page, live_app, analyst)
    found["/home"] = faults(page, width)
    assert found == {path: [] for path in found}
    assert [text for text in said if "422" not in text] == []


def test_error_pages_are_for_everyone(page: Page, live_app: LiveApp) -> None:
    @guard.access(guard.PUBLIC)
    def fail(status: int) -> tuple[str, int]:
        from flask import abort

        abort(status)

    live_app.app.add_url_rule("/fail/<int:status>", "fail", fail)
    live_app.app.config["PROPAGATE_EXCEPTIONS"] = False
    found = {}
    for status in STATUSES:
        page.goto(f"{live_app.url}/fail/{status}")
        found[status] = faults(page, 1280) + faults(page, 320)
    assert found == {status: [] for status in STATUSES}


def test_focus_goes_to_what_is_wrong(page: Page, live_app: LiveApp) -> None:
    page.goto(f"{live_app.url}/sign-in")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("alert").wait_for()
    assert page.evaluate("document.activeElement.className").startswith("nhsuk-error-summary")
    page.get_by_role("link", name="Enter your password").click()
    assert page.evaluate("document.activeElement.id") == "password"


def test_signing_out_works_without_javascript(browser: Browser, live_app: LiveApp, analyst: Who) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, live_app, analyst)
    page.get_by_role("button", name="Sign out").click()
    assert page.url == f"{live_app.url}/"
    page.goto(f"{live_app.url}/home")
    assert "/sign-in" in page.url
    context.close()


def test_dashboards_run_under_their_policy(page: Page, live_app: LiveApp, analyst: Who, study: SmallStudy) -> None:
    said: list[str] = []
    elsewhere: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: elsewhere.append(request.url) if live_app.url not in request.url else None)
    sign_in(page, live_app, analyst)
    page.get_by_role("link", name="Response").click()
    page.get_by_role("heading", level=1).wait_for()
    page.wait_for_load_state("networkidle")
    assert said == []
    assert [url for url in elsewhere if not url.startswith(("data:", "blob:"))] == []
