"""Pictures of people: every name stands whole within the picture, wherever its dot is."""

from hypothesis import given
from hypothesis import strategies as st

from webapp.forms.choices import Choice
from webapp.forms.questions import Question
from webapp.forms.shapes import Matrix
from webapp.interview.own_map import SIZE, text_width
from webapp.interview.pictures import WIDTH, circles

names = st.text(st.characters(codec="ascii", min_codepoint=32, max_codepoint=126), min_size=1, max_size=40)


@given(st.lists(names, min_size=1, max_size=12), st.integers(2, 6))
def test_no_name_in_circles_is_cut_at_the_edge(people, count):
    choices = tuple(Choice(f"c{n}", f"Ring {n}") for n in range(count))
    rows = tuple(Question(f"place.{n}", "radios", name) for n, name in enumerate(people, 1))
    drawn = circles(Matrix("How close?", None, choices, rows), {choice.value for choice in choices})
    for spot in drawn.spots:
        for line in spot.lines:
            wide = text_width(line.text, SIZE)
            left = line.x if spot.anchor == "start" else line.x - wide
            assert left >= 0 and left + wide <= WIDTH, (line, spot)
