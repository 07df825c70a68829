"""The respondent's own picture: every label whole, none over another, lines and arrows as answered."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from webapp.interview.own_map import SIZE, TEXT, WIDTH, draw, line_width, text_width, wrap
from webapp.interview.own_network import Contact, short_site


def contact(name="Tom Novak", site="Site A", learn=True, teach=True, often=48.0, formality="informal") -> Contact:
    return Contact(
        name, "", site, None, None, often, formality, ("a",) if teach else (), ("b",) if learn else (), False
    )


def spans(drawn):
    """Each line of text as (left, right, top, bottom)."""
    for part in [*drawn.dots, *drawn.boxes]:
        lines = part.lines if hasattr(part, "lines") else part.heading
        for line in lines:
            wide = text_width(line.text, SIZE)
            left = line.x - wide if part.anchor == "end" else line.x
            yield left, left + wide, line.y - 11, line.y + 3


people = st.lists(
    st.builds(
        contact,
        name=st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60),
        site=st.one_of(st.none(), st.sampled_from(["Site A", "The Robert Jones and Agnes Hunt Orthopaedic Hospital"])),
    ),
    min_size=1,
    max_size=8,
)


@settings(deadline=None)
@given(people)
def test_no_label_is_cut_and_none_lies_over_another(contacts):
    drawn = draw(contacts, unknown_site="Place not known")
    boxes = list(spans(drawn))
    for left, right, top, bottom in boxes:
        assert left >= 0 and right <= WIDTH and top >= 0 and bottom <= drawn.height
    for at, one in enumerate(boxes):
        for other in boxes[at + 1 :]:
            apart = one[1] <= other[0] or other[1] <= one[0] or one[3] <= other[2] or other[3] <= one[2]
            assert apart, (one, other)
    assert len(drawn.dots) == len(drawn.links) == len(contacts)


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=200))
def test_wrapping_loses_no_letter_and_fits(text):
    lines = wrap(text, TEXT, SIZE)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert not text.strip() or all(text_width(line, SIZE) <= TEXT for line in lines)


def test_arrows_point_to_those_who_learn():
    both, get, give, neither = (
        draw([contact(learn=learn, teach=teach)], unknown_site="?").links[0]
        for learn, teach in ((True, True), (False, True), (True, False), (False, False))
    )
    assert [len(link.arrows) for link in (both, get, give, neither)] == [2, 1, 1, 0]
    tip = tuple(float(number) for number in get.arrows[0].split()[0].split(","))
    drawn = draw([contact(learn=False)], unknown_site="?")
    assert abs(tip[0] - drawn.ego_x) < 20


@pytest.mark.parametrize(("often", "wide"), [(None, 1.5), (3, 1.5), (220, 6.0), (5000, 6.0)])
def test_a_line_is_as_wide_as_contact_is_frequent(often, wide):
    assert line_width(often) == wide
    assert line_width(12) < line_width(48) < line_width(220)


def test_people_of_one_site_share_a_frame():
    drawn = draw([contact("A", "X"), contact("B", "Y"), contact("C", "X"), contact("D", "Y")], unknown_site="?")
    assert [[line.text for line in box.heading] for box in drawn.boxes] == [["X"], ["Y"]]


def test_nobody_is_drawn_as_nobody():
    assert draw([], unknown_site="?").links == ()


def test_short_names_of_sites():
    assert short_site("Torbay and South Devon NHS Foundation Trust") == "Torbay and South Devon"
    assert short_site("Site A") == "Site A"
