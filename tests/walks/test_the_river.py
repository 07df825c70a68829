"""The river, end to end: five people answer in a browser, and an analyst sees just their ties on the map."""

from __future__ import annotations

import csv
import io
import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.small_study import SmallStudy
from tests.walks.respondent import Walk, new_page
from tests.webapp.conftest import LiveApp, Who

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

#   A ⇄ B (London), A ⇄ C, C → B: who learns from whom, as told
TOLD = (
    ("p1", "dee oka", "Dee Okafor"),  # A learns from B
    ("p2", "eli nov", "Eli Novák"),  # A learns from C
    ("p3", "ada byr", "Ada Byrne"),  # B learns from A
    ("p4", "ada byr", "Ada Byrne"),  # C learns from A
    ("p5", "eli nov", "Eli Novák"),  # B learns from C
)
FLOWS = {("Site B", "Site A"): 1, ("Site C", "Site A"): 1, ("Site A", "Site B"): 1, ("Site A", "Site C"): 1} | {
    ("Site C", "Site B"): 1
}


def answer(browser: Browser, link: str, typed: str, name: str) -> None:
    """One whole interview: one person named, one topic learnt about."""
    context, page = new_page(browser)
    walk = Walk(page, link)
    walk.to_names()
    walk.pick(typed, name)
    walk.press("Continue with 1 person")
    walk.at("/topic_grid")
    page.get_by_role("checkbox", name=f"I learn from them: {name}, Electronic prescribing").check()
    walk.press("Continue")
    walk.about(1)
    walk.at("/story")
    walk.press("Continue")
    walk.at("/check")
    walk.press("Send my answers")
    walk.at("/done")
    context.close()


def sign_in(page: Page, url: str, who: Who) -> None:
    page.goto(f"{url}/sign-in")
    page.get_by_label("E-mail address").fill(who.email)
    page.get_by_label("Password").fill(who.password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/home")


def flows_in_file(page: Page) -> dict[tuple[str, str], int]:
    """Pairs of people by giving and getting site, from the file that the page offers."""
    with page.expect_download() as arriving:
        page.get_by_role("link", name=re.compile("CSV")).click()
    text = arriving.value.path().read_text(encoding="utf-8-sig")
    return {(row["From"], row["To"]): int(row["Pairs of people"]) for row in csv.DictReader(io.StringIO(text))}


def test_five_interviews_are_seen_on_the_flows_page(
    browser: Browser, page: Page, live_app: LiveApp, study: SmallStudy, analyst: Who
) -> None:
    for reference, typed, name in TOLD:
        answer(browser, f"{live_app.url}/interview/{study.tokens[reference]}", typed, name)
    sign_in(page, live_app.url, analyst)
    page.goto(f"{live_app.url}/dashboards/flows")
    expect(page.get_by_text("5 of 6 (83%)")).to_be_visible()
    expect(page.locator(".app-figure svg.main-svg").first).to_be_visible()
    for giver, getter in FLOWS:
        expect(page.get_by_role("listitem").filter(has_text=f"{giver} to {getter}: 1")).to_be_visible()
    expect(page.get_by_text("5 of 5 flows are drawn").first).to_be_visible()
    expect(page.get_by_role("row", name="Midlands 2 0")).to_be_visible()
    assert flows_in_file(page) == FLOWS
    page.get_by_label("Topic").select_option("Health records")
    expect(page).to_have_url(re.compile("topic=records"))
    expect(page.get_by_role("listitem").filter(has_text="Site A to Site B")).to_have_count(0)
