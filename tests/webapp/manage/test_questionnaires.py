"""Questionnaires are looked at first, published as they were shown or not at all, and read in every form they have."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from sqlalchemy import select
from werkzeug.test import TestResponse

from instruments.ours import NAMES, source_of_ours
from surveys.store import Store
from surveys.studies import create_study
from surveys.tables import InstrumentVersion
from tests.axe import axe_violations
from tests.exchange.protocols import names, variable
from tests.small_study import SOURCE, SmallStudy
from tests.webapp.conftest import Clock, LiveApp, Visitor, Who
from tests.webapp.manage.test_imports import send_file

PAGE = "/studies/small/questionnaires"
CARRIED = re.compile(r'name="(seal|packed)" value="([^"]*)"')
REWORDED = SOURCE.replace("version: 1.0.0", "version: 1.0.1").replace("Electronic prescribing", "Prescribing on screen")
LONGER = SOURCE.replace("version: 1.0.0", "version: 1.1.0").replace(
    "topics:\n", "topics:\n  - {id: beds, label: Bed management}\n"
)
PROTOCOL = {
    "schemaVersion": 8,
    "name": "Ward <b>trial</b>",
    "codebook": {"node": {"p": {"name": "person", "variables": {"name": variable("text", "name")}}}},
    "stages": [names("Who", "Who helps you?"), {"id": "g", "type": "Geospatial", "label": "On a map"}],
}


@pytest.fixture
def editor(client: Visitor, evaluator: Who, study: SmallStudy) -> Visitor:
    client.sign_in(evaluator)
    return client


def look(client: Visitor, source: str | bytes, name: str = "mine.yaml") -> TestResponse:
    data = source.encode() if isinstance(source, str) else source
    return send_file(client, f"{PAGE}/new", data, name, page_before="/home")


def publish(client: Visitor, shown: TestResponse, page: str = PAGE, **instead: str) -> TestResponse:
    return client.send(f"{page}/publish", dict(CARRIED.findall(shown.text)) | instead, page="/home")


def said(answer: TestResponse) -> str:
    """A page's text without its markup."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", answer.text)).split())


def versions(store: Store) -> list[str]:
    with store.reader() as session:
        return list(session.scalars(select(InstrumentVersion.version).order_by(InstrumentVersion.id)))


def test_a_file_is_looked_at_with_what_it_changes_and_then_published(editor: Visitor, store: Store) -> None:
    shown = look(editor, LONGER)
    told = said(shown)
    assert shown.status_code == 200
    assert "gde-knowledge-sharing 1.1.0" in told
    assert "its target is 6" in told
    assert "Added Where in the file topics.beds" in told
    assert "Do not compare: the meaning changed" not in told
    assert versions(store) == ["1.0.0"]
    done = publish(editor, shown)
    assert done.status_code == 303
    listed = said(editor.get(done.location))
    assert "The questionnaire is published." in listed
    assert listed.index("gde-knowledge-sharing 1.1.0") < listed.index("gde-knowledge-sharing 1.0.0")
    assert "Asked in Wave 1" in listed
    assert versions(store) == ["1.0.0", "1.1.0"]
    assert "digital work? (gde-knowledge-sharing 1.1.0)</option>" in editor.get("/studies/small/waves/new").text


def test_two_presses_publish_once_and_the_same_file_again_has_nothing_to_publish(editor: Visitor, store: Store) -> None:
    shown = look(editor, LONGER)
    assert [publish(editor, shown).status_code for _ in range(2)] == [303, 303]
    assert versions(store) == ["1.0.0", "1.1.0"]
    again = look(editor, LONGER)
    assert "There is nothing to publish." in again.text
    assert 'name="packed"' not in again.text


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        (SOURCE.replace("Electronic prescribing", "Prescribing on screen"), "Raise the version number to 1.0.1 or"),
        (LONGER.replace("1.1.0", "1.0.1"), "Use version 1.1.0 or higher"),
        (SOURCE.replace("1.0.0", "0.9.0"), "Version 0.9.0 is lower than 1.0.0"),
    ],
)
def test_a_version_number_that_says_too_little_is_refused_with_the_number_to_use(
    editor: Visitor, store: Store, source: str, reason: str
) -> None:
    told = look(editor, source)
    assert told.status_code == 422
    assert reason in said(told)
    assert "Publish this version" not in told.text
    assert publish(editor, told, seal="x", packed="x").status_code == 422
    assert versions(store) == ["1.0.0"]


def test_a_wrong_file_is_told_by_line_with_the_remedy_and_warnings_do_not_stop_it(editor: Visitor) -> None:
    wrong = look(editor, LONGER.replace("type: consent", "type: consnet"))
    line = LONGER[: LONGER.index("type: consent")].count("\n") + 1
    assert wrong.status_code == 422
    assert "there is 1 thing to mend" in said(wrong)
    assert re.search(rf"Line {line} .*consnet.*What to do", said(wrong))
    warned = look(editor, LONGER.replace("target_minutes: 6", "target_minutes: 1"))
    assert warned.status_code == 200
    assert "Warnings: it can be published" in warned.text
    assert "Publish this version" in warned.text


def test_of_two_evaluators_the_second_is_shown_what_changes_now(
    editor: Visitor, store: Store, administrator: Who
) -> None:
    other = editor.application.test_client()
    other.sign_in(administrator)
    newer, mine = look(other, LONGER), look(editor, LONGER.replace("1.1.0", "1.2.0").replace("Bed ma", "Ward ma"))
    clash = look(editor, LONGER.replace("Bed ma", "Ma"))
    assert publish(other, newer).status_code == 303
    told = publish(editor, mine)
    assert told.status_code == 409
    assert "changed since you looked" in told.text
    assert "What changes since gde-knowledge-sharing 1.1.0" in told.text
    taken = publish(editor, clash)
    assert taken.status_code == 409
    assert "1.1.0 was published with other content. Raise the version number to 1.1.1" in said(taken)
    assert versions(store) == ["1.0.0", "1.1.0"]
    assert publish(editor, told).status_code == 303
    assert versions(store) == ["1.0.0", "1.1.0", "1.2.0"]


def test_a_file_is_published_only_by_whom_and_where_it_was_looked_at_and_within_the_hour(
    editor: Visitor, store: Store, evaluator: Who, administrator: Who, clock: Clock
) -> None:
    with store.writing() as session:
        create_study(session, "other", "Another study", now=clock())
    shown = look(editor, LONGER)
    other = editor.application.test_client()
    other.sign_in(administrator)
    assert publish(other, shown).status_code == 422
    assert publish(editor, shown, "/studies/other/questionnaires").status_code == 422
    swapped = dict(CARRIED.findall(look(editor, REWORDED).text))["packed"]
    assert publish(editor, shown, packed=swapped).status_code == 422
    clock.pass_time(minutes=61)
    editor.sign_in(evaluator)
    assert "More than an hour" in publish(editor, shown).text
    assert versions(store) == ["1.0.0"]


DAMAGED = {
    "empty": (b"", "The file is empty"),
    "nothing but blanks": (b"\n \n", "The file is empty"),
    "binary": (bytes(range(256)) * 40, "The file is not UTF-8 text"),
    "Windows letters": (LONGER.replace("Electronic", "Élec").encode("cp1252"), "Save it as UTF-8"),
    "UTF-16": (LONGER.encode("utf-16"), "Save it as UTF-8"),
    "10 MB": (b"# " + b"x" * 10 * 1024 * 1024, "larger than 1 MiB"),
    "a tab": (b"instrument:\n\tid: x\n", "Indent with blanks"),
    "an answer to another question": (b"hello", "There is no 'instrument:' part"),
}


@pytest.mark.parametrize(("data", "reason"), DAMAGED.values(), ids=DAMAGED)
def test_what_is_no_questionnaire_is_refused_with_what_to_do(editor: Visitor, data: bytes, reason: str) -> None:
    told = look(editor, data)
    assert told.status_code == 422
    assert reason in said(told)


def test_no_file_and_a_workbook_are_refused_on_the_form(editor: Visitor) -> None:
    assert "no file was chosen" in editor.send(f"{PAGE}/new", page="/home").text
    told = look(editor, b"PK\x03\x04 no workbook", "<i>staff.xlsx")
    assert told.status_code == 422
    assert "Error: Publish a questionnaire" in told.text
    assert "&lt;i&gt;staff.xlsx" in told.text


@pytest.mark.parametrize("data", [LONGER.replace("\n", "\r\n").encode(), b"\xef\xbb\xbf" + LONGER.encode()])
def test_line_ends_and_marks_of_other_editors_make_no_difference(editor: Visitor, store: Store, data: bytes) -> None:
    assert publish(editor, look(editor, data)).status_code == 303
    assert "There is nothing to publish." in look(editor, LONGER).text
    assert versions(store) == ["1.0.0", "1.1.0"]


@pytest.mark.parametrize("name", NAMES)
def test_one_of_ours_can_be_read_downloaded_and_published(editor: Visitor, store: Store, name: str) -> None:
    assert editor.get(f"{PAGE}/ours/{name}/file").text == source_of_ours(name)
    assert "☐" in editor.get(f"{PAGE}/ours/{name}/paper").text
    shown = editor.send(f"{PAGE}/new", {"ours": name}, page="/home")
    if name == "gde":
        assert "There is nothing to publish." in shown.text
        return
    assert "If this is meant to be its next version, give it the same id." in said(shown)
    assert publish(editor, shown).status_code == 303
    assert len(versions(store)) == 2


def test_another_systems_file_is_read_with_what_was_lost_and_given_as_ours(editor: Visitor, store: Store) -> None:
    read = look(editor, json.dumps(PROTOCOL), "ward.netcanvas")
    assert read.status_code == 200
    assert "On a map" in read.text
    assert "not carried over" in read.text
    carried = dict(CARRIED.findall(read.text))
    given = editor.send(f"{PAGE}/carried-over", carried, page="/home")
    assert given.headers["Content-Disposition"] == "attachment; filename=ward.yaml"
    assert "Who helps you?" in given.text
    as_it_is = editor.send(f"{PAGE}/new", carried, page="/home")
    assert publish(editor, as_it_is).status_code == 303
    assert len(versions(store)) == 2
    assert editor.send(f"{PAGE}/carried-over", {"seal": "x", "packed": "x"}, page="/home").status_code == 422


def test_a_version_has_its_page_its_paper_its_codebook_and_its_file(editor: Visitor) -> None:
    publish(editor, look(editor, REWORDED))
    shown = editor.get(f"{PAGE}/2")
    assert "What changed since gde-knowledge-sharing 1.0.0" in shown.text
    assert "was ‘Electronic prescribing’, now ‘Prescribing on screen’" in said(shown)
    assert editor.get(f"{PAGE}/2/file").text == REWORDED
    paper = editor.get(f"{PAGE}/2/paper")
    assert "Prescribing on screen" in paper.text
    assert "style-src 'sha256-" in paper.headers["Content-Security-Policy"]
    assert editor.get(f"{PAGE}/2/codebook.csv").text.startswith("id,page,of,question")
    assert {column["page"] for column in editor.get(f"{PAGE}/2/codebook.json").json} >= {"about_you", "topic_grid"}
    for part in ("99", "99/paper", "99/file", "ours/none/file", "ours/none/paper"):
        assert editor.get(f"{PAGE}/{part}").status_code == 404
    assert f'href="{PAGE}"' in editor.get("/preview/2").text


def test_a_study_without_a_questionnaire_leads_to_publishing_one(editor: Visitor, store: Store, clock: Clock) -> None:
    with store.writing() as session:
        create_study(session, "other", "Another study", now=clock())
    study = editor.get("/studies/other").text
    assert 'href="/studies/other/questionnaires/new"' in study
    assert "Plan a wave" not in study
    assert 'href="/studies/other/questionnaires/new"' in editor.get("/studies/other/waves/new").text
    assert editor.get("/studies/other/questionnaires/1").status_code == 404
    assert "has published no questionnaire yet" in editor.get("/studies/other/questionnaires").text
    assert f'href="{PAGE}"' in editor.get("/studies/small").text


@pytest.mark.browser
@pytest.mark.parametrize("script", [True, False])
def test_the_pages_work_by_keyboard_without_a_script_and_fit(
    browser: Browser, live_app: LiveApp, study: SmallStudy, evaluator: Who, tmp_path: Path, script: bool
) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 800}, java_script_enabled=script, bypass_csp=True)
    page = context.new_page()
    page.goto(f"{live_app.url}/sign-in?next=/studies/small")
    page.fill("#email", evaluator.email)
    page.fill("#password", evaluator.password)
    page.press("#password", "Enter")
    page.get_by_role("link", name="Questionnaires").press("Enter")
    looks_right(page, script)
    page.get_by_role("button", name="Publish a questionnaire").press("Enter")
    looks_right(page, script)
    choose(page, tmp_path / "wrong.yaml", LONGER.replace("type: consent", "type: consnet"))
    page.get_by_role("heading", name="There is a problem").wait_for()
    looks_right(page, script)
    page.get_by_role("link", name="choose it again").press("Enter")
    choose(page, tmp_path / "ward.netcanvas", json.dumps(PROTOCOL))
    page.get_by_role("heading", name="What was read of ward.netcanvas").wait_for()
    looks_right(page, script)
    page.get_by_role("link", name="Choose another file").press("Enter")
    choose(page, tmp_path / "right.yaml", LONGER.replace("target_minutes: 6", "target_minutes: 1"))
    page.get_by_role("heading", name="What right.yaml holds").wait_for()
    looks_right(page, script)
    page.get_by_role("button", name="Publish this version").press("Enter")
    page.get_by_text("The questionnaire is published.").wait_for()
    page.locator("#v2 a").press("Enter")
    page.get_by_role("heading", name="What changed since").wait_for()
    looks_right(page, script)
    page.get_by_role("button", name="Preview").press("Enter")
    page.get_by_role("link", name="Back to questionnaires").wait_for()
    looks_right(page, script)
    context.close()


def choose(page: Page, path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    page.set_input_files("#file", path)
    page.get_by_role("button", name="Look at it").first.press("Enter")


def looks_right(page: Page, script: bool) -> None:
    for width in (1280, 320) if script else ():
        page.set_viewport_size({"width": width, "height": 800})
        assert axe_violations(page) == []
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, page.title()
