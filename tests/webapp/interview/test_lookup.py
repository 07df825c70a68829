"""A long list of places is a search by a few letters, and a plain list without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page
from sqlalchemy import select

from surveys.invitations import invite
from surveys.store import Store
from surveys.studies import publish_instrument
from surveys.tables import Answer, Site
from surveys.waves import add_wave, open_wave
from tests.axe import axe_violations
from tests.small_study import tokens

SOURCE = """
instrument: {id: placed, version: 1.0.0, title: Places, privacy: {names: none}}
rosters: {sites: {source: sites}}
relations: {advice: {label: talks to}}
pages:
  - {id: consent, type: consent, version: 1, text: Please read this., statements: [{id: agree, label: I agree}]}
  - id: place
    type: form
    title: Your place
    items:
      - {id: moved, type: boolean, label: Did you move this year?}
      - {id: before, type: lookup, roster: sites, label: Where were you before?, when: moved, allow: [dont_know]}
      - {id: site, type: lookup, roster: sites, label: Where do you work?, required: true}
  - {id: names, type: name_generator, relation: advice, modes: [recall], none_option: No one,
     prompts: [{id: any, text: Who?}]}
  - {id: done, type: finish}
ties: {advice: {from: names}}
"""
PLACES = ("Leeds General Infirmary", "Leeds Community Trust", "Bardsey Mental Health", "St George’s Hospital")


@pytest.fixture
def link(live_app, store: Store, study, settings, clock) -> str:
    """Ada's link into a wave with this questionnaire, in a study with many sites."""
    key = settings.secret_key.encode()
    with store.writing() as session:
        for number, name in enumerate((*PLACES, *(f"Northern Trust {n}" for n in range(12)))):
            session.add(Site(study_id=study.study.id, code=f"R{number}", name=name))
        version = publish_instrument(session, study.study, SOURCE, now=clock())
        opens, closes = clock() - timedelta(days=1), clock() + timedelta(days=9)
        wave = add_wave(session, study.study, version, "Wave 2", opens_at=opens, closes_at=closes)
        open_wave(wave)
        invite(session, wave, [study.people["p1"]], key=key, now=clock())
        return f"{live_app.url}/interview/{tokens(session, wave, key)['p1']}"


@pytest.fixture
def phone(browser: Browser, link: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A phone at the page; without JavaScript where a test asks for that."""
    script = getattr(request, "param", True)
    context = browser.new_context(viewport={"width": 320, "height": 700}, java_script_enabled=script, bypass_csp=True)
    context.set_default_timeout(5_000)
    page = context.new_page()
    page.goto(link)
    page.get_by_role("button", name="Start").click()
    page.get_by_label("I agree").check()
    page.get_by_role("button", name="Continue").click()
    if script:
        page.locator("input#site").wait_for()
    yield page
    context.close()


def answered(store: Store) -> dict[str, object]:
    with store.reader() as session:
        rows = session.scalars(select(Answer).where(Answer.item.in_(("site", "before"))))
        return {row.item: row.value for row in rows}


@pytest.mark.browser
def test_a_place_is_found_by_words_first_letters_code_and_with_a_slip(phone: Page, store: Store) -> None:
    box, options = phone.get_by_role("combobox", name="Where do you work?"), phone.get_by_role("option")
    assert axe_violations(phone) == []
    for typed, first in (
        ("lgi", "Leeds General"),
        ("comm lee", "Leeds Community"),
        ("r2", "Bardsey"),
        ("georges", "St G"),
    ):
        box.fill(typed)
        options.filter(has_text=first).wait_for()
        assert options.count() == 1, typed
    box.fill("bradsey")
    options.filter(has_text="Bardsey Mental Health").wait_for()
    assert axe_violations(phone) == []
    assert phone.evaluate("document.documentElement.scrollWidth") <= 320
    assert phone.locator("input:visible").count() == len(("Yes", "No", "Where do you work?"))
    phone.keyboard.press("Enter")
    assert box.input_value() == "Bardsey Mental Health"
    phone.get_by_role("button", name="Continue").click()
    phone.get_by_role("heading", name="Who?").wait_for()
    assert answered(store)["site"] == "R2"
    phone.get_by_role("link", name="Back").click()
    assert box.input_value() == "Bardsey Mental Health"


@pytest.mark.browser
def test_what_is_no_place_is_not_sent_and_not_lost(phone: Page, store: Store) -> None:
    box = phone.get_by_role("combobox", name="Where do you work?")
    box.fill("somewhere else")
    phone.keyboard.press("Tab")
    phone.get_by_role("button", name="Continue").click()
    phone.get_by_text("Choose a place from the list, or clear the box.").wait_for()
    assert phone.evaluate("document.activeElement.id") == "site"
    assert box.input_value() == "somewhere else"
    box.fill("")
    phone.evaluate("document.querySelector('[data-step]').requestSubmit()")  # a second press within a second is none
    phone.get_by_role("heading", name="There is a problem").wait_for()
    phone.locator(".nhsuk-error-summary a").click()
    assert phone.evaluate("document.activeElement.id") == "site"
    assert "nhsuk-input--error" in (box.get_attribute("class") or "")
    box.fill("site a")
    phone.keyboard.press("Tab")
    phone.get_by_role("button", name="Continue").click()
    phone.get_by_role("heading", name="Who?").wait_for()
    assert answered(store)["site"] == "A"


@pytest.mark.browser
def test_a_reason_for_no_place_is_offered_whatever_is_typed(phone: Page, store: Store) -> None:
    phone.get_by_role("group", name="Did you move").get_by_label("Yes").check()
    before = phone.get_by_role("combobox", name="Where were you before?")
    before.fill("nowhere")
    phone.get_by_role("option", name="I do not know").click()
    phone.get_by_role("combobox", name="Where do you work?").fill("Site A")
    phone.keyboard.press("Tab")
    phone.get_by_role("button", name="Continue").click()
    phone.get_by_role("heading", name="Who?").wait_for()
    assert answered(store).keys() == {"site", "before"}


@pytest.mark.browser
@pytest.mark.parametrize("phone", [False], indirect=True)
def test_without_a_script_it_is_a_list(phone: Page, store: Store) -> None:
    phone.get_by_label("Where do you work?").select_option("Leeds Community Trust")
    phone.get_by_role("button", name="Continue").click()
    phone.get_by_role("heading", name="Who?").wait_for()
    assert answered(store)["site"] == "R1"
