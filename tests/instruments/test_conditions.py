"""Conditions: what they see, and that an unknown answer never makes one hold."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from instruments.conditions import ConditionError, applies, compile_condition
from instruments.responses import Missing, Responses

from .interviews import interview

SAID = interview(
    2,
    {
        "role": "nurse",
        "years": 3.0,
        "works": True,
        "jobs": ("a", "b"),
        "silent": Missing.DONT_KNOW,
        ("freq", 1, None): "daily",
        ("flow", 2, "epma"): ("i_get",),
    },
    wave=2,
)


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ('role == "nurse"', True),
        ('role in ["doctor", "nurse"]', True),
        ("years > 2", True),
        ("years == 3", True),
        ("works", True),
        ("!works", False),
        ('"a" in jobs && size(jobs) == 2', True),
        ("size(names) > 1", True),
        ('names.exists(x, x == "Tom Novak")', True),
        ("wave >= 2", True),
        ('absent == "x"', False),
        ('absent != "x"', False),
        ('!(absent == "x")', False),
        ('absent == "x" || works', True),
        ('silent != "x"', False),
        ("role > 3", False),
        ('"a" in role', False),
        ("years / 0 > 1", False),
        ("size(names)", False),
        ("role", False),
        ('alter.freq == "daily"', False),
        ("size(nobody_asked) == 0", False),
    ],
)
def test_a_condition_about_the_respondent(condition: str, holds: bool) -> None:
    assert applies(condition, SAID) is holds


@pytest.mark.parametrize(
    ("condition", "alter", "holds"),
    [
        ('alter.freq == "daily"', 1, True),
        ('alter.freq == "daily" && role == "nurse"', 1, True),
        ('alter.freq == "daily"', 2, False),
        ('alter.freq != "daily"', 2, False),
        ('"epma" in alter.flow', 2, True),
        ('"epma" in alter.flow', 1, False),
        ("has(alter.freq)", 1, True),
        ("!has(alter.freq)", 2, True),
        ('alter . freq == "alter.freq"', 1, False),
    ],
)
def test_a_condition_about_one_person(condition: str, alter: int, holds: bool) -> None:
    assert applies(condition, SAID, alter) is holds


def test_no_condition_always_holds() -> None:
    assert applies(None, Responses())


@pytest.mark.parametrize(("said", "holds"), [({"no_one": ["names"]}, True), ({"done": ["names"]}, True), ({}, False)])
def test_no_one_is_an_empty_list_once_it_was_said(said: dict[str, list[str]], holds: bool) -> None:
    assert applies("size(names) == 0", interview(**said)) is holds  # type: ignore[arg-type]


def test_a_condition_knows_which_names_it_reads() -> None:
    compiled = compile_condition('alter.freq == "alter.role" && names.exists(x, x == role)')
    assert compiled.names == ("alter", "names", "role")
    assert compiled.alter_items == ("freq",)


@pytest.mark.parametrize(
    "source", ["role ==", "(", "a\n== b", "((((" * 100, "a.all(x, b.all(y, c.all(z, x)))", "1 +* 2"]
)
def test_what_is_no_condition_is_refused(source: str) -> None:
    with pytest.raises(ConditionError):
        compile_condition(source)


WORDS = st.sampled_from(
    [
        "alter.freq",
        "role",
        "years",
        "jobs",
        "==",
        "!=",
        "<",
        "in",
        "&&",
        "||",
        *"!()[]+-*/%?:3",
        "'a'",
        "1e999",
        "null",
        "has(",
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=9).map(" ".join) | st.text(max_size=30))
def test_any_words_are_refused_or_give_yes_or_no(source: str) -> None:
    try:
        compiled = compile_condition(source)
    except ConditionError:
        return
    assert applies(compiled, SAID, 1) in (True, False)
