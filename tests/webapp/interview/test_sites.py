"""Ties between sites where there are many: found by name, listed with their questions, without JavaScript."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from surveys.interviews import resume
from surveys.invitations import find_invited, invite
from surveys.people import fold
from surveys.studies import publish_instrument
from surveys.tables import Site
from surveys.waves import add_wave, open_wave
from tests.small_study import tokens
from tests.webapp.interview.conftest import Respondent
from webapp.forms.fills import MOST_SITES
from webapp.interview.sites import MOST_SHOWN, found_sites

SOURCE = """
instrument: {id: linked, version: 1.0.0, title: {en: Sites, cy: Safleoedd}, languages: [en, cy], privacy: {names: none}}
rosters: {sites: {source: sites}}
relations: {linked: {directed: false, label: {en: linked, cy: cysylltiedig}}}
pages:
  - id: consent
    type: consent
    version: 1
    text: {en: Please read., cy: Darllenwch.}
    statements: [{id: agree, label: {en: I agree., cy: Cytunaf.}}]
  - id: others
    type: org_ties
    roster: sites
    relation: linked
    max: 3
    label: {en: What do you share?, cy: Beth ydych chi’n ei rannu?}
    options: [{value: plans, label: {en: Plans, cy: Cynlluniau}}, {value: staff, label: {en: Staff, cy: Staff}}]
  - {id: end, type: finish}
ties: {linked: {from: others}}
"""


def linked(app, store, study, settings, clock, more: int) -> Respondent:
    """Ada, of Site A, at the page about other sites, in a study with `more` sites than three."""
    key = settings.secret_key.encode()
    with store.writing() as session:
        for n in range(more):
            session.add(Site(study_id=study.study.id, code=f"N{n}", name=f"Northern Trust {n}"))
        session.add(Site(study_id=study.study.id, code="BD1", name="Bardsey Mental Health"))
        version = publish_instrument(session, study.study, SOURCE, now=clock())
        opens, closes = clock() - timedelta(days=1), clock() + timedelta(days=9)
        wave = add_wave(session, study.study, version, "Wave 2", opens_at=opens, closes_at=closes)
        open_wave(wave)
        invite(session, wave, [study.people["p1"]], key=key, now=clock())
        token = tokens(session, wave, key)["p1"]
    respondent = Respondent(app.test_client(), f"/interview/{token}", study).begin()
    respondent.post("/consent", {"agree": "yes"})
    return respondent


@pytest.fixture
def many(app, store, study, settings, clock) -> Respondent:
    return linked(app, store, study, settings, clock, 60)


def rows(page) -> list[str]:
    return re.findall(r'name="listed" value="others\.\.([^"]+)"', page.text)


def kept(respondent: Respondent, store) -> dict[str, object]:
    with store.reader() as session:
        responses = resume(session, find_invited(session, respondent.link.rpartition("/")[2])).responses
    return {key.topic: value for key, value in responses.answers.items() if key.item == "others"}


def test_few_sites_are_one_table(app, store, study, settings, clock):
    page = linked(app, store, study, settings, clock, 2).get("/others").text
    assert page.count('role="rowheader"') == 5 and 'name="find"' not in page


def test_of_many_sites_none_is_drawn_before_it_is_added(many):
    page = many.get("/others").text
    assert "Northern" not in page and 'name="find"' in page and len(page) < 12_000


def test_the_only_site_that_fits_is_added_at_once_with_its_questions(many, counts):
    before = counts()
    page = many.post("/others/sites", {"find": "bards"})
    assert page.status_code == 200 and rows(page) == ["BD1"] and "Added Bardsey Mental Health." in page.text
    assert page.text.count('name="others..BD1"') == 2 and counts() == before
    assert re.findall(r'name="([^"]+)"[^>]* autofocus', page.text) == ["others..BD1"]


def test_several_that_fit_are_offered_and_the_picked_one_is_added(many):
    page = many.post("/others/sites", {"find": "northern"})
    assert rows(page) == [] and page.text.count(">Add Northern Trust") == MOST_SHOWN
    assert 'value="northern"' in page.text and f"We show up to {MOST_SHOWN} places." in page.text
    assert rows(many.post("/others/sites", {"find": "northern", "add": ["", "N7"]})) == ["N7"]


def test_what_is_ticked_stays_while_sites_are_added_and_removed(many, store):
    page = many.post(
        "/others/sites", {"listed": ["others..N7", "others..N8"], "others..N7": ["plans", "staff"], "add": "B"}
    )
    assert rows(page) == ["B", "N7", "N8"]
    assert len(re.findall(r'name="others\.\.N7"[^>]* checked', page.text)) == 2
    sent = {"listed": ["others..B", "others..N7"], "others..N7": "plans", "others..B": "staff", "remove": "others..N7"}
    page = many.post("/others/sites", sent)
    assert rows(page) == ["B"] and "Removed Northern Trust 7." in page.text
    assert re.search(r'value="staff" checked', page.text) and kept(many, store) == {}
    assert re.findall(r'name="([^"]+)"[^>]* autofocus', page.text) == ["find"]


def test_what_is_saved_stands_on_the_list_again_and_can_be_taken_off(many, store):
    many.post("/others", {"listed": ["others..N7", "others..B"], "others..N7": "plans"})
    assert kept(many, store) == {"N7": ("plans",)}
    assert rows(many.get("/others")) == ["N7"]
    many.post("/others/sites", {"listed": "others..N7", "others..N7": "plans", "remove": "others..N7"})
    assert kept(many, store) == {"N7": ("plans",)}
    many.post("/others", {})
    assert kept(many, store) == {}


@pytest.mark.parametrize(
    ("typed", "said"),
    [("", "Type the name of a place"), ("xyzzy", "could not find “xyzzy”"), ("\x07", "letters")],
)
def test_a_name_that_finds_nothing_is_an_error_at_the_box(many, typed, said):
    page = many.post("/others/sites", {"find": typed, "listed": "others..B"})
    assert page.status_code == 422 and said in page.text and 'href="#find"' in page.text
    assert rows(page) == ["B"] and "<title>Error: " in page.text


def test_enter_adds_what_is_in_the_box_and_goes_on_when_it_is_empty(many, store):
    sent = {"enter": "yes", "listed": "others..N7", "others..N7": "plans"}
    assert rows(many.post("/others/sites", {**sent, "find": "bards"})) == ["BD1", "N7"]
    assert many.to(many.post("/others/sites", {**sent, "find": " "})) == "/check"
    assert kept(many, store) == {"N7": ("plans",)}


def test_ones_own_site_and_sites_that_are_not_there_cannot_be_added(many):
    for code in ("A", "nothing", "%00", "others..A"):
        assert rows(many.post("/others/sites", {"add": code, "find": "xyzzy"})) == []
    page = many.post("/others/sites", {"listed": ["others..A", "x", "others..nothing", "others..B", "others..B"]})
    assert rows(page) == ["B"]
    assert many.post("/consent/sites", {"find": "x"}, page="/others").status_code == 404


def test_no_more_sites_than_the_questionnaire_takes(many):
    full = [f"others..N{n}" for n in range(3)]
    page = many.post("/others/sites", {"listed": full[:2], "add": "N2"})
    assert 'name="find"' not in page.text and "You have added 3 places." in page.text
    assert len(rows(many.post("/others/sites", {"listed": full, "add": "N9"}))) == 3


def test_an_error_keeps_the_list(many):
    page = many.post("/others", {"listed": ["others..N1", "others..B"], "others..N1": "bogus"})
    assert page.status_code == 422 and rows(page) == ["N1", "B"]


def test_another_language_keeps_the_list(many):
    sent = {"language": "cy", "listed": ["others..N1", "others..B"], "others..N1": "plans"}
    page = many.post("/language?from=others", sent, page="/others")
    assert page.status_code == 200 and rows(page) == ["N1", "B"] and "Cynlluniau" in page.text
    assert re.search(r'value="plans" checked', page.text)


def test_the_box_completes_names_without_naming_ones_own_site(many):
    assert many.get("/others/sites?q=bard").json["matches"] == [{"value": "BD1", "label": "Bardsey Mental Health"}]
    assert many.get("/others/sites?q=site").json["matches"] == [
        {"value": "B", "label": "Site B"},
        {"value": "C", "label": "Site C"},
    ]
    assert len(many.get("/others/sites?q=northern").json["matches"]) == MOST_SHOWN


SITES = {"RA1": "Ashdown and Weald", "RB2": "Weald Mental Health", "RC3": "Ynys Môn", "RD4": "Royal Marsh"}
WORDS = {code: fold(f"{name} {code}") for code, name in SITES.items()}


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("weald", ["RB2", "RA1"]),
        ("mental w", ["RB2"]),
        ("rc3", ["RC3"]),
        ("mon", ["RC3"]),
        ("wield", ["RA1", "RB2"]),
        ("ashdwon", ["RA1"]),
        ("eald", []),
        ("", []),
        ("  ", []),
    ],
)
def test_sites_are_found_by_beginnings_by_code_and_misspelt(query, codes):
    found = [code for code, _ in found_sites(SITES, query, WORDS)]
    assert found == codes or (query == "eald" and set(found) <= {"RA1", "RB2"})


def test_the_limit_of_one_table_is_as_it_says(app, store, study, settings, clock):
    page = linked(app, store, study, settings, clock, MOST_SITES - 3).get("/others").text
    assert page.count('role="rowheader"') == MOST_SITES and 'name="find"' not in page


def test_sites_are_found_by_town_ods_code_and_first_letters(many, store):
    with store.writing() as session:
        site = session.scalars(select(Site).where(Site.code == "BD1")).one()
        site.ods_code, site.town = "RX9", "Aberdaron"
    for query in ("aberd", "rx9", "bmh"):
        found = many.get(f"/others/sites?q={query}").json["matches"]
        assert found == [{"value": "BD1", "label": "Bardsey Mental Health"}], query
