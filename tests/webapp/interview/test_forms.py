"""Every kind of question as a page shows it, and several prompts on one page of names."""

import re
from datetime import timedelta

import pytest

from surveys.interviews import resume
from surveys.invitations import find_invited, invite
from surveys.studies import publish_instrument
from surveys.waves import add_wave, open_wave
from tests.small_study import tokens
from tests.webapp.interview.conftest import Respondent

EVERYTHING = """
instrument: {id: everything, version: 1.0.0, title: Everything, privacy: {names: roster}}
topics: [{id: epma, label: Prescribing}, {id: apps, label: Apps}]
rosters: {staff: {source: people}, sites: {source: sites}}
relations: {advice: {label: asks}}
pages:
  - {id: consent, type: consent, version: 1, text: Please read., statements: [{id: agree, label: I agree.}]}
  - id: about
    type: form
    items:
      - {id: nickname, type: text, label: Nickname, max_length: 10, allow: [prefer_not]}
      - {id: years, type: number, label: Years, minimum: 0, maximum: 60}
      - {id: leads, type: boolean, label: Do you lead a team?}
      - {id: team_size, type: number, label: How many people?, when: leads, required: true}
      - {id: tools, type: multi, label: Tools, options: [phone, chat], other: true}
      - {id: way, type: single, label: Way, options: [walk, bus], other: true, allow: [dont_know]}
      - {id: place, type: lookup, roster: sites, label: Place}
  - id: names
    type: name_generator
    relation: advice
    modes: [roster]
    roster: staff
    max: 3
    none_option: Nobody
    prompts: [{id: any, text: Who do you ask?}, {id: stuck, text: And when stuck?, reuse: [any]}]
  - id: grid
    type: alter_grid
    over: {alters: names, by: topics}
    then: [{id: flow, type: single, options: [i_get, i_give, both]}]
  - {id: end, type: finish}
ties: {advice: {from: names, topic: grid, direction: flow}}
"""


@pytest.fixture
def everything(app, store, study, settings, clock) -> Respondent:
    """Ada in a wave that asks everything, past consent."""
    key = settings.secret_key.encode()
    with store.writing() as session:
        version = publish_instrument(session, study.study, EVERYTHING, now=clock())
        opens, closes = clock() - timedelta(days=1), clock() + timedelta(days=9)
        wave = add_wave(session, study.study, version, "Wave 2", opens_at=opens, closes_at=closes)
        open_wave(wave)
        invite(session, wave, [study.people["p1"]], key=key, now=clock())
        token = tokens(session, wave, key)["p1"]
    respondent = Respondent(app.test_client(), f"/interview/{token}", study)
    respondent.begin()
    respondent.post("/consent", {"agree": "yes"})
    return respondent


def answers(respondent: Respondent, store) -> dict[str, object]:
    with store.reader() as session:
        responses = resume(session, find_invited(session, respondent.link.rpartition("/")[2])).responses
    return {key.item: value for key, value in responses.answers.items()} | {
        f"{key.item}.other": text for key, text in responses.other_text.items()
    }


def test_each_kind_of_question_is_shown_saved_and_shown_again(everything, store):
    page = everything.get("/about").text
    assert page.count('type="radio"') == 2 + 4 and page.count('type="checkbox"') == 3 + 1
    sent = {
        "nickname": "Ada", "years": "7", "leads": "no", "tools": ["chat", "other"], "tools.other": "Pigeon",
        "way": "dont_know", "place": "B",
    }  # fmt: skip
    assert everything.to(everything.post("/about", sent)) == "/names"
    kept = answers(everything, store)
    assert kept["years"] == 7 and kept["leads"] is False and kept["tools"] == ("chat", "other")
    assert kept["tools.other"] == "Pigeon" and kept["way"].value == "dont_know" and kept["team_size"].value == "skipped"
    again = everything.get("/about").text
    assert 'value="Ada"' in again and 'value="7"' in again and 'value="Pigeon"' in again
    for chosen in ('value="no"', 'value="chat"', 'value="dont_know"'):
        assert re.search(chosen + r"[^>]* checked", again), chosen
    assert '<option value="B" selected>' in again


def test_what_is_wrong_is_said_at_each_field_with_the_text_kept(everything):
    sent = {"nickname": "x" * 11, "years": "many", "tools": "other", "way": ["walk", "bus"], "leads": "yes"}
    page = everything.post("/about", sent)
    assert page.status_code == 422
    for field in ("nickname", "years", "tools.other", "way", "team_size"):
        assert f'href="#{field}"' in page.text and f'id="{field}-error"' in page.text, field
        assert re.search(rf'(?<!data-)\bid="{re.escape(field)}"', page.text), field
    assert "x" * 11 in page.text and 'value="many"' in page.text


def test_a_reason_for_no_answer_stands_beside_a_text(everything, store):
    everything.post("/about", {"nickname": "prefer_not"})
    assert answers(everything, store)["nickname"].value == "prefer_not"
    page = everything.get("/about").text
    assert re.search(r'value="prefer_not"[^>]* checked', page)
    assert not re.search(r'type="text"[^>]*value="prefer_not"', page)


def test_a_question_that_hangs_on_another_of_the_page_is_shown(everything):
    assert "How many people?" in everything.get("/about").text


def test_names_given_to_one_prompt_are_offered_to_the_next(everything):
    everything.post("/about")
    raj = everything.study.people["p3"].key
    everything.post("/names/add", {"prompt": "any", "person": raj})
    page = everything.get("/names").text
    assert "Add Raj Khan" in page and 'id="name-stuck"' in page
    everything.post("/names/add", {"prompt": "stuck", "person": raj})
    page = everything.get("/names").text
    assert "Add Raj Khan" not in page and page.count('app-names__name">Raj Khan') == 2
    assert "Continue with 1 person" in page


def test_a_list_without_typing_takes_no_typed_name(everything, counts):
    everything.post("/about")
    refused = everything.post("/names/add", {"prompt": "stuck", "name": "Kit Moss"})
    assert refused.status_code == 422 and "could not find “Kit Moss”" in refused.text
    assert 'href="#name-stuck"' in refused.text and 'value="Kit Moss"' in refused.text
    where = everything.to(everything.post("/names/add", {"prompt": "any", "name": "Raj"}))
    assert "None of these: search again" in everything.get(where).text
    again = everything.post(where, {"prompt": "any", "name": "Raj", "person": "none"})
    assert everything.to(again) == "/names" and counts()["alter"] == 0


def test_a_grid_of_single_choices_has_a_select_in_each_cell(everything, store):
    everything.post("/about")
    everything.post("/names/add", {"prompt": "any", "person": everything.study.people["p3"].key})
    everything.post("/names")
    page = everything.get("/grid").text
    assert page.count("<select") == 2 and "Raj Khan, Prescribing</label>" in page
    assert everything.to(everything.post("/grid", {"flow.1.epma": "both"})) == "/check"
    assert '<option value="both" selected>' in everything.get("/grid").text
