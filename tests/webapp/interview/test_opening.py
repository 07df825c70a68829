"""The start page, beginning, "do not ask me again", and links that do not work."""

from surveys.tables import Invitation, OptOut
from tests.webapp.interview.conftest import CONSENT


def test_the_start_page_says_who_asks_what_is_kept_until_when_and_for_whom(ada):
    page = ada.get()
    assert page.status_code == 200
    for said in ("A small study would like to know", "Ada Byrne", "30 November 2026", "about 6 minutes", "staff list"):
        assert said in page.text
    assert page.text.index("30 November 2026") < page.text.index(">Start</button>")


def test_looking_writes_nothing(ada, counts):
    ada.to_names()
    before = counts()
    for path in ("", "/decline", "/consent", "/check", "/done", "/leave", "/advice_names/search?q=raj"):
        ada.client.get(ada.link + path)
        ada.client.head(ada.link + path)
    assert counts() == before


def test_looking_at_a_new_link_leaves_the_invitation_as_it_was(ada, store):
    ada.get()
    ada.get("/decline")
    with store.reader() as session:
        invitation = session.query(Invitation).filter_by(person_id=ada.study.people["p1"].id).one()
        assert invitation.opened_at is None and invitation.declined_at is None


def test_a_question_before_start_leads_to_the_start_page(ada, counts):
    assert ada.to(ada.get("/consent")) == ""
    assert ada.to(ada.post("/consent", CONSENT)) == ""
    assert counts()["interview"] == 0


def test_starting_twice_is_starting_once(ada, counts):
    ada.begin().begin()
    assert counts()["interview"] == 1


def test_the_link_resumes_at_the_first_page_not_done_and_says_what_is_saved(ada, app):
    ada.to_names().pick("p3")
    ada.client = app.test_client()
    page = ada.get()
    assert "We have saved your answers to 2 of 6 pages." in page.text
    assert "You have added 1 person." in page.text and "Continue where you left off" in page.text
    assert ada.to(ada.post("/start")) == "/advice_names"


def test_declining_asks_first_says_it_is_done_and_is_undone_by_starting(ada, store):
    def declined_at():
        with store.reader() as session:
            return session.query(Invitation).filter_by(person_id=ada.study.people["p1"].id).one().declined_at

    assert "Do you want us to stop asking you?" in ada.get("/decline").text
    assert declined_at() is None
    assert ada.to(ada.post("/decline", page="/decline")) == "/decline"
    assert declined_at() is not None
    assert "We will not ask you again" in ada.get("/decline").text
    assert "you do not want to take part" in ada.get().text
    ada.post("/start")
    assert declined_at() is None


def test_whoever_declines_may_say_that_it_is_for_later_rounds_too(ada, store):
    def opted_out():
        with store.reader() as session:
            return session.query(OptOut).filter_by(person_id=ada.study.people["p1"].id).count() == 1

    assert "Do not write to me in later rounds either" in ada.get("/decline").text
    ada.post("/decline", page="/decline")
    assert not opted_out()
    assert "later rounds" not in ada.get("/decline").text
    ada.post("/decline", {"always": "yes"}, page="")
    assert opted_out()
    assert "We will not write to you in later rounds either." in ada.get("/decline").text


def test_declining_after_beginning_is_undone_by_going_on(ada, store):
    ada.begin()
    ada.post("/decline")
    assert ada.to(ada.post("/start")) == "/consent"
    with store.reader() as session:
        assert session.query(Invitation).filter_by(person_id=ada.study.people["p1"].id).one().declined_at is None


def test_an_unknown_link_is_not_known_anywhere(client, study):
    paths = ("", "/consent", "/check", "/done", "/decline", "/advice_names/search?q=raj", "/advice_names/remove/1")
    assert {client.get(f"/interview/AAAAAAAAAAAAAAAAAAAAAA{path}").status_code for path in paths} == {404}


def test_a_closed_wave_takes_no_answers_and_says_so(ada, clock, counts):
    ada.to_names()
    before = counts()
    clock.pass_time(days=40)
    assert ada.get().status_code == 410
    assert "closed on" in ada.get("/advice_names").text
    assert ada.type_name("Someone").status_code == 410
    assert ada.post("/start").status_code == 410
    assert counts() == before


def test_a_page_that_never_was_is_not_found(ada):
    ada.to_names()
    for path in ("/nothing", "/consent/1", "/about_contacts", "/about_contacts/0", "/about_contacts/99", "/x/-1"):
        assert ada.get(path).status_code == 404, path
        assert ada.post(path).status_code == 404, path
    assert ada.post("/consent/add", {"name": "Kit"}).status_code == 404
