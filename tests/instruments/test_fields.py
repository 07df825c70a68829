"""Field names: one for each question, and back again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instruments.check import field_name, parse_field
from instruments.fields import Field, confirm_field
from instruments.responses import AnswerKey

WORD = st.from_regex(r"[a-z][a-z0-9_]{0,39}", fullmatch=True)
ALTER = st.integers(0, 99999)
ROW = st.text(min_size=1, max_size=20)
LOW, GAP = st.integers(0, 9999), st.integers(1, 9999)
KEYS = (
    WORD.map(AnswerKey)
    | st.tuples(WORD, ALTER, st.none() | ROW).map(lambda parts: AnswerKey(*parts))
    | st.tuples(WORD, st.none(), ROW).map(lambda parts: AnswerKey(*parts))
    | st.tuples(WORD, LOW, GAP).map(lambda parts: AnswerKey(parts[0], parts[1], None, parts[1] + parts[2]))
)


@pytest.mark.parametrize(
    ("name", "key", "other"),
    [
        ("role", AnswerKey("role"), False),
        ("role.other", AnswerKey("role"), True),
        ("freq.3", AnswerKey("freq", 3), False),
        ("freq.3.other", AnswerKey("freq", 3), True),
        ("flow.3.epma", AnswerKey("flow", 3, "epma"), False),
        ("flow.3.epma.other", AnswerKey("flow", 3, "epma"), True),
        ("flow.3.others", AnswerKey("flow", 3, "others"), False),
        ("links..R0A", AnswerKey("links", None, "R0A"), False),
        ("links..R0A.other", AnswerKey("links", None, "R0A"), True),
        ("links..%6Fther", AnswerKey("links", None, "other"), False),
        ("links..R0%2EA%20%C3%A9", AnswerKey("links", None, "R0.A é"), False),
        ("knows.3-5", AnswerKey("knows", 3, None, 5), False),
    ],
)
def test_a_field_is_named_by_item_alter_and_topic(name: str, key: AnswerKey, other: bool) -> None:
    assert field_name(key, other=other) == name
    assert parse_field(name) == Field(key, other)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "3",
        "a.",
        "a.b",
        "a.3.",
        "a.3.b.c",
        "A",
        "a.x.other",
        "a.٣",
        "a\n",
        "a-b",
        "a..",
        "a...b",
        "a..other",
        "a.5-3",
        "a.3-3",
        "a.3-",
        "a.3-5.b",
        "a~",
        "a~B",
        "a~b~c",
        "a.%zz",
        "confirm~a",
    ],
)
def test_what_is_no_field_names_nothing(name: str) -> None:
    assert parse_field(name) is None


@given(KEYS, st.booleans(), st.none() | WORD)
def test_every_field_name_can_be_read_back(key: AnswerKey, other: bool, part: str | None) -> None:
    assert parse_field(field_name(key, other=other, part=part)) == Field(key, other, part)


@pytest.mark.parametrize(
    ("key", "part", "name"),
    [
        (AnswerKey("born"), "year", "born~year"),
        (AnswerKey("met", 3), "month", "met.3~month"),
        (AnswerKey("order", 3, "epma"), "cost", "order.3.epma~cost"),
    ],
)
def test_a_box_of_an_answer_adds_its_part(key: AnswerKey, part: str, name: str) -> None:
    assert field_name(key, part=part) == name
    assert parse_field(name) == Field(key, False, part)


def test_a_confirmation_stands_beside_its_field() -> None:
    assert confirm_field("age.3") == "confirm~age.3"
