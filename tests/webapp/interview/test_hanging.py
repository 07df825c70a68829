"""Questions that hang on other answers of their page: shown as these are given, or with words that say when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page

from instruments.load import loads
from instruments.responses import Alter, AnswerKey, Nomination, Responses
from instruments.route import Step
from surveys.invitations import invite
from surveys.studies import publish_instrument
from surveys.waves import add_wave, open_wave
from tests.axe import axe_violations
from tests.small_study import tokens
from webapp.forms import build
from webapp.interview.texts import texts

SOURCE = """
instrument: {id: hanging, version: 1.0.0, title: About you, privacy: {names: none}}
relations: {advice: {label: talks to}}
pages:
  - {id: consent, type: consent, version: 1, text: Please read this., statements: [{id: agree, label: I agree}]}
  - id: you
    type: form
    title: Your work
    items:
      - {id: leads, type: boolean, label: Do you lead a team?, required: true}
      - {id: kind, type: single, label: What kind of team is it?, options: [ward, office], other: text,
         when: leads, required: true}
      - {id: beds, type: text, label: Which ward?, when: kind == "ward", required: true}
      - {id: staff, type: number, label: How many are in it?, when: leads}
      - {id: many, type: text, label: What helps with so many?, when: staff > 20}
      - {id: topics, type: multi, label: What about?, options: [bed_use, notes]}
      - {id: full, type: boolean, label: Are you often full?, when: "'bed_use' in topics"}
  - {id: names, type: name_generator, relation: advice, modes: [recall], none_option: No one,
     prompts: [{id: any, text: Who?}]}
  - id: each
    type: alter_form
    alters: names
    layout: matrix
    items:
      - {id: near, type: single, options: [close, far], label: How close are you?}
      - {id: why_far, type: text, label: Why far?, when: alter.near == "far"}
  - {id: done, type: finish}
ties: {advice: {from: names}}
"""


def questions(responses: Responses) -> dict[str, object]:
    form = build(loads(SOURCE, "sample"), Step("you"), responses, words=texts("en"))
    return {question.name: question for question in form.questions}


def test_a_question_says_when_to_answer_it_and_a_browser_is_told_the_cases(app):
    with app.test_request_context():
        found = questions(Responses())
    assert found["kind"].note == "Only answer this if you said “Yes” to “Do you lead a team?”"
    assert found["kind"].asked_when == '[{"leads":["yes"]}]'
    assert found["full"].note == "Only answer this if you said “Bed use” to “What about?”"
    assert found["many"].note == "You may not need to answer this. It depends on what you said above."
    assert found["many"].asked_when == "" and found["staff"].asked_when and not found["topics"].note


def test_in_a_table_each_persons_row_hangs_on_their_own_answer(app):
    people = tuple(Alter(number, f"Person {number}") for number in (1, 2))
    named = tuple(Nomination("names", "any", one.number) for one in people)
    said = Responses(alters=people, nominations=named, answers={AnswerKey("near", 1): "far"})
    with app.test_request_context():
        near, why = build(loads(SOURCE, "sample"), Step("each"), said, words=texts("en")).matrices
    assert [row.asked_when for row in why.rows] == [f'[{{"near.{number}":["far"]}}]' for number in (1, 2)]
    assert [row.note for row in near.rows] == ["", ""]


@pytest.fixture
def link(live_app, store, study, settings, clock) -> str:
    """Ada's link into a wave with this questionnaire."""
    key = settings.secret_key.encode()
    with store.writing() as session:
        version = publish_instrument(session, study.study, SOURCE, now=clock())
        opens, closes = clock() - timedelta(days=1), clock() + timedelta(days=9)
        wave = add_wave(session, study.study, version, "Wave 2", opens_at=opens, closes_at=closes)
        open_wave(wave)
        invite(session, wave, [study.people["p1"]], key=key, now=clock())
        return f"{live_app.url}/interview/{tokens(session, wave, key)['p1']}"


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def visitor(browser: Browser, link: str, request: pytest.FixtureRequest) -> Iterator[tuple[Page, bool]]:
    """A phone at the page, with and without JavaScript."""
    context = browser.new_context(
        viewport={"width": 320, "height": 640}, java_script_enabled=request.param, bypass_csp=True
    )
    context.set_default_timeout(5_000)
    page = context.new_page()
    page.goto(link)
    page.get_by_role("button", name="Start").click()
    page.get_by_label("I agree").check()
    page.get_by_role("button", name="Continue").click()
    yield page, request.param
    context.close()


@pytest.mark.browser
def test_it_shows_as_the_answers_are_given_and_counts_only_while_it_is_asked(visitor: tuple[Page, bool]) -> None:
    page, script = visitor
    kind, ward = page.get_by_role("group", name="What kind of team is it?"), page.get_by_label("Which ward?")
    assert [kind.is_visible(), ward.is_visible()] == [not script] * 2
    assert page.get_by_text("Only answer this if you said “Yes”").first.is_visible() == (not script)
    assert page.get_by_text("You may not need to answer this.").is_visible()
    leads = page.get_by_role("group", name="Do you lead a team?")
    leads.get_by_label("Yes").check()
    assert kind.is_visible()
    kind.get_by_label("Ward", exact=True).check()
    ward.fill("Ward 7")
    if script:
        told_by_the_script(page)
    leads.get_by_label("No", exact=True).check()
    assert [kind.is_visible(), ward.is_visible()] == [not script] * 2
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("heading", name="Who?").wait_for()
    page.get_by_role("button", name="No one").click()
    page.get_by_role("heading", name="Check your answers").wait_for()
    assert "Do you lead a team?" in page.content()
    assert "Ward 7" not in page.content()


def told_by_the_script(page: Page) -> None:
    """What somebody sees and hears while they change their mind."""
    leads = page.get_by_role("group", name="Do you lead a team?")
    leads.get_by_label("No", exact=True).check()
    assert page.evaluate("document.activeElement.value") == "no"
    assert page.evaluate("new FormData(document.querySelector('[data-step]')).get('beds')") is None
    leads.get_by_label("Yes").check()
    assert page.get_by_label("Which ward?").input_value() == "Ward 7"
    kind, words = page.get_by_role("group", name="What kind of team is it?"), page.get_by_label("Write what it is")
    assert not words.is_visible()
    kind.get_by_label("Other").check()
    assert words.is_visible()
    assert axe_violations(page) == []
    kind.get_by_label("Ward", exact=True).check()
    assert not words.is_visible()
    assert axe_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.browser
def test_a_fault_in_it_is_linked_and_goes_when_it_is_not_asked_any_more(visitor: tuple[Page, bool]) -> None:
    page, script = visitor
    leads = page.get_by_role("group", name="Do you lead a team?")
    leads.get_by_label("Yes").check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("heading", name="There is a problem").wait_for()
    summary = page.locator(".nhsuk-error-summary")
    summary.get_by_role("link").click()
    assert page.evaluate("document.activeElement.name" if script else "location.hash") == (
        "kind" if script else "#kind"
    )
    assert page.get_by_role("group", name="What kind of team is it?").is_visible()
    leads.get_by_label("No", exact=True).check()
    assert summary.is_visible() == (not script)
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("heading", name="Who?").wait_for()
    page.get_by_role("link", name="Back").click()
    page.get_by_role("heading", name="Your work").wait_for()
    assert page.get_by_role("group", name="What kind of team is it?").is_visible() == (not script)


@pytest.mark.browser
def test_a_row_of_a_table_shows_with_its_table(visitor: tuple[Page, bool]) -> None:
    page, script = visitor
    page.get_by_role("group", name="Do you lead a team?").get_by_label("No", exact=True).check()
    page.get_by_role("button", name="Continue").click()
    for name in ("Ann", "Bob"):
        page.get_by_label("Who?").fill(name)
        page.get_by_role("button", name="Add", exact=True).click()
        page.goto(page.url.partition("/describe")[0])
    page.get_by_role("button", name="Continue").click()
    why = page.get_by_role("table", name="Why far?")
    near = page.get_by_role("table", name="How close are you?")
    near.wait_for()
    assert why.is_visible() == (not script)
    near.get_by_label("Far: Bob").check()
    assert why.get_by_label("Bob").is_visible()
    assert why.get_by_label("Ann").is_visible() == (not script)
    if script:
        assert axe_violations(page) == []
