"""The expressions of an EgoWeb study as conditions of ours."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from exchange.egoweb_xml import Element
from exchange.foreign_texts import plain

NUMBER = re.compile(r"-?[0-9]{1,9}(?:\.[0-9]{1,6})?")
SIGNS = {"Less": "<", "LessOrEqual": "<=", "Equals": "==", "GreaterOrEqual": ">=", "Greater": ">"}
LONGEST = 500
DEEPEST = 8

Asked = Mapping[str, Mapping[str, Any]]
"""By a question's id in the study: the path of its answer, its type, its name, and our value for each option's id."""


@dataclass(frozen=True)
class Expressions:
    """A study's expressions by their ids."""

    held: Mapping[str, Element]

    def name(self, key: str) -> str:
        """What the study calls one."""
        return (plain(self.held[key].get("name")) if key in self.held else "") or key

    def chosen(self, key: str, question: str) -> frozenset[str]:
        """The options of one question that an expression looks for; empty when it looks for something else."""
        found = self.held.get(key)
        if found is None or found.get("type") != "Selection" or found.get("questionId") != question:
            return frozenset()
        return frozenset(_listed(found))

    def named_by(self, key: str) -> frozenset[str]:
        """The questions that must have named somebody; empty when the expression is about something else."""
        found = self.held.get(key)
        return frozenset(_listed(found)) if found is not None and found.get("type") == "Name Generator" else frozenset()

    def by_name(self) -> bool:
        """Whether any expression asks on which question somebody was named."""
        return any(one.get("type") == "Name Generator" for one in self.held.values())

    def unanswered(self, key: str, depth: int = 0) -> frozenset[str]:
        """The questions that count as "yes" when they have no answer: here a condition about those does not hold."""
        found = self.held.get(key)
        if found is None or depth > DEEPEST:
            return frozenset()
        own = frozenset({found.get("questionId")} if found.get("resultForUnanswered") == "1" else ())
        deeper = _listed(found) if found.get("type") == "Compound" else []
        return own.union(*(self.unanswered(one, depth + 1) for one in deeper)) - {"", "0"}

    def summed(self, key: str, depth: int = 0) -> frozenset[str]:
        """The questions that count as 0 in a sum without an answer: here a condition on that sum fails."""
        found = self.held.get(key)
        if found is None or depth > DEEPEST:
            return frozenset()
        match found.get("type"):
            case "Compound":
                return frozenset().union(*(self.summed(one, depth + 1) for one in _listed(found)))
            case "Comparison":
                return self.summed(found.said("value").strip().partition(":")[2], depth + 1)
            case "Counting":
                return self._counted(found, depth)
        return frozenset()

    def _counted(self, found: Element, depth: int) -> frozenset[str]:
        """The questions of a sum: its own, and those that the expressions in it ask about."""
        _, expressions, questions = (*found.said("value").split(":"), "", "")[:3]
        keys = [key.strip() for key in expressions.split(",")]
        read = {self.held[key].get("questionId") for key in keys if key in self.held}
        deeper = (self.summed(key, depth + 1) for key in keys)
        return frozenset({one.strip() for one in questions.split(",")} | read).union(*deeper) - {"", "0"}

    def told(self, key: str, asked: Asked, depth: int = 0) -> str | None:
        """The condition; None when it counts what cannot be counted here, or reads what was not asked before."""
        found = self.held.get(key)
        if found is None or depth > DEEPEST:
            return None
        match found.get("type"):
            case "Compound":
                told = self._compound(found, asked, depth)
            case "Comparison":
                told = self._compared(found, asked, depth)
            case _:
                told = _simple(found, asked)
        return told if told is None or len(told) <= LONGEST else None

    def _compound(self, found: Element, asked: Asked, depth: int) -> str | None:
        keys = [key for key in _listed(found) if key != found.get("id")]
        parts = [self.told(key, asked, depth + 1) for key in keys]
        if not parts or None in parts:
            return None
        joint = " && " if found.get("operator") == "All" else " || "
        told = joint.join(f"({part})" for part in parts)
        return {"All": told, "Some": told, "None": f"!({told})"}.get(found.get("operator"))

    def _compared(self, found: Element, asked: Asked, depth: int) -> str | None:
        """A sum beside a number."""
        value, _, key = found.said("value").strip().partition(":")
        counted, sign = self.held.get(key), SIGNS.get(found.get("operator"))
        if counted is None or sign is None or not NUMBER.fullmatch(value) or counted.get("type") != "Counting":
            return None
        total = self._sum(counted, asked, depth + 1)
        return None if total is None else f"{total} {sign} {value}"

    def _sum(self, found: Element, asked: Asked, depth: int) -> str | None:
        """The numbers of questions, and one for each expression that holds, times a number."""
        times, expressions, questions = (*found.said("value").split(":"), "", "")[:3]
        if depth > DEEPEST or not NUMBER.fullmatch(times.strip()):
            return None
        parts = [self._term(key.strip(), asked, depth) for key in expressions.split(",") if key.strip()]
        parts += [_summand(key.strip(), found, asked) for key in questions.split(",") if key.strip()]
        terms = [part for part in parts if part is not None]
        if not terms or len(terms) != len(parts):
            return None
        whole = " + ".join(terms)
        return f"({whole})" if times.strip() == "1" else f"({times.strip()} * ({whole}))"

    def _term(self, key: str, asked: Asked, depth: int) -> str | None:
        counted = self.held.get(key)
        if counted is not None and counted.get("type") == "Counting":
            return self._sum(counted, asked, depth + 1)
        told = self.told(key, asked, depth + 1)
        return None if told is None else f"({told} ? 1 : 0)"


def _summand(key: str, found: Element, asked: Asked) -> str | None:
    question = asked.get(key)
    if question is None or found.get("operator") != "Sum" or question["type"] != "number":
        return None
    return str(question["path"])


def _simple(found: Element, asked: Asked) -> str | None:
    question = asked.get(found.get("questionId"))
    if question is None:
        return None
    if found.get("type") == "Number":
        return _number(found, question)
    return _selection(found, question) if found.get("type") == "Selection" else _text(found, question)


def _number(found: Element, question: Mapping[str, Any]) -> str | None:
    value, sign = found.said("value").strip(), SIGNS.get(found.get("operator"))
    if sign is None or not NUMBER.fullmatch(value) or question["type"] != "number":
        return None
    return f"{question['path']} {sign} {value}"


def _selection(found: Element, question: Mapping[str, Any]) -> str | None:
    words = [question["values"].get(key) for key in _listed(found)]
    if not words or None in words or question["type"] not in ("single", "multi"):
        return None
    if question["type"] == "single" and found.get("operator") == "All" and len(words) > 1:
        return None
    path = question["path"]
    if question["type"] == "single" and len(words) > 1:
        some = f"{path} in [{', '.join(json.dumps(word) for word in words)}]"
        return {"Some": some, "None": f"!({some})"}.get(found.get("operator"))
    each = [f'"{word}" in {path}' if question["type"] == "multi" else f'{path} == "{word}"' for word in words]
    some, every = " || ".join(each), " && ".join(each)
    return {"Some": some, "All": every, "None": f"!({some})"}.get(found.get("operator"))


def _text(found: Element, question: Mapping[str, Any]) -> str | None:
    value = found.said("value").strip()
    if found.get("type") != "Text" or question["type"] not in ("text", "longtext") or not value.isprintable():
        return None
    path, quoted = question["path"], json.dumps(value, ensure_ascii=False)
    return {"Equals": f"{path} == {quoted}", "Contains": f"{path}.contains({quoted})"}.get(found.get("operator"))


def _listed(found: Element) -> list[str]:
    return [part.strip() for part in found.said("value").split(",") if part.strip()]
