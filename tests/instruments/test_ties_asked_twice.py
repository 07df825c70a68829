"""One relation asked about on two pages: each pair and each site is still one tie."""

from __future__ import annotations

from instruments.load import loads
from instruments.responses import Alter, AnswerKey, Nomination, Responses
from instruments.ties import BoundPair, BoundSite, bind_pairs, bind_sites

TWICE = """
instrument: {id: sample, version: 1.0.0, title: A sample}
relations: {advice: {label: talks to}, knows: {label: know each other}, works: {label: work together}}
rosters: {sites: {source: sites}}
scales: {level: {options: [low, high]}}
pages:
  - {id: consent, type: consent, version: 1, text: Please read this., statements: [{id: agree, label: I agree}]}
  - {id: names, type: name_generator, relation: advice, modes: [recall], none_option: No one,
     prompts: [{id: any, text: Who?}]}
  - {id: first, type: alter_ties, relation: knows, alters: {from: names}, mode: sociogram}
  - {id: second, type: alter_ties, relation: knows, alters: {from: names}, mode: strength, scale: level}
  - {id: near, type: org_ties, relation: works, roster: sites, label: How?, options: [share, visit]}
  - {id: far, type: org_ties, relation: works, roster: sites, label: How?, options: [visit, write]}
  - {id: done, type: finish}
ties: {advice: {from: names}}
"""


def test_a_pair_named_on_two_pages_is_one_tie_with_the_strength_that_was_said():
    pair = {"alter": 1, "to": 2}
    said = _said({AnswerKey("first", **pair): True, AnswerKey("second", **pair): "high"})
    assert bind_pairs(loads(TWICE, "sample"), said) == (BoundPair("knows", 1, 2, "high"),)


def test_a_site_named_on_two_pages_has_everything_said_of_it_once():
    said = _said({AnswerKey("near", topic="B"): ("share", "visit"), AnswerKey("far", topic="B"): ("visit", "write")})
    assert bind_sites(loads(TWICE, "sample"), said) == (BoundSite("works", "B", ("share", "visit", "write")),)


def _said(answers: dict[AnswerKey, object]) -> Responses:
    people = (Alter(1, "Ann Lee"), Alter(2, "Tom Novak"))
    return Responses(
        alters=people, nominations=tuple(Nomination("names", "any", one.number) for one in people), answers=answers
    )
