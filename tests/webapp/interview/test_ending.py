"""Check your answers, send, the end; and leaving in between."""

import re
from datetime import timedelta
from pathlib import Path

import webapp
from surveys.tables import Alter, InstrumentVersion, Interview, TypedName
from tests.webapp.interview.conftest import ABOUT, about_contact
from webapp.interview.texts import TEXTS


def test_check_shows_everything_and_change_comes_back(ada):
    ada.to_check("p3")
    page = ada.get("/check").text
    for said in ("Site A", "Pharmacist", "Raj Khan", "Most weeks", "We met at an event", "Electronic prescribing"):
        assert said in page
    change = f"{ada.link}/about_contacts/1?return=check"
    assert change in page
    assert f'nhsuk-back-link" href="{ada.link}/check"' in ada.get("/about_contacts/1?return=check").text
    answer = ada.post("/about_contacts/1?return=check", about_contact(1) | {"freq.1": "daily"})
    assert ada.to(answer) == "/check"
    assert "Most days" in ada.get("/check").text


def test_check_before_all_is_answered_leads_to_what_is_missing(ada):
    ada.to_grid("p3")
    assert ada.to(ada.get("/check")) == "/topic_grid?notice=waiting"
    assert ada.to(ada.post("/finish")) == "/topic_grid?notice=waiting"
    assert "then send your answers" in ada.get("/topic_grid?notice=waiting").text


def test_sending_twice_is_sending_once(ada, counts, store):
    ada.to_check("p3")
    assert ada.to(ada.post("/finish", page="/check")) == "/done"
    before = counts()
    assert ada.to(ada.post("/finish", page="/check")) == "/done"
    assert counts() == before and before["tie"] == 1


def test_after_the_end_every_page_leads_to_it_and_nothing_changes(ada, counts):
    ada.to_check("p3")
    ada.post("/finish", page="/check")
    before = counts()
    posts = {
        "/consent": {}, "/about_you": ABOUT, "/advice_names": {"no_one": "yes"}, "/advice_names/add": {"name": "Kit"},
        "/advice_names/remove/1": {"sure": "yes"}, "/about_contacts/1": about_contact(1), "/leave": {}, "/start": {},
        "/decline": {},
    }  # fmt: skip
    for path, data in posts.items():
        assert ada.to(ada.post(path, data)) == "/done", path
    for path in ("", "/consent", "/check", "/about_contacts/1", "/advice_names/search?q=raj", "/decline"):
        assert ada.to(ada.get(path)) == "/done", path
    assert counts() == before


def test_the_end_is_still_there_when_the_wave_has_closed(ada, clock):
    ada.to_check("p3")
    ada.post("/finish", page="/check")
    clock.pass_time(days=40)
    assert "Your answers have been sent" in ada.get("/done").text


def test_the_end_shows_the_own_network_without_typed_names(ada, store):
    ada.to_names()
    ada.pick("p3")
    ada.type_name("Kit Moss")
    ada.post("/advice_names")
    ada.post("/topic_grid", {"flow.1.epma": ["i_get"], "flow.2.records": ["i_give"]})
    for number in (1, 2):
        ada.post(f"/about_contacts/{number}", about_contact(number))
    ada.post("/story")
    assert "Names that you typed will be deleted" in ada.get("/check").text
    ada.post("/finish", page="/check")
    page = ada.get("/done").text
    assert "Kit Moss" not in page and "Person 2" in page and "Names that you typed have been deleted" in page
    assert "You learn: Electronic prescribing" in page and "They learn: Health records" in page
    assert "<svg" in page and 'role="img"' in page and page.count("<polygon") == 2
    with store.reader() as session:
        assert {alter.label for alter in session.query(Alter)} == {None}


def test_under_a_vault_no_page_says_that_typed_names_are_deleted_at_once(ada, store):
    with store.writing() as session:
        version = session.query(InstrumentVersion).one()
        version.source = version.source.replace("names: roster", "names: vault")
    assert "Then it is deleted" in ada.get("").text
    ada.to_names()
    ada.type_name("Kit Moss")
    ada.post("/advice_names")
    ada.post("/topic_grid", {"flow.1.epma": ["i_get"]})
    ada.post("/about_contacts/1", about_contact(1))
    ada.post("/story")
    assert "Names that you typed are kept apart, until" in ada.get("/check").text
    ada.post("/finish", page="/check")
    page = ada.get("/done").text
    assert "Kit Moss" not in page and "Names that you typed are kept apart" in page
    with store.reader() as session:
        assert {alter.label for alter in session.query(Alter)} == {None}
        assert [kept.name for kept in session.query(TypedName)] == ["Kit Moss"]


def test_the_end_before_sending_leads_to_what_is_open(ada):
    ada.to_check("p3")
    assert ada.to(ada.get("/done")) == "/check"


def test_no_one_has_no_picture_and_the_end_says_why(ada):
    ada.to_names()
    ada.post("/advice_names", {"no_one": "yes"})
    ada.post("/story")
    assert "I do not go to anyone" in ada.get("/check").text
    ada.post("/finish", page="/check")
    page = ada.get("/done").text
    assert "there is no picture to show" in page and "<svg" not in page


def test_leaving_saves_the_open_page_and_says_how_to_come_back(ada):
    ada.to_grid("p3")
    assert ada.to(ada.post("/leave?from=topic_grid", {"flow.1.epma": ["i_get"]})) == "/leave"
    page = ada.get("/leave").text
    assert "You can close this page" in page and "come back by 30 November 2026" in page
    assert ada.get("/topic_grid").text.count(" checked") == 1
    assert ada.to(ada.post("/start")) == "/about_contacts/1"


def test_leaving_an_incomplete_page_says_that_it_is_not_saved(ada, counts):
    ada.to_grid("p3")
    ada.post("/topic_grid")
    before = counts()
    assert ada.to(ada.post("/leave?from=about_contacts/1", {"freq.1": "weekly"})) == "/leave?unsaved=1"
    assert "its answers are not saved" in ada.get("/leave?unsaved=1").text
    assert counts() == before


def test_leaving_from_a_page_not_reached_or_never_there_keeps_nothing(ada, counts):
    ada.begin()
    before = counts()
    for step in ("about_you", "nothing", "about_contacts/1", "", "///"):
        assert ada.post(f"/leave?from={step}", ABOUT).status_code == 303
    assert counts() == before


def test_one_interview_is_finished_at_one_moment(ada, store, clock):
    ada.to_check("p3")
    ada.post("/finish", page="/check")
    clock.pass_time(hours=1)
    ada.post("/finish", page="/check")
    with store.reader() as session:
        assert session.query(Interview).one().finished_at == clock.now - timedelta(hours=1)


def test_texts_that_templates_use_are_there():
    folder = Path(webapp.__file__).parent / "templates" / "interview"
    used = {name for file in folder.rglob("*.html") for name in re.findall(r"\bt\.([a-z_]+)", file.read_text("utf-8"))}
    assert used and used <= set(TEXTS["en"])


def test_sentences_are_short():
    """Twenty words at most, so that a tired reader keeps the thread."""
    for name, text in TEXTS["en"].items():
        for sentence in re.split(r"[.?!]", text) if name != "months" else ():
            assert len(sentence.split()) <= 20, (name, sentence)


def test_leaving_from_check_keeps_everything(ada):
    ada.to_check("p3")
    assert f'formaction="{ada.link}/leave"' in ada.get("/check").text
    assert ada.to(ada.post("/leave", page="/check")) == "/leave"
