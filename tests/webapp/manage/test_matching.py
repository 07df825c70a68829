"""The pages on which names are matched: both sides, three answers, undo, and what two people at once are told."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page
from sqlalchemy import select

from surveys.matching.running import run
from surveys.matching.standing import who
from surveys.store import Store
from surveys.tables import MatchDecision, MatchQuestion
from tests.axe import axe_violations
from tests.small_study import SmallStudy
from tests.surveys.matching.naming import type_name
from tests.webapp.conftest import Clock, LiveApp, Visitor, Who

PAGE = "/studies/small/matching"
NARROWEST = {"width": 320, "height": 800}


@pytest.fixture
def alter(store: Store, study: SmallStudy, clock: Clock) -> int:
    """Somebody called like two people of the roster, and another who was found automatically."""
    with store.writing() as session:
        alter = type_name(session, study, "p1", "Raj Khan")
        type_name(session, study, "p1", "Eli Novak", "C")
        run(session, study.study.id, now=clock())
    return alter


def questions(page: str) -> list[str]:
    """What the page's forms ask, in order."""
    return re.findall(r'name="questions" value="([\d,]+)"', page)


def matched(store: Store, study: SmallStudy, alter: int) -> str | None:
    with store.reader() as session:
        meant = who(session, study.study.id)[alter]
    return meant.key if meant.on_roster else None


def decide(client: Visitor, verdict: str, question: str, **more: str) -> object:
    return client.send(PAGE, {"verdict": verdict, "questions": question, **more}, page="/home")


def test_both_sides_and_why_are_shown(client: Visitor, evaluator: Who, alter: int) -> None:
    client.sign_in(evaluator)
    page = client.get(PAGE).text
    assert "2 decisions wait" in page
    for text in ("Is Raj Khan the same person as Raj Khan at Site B?", "Site B", "Site C", "IT manager", "Same name"):
        assert text in page
    assert "No place of work was given" in page
    assert "Once, in wave 1" in page
    assert "Possible" in page


def test_the_first_page_leads_there_for_those_who_decide(
    app, client: Visitor, evaluator: Who, analyst: Who, study: SmallStudy
) -> None:
    client.sign_in(evaluator)
    assert f'href="{PAGE}"' in client.get("/home").text
    other = app.test_client()
    other.sign_in(analyst)
    assert PAGE not in other.get("/home").text


@pytest.mark.parametrize(
    ("verdict", "told", "left"), [("same", "They are now one person", 0), ("different", "They stay two people", 1)]
)
def test_an_answer_is_kept_with_who_gave_it(
    client: Visitor, evaluator: Who, store: Store, study: SmallStudy, alter: int, verdict: str, told: str, left: int
) -> None:
    client.sign_in(evaluator)
    first = questions(client.get(PAGE).text)[0]
    sent = decide(client, verdict, first)
    assert sent.status_code == 303
    page = client.get(sent.location).text
    assert told in page
    assert len(questions(page)) == left
    assert (matched(store, study, alter) is not None) == (verdict == "same")
    with store.reader() as session:
        line = session.scalars(select(MatchDecision).order_by(MatchDecision.id.desc())).first()
    assert line.decided_by == evaluator.email
    assert evaluator.email in page


def test_a_press_twice_is_a_press_once(client: Visitor, evaluator: Who, alter: int) -> None:
    client.sign_in(evaluator)
    first = questions(client.get(PAGE).text)[0]
    decide(client, "same", first)
    again = decide(client, "same", first)
    assert "Nothing was changed" in client.get(again.location).text


def test_who_answers_otherwise_second_is_told_both(
    app, client: Visitor, evaluator: Who, administrator: Who, store: Store, study: SmallStudy, alter: int
) -> None:
    client.sign_in(evaluator)
    first = questions(client.get(PAGE).text)[0]
    decide(client, "same", first)
    before = matched(store, study, alter)
    second = app.test_client()
    second.sign_in(administrator)
    told = decide(second, "different", first)
    assert told.status_code == 409
    assert "You said “not the same person”, but evaluator@example.org said “the same person”" in told.text
    assert matched(store, study, alter) == before


def test_a_decision_is_undone_from_the_list(
    client: Visitor, evaluator: Who, store: Store, study: SmallStudy, alter: int
) -> None:
    client.sign_in(evaluator)
    decide(client, "same", questions(client.get(PAGE).text)[0])
    (line,) = re.findall(r'name="decision" value="(\d+)"', client.get(PAGE).text)
    sent = client.send(f"{PAGE}/undo", {"decision": line}, page="/home")
    assert "taken back" in client.get(sent.location).text
    assert matched(store, study, alter) is None
    assert len(questions(client.get(PAGE).text)) == 2
    again = client.send(f"{PAGE}/undo", {"decision": line}, page="/home")
    assert "taken back before" in client.get(again.location).text


def test_what_was_found_automatically_is_listed_and_undone(client: Visitor, evaluator: Who, alter: int) -> None:
    client.sign_in(evaluator)
    assert ": found automatically" not in client.get(PAGE).text
    page = client.get(f"{PAGE}?automatic=yes").text
    assert "Eli Novák (on the roster): found automatically" in page
    (line,) = re.findall(r'name="decision" value="(\d+)"', page)
    client.send(f"{PAGE}/undo", {"decision": line}, page="/home")
    assert "3 decisions wait" in client.get(PAGE).text


def test_skipping_puts_a_question_last_and_keeps_it(client: Visitor, evaluator: Who, alter: int) -> None:
    client.sign_in(evaluator)
    first, second = questions(client.get(PAGE).text)
    assert questions(client.get(f"{PAGE}?skip={first}").text) == [second, first]


def test_one_place_of_work_is_shown_and_kept_through_an_answer(client: Visitor, evaluator: Who, alter: int) -> None:
    client.sign_in(evaluator)
    page = client.get(f"{PAGE}?site=B").text
    assert "1 decision waits about Site B" in page
    sent = decide(client, "different", questions(page)[0], site="B")
    assert "site=B" in sent.location
    assert "Nothing waits for a decision" in client.get(sent.location).text


def test_matching_can_be_run_from_the_page(
    client: Visitor, evaluator: Who, store: Store, study: SmallStudy, clock: Clock
) -> None:
    with store.writing() as session:
        alter = type_name(session, study, "p1", "Dee Okafor", "B")
    client.sign_in(evaluator)
    sent = client.send(f"{PAGE}/run", page="/home")
    assert "Matching has run" in client.get(sent.location).text
    assert matched(store, study, alter) == study.people["p5"].key


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"verdict": "same"},
        {"verdict": "same", "questions": "x"},
        {"verdict": "same", "questions": "1,,2"},
        {"verdict": "same", "questions": "9" * 40},
        {"verdict": "perhaps", "questions": "1"},
    ],
)
def test_a_form_that_no_page_makes_is_refused(client: Visitor, evaluator: Who, alter: int, form: dict) -> None:
    client.sign_in(evaluator)
    assert client.send(PAGE, form, page="/home").status_code == 400


def test_what_is_not_there_is_refused_in_words(client: Visitor, evaluator: Who, alter: int) -> None:
    client.sign_in(evaluator)
    assert client.get("/studies/none/matching").status_code == 404
    assert "could not find that question" in decide(client, "same", "999").text
    assert client.send(f"{PAGE}/undo", {"decision": "999"}, page="/home").status_code == 409


def test_a_name_is_shown_as_it_was_typed(client: Visitor, evaluator: Who, store: Store, study, clock: Clock) -> None:
    with store.writing() as session:
        type_name(session, study, "p1", "Raj Khan (<b>the tall one</b>)")
        run(session, study.study.id, now=clock())
        assert session.scalars(select(MatchQuestion)).all() != []
    client.sign_in(evaluator)
    page = client.get(PAGE).text
    assert "<b>the tall" not in page
    assert "Raj Khan (&lt;b&gt;the tall one&lt;/b&gt;)" in page


@pytest.mark.browser
@pytest.mark.parametrize("script", [True, False])
def test_the_queue_is_worked_through_by_keyboard_on_the_narrowest_screen(
    live_app: LiveApp, browser, evaluator: Who, store: Store, study: SmallStudy, alter: int, script: bool
) -> None:
    context = browser.new_context(viewport=NARROWEST, java_script_enabled=script, bypass_csp=True)
    page: Page = context.new_page()
    page.goto(f"{live_app.url}/sign-in?next={PAGE}")
    page.fill("#email", evaluator.email)
    page.fill("#password", evaluator.password)
    page.press("#password", "Enter")
    page.wait_for_url(f"**{PAGE}")
    if script:
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROWEST["width"]
        assert axe_violations(page) == []
    page.get_by_role("button", name="Same person").first.focus()
    page.keyboard.press("Enter")
    page.get_by_text("They are now one person").wait_for()
    page.get_by_role("button", name="Undo").first.focus()
    page.keyboard.press("Enter")
    page.get_by_text("The decision was taken back").wait_for()
    assert matched(store, study, alter) is None
    context.close()
