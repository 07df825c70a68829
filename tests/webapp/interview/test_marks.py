"""The picture so far: an answer is a shape with its colour, another a size, and both are told in words."""

import re

import pytest

from instruments.load import loads
from instruments.responses import Alter, AnswerKey, Missing, Responses
from webapp.interview.marks import FORMS, REST, UNSAID, marks_of
from webapp.interview.own_map import draw, text_width
from webapp.interview.own_network import own_network
from webapp.interview.texts import texts

OPTIONS = ", ".join(f"{{value: o{n}, label: Answer {n}}}" for n in range(9))
SOURCE = f"""
instrument: {{id: marked, version: 1.0.0, title: Marked, privacy: {{names: roster}}}}
relations: {{advice: {{label: asks}}}}
scales:
  often:
    ordered: true
    options:
      - {{value: weekly, label: Weekly, contacts_per_year: 48}}
      - {{value: rarer, label: Rarer, contacts_per_year: 6}}
pages:
  - {{id: consent, type: consent, version: 1, text: Please read., statements: [{{id: agree, label: I agree.}}]}}
  - id: names
    type: name_generator
    relation: advice
    modes: [recall]
    max: 20
    none_option: Nobody
    prompts: [{{id: any, text: Who?}}]
  - id: about
    type: alter_form
    alters: names
    items:
      - {{id: way, type: single, label: "How do you talk to {{alter}}?", options: [{OPTIONS}]}}
      - {{id: freq, type: scale, scale: often, label: "How often do you talk to {{alter}}?"}}
  - {{id: so_far, type: narrative, color_by: way, size_by: freq}}
  - {{id: end, type: finish}}
ties: {{advice: {{from: names, frequency: freq}}}}
"""


@pytest.fixture(scope="module")
def instrument():
    return loads(SOURCE, "marked.yaml")


def answered(**said):
    """way0="o1", freq0="weekly" … as the answers about person 0, 1, …"""
    found = {re.fullmatch(r"(way|freq)(\d+)", name): value for name, value in said.items()}
    answers = {AnswerKey(one[1], int(one[2])): value for one, value in found.items()}
    numbers = sorted({key.alter for key in answers})
    return Responses(answers=answers, alters=tuple(Alter(n, f"Person {n}") for n in numbers))


def marked(instrument, responses, color_by="way", size_by="freq", language="en"):
    words = texts(language)
    return marks_of(instrument, responses, color_by=color_by, size_by=size_by, language=language, words=words)


def test_each_answer_has_a_shape_of_its_own_in_the_order_of_the_question(instrument):
    marks = marked(instrument, answered(way1="o5", way2="o1", way3="o5"), size_by=None)
    assert marks.by_alter[1].form == marks.by_alter[3].form == FORMS[1]
    assert marks.by_alter[2].form == FORMS[0]
    assert [text for _, text in marks.coloured.entries] == ["Answer 1", "Answer 5"]
    assert marks.sized is None


def test_no_two_shapes_differ_by_colour_alone():
    drawn = [(corners, turned) for corners, turned, _ in (*FORMS, REST)]
    assert len(set(drawn)) == len(drawn)


def test_the_seventh_answer_and_those_after_share_a_shape_that_says_so(instrument):
    marks = marked(instrument, answered(**{f"way{n}": f"o{n}" for n in range(9)}), size_by=None)
    assert [marks.by_alter[n].form == REST for n in range(9)] == [False] * 6 + [True] * 3
    assert [text for _, text in marks.coloured.entries][-1] == "All other answers"
    assert len(marks.coloured.entries) == 7


def test_more_contact_is_larger_and_the_legend_says_what_size_is_what(instrument):
    marks = marked(instrument, answered(freq1="weekly", freq2="rarer"), color_by=None)
    assert marks.by_alter[1].radius > marks.by_alter[2].radius
    assert [(mark.radius, text) for mark, text in marks.sized.entries] == [
        (marks.by_alter[2].radius, "Rarer"),
        (marks.by_alter[1].radius, "Weekly"),
    ]


def test_no_answer_is_an_empty_ring_and_is_told(instrument):
    marks = marked(instrument, answered(way1="o1", way2=Missing.DONT_KNOW))
    assert marks.by_alter[2].form == UNSAID
    assert marks.coloured.entries[-1][1] == "Not answered"
    assert marks.told[2] == (
        "How do you talk to each person? Not answered",
        "How often do you talk to each person? Not answered",
    )
    assert marks.told[1][0] == "How do you talk to each person? Answer 1"


def test_a_page_that_marks_nobody_is_drawn_as_before(instrument):
    marks = marked(instrument, answered(way1="o1"), None, None)
    assert not marks.by_alter and not marks.told
    responses = answered(way1="o1")
    drawn = draw(own_network(instrument, responses, {}, "en"), unknown_site="?", marks=marks.by_alter)
    assert drawn.dots[0].mark is None


def test_marks_stay_off_the_names_and_off_each_other(instrument):
    """The largest of every shape, on people whose names fill their line."""
    said = {f"way{n}": f"o{n}" for n in range(7)} | {f"freq{n}": "weekly" for n in range(6)} | {"freq6": "rarer"}
    responses = answered(**said)
    marks = marked(instrument, responses)
    drawn = draw(own_network(instrument, responses, {}, "en"), unknown_site="?", marks=marks.by_alter)
    for dot in drawn.dots:
        points = dot.mark.points(dot.x, dot.y).split() if dot.mark.corners else [f"{dot.x + dot.radius},{dot.y}"]
        reach = max(abs(float(point.split(",")[0]) - dot.x) for point in points)
        inner = min(abs(line.x - dot.x) for line in dot.lines)
        assert reach < inner and text_width(dot.lines[0].text, 13) > 0
    for one in drawn.dots:
        for other in drawn.dots:
            assert one is other or one.x != other.x or abs(one.y - other.y) > one.radius + other.radius
