"""Field names: one for each question, and back again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instruments.check import field_name, parse_field
from instruments.fields import Field
from instruments.responses import AnswerKey

WORD = st.from_regex(r"[a-z][a-z0-9_]{0,39}", fullmatch=True)
KEYS = WORD.map(AnswerKey) | st.builds(
    AnswerKey, WORD, st.integers(0, 99999), st.none() | WORD.filter(lambda word: word != "other")
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
    ],
)
def test_a_field_is_named_by_item_alter_and_topic(name: str, key: AnswerKey, other: bool) -> None:
    assert field_name(key, other=other) == name
    assert parse_field(name) == Field(key, other)


@pytest.mark.parametrize(
    "name", ["", "3", "a.", "a..b", "a.b", "a.3.", "a.3.b.c", "A", "a.x.other", "a.٣", "a\n", "a-b"]
)
def test_what_is_no_field_names_nothing(name: str) -> None:
    assert parse_field(name) is None


@given(KEYS, st.booleans())
def test_every_field_name_can_be_read_back(key: AnswerKey, other: bool) -> None:
    assert parse_field(field_name(key, other=other)) == Field(key, other)
