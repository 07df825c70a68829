"""The expressions of an EgoWeb study as conditions of ours."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from exchange.egoweb_xml import Element
from exchange.foreign_draft import plain

NUMBER = re.compile(r"-?[0-9]{1,9}(?:\.[0-9]{1,6})?")
SIGNS = {"Less": "<", "LessOrEqual": "<=", "Equals": "==", "GreaterOrEqual": ">=", "Greater": ">"}
LONGEST = 500
DEEPEST = 8

Asked = Mapping[str, Mapping[str, Any]]
"""By a question's id in the study: the path of its answer, its type, and our value for each option's id."""


@dataclass(frozen=True)
class Expressions:
    """A study's expressions by their ids."""

    held: Mapping[str, Element]

    def name(self, key: str) -> str:
        """What the study calls one."""
        return plain(self.held[key].get("name")) if key in self.held else key

    def chosen(self, key: str, question: str) -> frozenset[str]:
        """The options of one question that an expression looks for; empty when it looks for something else."""
        found = self.held.get(key)
        if found is None or found.get("type") != "Selection" or found.get("questionId") != question:
            return frozenset()
        return frozenset(_listed(found))

    def told(self, key: str, asked: Asked, *, about_alter: bool, depth: int = 0) -> str | None:
        """The condition; None when it counts, compares answers, or reads what was not asked before."""
        found = self.held.get(key)
        if found is None or depth > DEEPEST:
            return None
        if found.get("type") == "Compound":
            told = self._compound(found, asked, about_alter, depth)
        else:
            told = _simple(found, asked, about_alter)
        return told if told is None or len(told) <= LONGEST else None

    def _compound(self, found: Element, asked: Asked, about_alter: bool, depth: int) -> str | None:
        parts = [self.told(key, asked, about_alter=about_alter, depth=depth + 1) for key in _listed(found)]
        if not parts or None in parts:
            return None
        joint = " && " if found.get("operator") == "All" else " || "
        told = joint.join(f"({part})" for part in parts)
        return {"All": told, "Some": told, "None": f"!({told})"}.get(found.get("operator"))


def _simple(found: Element, asked: Asked, about_alter: bool) -> str | None:
    question = asked.get(found.get("questionId"))
    if question is None or (question["path"].startswith("alter.") and not about_alter):
        return None
    if found.get("type") == "Number":
        return _number(found, question)
    return _selection(found, question) if found.get("type") == "Selection" else _text(found, question)


def _number(found: Element, question: Mapping[str, Any]) -> str | None:
    value, sign = found.child("value").strip(), SIGNS.get(found.get("operator"))
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
    each = [f'"{word}" in {path}' if question["type"] == "multi" else f'{path} == "{word}"' for word in words]
    some, every = " || ".join(each), " && ".join(each)
    return {"Some": some, "All": every, "None": f"!({some})"}.get(found.get("operator"))


def _text(found: Element, question: Mapping[str, Any]) -> str | None:
    value = found.child("value").strip()
    if found.get("type") != "Text" or question["type"] not in ("text", "longtext") or not value.isprintable():
        return None
    path, quoted = question["path"], json.dumps(value, ensure_ascii=False)
    return {"Equals": f"{path} == {quoted}", "Contains": f"{path}.contains({quoted})"}.get(found.get("operator"))


def _listed(found: Element) -> list[str]:
    return [part.strip() for part in found.child("value").split(",") if part.strip()]
