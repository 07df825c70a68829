"""The list of people: picked, typed, told apart, described, removed, full, and "no one"."""

import re

import pytest

from surveys.tables import Alter, Answer
from tests.webapp.interview.conftest import about_contact


@pytest.fixture
def naming(ada):
    return ada.to_names()


def names(respondent) -> list[str]:
    return re.findall(r'app-names__name">([^<]+)<', respondent.get("/advice_names").text)


def test_the_search_needs_three_letters_and_leaves_the_respondent_out(naming):
    assert naming.get("/advice_names/search?q=ra").json == {"matches": []}
    matches = naming.get("/advice_names/search?q=raj").json["matches"]
    assert [(match["label"], match["detail"]) for match in matches] == [
        ("Raj Khan", "Pharmacist, Site B"),
        ("Raj Khan", "IT manager, Site C"),
    ]
    assert naming.get("/advice_names/search?q=byrne").json == {"matches": []}
    assert [match["label"] for match in naming.get("/advice_names/search?q=novak").json["matches"]] == ["Eli Novák"]


def test_the_search_is_behind_the_link_and_the_reached_page(ada):
    ada.begin()
    assert ada.to(ada.get("/advice_names/search?q=raj")) == "/consent?notice=later"


def test_picking_adds_newest_first_and_says_who(naming):
    assert naming.to(naming.pick("p3")) == "/advice_names?added=1"
    naming.pick("p5")
    assert names(naming) == ["Dee Okafor", "Raj Khan"]
    assert re.search(r'role="status"[^>]*>Added Dee Okafor\.', naming.get("/advice_names?added=2").text)
    assert "Continue with 2 people" in naming.get("/advice_names").text


def test_picking_someone_twice_lists_them_once(naming, counts):
    naming.pick("p3")
    assert naming.to(naming.pick("p3")) == "/advice_names?added=1&again=1"
    assert "Raj Khan is on your list." in naming.get("/advice_names?added=1&again=1").text
    assert counts()["alter"] == 1


def test_two_people_of_one_name_are_two(naming):
    naming.pick("p3")
    naming.pick("p4")
    assert names(naming) == ["Raj Khan", "Raj Khan"]
    page = naming.get("/advice_names").text
    assert 'Remove<span class="nhsuk-u-visually-hidden"> Raj Khan, IT manager, Site C</span>' in page


def test_the_respondent_and_strangers_cannot_be_picked(naming, counts):
    for key in (naming.study.people["p1"].key, "nobody", "' OR 1=1 --"):
        refused = naming.post("/advice_names/add", {"prompt": "any", "person": key})
        assert refused.status_code == 422 and "could not find that person" in refused.text
    assert counts()["alter"] == 0


def test_a_typed_name_that_the_roster_has_asks_which_one(naming, counts):
    where = naming.to(naming.type_name("Raj Khan"))
    assert where == "/advice_names/choose?q=Raj+Khan&prompt=any"
    page = naming.get(where).text
    assert "Which “Raj Khan” do you mean?" in page and "None of these: add “Raj Khan” as typed" in page
    refused = naming.post(where, {"name": "Raj Khan", "prompt": "any"})
    assert refused.status_code == 422 and 'href="#person"' in refused.text
    assert counts()["alter"] == 0
    chosen = naming.post(where, {"name": "Raj Khan", "prompt": "any", "person": naming.study.people["p4"].key})
    assert naming.to(chosen) == "/advice_names?added=1"


def test_none_of_these_adds_the_name_as_typed(naming):
    chosen = naming.post("/advice_names/choose", {"name": "Raj Khan", "prompt": "any", "person": "none"})
    assert naming.to(chosen) == "/advice_names/describe/1"


def test_a_typed_person_is_described_or_not(naming, store):
    assert naming.to(naming.type_name("  Kit   Moss ")) == "/advice_names/describe/1"
    page = naming.get("/advice_names/describe/1").text
    assert "Kit Moss</h1>" in page and "Not sure" in page
    assert naming.to(naming.post("/advice_names/describe/1", {"site": "", "role": ""})) == "/advice_names?added=1"
    naming.post("/advice_names/describe/1", {"site": "B", "role": "nurse"})
    assert "Nurse or midwife, Site B" in naming.get("/advice_names").text
    naming.post("/advice_names/describe/1", {"site": "ZZ", "role": "boss"})
    with store.reader() as session:
        alter = session.query(Alter).one()
        assert alter.label == "Kit Moss" and alter.site_id is None and alter.role_id is None


def test_a_person_of_the_roster_is_not_described(naming):
    naming.pick("p3")
    assert naming.get("/advice_names/describe/1").status_code == 404
    assert naming.post("/advice_names/describe/1", {"site": "A"}).status_code == 404


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("", "Type the name of a person"),
        ("   ", "Type the name of a person"),
        ("x" * 201, "200 characters or fewer"),
        ("bad\u202ename", "hidden characters"),
    ],
)
def test_what_cannot_be_a_name_is_refused_with_a_link_to_the_box(naming, counts, name, message):
    refused = naming.type_name(name)
    assert refused.status_code == 422 and message in refused.text
    assert "<title>Error: " in refused.text and 'href="#name"' in refused.text
    assert counts()["alter"] == 0


def test_enter_in_the_box_adds(naming):
    naming.pick("p3")
    page = naming.get("/advice_names").text
    form = page[page.index('id="add-any"') :]
    first = re.search(r"<button[^>]*>([^<]*)", form)
    assert first[1] == "Add" and form.index("<button") < form.index("</form>")


def test_a_name_left_in_the_box_is_not_lost_by_continue(naming):
    naming.pick("p3")
    refused = naming.post("/advice_names", {"name": "Kit Moss", "prompt": "any"})
    assert refused.status_code == 422
    assert "Press Add to add “Kit Moss”" in refused.text and 'value="Kit Moss"' in refused.text


def test_nobody_and_no_answer_is_not_a_way_on(naming):
    refused = naming.post("/advice_names")
    assert refused.status_code == 422 and "choose ‘I do not go to anyone’" in refused.text


def test_no_one_is_an_answer_that_skips_pages_about_people(naming, store):
    assert naming.to(naming.post("/advice_names", {"no_one": "yes"})) == "/story"
    assert "You told us: “I do not go to anyone”." in naming.get("/advice_names").text
    with store.reader() as session:
        assert session.query(Answer).filter_by(item="advice_names").one().value == "no_one"


def test_adding_after_no_one_replaces_it(naming, store):
    naming.post("/advice_names", {"no_one": "yes"})
    naming.pick("p3")
    with store.reader() as session:
        assert session.query(Answer).filter_by(item="advice_names").count() == 0
    assert naming.to(naming.post("/advice_names")) == "/topic_grid"


def test_no_one_is_refused_while_people_are_listed(naming, counts):
    naming.pick("p3")
    before = counts()
    refused = naming.post("/advice_names", {"no_one": "yes"})
    assert refused.status_code == 422 and "Remove the people on your list" in refused.text
    assert counts() == before


def test_the_list_has_an_end(naming, counts):
    for number in range(8):
        naming.type_name(f"Zed {number}")
    assert counts()["alter"] == 8
    page = naming.get("/advice_names").text
    assert "as many as you can add" in page and 'id="name"' not in page
    for refused in (naming.type_name("Zed 9"), naming.pick("p3"), naming.type_name("Raj Khan")):
        assert (refused.status_code == 422 and "You can add up to 8" in refused.text) or "as many as" in refused.text
    assert counts()["alter"] == 8


def test_removing_someone_about_whom_nothing_was_said_happens_at_once(naming, counts):
    naming.pick("p3")
    assert naming.to(naming.post("/advice_names/remove/1")) == "/advice_names?removed=1"
    assert "Removed. Your list is empty." in naming.get("/advice_names?removed=1").text
    assert counts()["alter"] == 0


def test_removing_someone_first_says_which_answers_go(ada, counts):
    ada.to_check("p3", "p5")
    before = counts()
    assert ada.to(ada.post("/advice_names/remove/1")) == "/advice_names/remove/1"
    assert counts() == before
    page = ada.get("/advice_names/remove/1").text
    assert "Do you want to remove Raj Khan?" in page and "Most weeks" in page and "We met at an event" in page
    assert ada.to(ada.post("/advice_names/remove/1", {"sure": "yes"})) == "/advice_names?removed=1"
    after = counts()
    assert after["alter"] == 1 and after["answer"] == before["answer"] - 4
    assert names(ada) == ["Dee Okafor"]


def test_what_was_said_about_someone_removed_elsewhere_is_not_taken(ada, counts):
    ada.to_grid("p3", "p5")
    ada.post("/topic_grid")
    ada.post("/advice_names/remove/1", {"sure": "yes"})
    before = counts()
    assert ada.to(ada.post("/about_contacts/1", about_contact(1))).endswith("notice=later")
    assert ada.to(ada.post("/advice_names/remove/1", {"sure": "yes"})).endswith("notice=gone")
    assert counts() == before


def test_someone_added_later_is_asked_about_on_every_page(ada):
    ada.to_check("p3")
    ada.post("/advice_names/add?return=check", {"prompt": "any", "person": ada.study.people["p5"].key})
    assert ada.to(ada.post("/advice_names?return=check")) == "/topic_grid?return=check"
    assert ada.to(ada.post("/topic_grid?return=check")) == "/about_contacts/2?return=check"
    assert ada.to(ada.post("/about_contacts/2?return=check", about_contact(2))) == "/check"
