"""Question pages: errors keep what was typed, nothing beyond the open page is taken, Back and Change lose nothing."""

import re
from unicodedata import normalize

import pytest
from markupsafe import escape
from sqlalchemy import event

from surveys.tables import Answer
from tests.webapp.interview.conftest import ABOUT, CONSENT, about_contact

NASTY = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "\"><svg onload=alert(1)>", "'><b>x</b>", "{{7*7}}",
    "{% raw %}", "${7*7}", "#{7*7}", "<%= 7*7 %>", "javascript:alert(1)", "data:text/html,<script>1</script>",
    "&lt;b&gt;", "&#60;b&#62;", "</textarea><script>1</script>", "</title><b>", "<!-- x -->", "]]>", "<![CDATA[x]]>",
    "' OR 1=1 --", "'; DROP TABLE answer; --", "\" OR \"\"=\"", "1; SELECT 1", "%00", "%0d%0aSet-Cookie:a=b", "%s%s%n",
    "=1+1", "+1", "-1", "@SUM(A1)", "|calc", "../../etc/passwd", "..\\..\\x", "C:\\x", "file:///etc/passwd", "//evil",
    "http://evil.example", "a" * 199, "é" * 100, "Ω≈ç√∫˜µ≤≥÷", "田中さん", "🙂🙃", "👨‍👩‍👧‍👦", "Zoë O’Neill-Šmíd",
    "مرحبا", "שלום", "İstanbul", "ﬃ", "ＡＢＣ", "ß", "Ǆ", "a\u0301", "\u200bzero", "null", "undefined", "NaN", "None",
    "true", "0", "-0", "1e309", "{}", "[]", "()", "\\", "`", "~", "^", "{alter}", "{topic}", "{name}", "%(x)s",
]  # fmt: skip


def test_there_are_sixty_nasty_strings_and_more():
    assert len(set(NASTY)) >= 60


def test_consent_needs_every_statement_and_links_to_each(ada, counts):
    ada.begin()
    page = ada.post("/consent", {"agree_read": "yes"})
    assert page.status_code == 422
    assert "<title>Error: " in page.text
    assert 'href="#agree_voluntary"' in page.text and 'href="#agree_read"' not in page.text
    assert re.search(r'id="agree_read"[^>]*checked', page.text)
    assert counts()["answer"] == 0


def test_a_page_not_reached_takes_nothing_and_leads_to_the_open_one_with_a_notice(ada, counts):
    ada.begin()
    before = counts()
    answer = ada.post("/about_you", ABOUT)
    assert ada.to(answer) == "/consent?notice=later"
    assert "That page comes later" in ada.get("/consent?notice=later").text
    assert ada.to(ada.get("/about_you")) == "/consent?notice=later"
    assert counts() == before


def test_a_notice_is_one_of_ours(ada):
    ada.begin()
    assert "Your account is blocked" not in ada.get("/consent?notice=Your+account+is+blocked").text


def test_what_the_roster_knows_is_filled_in(ada):
    ada.begin()
    ada.post("/consent", CONSENT)
    page = ada.get("/about_you").text
    assert '<option value="A" selected>' in page
    assert re.search(r'value="pharmacist" checked', page)


def test_what_was_saved_wins_over_what_the_roster_knows(ada):
    ada.to_names()
    ada.post("/about_you", {"site": "B", "role": "manager"})
    page = ada.get("/about_you").text
    assert '<option value="B" selected>' in page and '<option value="A" selected>' not in page
    assert re.search(r'value="manager" checked', page)


def test_back_leads_to_the_page_before_and_shows_its_answers(ada):
    ada.to_names()
    assert 'class="nhsuk-back-link" href="' + ada.link + '/about_you"' in ada.get("/advice_names").text
    assert 'class="nhsuk-back-link" href="' + ada.link + '"' in ada.get("/consent").text
    assert re.search(r'id="agree_read"[^>]*checked', ada.get("/consent").text)


def test_a_value_that_is_not_offered_is_refused_and_other_answers_stay_on_the_page(ada, counts):
    ada.begin()
    ada.post("/consent", CONSENT)
    before = counts()
    page = ada.post("/about_you", {"site": "ZZ", "role": "nurse"})
    assert page.status_code == 422 and 'href="#site"' in page.text
    assert re.search(r'value="nurse" checked', page.text)
    assert counts() == before


def test_the_sites_are_looked_up_only_for_one_that_is_not_the_answer_already(ada, app):
    ada.to_names()
    asked = []
    event.listen(app.extensions["confer"].store.engine, "before_cursor_execute", lambda *seen: asked.append(seen[2]))
    looked_up = []
    for site in ("A", "B", "B", "ZZ"):
        asked.clear()
        ada.post("/about_you", {"site": site, "role": "nurse"})
        looked_up.append(any("FROM site" in statement for statement in asked))
    assert looked_up == [False, True, False, True]


def test_what_the_roster_knows_is_looked_up_once_and_not_for_a_page_that_was_saved(ada, app):
    ada.begin()
    ada.post("/consent", CONSENT)
    asked = []
    event.listen(app.extensions["confer"].store.engine, "before_cursor_execute", lambda *seen: asked.append(seen[2]))
    ada.get("/about_you")
    first = sum("WHERE person.study_id" in statement for statement in asked)
    ada.post("/about_you", ABOUT)
    asked.clear()
    ada.get("/about_you")
    assert (first, sum("WHERE person.study_id" in statement for statement in asked)) == (1, 0)


def test_nasty_text_stays_text(ada_at_story):
    for text in NASTY:
        page = ada_at_story.post("/story", {"exchange": text + "x" * 2100})
        assert page.status_code == 422 and "characters or fewer" in page.text
        assert str(escape(text)) in page.text, text
        assert ada_at_story.to(ada_at_story.post("/story", {"exchange": text})) == "/check", text
        page = ada_at_story.get("/check").text
        assert str(escape(normalize("NFC", text))) in page, text
        assert "<script>alert" not in page and "<img" not in page and "<b>" not in page


def test_nasty_names_stay_text(ada):
    ada.to_names()
    for number, text in enumerate(NASTY, start=1):
        added = ada.post("/advice_names/choose", {"name": text, "person": "none"})
        assert ada.to(added) == f"/advice_names/describe/{number}", text
        assert str(escape(normalize("NFC", text))) in ada.get(f"/advice_names?added={number}").text, text
        assert ada.to(ada.post(f"/advice_names/remove/{number}")) == "/advice_names?removed=1"


@pytest.fixture
def ada_at_story(ada):
    ada.begin()
    ada.post("/consent", CONSENT)
    ada.post("/about_you", ABOUT)
    ada.post("/advice_names", {"no_one": "yes"})
    return ada


def test_hidden_characters_are_refused_with_the_text_kept(ada_at_story):
    page = ada_at_story.post("/story", {"exchange": "evil\u202etxt"})
    assert page.status_code == 422 and "hidden characters" in page.text


def test_the_page_about_a_person_names_them_in_errors_and_counts_truly(ada):
    ada.to_grid("p3", "p5")
    ada.post("/topic_grid")
    page = ada.get("/about_contacts/1").text
    assert "Person 1 of 2" in page and "Raj Khan</h1>" in page and "Pharmacist, Site B" in page
    refused = ada.post("/about_contacts/1", {"freq.1": "weekly"})
    assert refused.status_code == 422
    assert "Select how you mostly talk to Raj Khan" in refused.text
    assert re.search(r'value="weekly" checked', refused.text)


def test_fields_about_somebody_else_are_ignored(ada, store):
    ada.to_grid("p3", "p5")
    ada.post("/topic_grid")
    ada.post("/about_contacts/1", about_contact(1) | about_contact(2) | {"csrf": "x", "freq.99": "daily"})
    with store.reader() as session:
        about = {answer.alter_id for answer in session.query(Answer).filter_by(item="freq")}
    assert len(about) == 1


def test_the_grid_has_a_full_name_for_each_box_and_keeps_what_is_ticked(ada, store):
    ada.to_grid("p3")
    page = ada.get("/topic_grid").text
    whole = 'I learn<span class="nhsuk-u-visually-hidden"> from them: Raj Khan, Electronic prescribing</span>'
    assert whole in page
    assert page.count('type="checkbox"') == 12 and " checked" not in page
    assert ada.to(ada.post("/topic_grid", {"flow.1.epma": ["i_get"], "flow.9.epma": ["i_get"]})) == "/about_contacts/1"
    assert ada.get("/topic_grid").text.count(" checked") == 1


def test_an_answer_cannot_be_given_on_another_persons_link(ada, ben, counts):
    ada.to_grid("p3", "p5", "p6")
    ada.post("/topic_grid")
    ben.to_grid("p3")
    ben.post("/topic_grid")
    before = counts()
    assert ben.post("/about_contacts/3", about_contact(3)).status_code == 404
    assert ben.get("/advice_names/remove/3").status_code == 404
    assert ben.post("/advice_names/remove/3").status_code == 404
    assert counts() == before


def test_a_post_without_a_token_is_refused(ada, counts):
    ada.begin()
    before = counts()
    assert ada.client.post(ada.link + "/consent", data=CONSENT).status_code == 400
    assert counts() == before
