"""What can never be seen: by hand, and against every answer tried one by one."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from instruments.conditions import applies
from instruments.lint_domains import Domain, Search
from instruments.lint_tree import Unknown, tree_of
from instruments.load import examine
from instruments.responses import AnswerKey, Responses, Value

from .interviews import SAMPLES

BASE = (SAMPLES / "every_kind.yaml").read_text(encoding="utf-8")
DOMAINS = {
    "role": Domain("word", frozenset({"a", "b", "c"})),
    "years": Domain("number", low=0, high=3, whole=True),
    "leads": Domain("truth", frozenset({True, False})),
    "some": Domain("list", frozenset({"x", "y"}), low=1, high=2),
}
ANSWERS: dict[str, list[Value | None]] = {
    "role": [None, "a", "b", "c"],
    "years": [None, 0.0, 1.0, 2.0, 3.0],
    "leads": [None, True, False],
    "some": [None, ("x",), ("y",), ("x", "y")],
}


def messages(pages: str) -> list[str]:
    text = BASE.replace("  - {id: done", f"{pages}\n  - {{id: done")
    return [f"{problem.severity}: {problem.message}" for problem in examine(text, "x.yaml").problems]


@pytest.mark.parametrize(
    ("pages", "said"),
    [
        ("  - {id: f, type: form, items: [{id: z, type: text, when: one == 'aa'}]}", "'aa' is no answer to 'one'"),
        ("  - {id: f, type: form, items: [{id: z, type: text, when: \"'d' in some\"}]}", "'d' is no answer to 'some'"),
        (
            "  - {id: f, type: form, when: age > 90 && age < 20, items: [{id: z, type: text}]}",
            "No answers can make this hold",
        ),
        ("  - {id: f, type: form, when: age > 99, items: [{id: z, type: text}]}", "No answers can make this hold"),
        ("  - {id: f, type: form, when: age == 'x', items: [{id: z, type: text}]}", "No answers can make this hold"),
        (
            "  - {id: f, type: form, waves: [1], items: [{id: z, type: text, when: wave >= 2}]}",
            "No answers can make this hold: wave >= 2",
        ),
        (
            "  - {id: f, type: alter_form, alters: names, when: size(names) == 0, items: [{id: z, type: text}]}",
            "'f' can never be shown",
        ),
        (
            "  - {id: g, type: form, when: one == 'a', items: [{id: y, type: boolean}]}\n"
            "  - {id: f, type: form, when: one == 'b' && y, items: [{id: z, type: text}]}",
            "No answers can make this hold: one == 'b' && y",
        ),
        (
            "  - {id: g, type: form, waves: [1], items: [{id: y, type: boolean}]}\n"
            "  - {id: f, type: form, waves: [2], when: y, items: [{id: z, type: text}]}",
            "'f' can never be shown",
        ),
        (
            "  - {id: f, type: form, items: [{id: z, type: text}], rules: [{when: age < 3, message: No}]}",
            "Nobody can pass",
        ),
    ],
)
def test_what_no_answers_make_hold_is_refused(pages: str, said: str) -> None:
    found = messages(pages)
    assert len(found) == 1, found
    assert found[0].startswith(f"error: {said}")


def test_a_rule_that_always_holds_is_a_warning() -> None:
    rule = "  - {id: f, type: form, items: [{id: z, type: text}], rules: [{when: age > 3, message: No}]}"
    assert messages(rule) == ["warning: This rule always holds, so it never says anything"]


@pytest.mark.parametrize(
    "condition",
    [
        "one == 'a' || age > 99",
        "size(names) > 7",
        "!(one == 'a') && age >= 99",
        "'a' in some && 'b' in some",
        "one in ['a', 'other']",
        "line == 'anything'",
        "age + 1 > 500",
    ],
)
def test_what_can_hold_is_taken(condition: str) -> None:
    assert messages(f'  - {{id: f, type: form, when: "{condition}", items: [{{id: z, type: text}}]}}') == []


def test_an_answer_asked_once_counts_in_later_waves() -> None:
    pages = (
        "  - {id: g, type: form, items: [{id: y, type: boolean, ask_once: true}]}\n"
        "  - {id: f, type: form, waves: [2], when: y, items: [{id: z, type: text}]}"
    )
    assert messages(pages) == []


Words = st.sampled_from(["'a'", "'b'", "'z'", "1", "2", "true"])
Atoms = st.one_of(
    st.builds("role {} {}".format, st.sampled_from(["==", "!="]), Words),
    st.builds("years {} {}".format, st.sampled_from(["==", "!=", "<", "<=", ">", ">="]), st.integers(-1, 4)),
    st.builds("{1} {0} years".format, st.sampled_from(["<", ">", "=="]), st.integers(-1, 4)),
    st.builds("role in ['a', {}]".format, Words),
    st.builds("{} in some".format, st.sampled_from(["'x'", "'y'", "'w'"])),
    st.builds("size(some) {} {}".format, st.sampled_from(["==", "<", ">", "!="]), st.integers(0, 3)),
    st.sampled_from(["leads", "!leads", "leads == false", "role", "years in [1.0, 2.0, 9.0]"]),
)
Conditions = st.recursive(
    Atoms,
    lambda inner: st.one_of(
        st.builds("({}) && ({})".format, inner, inner),
        st.builds("({}) || ({})".format, inner, inner),
        st.builds("!({})".format, inner),
    ),
    max_leaves=5,
)


@settings(max_examples=250, deadline=None)
@given(Conditions)
def test_what_is_said_to_be_impossible_holds_for_no_answers_at_all(condition: str) -> None:
    tree = tree_of(condition)
    assert not isinstance(tree, Unknown)
    if Search(lambda path: ()).possible(((tree, True),), DOMAINS, frozenset()):
        return
    for values in product(*ANSWERS.values()):
        given_answers = {AnswerKey(name): v for name, v in zip(ANSWERS, values, strict=True) if v is not None}
        assert not applies(condition, Responses(answers=given_answers)), given_answers


@settings(max_examples=250, deadline=None)
@given(st.text(alphabet="ab1'\"()[]&|!=<>.,? +-", max_size=40))
def test_any_text_has_a_tree(condition: str) -> None:
    assert tree_of(condition) is not None


def test_a_condition_of_many_brackets_is_read_or_left() -> None:
    assert tree_of("(" * 240 + "a" + ")" * 240) is not None
    assert tree_of("!" * 499 + "a") is not None
