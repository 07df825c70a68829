"""Two screens with one interview, two languages, and one name twice."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from surveys.invitations import invite
from surveys.studies import publish_instrument
from surveys.tables import Base
from surveys.waves import add_wave, open_wave
from tests.small_study import tokens
from tests.webapp.interview.conftest import CONSENT, Respondent
from tests.webapp.interview.test_forms import everything  # noqa: F401
from webapp.interview.texts import TEXTS
from webapp.interview.timing import device

ITEMS = Path(__file__).parents[2] / "walks" / "samples" / "items.yaml"

SEEN = re.compile(r'name="seen" value="(\d+)"')


def seen(page) -> str:
    return SEEN.search(page.text)[1]


def test_a_stale_screen_that_says_otherwise_changes_nothing_and_shows_both(ada, counts):
    ada.to_check("p3")
    first = seen(ada.get("/about_contacts/1"))
    said = {"formality.1": "informal", "origin.1": "event", "seen": first}
    assert ada.post("/about_contacts/1", said | {"freq.1": "daily"}).status_code == 303
    before = counts()
    page = ada.post("/about_contacts/1", said | {"freq.1": "monthly"})
    assert page.status_code == 409 and counts() == before
    assert "changed on another screen" in page.text and "Most months" in page.text and "Most days" in page.text
    assert "How do you mostly talk" not in page.text
    kept = re.findall(r'type="hidden" name="([a-z_.0-9]+)" value="([^"]*)"', page.text)
    again = ada.post("/about_contacts/1", {name: value for name, value in kept if name != "csrf_token"})
    assert ada.to(again) == "/story"
    assert re.search(r'value="monthly" checked', ada.get("/about_contacts/1").text)


def test_a_stale_screen_that_says_the_same_is_simply_saved(ada, counts):
    ada.to_check("p3")
    said = {"freq.1": "weekly", "formality.1": "informal", "origin.1": "event", "seen": "0"}
    before = counts()
    assert ada.post("/about_contacts/1", said).status_code == 303
    assert counts() == before


def test_a_stale_screen_stays_stale_through_an_error(ada, counts):
    """A first try that could not be saved does not make the second one newer than what is saved."""
    ada.to_check("p3")
    first = seen(ada.get("/about_contacts/1"))
    said = {"formality.1": "informal", "origin.1": "event", "seen": first}
    ada.post("/about_contacts/1", said | {"freq.1": "daily"})
    wrong = ada.post("/about_contacts/1", said | {"freq.1": "bogus"})
    assert wrong.status_code == 422 and seen(wrong) == first
    before = counts()
    again = ada.post("/about_contacts/1", said | {"freq.1": "monthly", "seen": seen(wrong)})
    assert again.status_code == 409 and counts() == before


def test_leaving_a_stale_screen_says_that_it_is_not_saved(ada, counts):
    ada.to_check("p3")
    before = counts()
    said = {"freq.1": "daily", "formality.1": "informal", "origin.1": "event", "seen": "0"}
    assert ada.to(ada.post("/leave?from=about_contacts/1", said)) == "/leave?unsaved=1"
    assert counts() == before


def test_what_was_typed_stays_text_on_the_page_of_both_answers(ada):
    ada.to_check("p3")
    nasty = '"><script>alert(1)</script>'
    page = ada.post("/story", {"exchange": nasty, "seen": "0"})
    assert page.status_code == 409 and nasty not in page.text and "&lt;script&gt;" in page.text


def test_a_name_that_is_on_the_list_is_asked_about_once(ada, counts):
    ada.to_names()
    ada.type_name("Kit Moss")
    page = ada.type_name("kit  moss")
    assert page.status_code == 200 and "You already added Kit Moss. Is this the same person?" in page.text
    assert counts()["alter"] == 1
    sent = {"prompt": "any", "name": "kit moss", "typed": "yes", "same_asked": "yes"}
    refused = ada.post("/advice_names/add", sent)
    assert refused.status_code == 422 and "Select if this is the same person" in refused.text
    assert ada.to(ada.post("/advice_names/add", sent | {"same": "yes"})).startswith("/advice_names?added=1")
    assert counts()["alter"] == 1
    assert ada.to(ada.post("/advice_names/add", sent | {"same": "no"})) == "/advice_names/describe/2"
    assert counts()["alter"] == 2


def test_someone_typed_for_one_prompt_is_offered_to_the_next(everything, store):  # noqa: F811
    everything.post("/about")
    everything.post("/names/add", {"prompt": "any", "person": everything.study.people["p3"].key})
    assert everything.to(everything.post("/names/add", {"prompt": "stuck", "again": "1"})) == "/names?added=1"
    page = everything.get("/names").text
    assert page.count('app-names__name">Raj Khan') == 2
    assert everything.post("/names/add", {"prompt": "stuck", "again": "9"}).status_code == 303


def test_the_box_that_was_used_has_the_focus_again(everything):  # noqa: F811
    """Of several boxes on one page, the one whose list was just changed."""
    everything.post("/about")
    raj, dee = (everything.study.people[who].key for who in ("p3", "p5"))
    for prompt, person, box in (("any", raj, "name"), ("stuck", dee, "name-stuck")):
        where = everything.to(everything.post("/names/add", {"prompt": prompt, "person": person}))
        focused = re.findall(r'<input[^>]*id="([^"]+)"[^>]* autofocus', everything.get(where).text)
        assert focused == [box]
    again = everything.to(everything.post("/names/add", {"prompt": "stuck", "again": "1"}))
    assert re.findall(r'<input[^>]*id="([^"]+)"[^>]* autofocus', everything.get(again).text) == ["name-stuck"]


@pytest.fixture
def bilingual(app, store, study, settings, clock) -> Respondent:
    """Ada in a wave that asks in English and Welsh, before Start."""
    key = settings.secret_key.encode()
    with store.writing() as session:
        version = publish_instrument(session, study.study, ITEMS.read_text(encoding="utf-8"), now=clock())
        opens, closes = clock() - timedelta(days=1), clock() + timedelta(days=9)
        wave = add_wave(session, study.study, version, "Wave 2", opens_at=opens, closes_at=closes)
        open_wave(wave)
        invite(session, wave, [study.people["p1"]], key=key, now=clock())
        token = tokens(session, wave, key)["p1"]
    return Respondent(app.test_client(), f"/interview/{token}", study)


def test_the_language_can_be_chosen_before_anything_is_kept(bilingual, counts):
    before = counts()
    assert bilingual.to(bilingual.post("/language?from=start", {"language": "cy"})) == "?language=cy"
    page = bilingual.get("?language=cy")
    assert '<html lang="cy">' in page.text and "Dechrau" in page.text and counts() == before
    bilingual.post("/start", {"language": "cy"}, page="?language=cy")
    assert '<html lang="cy">' in bilingual.get("/consent").text


def test_the_language_changes_on_any_page_and_stays(bilingual):
    bilingual.begin()
    assert "Cymraeg" in bilingual.get("/consent").text and ">English<" not in bilingual.get("/consent").text
    assert bilingual.to(bilingual.post("/language?from=consent", {"language": "cy"}, page="/consent")) == "/consent"
    page = bilingual.get("/consent").text
    assert "Parhau" in page and 'lang="en">English' in page
    refused = bilingual.post("/consent")
    assert "<title>Gwall: " in refused.text and "Mae problem" in refused.text and "Cytunaf" in refused.text
    assert bilingual.post("/language?from=consent", {"language": "fr"}, page="/consent").status_code == 404


def test_what_was_typed_is_taken_to_the_other_language(bilingual, counts):
    bilingual.begin()
    bilingual.post("/consent", {"agree": "yes"})
    before = counts()["answer"]
    page = bilingual.post("/language?from=about", {"language": "cy", "nickname": "Kit", "years": "x"}, page="/consent")
    assert page.status_code == 200 and 'value="Kit"' in page.text and "Enw byr" in page.text
    assert "nhsuk-error" not in page.text and counts()["answer"] == before


def test_a_name_in_the_box_is_taken_to_the_other_language(bilingual, counts):
    bilingual.begin()
    bilingual.post("/consent", {"agree": "yes"})
    bilingual.post("/about", {"nickname": "Kit", "born": "2019-05-07"})
    page = bilingual.post("/language?from=names", {"language": "cy", "prompt": "any", "name": "Kit M"}, page="/consent")
    assert page.status_code == 200 and 'value="Kit M"' in page.text and "Ychwanegu" in page.text
    assert counts()["alter"] == 0


def test_enter_in_a_box_presses_the_pages_own_button_and_not_a_language(bilingual):
    """The first button of a form is what Enter presses."""
    page = bilingual.begin().get("/consent").text
    buttons = re.findall(r"<button[^>]*>", page)
    of_form = [button for button in buttons if 'form="step"' in button]
    assert "formaction" not in of_form[0] and 'tabindex="-1"' in of_form[0]
    assert 'formaction="' in of_form[1] and 'value="cy"' in of_form[1]


def test_a_change_of_language_leads_only_to_pages_of_ours(bilingual):
    bilingual.begin()
    for place in ("names", "https://elsewhere.example", "//x", "nothing", "finish", "about/9"):
        answer = bilingual.post(f"/language?from={place}", {"language": "cy"}, page="/consent")
        assert answer.status_code == 303 and answer.location == bilingual.link, place


def test_the_time_that_a_page_took_is_noted_with_the_kind_of_device(ada, store, clock):
    ada.begin()
    clock.pass_time(seconds=40)
    ada.client.environ_base["HTTP_USER_AGENT"] = "Mozilla/5.0 (iPhone) Mobile"
    ada.post("/consent", CONSENT)
    with store.reader() as session:
        times = session.execute(select(Base.metadata.tables["page_time"])).all()
    assert [(row.step, row.seconds, row.device) for row in times] == [
        ("consent", 40, "desktop"),
        ("about_you", None, "phone"),
    ]


def test_a_page_of_names_is_timed_like_any_other(ada, store, clock):
    ada.to_names()
    clock.pass_time(seconds=25)
    ada.pick("p2")
    ada.post("/advice_names")
    with store.reader() as session:
        times = session.execute(select(Base.metadata.tables["page_time"]).offset(2)).all()
    assert [(row.step, row.seconds) for row in times] == [("advice_names", 25), ("topic_grid", None)]


@pytest.mark.parametrize(
    ("agent", "kind"),
    [
        ("Mozilla/5.0 (Windows NT 10.0)", "desktop"),
        ("Mozilla/5.0 (iPad; CPU OS 15)", "tablet"),
        ("Mozilla/5.0 (Linux; Android 14) Mobile", "phone"),
        ("Mozilla/5.0 (Linux; Android 14)", "tablet"),
        ("", "desktop"),
    ],
)
def test_the_kind_of_device_is_read_from_what_the_browser_says(agent, kind):
    assert device(agent) == kind


def test_welsh_has_every_text_with_the_same_places():
    places = {
        language: {name: sorted(re.findall(r"{(\w+)}", text)) for name, text in words.items()}
        for language, words in TEXTS.items()
    }
    assert places["cy"] == places["en"]


def test_the_start_page_speaks_of_minutes_only_in_its_own_words(bilingual):
    assert "app-top__minutes" not in bilingual.get().text
    assert "app-top__minutes" in bilingual.begin().get("/consent").text
