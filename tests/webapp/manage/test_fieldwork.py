"""The pages of studies, agreements and waves: what they keep, what they refuse, and whom they tell."""

from __future__ import annotations

import csv
import io
import re

import pytest
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from surveys.store import Store
from surveys.studies import create_study
from surveys.tables import Agreement, Invitation, Wave
from tests.small_study import SmallStudy, answered_about_ego
from tests.webapp.conftest import Clock, Visitor, Who

WAVES = "/studies/small/waves"
PLANNED = {
    "label": "Winter",
    "opens_day": "1 12 2026",
    "opens_time": "09:00",
    "closes_day": "20 December 2026",
    "closes_time": "17.30",
    "version_id": "1",
    "sample": "all",
    "quota": "",
    "target": "60",
}


@pytest.fixture
def editor(client: Visitor, evaluator: Who, study: SmallStudy) -> Visitor:
    client.sign_in(evaluator)
    return client


def send(client: Visitor, path: str, **values: object) -> TestResponse:
    return client.send(path, values, page="/home")


def only_wave(store: Store, number: int = 1) -> Wave:
    with store.reader() as session:
        return session.scalars(select(Wave).where(Wave.number == number).order_by(Wave.id)).one()


def shown(client: Visitor, path: str) -> dict[str, str]:
    """What the boxes of a form hold, as a browser would send it."""
    text = client.get(path).text
    boxes = dict(re.findall(r'<input class="nhsuk-input[^>]*name="([^"]+)"[^>]*value="([^"]*)"', text))
    boxes |= dict(re.findall(r'<input type="hidden" name="(revision)" value="([^"]*)"', text))
    picked = re.findall(r'<select[^>]*name="([^"]+)".*?<option value="([^"]*)" selected', text, re.DOTALL)
    ticked = re.findall(r'name="([^"]+)" type="(?:radio|checkbox)" value="([^"]*)" checked', text)
    return boxes | dict(picked) | dict(ticked)


def test_a_study_is_made_on_its_page_and_typed_values_stay_when_it_cannot_be(editor: Visitor, store: Store) -> None:
    refused = send(editor, "/new-study", code="two words", name="<b>Mine</b>")
    assert refused.status_code == 422
    assert 'value="two words"' in refused.text
    assert "&lt;b&gt;Mine&lt;/b&gt;" in refused.text
    assert 'href="#code"' in refused.text
    made = send(editor, "/new-study", code="mine", name="Mine")
    assert made.location == "/studies/mine?said=made"
    assert "The study was made." in editor.get(made.location).text
    assert "no agreement yet" in editor.get("/studies/mine").text


def test_an_agreement_is_recorded_and_a_wave_opens_only_with_one(editor: Visitor, store: Store, study) -> None:
    with store.writing() as session:
        session.query(Agreement).delete()
        session.get_one(Wave, study.wave.id).status = "draft"
    refused = send(editor, f"{WAVES}/1/open")
    assert refused.status_code == 409
    assert "Record the agreement first" in refused.text
    assert only_wave(store).status == "draft"
    agreed = {"agreed_with": "The sites", "agreed_on": "soon", "who_sees_what": "Counts.", "no_judging": ""}
    bad = send(editor, "/studies/small/agreement", **agreed)
    assert bad.status_code == 422
    for said in ("Enter a day like 2 11 2026", "no one is judged", 'value="The sites"', 'href="#no_judging"'):
        assert said in bad.text
    good = send(editor, "/studies/small/agreement", **agreed | {"agreed_on": "1 11 2026", "no_judging": "yes"})
    assert good.location == "/studies/small?said=agreed"
    assert "evaluator@example.org" in editor.get("/studies/small/agreement").text
    assert send(editor, f"{WAVES}/1/open").location == f"{WAVES}/1?said=open"
    assert only_wave(store).status == "open"


def test_a_wave_is_planned_in_uk_time(editor: Visitor, store: Store) -> None:
    answer = send(editor, f"{WAVES}/new", **PLANNED | {"opens_day": "1 7 2027", "closes_day": "20/7/2027"})
    assert answer.location == f"{WAVES}/2?said=planned"
    wave = only_wave(store, 2)
    assert (f"{wave.opens_at:%d %H:%M}", f"{wave.closes_at:%d %H:%M}") == ("01 08:00", "20 16:30")
    page = editor.get(answer.location).text
    assert "1 July 2027 at 09:00 BST" in page
    assert "60 per cent of those invited" in page
    assert "Nobody is invited yet" not in editor.get(f"{WAVES}/1").text
    send(editor, f"{WAVES}/2/open")
    assert "Nobody is invited yet. Invite people first" in editor.get(f"{WAVES}/2").text


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"label": ""}, "label"),
        ({"opens_day": "31 2 2027"}, "opens_day"),
        ({"opens_time": "25:00"}, "opens_time"),
        ({"closes_day": "1 11 2026"}, "closes_day"),
        ({"opens_day": "28 3 2027", "opens_time": "01:30", "closes_day": "1 5 2027"}, "opens_time"),
        ({"version_id": ""}, "version_id"),
        ({"version_id": "99"}, "version_id"),
        ({"sample": ""}, "sample"),
        ({"sample": "quota", "quota": "ten"}, "quota"),
        ({"sample": "snowball"}, "sample"),
        ({"target": "0"}, "target"),
        ({"target": "1e5"}, "target"),
        ({"target": "²"}, "target"),
    ],
)
def test_what_cannot_be_planned_is_said_beside_its_box(
    editor: Visitor, store: Store, values: dict[str, str], field: str
) -> None:
    answer = send(editor, f"{WAVES}/new", **PLANNED | values)
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert f'id="{field}-error"' in answer.text
    with store.reader() as session:
        assert session.scalar(select(func.count()).select_from(Wave)) == 1


def test_settings_come_back_as_they_were_and_saving_them_changes_nothing(editor: Visitor, store: Store) -> None:
    before = only_wave(store)
    answer = send(editor, f"{WAVES}/1/settings", **shown(editor, f"{WAVES}/1/settings"))
    assert answer.location == f"{WAVES}/1?said=same"
    after = only_wave(store)
    assert (after.revision, after.opens_at) == (before.revision, before.opens_at)


def test_inviting_says_first_whom_it_touches_and_invites_nobody_else(
    editor: Visitor, store: Store, study: SmallStudy
) -> None:
    send(editor, f"{WAVES}/new", **PLANNED)
    page = editor.get(f"{WAVES}/2/invite").text
    assert "This invites 6 people at 3 sites. 0 people were invited before." in page
    refused = send(editor, f"{WAVES}/2/invite", people="5")
    assert refused.status_code == 409
    assert "changed since you looked. Nobody was invited." in refused.text
    with store.reader() as session:
        assert session.scalar(select(func.count()).select_from(Invitation)) == 6
    assert send(editor, f"{WAVES}/2/invite", people="6").location == f"{WAVES}/2?said=invite"
    with store.reader() as session:
        assert session.scalar(select(func.count()).select_from(Invitation)) == 12
    assert "There is nobody to invite now." in editor.get(f"{WAVES}/2/invite").text


def test_a_wave_is_closed_reopened_and_released(editor: Visitor, store: Store) -> None:
    assert "Of 6 people invited, 0 have finished." in editor.get(f"{WAVES}/1/close").text
    send(editor, f"{WAVES}/1/close")
    bad = send(editor, f"{WAVES}/1/reopen", closes_day="1 10 2026", closes_time="10:00")
    assert (bad.status_code, 'value="1 10 2026"' in bad.text) == (409, True)
    send(editor, f"{WAVES}/1/reopen", closes_day="1 12 2026", closes_time="10:00")
    assert only_wave(store).status == "open"
    send(editor, f"{WAVES}/1/close")
    assert "This is final." in editor.get(f"{WAVES}/1/release").text
    send(editor, f"{WAVES}/1/release")
    wave = only_wave(store)
    assert (wave.status, wave.released_at) == ("released", Clock().now)
    page = editor.get(f"{WAVES}/1").text
    assert "Change the settings" not in page
    assert send(editor, f"{WAVES}/1/reopen", closes_day="1 12 2026", closes_time="10:00").status_code == 409
    assert only_wave(store).status == "released"


def test_looking_at_an_act_does_nothing(editor: Visitor, store: Store) -> None:
    before = only_wave(store)
    for act in ("open", "invite", "close", "reopen", "release"):
        assert editor.get(f"{WAVES}/1/{act}").status_code == 200
    assert editor.get(f"{WAVES}/1/destroy").status_code == 404
    assert (only_wave(store).status, only_wave(store).revision) == (before.status, before.revision)


def test_what_sites_gave_is_a_table_and_two_files(editor: Visitor, store: Store, study: SmallStudy) -> None:
    with store.writing() as session:
        answered_about_ego(session, study)
    assert "What each site has given" in editor.get(f"{WAVES}/1/collection").text
    rows = list(csv.DictReader(io.StringIO(editor.get(f"{WAVES}/1/collection.csv").get_data().decode("utf-8-sig"))))
    assert [(row["code"], row["invited"], row["broke_off"]) for row in rows] == [
        ("A", "2", "1"),
        ("B", "2", "0"),
        ("C", "2", "0"),
    ]
    file = editor.get(f"{WAVES}/1/outcomes.csv")
    assert file.headers["Content-Disposition"] == 'attachment; filename="small-wave-1-outcomes.csv"'
    assert "p1,A,pharmacist,roster,broke off,about_you" in file.text


def test_an_analyst_reads_and_changes_nothing(client: Visitor, analyst: Who, study: SmallStudy) -> None:
    client.sign_in(analyst)
    for path in ("/studies/small", f"{WAVES}/1", f"{WAVES}/1/collection", "/studies/small/agreement"):
        page = client.get(path)
        assert page.status_code == 200
        assert page.text.count("<form") == 1, "only the one that signs out"
        assert not re.search(r"/(settings|open|invite|close|new)\"", page.text)
    assert client.get(f"{WAVES}/1/outcomes.csv").status_code == 403


def test_nothing_of_one_study_shows_in_another(editor: Visitor, store: Store, study: SmallStudy, clock: Clock) -> None:
    with store.writing() as session:
        create_study(session, "other", "Another study", now=clock())
    words = ("A small study", "Wave 1", "Site A", "The three sites", "gde-knowledge-sharing", "p1")
    for path in ("/studies/other", "/studies/other/settings", "/studies/other/agreement", "/studies/other/waves/new"):
        page = editor.get(path)
        assert page.status_code == 200
        assert [word for word in words if word in page.text] == []
    for rest in ("", "/settings", "/open", "/invite", "/collection", "/collection.csv", "/outcomes.csv"):
        answer = editor.get(f"/studies/other/waves/1{rest}")
        assert answer.status_code == 404
        assert "has no wave 1" in answer.text
    stolen = send(editor, "/studies/other/waves/new", **PLANNED)
    assert (stolen.status_code, "that this study has published" in stolen.text) == (422, True)
    assert send(editor, "/studies/other/waves/1/close").status_code == 404
    assert only_wave(store).status == "open"


def test_a_wave_leads_to_its_own_response_once_somebody_is_invited(editor: Visitor, study: SmallStudy) -> None:
    address = "/dashboards/response?study=small&amp;wave="
    assert f'href="{address}1"' in editor.get(f"{WAVES}/1").text
    assert editor.get(f"{address}1".replace("&amp;", "&")).status_code == 200
    send(editor, f"{WAVES}/new", **PLANNED)
    assert address not in editor.get(f"{WAVES}/2").text
