"""The page of a wave's mail: it says whom a press would write to, queues just that, and plans reminders."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from flask import Flask
from sqlalchemy import select

from surveys.mailing.schedule import Schedule, schedule_of
from surveys.store import Store
from surveys.tables import Mail, Wave
from tests.small_study import SmallStudy
from tests.webapp.conftest import Clock, Visitor, Who

PAGE = "/studies/small/waves/1/reminders"
NURSES = "?role=nurse"


@pytest.fixture
def editor(client: Visitor, evaluator: Who, study: SmallStudy) -> Visitor:
    client.sign_in(evaluator)
    return client


def mails(store: Store) -> Counter[str]:
    with store.reader() as session:
        return Counter(session.scalars(select(Mail.kind)))


def offered(client: Visitor, kind: str, which: str = "") -> str:
    """How many mails of a kind the page offers to queue, as its form would send it; "" when it offers none."""
    shown = client.get(PAGE + which).text
    form = re.search(rf'action="{PAGE}/queue/{kind}".*?name="people" value="(\d+)"', shown, re.DOTALL)
    return form.group(1) if form else ""


def test_looking_queues_nothing_and_a_press_queues_what_was_shown_once(editor: Visitor, store: Store) -> None:
    people = offered(editor, "invitations")
    assert int(people) > 0
    assert mails(store) == {}
    done = editor.send(f"{PAGE}/queue/invitations", {"people": people}, page=PAGE)
    assert done.status_code == 303
    assert mails(store) == {"invitation": int(people)}
    assert f"{people} mails wait to be sent." in editor.get(done.location).text
    again = editor.send(f"{PAGE}/queue/invitations", {"people": people}, page=PAGE)
    assert (again.status_code, mails(store)) == (409, {"invitation": int(people)})
    assert "Nothing was queued. Look again." in again.text


def test_no_reminder_before_it_is_planned_and_none_before_it_is_due(
    editor: Visitor, evaluator: Who, store: Store, clock: Clock
) -> None:
    assert "No reminders are planned yet." in editor.get(PAGE).text
    planned = {"first_after": "4", "then_every": "7", "most": "2", "on_weekends": "yes", "on_holidays": "yes"}
    assert editor.send(f"{PAGE}/plan", planned, page=PAGE).status_code == 303
    with store.reader() as session:
        assert schedule_of(session, session.scalars(select(Wave)).one()) == Schedule(4, 7, 2, True, True)
    editor.send(f"{PAGE}/queue/invitations", {"people": offered(editor, "invitations")}, page=PAGE)
    with store.writing() as session:
        for mail in session.scalars(select(Mail)):
            mail.state, mail.sent_at = "sent", clock()
    assert offered(editor, "reminders") == ""
    clock.pass_time(days=5)
    editor.sign_in(evaluator)
    assert (
        offered(editor, "reminders"),
        offered(editor, "reminders", "?site=A"),
        offered(editor, "reminders", NURSES),
    ) == ("6", "2", "1")
    shown = editor.get(f"{PAGE}{NURSES}").text
    assert "only those invited in the role Nurse" in shown and 'type="hidden" name="role" value="nurse"' in shown
    done = editor.send(f"{PAGE}/queue/reminders", {"people": "1", "role": "nurse"}, page=PAGE)
    assert (done.status_code, done.location.endswith("said=1&role=nurse"), mails(store)["reminder"]) == (303, True, 1)
    due = offered(editor, "reminders")
    assert editor.send(f"{PAGE}/queue/reminders", {"people": due}, page=PAGE).status_code == 303
    assert mails(store)["reminder"] == 1 + int(due) == 6


@pytest.mark.parametrize("which", ["site=nowhere", "role=nobody"])
def test_a_site_or_role_that_is_not_there_is_refused_with_those_that_are(
    editor: Visitor, store: Store, which: str
) -> None:
    refused = editor.get(f"{PAGE}?{which}")
    assert (refused.status_code, "Write one of:" in refused.text) == (404, True)
    name, code = which.split("=")
    assert editor.send(f"{PAGE}/queue/reminders", {"people": "0", name: code}, page=PAGE).status_code == 404
    assert mails(store) == {}


@pytest.mark.parametrize("bad", ["", "soon", "-1", "1e3", "9999", "٣"])
def test_a_plan_that_cannot_be_is_refused_in_words(editor: Visitor, store: Store, bad: str) -> None:
    refused = editor.send(f"{PAGE}/plan", {"first_after": bad, "then_every": "7", "most": "2"}, page=PAGE)
    assert refused.status_code == 422
    assert "There is a problem" in refused.text and 'href="#first_after"' in refused.text
    with store.reader() as session:
        assert schedule_of(session, session.scalars(select(Wave)).one()) is None


def test_nobody_is_written_to_once_the_wave_is_over(
    editor: Visitor, evaluator: Who, store: Store, clock: Clock
) -> None:
    clock.pass_time(days=60)
    editor.sign_in(evaluator)
    page = editor.get(PAGE).text
    assert "its last day has passed" in page
    assert 'href="/studies/small/waves/1/settings"' in page and 'href="/studies/small/waves/1/close"' in page
    wave = editor.get("/studies/small/waves/1").text
    assert "The last day has passed." in wave and "/waves/1/invite" not in wave
    late = editor.send("/studies/small/waves/1/invite", {"people": "0"}, page=PAGE)
    assert (late.status_code, "past its last day" in late.text) == (409, True)
    refused = editor.send(f"{PAGE}/queue/invitations", {"people": "1"}, page=PAGE)
    assert (refused.status_code, mails(store)) == (409, {})


def test_the_response_page_leads_here(app: Flask, editor: Visitor) -> None:
    assert app.url_map.bind("").match(PAGE) == ("mailing.overview", {"code": "small", "number": 1})
    assert editor.get("/studies/small/waves/1/reminders/queue/nothing").status_code in (404, 405)
    assert editor.send(f"{PAGE}/queue/nothing", {"people": "1"}, page=PAGE).status_code == 404


def test_the_page_lists_the_days_on_which_reminders_would_go_out(editor: Visitor) -> None:
    """Invited on Monday 2 November: Friday the 6th, then weekly; the wave closes on the 30th."""
    page = editor.get(PAGE).text
    assert "As the boxes stand, somebody invited on 2 November 2026" in page
    assert re.findall(r"<li>(\d+ November 2026)</li>", page) == [f"{day} November 2026" for day in (6, 13, 20)]
    late = {"first_after": "40", "then_every": "7", "most": "2"}
    editor.send(f"{PAGE}/plan", late, page=PAGE)
    assert "The wave closes before the first of these reminders" in editor.get(PAGE).text


def test_whoever_plans_second_is_told_with_both(editor: Visitor, store: Store) -> None:
    theirs = {"first_after": "5", "then_every": "7", "most": "2", "revision": "0"}
    editor.send(f"{PAGE}/plan", theirs, page=PAGE)
    both = editor.send(f"{PAGE}/plan", theirs | {"first_after": "6", "on_weekends": "yes"}, page=PAGE)
    assert both.status_code == 409
    assert "Theirs: 5" in both.text and "Yours: 6" in both.text and "Yours: Yes" in both.text
    with store.reader() as session:
        assert schedule_of(session, session.scalars(select(Wave)).one()) == Schedule(5, 7, 2)
    kept = {"revision": "1", "deciding": "yes", "keep.first_after": "mine", "keep.on_weekends": "saved"}
    mine = theirs | {"first_after": "6", "on_weekends": "yes"} | kept
    assert editor.send(f"{PAGE}/plan", mine, page=PAGE).status_code == 303
    with store.reader() as session:
        assert schedule_of(session, session.scalars(select(Wave)).one()) == Schedule(6, 7, 2)
