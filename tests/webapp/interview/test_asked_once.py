"""A question asked once that hangs on another answer of its page is there to be answered."""

from __future__ import annotations

from instruments.load import loads
from instruments.responses import AnswerKey, Responses
from instruments.route import Step
from webapp.forms import build

ONCE = """
instrument: {id: sample, version: 1.0.0, title: A sample}
relations: {advice: {label: talks to}}
pages:
  - {id: consent, type: consent, version: 1, text: Please read this., statements: [{id: agree, label: I agree}]}
  - id: you
    type: form
    items: [{id: far, type: boolean, label: Far?},
            {id: way, type: text, label: How far?, required: true, ask_once: true, when: far}]
  - {id: names, type: name_generator, relation: advice, modes: [recall], none_option: No,
     prompts: [{id: any, text: Who?}]}
  - {id: done, type: finish}
ties: {advice: {from: names}}
"""


def shown(said: Responses) -> list[str]:
    return [question.name for question in build(loads(ONCE, "sample"), Step("you"), said).questions]


def test_it_is_shown_before_the_other_answer_and_left_out_where_last_wave_has_it(app):
    with app.test_request_context():
        assert shown(Responses()) == ["far", "way"]
        assert shown(Responses(wave=2, previous={AnswerKey("way"): "a mile"})) == ["far"]
