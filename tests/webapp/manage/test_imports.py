"""Sites and people come in by file: looked at first, then imported just as shown, or not at all."""

from __future__ import annotations

import io
import re
import time
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page
from sqlalchemy import func, select
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from exchange.tables import WEB_LIMIT
from surveys.invitations import invite
from surveys.people import roster
from surveys.store import Store
from surveys.tables import InstrumentVersion, Invitation, Person, Site, Study
from surveys.waves import add_wave
from tests.axe import axe_violations
from tests.exchange.damages import damages
from tests.small_study import SmallStudy
from tests.webapp.conftest import Clock, LiveApp, Visitor, Who

PEOPLE = "/studies/small/people/import"
SITES = "/studies/small/sites/import"
STAFF = (
    "reference,name,job_title,site,role\n"
    "p1,Ada Byrne,Chief pharmacist,A,pharmacist\n"
    "p3,Raj Khan,Pharmacist,C,pharmacist\n"
    "p9,<b>Nia</b> Obi,Midwife,B,nurse\n"
)
CARRIED = re.compile(r'name="(seal|packed)" value="([^"]*)"')


@pytest.fixture(autouse=True)
def signed_in(client: Visitor, evaluator: Who, study: SmallStudy) -> None:
    client.sign_in(evaluator)


def look(client: Visitor, page: str, text: str | bytes, name: str = "staff.csv", **fields: str):
    data = text.encode() if isinstance(text, str) else text
    return send_file(client, page, data, name, page_before="/home", **fields)


def send_file(client: Visitor, page: str, data: bytes, name: str, page_before: str = "/sign-in", **fields: str):
    """Post a file as a browser does, from memory."""
    form = {"csrf_token": client.token(page_before), "file": FileStorage(io.BytesIO(data), name), **fields}
    boundary, body = encode_multipart(form)
    return client.post(page, data=body, content_type=f"multipart/form-data; boundary={boundary}")


def do(client: Visitor, page: str, shown: str, **instead: str):
    return client.send(f"{page}/do", dict(CARRIED.findall(shown)) | instead, page="/home")


def people(store: Store) -> dict[str, tuple[str, str | None, bool]]:
    with store.reader() as session:
        rows = session.execute(select(Person.reference, Person.name, Person.job_title, Person.left_at))
        return {row[0]: (row[1], row[2], row[3] is not None) for row in rows}


def test_a_file_is_looked_at_and_then_imported(client: Visitor, store: Store) -> None:
    before = people(store)
    shown = look(client, PEOPLE, STAFF, absent="left")
    assert shown.status_code == 200
    assert "job_title: Lead pharmacist → Chief pharmacist" in shown.text
    assert "site: Site B → Site C" in shown.text
    assert "&lt;b&gt;Nia&lt;/b&gt; Obi" in shown.text
    assert "4 people are not in the file and would be marked as left" in shown.text
    assert people(store) == before
    done = do(client, PEOPLE, shown.text)
    assert done.status_code == 303
    assert "The file was imported." in client.get(done.location).text
    after = people(store)
    assert after["p1"] == ("Ada Byrne", "Chief pharmacist", False)
    assert {reference for reference, (_, _, left) in after.items() if left} == {"p2", "p4", "p5", "p6"}


def test_the_same_file_again_has_nothing_to_import(client: Visitor) -> None:
    do(client, PEOPLE, look(client, PEOPLE, STAFF).text)
    again = look(client, PEOPLE, STAFF)
    assert "There is nothing to import" in again.text
    assert f'action="{PEOPLE}/do"' not in again.text


def test_two_presses_import_once(client: Visitor, store: Store) -> None:
    shown = look(client, PEOPLE, STAFF).text
    assert do(client, PEOPLE, shown).status_code == 303
    after = people(store)
    second = do(client, PEOPLE, shown)
    assert second.status_code == 409
    assert "The study changed since you looked" in second.text
    assert people(store) == after


def test_a_study_that_changed_meanwhile_is_shown_again(client: Visitor, store: Store) -> None:
    shown = look(client, PEOPLE, STAFF).text
    with store.writing() as session:
        session.scalars(select(Person).where(Person.reference == "p1")).one().job_title = "Porter"
    told = do(client, PEOPLE, shown)
    assert told.status_code == 409
    assert "job_title: Porter → Chief pharmacist" in told.text
    assert "p9" not in people(store)
    assert do(client, PEOPLE, told.text).status_code == 303
    assert "p9" in people(store)


def test_a_wrong_row_is_named_and_can_be_left_out(client: Visitor, store: Store) -> None:
    bad = STAFF + "p8,Bo,,Sight A,nurse\n"
    told = look(client, PEOPLE, bad)
    assert told.status_code == 422
    assert "Nothing can be imported yet: 1 row cannot be taken." in told.text
    assert "“Sight A”: there is no such site" in told.text
    assert "Did you mean “Site A”?" in told.text
    assert do(client, PEOPLE, told.text, packed="").status_code == 422
    shown = look(client, PEOPLE, bad, skip_bad="yes")
    assert shown.status_code == 200
    assert do(client, PEOPLE, shown.text).status_code == 303
    assert "p9" in people(store)
    assert "p8" not in people(store)


@pytest.mark.parametrize(
    ("data", "name", "message"),
    [
        (b"", "", "no file was chosen"),
        (b"", "empty.csv", "the file is empty"),
        (b"%PDF-1.7", "a.pdf", "this is a PDF"),
        (b"refrence,name\n1,a\n", "x.csv", "If “refrence” holds the reference, rename it."),
        (b"PK\x03\x04", "x.xlsx", "cut short or damaged"),
        (b"x" * (WEB_LIMIT + 2**20), "x.csv", "the file has 11 MB; 10 MB is the most"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_beside_the_box(
    client: Visitor, data: bytes, name: str, message: str
) -> None:
    told = look(client, PEOPLE, data, name)
    assert told.status_code == 422
    assert message in told.text
    assert 'href="#file"' in told.text
    assert "<title>Error: " in told.text


def test_what_the_page_carries_is_taken_from_nobody_else(
    app, client: Visitor, administrator: Who, clock: Clock, store: Store
) -> None:
    shown = look(client, PEOPLE, STAFF).text
    other = app.test_client()
    other.sign_in(administrator)
    fields = dict(CARRIED.findall(shown))
    before = people(store)
    for told in (
        do(other, PEOPLE, shown),
        do(client, PEOPLE, shown, packed=fields["packed"][:-8] + "AAAAAAA="),
        do(client, PEOPLE, shown, seal=fields["seal"][:-3] + "abc"),
        do(client, PEOPLE, shown, seal=""),
        do(client, PEOPLE, shown, packed="é", seal="é"),
        do(client, SITES, shown),
    ):
        assert told.status_code == 422
        assert "Choose the file again" in told.text or "Choose it again" in told.text
    clock.pass_time(minutes=59)
    client.get("/home")
    clock.pass_time(minutes=2)
    assert "More than an hour has passed" in do(client, PEOPLE, shown).text
    assert people(store) == before


def test_nobody_else_may_send_a_large_body(app, client: Visitor, analyst: Who) -> None:
    stranger, other = app.test_client(), app.test_client()
    assert send_file(stranger, PEOPLE, b"x" * 200_000, "x.csv").status_code == 413
    other.sign_in(analyst)
    assert send_file(other, PEOPLE, b"x" * 200_000, "x.csv", "/home").status_code == 413
    large = send_file(client, PEOPLE, b"x" * (2 * WEB_LIMIT + 2**20), "x.csv", "/home")
    assert (large.status_code, "That file is too large" in large.text, "your text" in large.text) == (413, True, False)
    assert client.send("/studies/small/sites/1/history", {"note": "x" * 200_000}, page="/home").status_code == 413


def test_sites_come_in_the_same_way(client: Visitor, store: Store) -> None:
    shown = look(client, SITES, "code,name,region\nA,Site A,Midlands\nD,Delta Trust,London\n", "sites.csv")
    assert "region: London → Midlands" in shown.text
    assert do(client, SITES, shown.text).status_code == 303
    with store.reader() as session:
        found = dict(session.execute(select(Site.code, Site.region)).all())
    assert (found["A"], found["D"]) == ("Midlands", "London")


def test_fifty_thousand_people_are_looked_at_and_imported_in_time(client: Visitor, store: Store) -> None:
    rows = (
        f"E{n},Person{n} Family{n % 977},person{n}@example{n % 50}.org,Sister,{'ABC'[n % 3]},nurse\n"
        for n in range(50_000)
    )
    data = "reference,name,email,job_title,site,role\n" + "".join(rows)
    begun = time.perf_counter()
    shown = look(client, PEOPLE, data)
    looked = time.perf_counter()
    assert shown.status_code == 200
    assert do(client, PEOPLE, shown.text).status_code == 303
    done = time.perf_counter()
    with store.reader() as session:
        assert session.scalar(select(func.count()).select_from(Person)) == 50_006
    assert looked - begun < 10
    assert done - looked < 15


@pytest.mark.parametrize(("width", "script"), [(320, True), (320, False), (1280, True)])
def test_the_pages_work_by_keyboard_without_a_script_and_fit(
    browser: Browser, live_app: LiveApp, evaluator: Who, tmp_path, width: int, script: bool
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, java_script_enabled=script, bypass_csp=True)
    page = context.new_page()
    page.goto(f"{live_app.url}/sign-in?next={PEOPLE}")
    page.fill("#email", evaluator.email)
    page.fill("#password", evaluator.password)
    page.press("#password", "Enter")
    page.wait_for_url(f"**{PEOPLE}")
    (tmp_path / "staff.csv").write_text(STAFF + f"p7,{'Long' * 40},x,A,nurse\n", encoding="utf-8")
    looks_right(page, script)
    page.set_input_files("#file", tmp_path / "staff.csv")
    page.get_by_label("They have left, wherever they are").press("Space")
    page.get_by_role("button", name="Look at what it would change").press("Enter")
    page.get_by_role("heading", name="would change").wait_for()
    looks_right(page, script)
    page.get_by_role("button", name="Import these people").press("Enter")
    page.get_by_text("The file was imported.").wait_for()
    looks_right(page, script)
    for path in ("/studies/small/sites", "/studies/small/sites/1", SITES):
        page.goto(live_app.url + path)
        looks_right(page, script)
    context.close()


def looks_right(page: Page, script: bool) -> None:
    if script:
        assert axe_violations(page) == []
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, page.title()


def test_no_damaged_file_breaks_the_page(client: Visitor, store: Store) -> None:
    """Every kind of tests/exchange/damages.py, looked at on both pages: a page comes, and nothing is written."""
    before, token = people(store), client.token("/home")
    for one in damages():
        for page in (PEOPLE, SITES):
            form = {"csrf_token": token, "file": FileStorage(io.BytesIO(one.data), "staff.csv")}
            boundary, body = encode_multipart(form)
            told = client.post(page, data=body, content_type=f"multipart/form-data; boundary={boundary}")
            assert told.status_code in (200, 413, 422), (one.name, told.status_code)
            assert told.text.count("<h1") == 1, one.name
    assert people(store) == before


def test_a_file_may_have_any_name(client: Visitor) -> None:
    for name in ("<script>.csv", "../../etc/passwd", "x" * 5000, "\u202egnp.csv", "“”.csv"):
        told = look(client, PEOPLE, STAFF, name)
        assert told.status_code == 200, name
        assert "<script>.csv" not in told.text
        assert "\u202e" not in told.text


def test_who_moved_or_left_keeps_their_invitation_and_the_next_wave_asks_as_things_are(
    client: Visitor, store: Store, study: SmallStudy, clock: Clock
) -> None:
    do(client, PEOPLE, look(client, PEOPLE, STAFF, absent="left").text)
    with store.writing() as session:
        later = add_wave(
            session,
            session.get_one(Study, study.study.id),
            session.get_one(InstrumentVersion, study.wave.instrument_version_id),
            "Wave 2",
            opens_at=clock() + timedelta(days=60),
            closes_at=clock() + timedelta(days=90),
        )
        invite(session, later, roster(session, study.study.id), key=b"k" * 48, now=clock())
        query = select(Invitation.wave_id, Person.reference, Site.code).select_from(Invitation)
        joined = query.join(Person, Person.id == Invitation.person_id).join(Site, Site.id == Invitation.site_id)
        asked = {(wave == later.id, reference): site for wave, reference, site in session.execute(joined)}
    assert (asked[False, "p3"], asked[True, "p3"]) == ("B", "C")
    assert {reference for new, reference in asked if new} == {"p1", "p3", "p9"}
    assert {reference for new, reference in asked if not new} == {f"p{n}" for n in range(1, 7)}
