"""Headings and leads that depend on what a page asks: of each person, and how many to put in order."""

from __future__ import annotations

import re
from datetime import timedelta

from instruments.load import loads
from instruments.responses import Alter, Nomination, Responses
from instruments.route import Step
from surveys.invitations import invite
from surveys.studies import publish_instrument
from surveys.waves import add_wave, open_wave
from tests.small_study import tokens
from tests.webapp.interview.conftest import Respondent
from webapp.forms import build

ASKED = """
instrument: {id: sample, version: 1.0.0, title: A sample}
scales: {agree: {options: [no_way, so_so]}}
relations: {advice: {label: talks to}}
pages:
  - {id: consent, type: consent, version: 1, text: Please read this., statements: [{id: agree_to, label: I agree}]}
  - {id: names, type: name_generator, relation: advice, modes: [recall], none_option: No,
     prompts: [{id: any, text: Who?}]}
  - {id: fast, type: alter_form, alters: names, layout: bins,
     items: [{id: speed, type: scale, scale: agree, label: "{alter} answers fast"}]}
  - {id: near, type: place, alters: names, scale: agree, label: "{alter} works near me"}
  - {id: done, type: finish}
ties: {advice: {from: names}}
"""
RANKED = """
instrument: {id: ranked, version: 1.0.0, title: Ranked}
relations: {advice: {label: talks to}}
pages:
  - {id: consent, type: consent, version: 1, text: Please read this., statements: [{id: agree, label: I agree}]}
  - {id: order, type: form, items: [{id: two, type: rank, label: First two, options: [calls, visits, mail], top: 2},
                                    {id: whole, type: rank, label: All, options: [calls, visits, mail]}]}
  - {id: names, type: name_generator, relation: advice, modes: [recall], none_option: No,
     prompts: [{id: any, text: Who?}]}
  - {id: done, type: finish}
ties: {advice: {from: names}}
"""


def test_a_heading_about_each_person_begins_with_a_capital(app):
    said = Responses(alters=(Alter(1, "Ann"),), nominations=(Nomination("names", "any", 1),))
    words = {"each_person": "each person"}
    with app.test_request_context():
        fast = build(loads(ASKED, "sample"), Step("fast"), said, words=words)
        near = build(loads(ASKED, "sample"), Step("near"), said, words=words)
    assert fast.matrices[0].label == "Each person answers fast" and near.title == "Each person works near me"


def test_a_ranking_of_the_first_few_says_how_many(app, store, study, settings, clock):
    with store.writing() as session:
        version = publish_instrument(session, study.study, RANKED, now=clock())
        wave = add_wave(
            session, study.study, version, "Wave 2", opens_at=clock(), closes_at=clock() + timedelta(days=9)
        )
        open_wave(wave)
        invite(session, wave, [study.people["p1"]], key=settings.secret_key.encode(), now=clock())
        token = tokens(session, wave, settings.secret_key.encode())["p1"]
    respondent = Respondent(app.test_client(), f"/interview/{token}", study).begin()
    page = respondent.get(respondent.to(respondent.post("/consent", {"agree": "yes"}))).text
    assert re.findall(r"<p>([^<]* 1 is the first\.)</p>", page) == [
        "Put the first 2 in order. 1 is the first.",
        "Give each one a place. 1 is the first.",
    ]
