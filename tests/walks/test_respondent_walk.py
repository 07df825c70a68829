"""A respondent's whole way in a browser: with and without JavaScript, by keyboard, within its weight."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.walks.respondent import (
    DESKTOP,
    FIRST_PAGE_BYTES,
    NARROW,
    PICKS,
    WHOLE_INTERVIEW_BYTES,
    Traffic,
    Walk,
    new_page,
)

pytestmark = pytest.mark.browser


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


@pytest.mark.parametrize("size", [DESKTOP, NARROW])
def test_add_is_hit_while_the_list_is_open(browser: Browser, link: str, size: dict[str, int]) -> None:
    """The list closes when the box loses the focus: Add must not have moved by the time the mouse button is up."""
    context, page = new_page(browser, viewport=size)
    walk = Walk(page, link)
    walk.to_names()
    page.locator(".autocomplete__input").press_sequentially("kit moss")
    expect(page.locator(".autocomplete__option--no-results")).to_contain_text("No one found")
    place = page.get_by_role("button", name="Add", exact=True).bounding_box()
    assert place is not None
    page.mouse.click(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)
    page.wait_for_url("**/describe/1")
    context.close()
