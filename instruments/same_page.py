"""For which answers on its own page a question is asked: worked out beforehand, so that a browser can tell at once.

A browser knows no CEL. But a condition about a few closed questions has few outcomes: each is tried here with the
condition itself, and what the browser gets is the list of answers for which the question is asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product
from math import prod
from typing import NamedTuple

from instruments.conditions import compile_condition, verdict
from instruments.lint_tree import Call, Constant, Name, Tree, names_in, tree_of
from instruments.responses import AnswerKey, Responses, Value
from instruments.schema import AnyItem, BooleanItem, ChoiceItem, LikertItem, ScaleItem

NONE = ""
"""Stands for no answer to a question, or for an option that is not ticked."""
MOST_OUTCOMES = 200

Case = Mapping[str, tuple[str, ...]]
"""By question of the page, the answers (as a browser posts them) one of which it has to have."""


class _Answer(NamedTuple):
    """One answer that may be given: as it is posted, and each value that it may stand for."""

    posted: str
    values: tuple[Value | None, ...]


def read_by(condition: str) -> frozenset[str]:
    """The ids of everything that a condition reads, about the respondent or an alter."""
    compiled = compile_condition(condition)
    return frozenset((*compiled.names, *compiled.alter_items))


def cases(
    condition: str, page: Sequence[AnyItem], responses: Responses, alter: int | None = None
) -> tuple[Case, ...] | None:
    """When a condition holds, by answers to the page's other questions; everything else stays as `responses` has it.

    It holds when all of one case is so. No case: it cannot hold now. A case of nothing: it holds whatever is said here.
    None when a browser cannot tell, as it hangs on a number, a text or too many answers.
    """
    answers = {}
    for name in sorted(read_by(condition)):
        found = _answers(name, condition, page)
        if found is None:
            return None
        if found:
            answers[name] = found
    if prod(len(found) for found in answers.values()) > MOST_OUTCOMES:
        return None
    rows = list[Row]()
    for outcome in product(*answers.values()):
        holds = _holds(condition, dict(zip(answers, outcome, strict=True)), responses, alter)
        if holds is None:
            return None
        rows += [tuple(frozenset({one.posted}) for one in outcome)] if holds else []
    return _told(rows, answers, frozenset(item.id for item in page if item.type == "multi"))


def _holds(condition: str, outcome: Mapping[str, _Answer], responses: Responses, alter: int | None) -> bool | None:
    """Whether the condition holds for one outcome; None when that hangs on more than the outcome says."""
    found = set()
    for values in product(*(one.values for one in outcome.values())):
        given = {AnswerKey(name, alter): value for name, value in zip(outcome, values, strict=True)}
        others = {key: value for key, value in responses.answers.items() if key not in given}
        told = {key: value for key, value in given.items() if value is not None}
        found.add(verdict(condition, replace(responses, answers=others | told), alter) is True)
    return found.pop() if len(found) == 1 else None


def _answers(name: str, condition: str, page: Sequence[AnyItem]) -> tuple[_Answer, ...] | None:
    """What may be answered to one question of the page; empty when it is none of them, None when that is not closed."""
    for item in page:
        if isinstance(item, LikertItem) and name in {statement.id for statement in item.statements}:
            return _closed(item, [(option.value, option.value) for option in item.options])
        if item.id == name:
            return _answers_to(item, condition)
    return ()


def _answers_to(item: AnyItem, condition: str) -> tuple[_Answer, ...] | None:
    if isinstance(item, BooleanItem):
        return _closed(item, [("yes", True), ("no", False)])
    if isinstance(item, ScaleItem):
        return _closed(item, [(option.value, option.value) for option in item.options])
    if not isinstance(item, ChoiceItem):
        return None
    if item.type == "multi":
        return _one_box(item, condition)
    words = [option.value for option in item.options] + (["other"] if item.other else [])
    return _closed(item, [(word, word) for word in words])


def _closed(item: AnyItem, pairs: Sequence[tuple[str, Value]]) -> tuple[_Answer, ...]:
    given = [_Answer(posted, (value,)) for posted, value in pairs]
    return (*given, *(_Answer(reason, (None,)) for reason in (*item.allow, NONE)))


def _one_box(item: ChoiceItem, condition: str) -> tuple[_Answer, ...] | None:
    """A question of many boxes, where the condition looks at one of them alone: ticked, or not whatever else is."""
    looked_at = [box for name, box in _boxes(tree_of(condition)) if name.rpartition(".")[2] == item.id]
    if len(looked_at) != 1 or looked_at[0] is None:
        return None
    rest = tuple(option.value for option in item.options if option.value != looked_at[0])
    return (_Answer(looked_at[0], ((looked_at[0],),)), _Answer(NONE, (None, rest)))


def _boxes(tree: Tree) -> Iterator[tuple[str, str | None]]:
    """Every name that a tree reads, and the text that is looked for in it where that is all."""
    if isinstance(tree, Call) and tree.name == "in":
        sought, found = tree.arguments
        if isinstance(sought, Constant) and isinstance(sought.value, str) and isinstance(found, Name):
            yield found.path, sought.value
            return
    if isinstance(tree, Call):
        for part in tree.arguments:
            yield from _boxes(part)
    elif isinstance(tree, Name):
        yield tree.path, None
    else:
        yield from ((name, None) for name in names_in(tree))


Row = tuple[frozenset[str], ...]
"""One answer or several to each question; it holds whichever of them are given."""


def _told(
    rows: list[Row], answers: Mapping[str, tuple[_Answer, ...]], boxes: frozenset[str]
) -> tuple[Case, ...] | None:
    """Rows that differ in one answer become one case; a question of which every answer will do is not in it.

    None when something hangs on a box that is not ticked: a browser sees the other boxes of its question.
    """
    rows = [_widened(row, rows, answers, boxes) for row in rows]
    for at in range(len(answers)):
        rows = _joined(rows, at)
    if any(name in boxes and found == {NONE} for row in rows for name, found in zip(answers, row, strict=True)):
        return None
    return tuple(
        {
            name: tuple(one.posted for one in answers[name] if one.posted in found)
            for name, found in zip(answers, row, strict=True)
            if len(found) < len(answers[name])
        }
        for row in rows
    )


def _widened(row: Row, rows: list[Row], answers: Mapping[str, tuple[_Answer, ...]], boxes: frozenset[str]) -> Row:
    """A row in which a box that is not ticked might as well be."""
    for at, name in enumerate(answers):
        both = frozenset(one.posted for one in answers[name])
        if name in boxes and row[at] == {NONE} and (*row[:at], both - {NONE}, *row[at + 1 :]) in rows:
            row = (*row[:at], both, *row[at + 1 :])
    return row


def _joined(rows: list[Row], at: int) -> list[Row]:
    found: dict[Row, frozenset[str]] = {}
    for row in rows:
        rest = row[:at] + row[at + 1 :]
        found[rest] = found.get(rest, frozenset()) | row[at]
    return [(*rest[:at], joined, *rest[at:]) for rest, joined in found.items()]
