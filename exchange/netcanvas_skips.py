"""When a Network Canvas stage is shown, and which people it is about, as conditions of ours."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from exchange.netcanvas_items import VISUAL_HIGH
from exchange.netcanvas_parts import Asked, Names, part_of, rows_of

SIGNS = {
    "EXACTLY": "==", "NOT": "!=", "GREATER_THAN": ">", "GREATER_THAN_OR_EQUAL": ">=", "LESS_THAN": "<",
    "LESS_THAN_OR_EQUAL": "<=",
}  # fmt: skip
COUNTS = {
    "OPTIONS_GREATER_THAN": ">", "OPTIONS_LESS_THAN": "<", "OPTIONS_EQUALS": "==", "OPTIONS_NOT_EQUALS": "!=",
}  # fmt: skip
NEGATIVE = ("NOT", "EXCLUDES", "DOES_NOT_CONTAIN", "OPTIONS_NOT_EQUALS", "NOT_EXISTS")
PEOPLE = ("alter", "node")
LONGEST = 500
PLAIN = re.compile(r"[\w ,;:'’&%-]+")
"""What a pattern means as it stands: in a protocol, the value of CONTAINS is a pattern."""


@dataclass(frozen=True)
class Told:
    """A condition; `unsure` are the questions that, left blank, hide a page which the protocol would show."""

    condition: str
    unsure: tuple[str, ...] = ()


def shown_when(
    skip: Mapping[str, Any], asked: Mapping[str, Asked], named: Mapping[str, Sequence[Names]]
) -> Told | None:
    """When a stage is shown; None when a rule is about more than ego's answers and who was named."""
    skipped = skip.get("action") == "SKIP"
    condition = _joined(skip.get("filter"), lambda rule: _rule(rule, asked, named))
    if condition is None:
        return None
    condition = f"!({condition})" if skipped else condition
    unsure = tuple(
        found.variable.name
        for rule in rows_of(skip.get("filter"), "rules")
        if (found := asked.get(str(part_of(rule, "options").get("attribute")))) is not None
        and rule.get("type") == "ego"
        and not found.item.get("required")
        and (part_of(rule, "options").get("operator") in NEGATIVE) != skipped
    )
    return Told(condition, tuple(dict.fromkeys(unsure))) if len(condition) <= LONGEST else None


def people_where(held: object, kind: str, asked: Mapping[str, Asked]) -> str | None:
    """Which people of a type a stage is about; None when a rule is about more than their answers."""
    condition = _joined(held, lambda rule: _about_person(rule, kind, asked))
    return condition if condition is not None and len(condition) <= LONGEST else None


def _joined(held: object, tell: Callable[[Mapping[str, Any]], str | None]) -> str | None:
    rules = held.get("rules") if isinstance(held, dict) else None
    if not isinstance(held, dict) or not isinstance(rules, list) or not rules:
        return None
    told = [tell(rule) if isinstance(rule, dict) else None for rule in rules]
    if None in told:
        return None
    parts = [rule for rule in told if rule]
    joint = " || " if held.get("join") == "OR" else " && "
    return joint.join(f"({part})" if len(parts) > 1 and ("||" in part or "&&" in part) else part for part in parts)


def _rule(rule: Mapping[str, Any], asked: Mapping[str, Asked], named: Mapping[str, Sequence[Names]]) -> str | None:
    options = part_of(rule, "options")
    operator, attribute = str(options.get("operator")), str(options.get("attribute"))
    if rule.get("type") in PEOPLE:
        return _anybody(operator, options, named.get(str(options.get("type")), ()))
    found = asked.get(attribute) if rule.get("type") == "ego" else None
    return None if found is None else compared(found, found.item["id"], operator, options.get("value"))


def _anybody(operator: str, options: Mapping[str, Any], pages: Sequence[Names]) -> str | None:
    """Whether anybody of a type was named; or somebody of one name."""
    words, attribute = [names.page["id"] for names in pages], options.get("attribute")
    if not words:
        return None
    if attribute is None:
        signs = {"EXISTS": ("> 0", " || "), "NOT_EXISTS": ("== 0", " && ")}.get(operator)
        return None if signs is None else signs[1].join(f"size({word}) {signs[0]}" for word in words)
    value = options.get("value")
    if operator != "EXACTLY" or not isinstance(value, str) or any(n.name_variable != attribute for n in pages):
        return None
    return " || ".join(f"{_quoted(value)} in {word}" for word in words)


def _about_person(rule: Mapping[str, Any], kind: str, asked: Mapping[str, Asked]) -> str | None:
    options = part_of(rule, "options")
    found = asked.get(str(options.get("attribute")))
    if rule.get("type") not in PEOPLE or options.get("type") != kind or found is None:
        return None
    path, operator = f"alter.{found.item['id']}", str(options.get("operator"))
    if operator in ("EXISTS", "NOT_EXISTS"):
        return f"has({path})" if operator == "EXISTS" else f"!has({path})"
    told = compared(found, path, operator, options.get("value"))
    return f"!has({path}) || {told}" if told and operator in NEGATIVE else told


def compared(asked: Asked, path: str, operator: str, value: object) -> str | None:
    """One comparison with an answer; None when the answer can never be that value."""
    kind = asked.item["type"]
    teller = COMPARERS.get(kind)
    return teller(asked, path, operator, value) if teller else None


def _truth(asked: Asked, path: str, operator: str, value: object) -> str | None:
    if not isinstance(value, bool) or operator not in ("EXACTLY", "NOT"):
        return None
    return f"{path} {SIGNS[operator]} {str(value).lower()}"


def _number(asked: Asked, path: str, operator: str, value: object) -> str | None:
    if not isinstance(value, int | float) or isinstance(value, bool) or operator not in SIGNS:
        return None
    on_line = asked.variable.kind == "scalar" and 0 <= value <= 1
    return f"{path} {SIGNS[operator]} {json.dumps(round(value * VISUAL_HIGH, 6) if on_line else value)}"


def _text(asked: Asked, path: str, operator: str, value: object) -> str | None:
    if not isinstance(value, str) or not value.isprintable() or not value:
        return None
    if operator in ("CONTAINS", "DOES_NOT_CONTAIN"):
        if not PLAIN.fullmatch(value):
            return None
        return f"{'!' if operator != 'CONTAINS' else ''}{path}.contains({_quoted(value)})"
    return f"{path} {SIGNS[operator]} {_quoted(value)}" if operator in ("EXACTLY", "NOT") else None


def _day(asked: Asked, path: str, operator: str, value: object) -> str | None:
    """Days are written so that the later one is the greater text."""
    if not isinstance(value, str) or not value[:4].isdigit() or operator not in SIGNS or not value.isprintable():
        return None
    return f"{path} {SIGNS[operator]} {_quoted(value[:10])}"


def _single(asked: Asked, path: str, operator: str, value: object) -> str | None:
    words = _words(asked, value)
    if words and len(words) == 1 and operator in ("EXACTLY", "NOT"):
        return f'{path} {SIGNS[operator]} "{words[0]}"'
    if words and operator in ("INCLUDES", "EXCLUDES"):
        listed = ", ".join(f'"{word}"' for word in words)
        return f"{'!' if operator == 'EXCLUDES' else ''}({path} in [{listed}])"
    return None


def _multi(asked: Asked, path: str, operator: str, value: object) -> str | None:
    if operator in COUNTS and isinstance(value, int) and not isinstance(value, bool):
        return f"size({path}) {COUNTS[operator]} {value}"
    words = _words(asked, value)
    if not words:
        return None
    every = " && ".join(f'"{word}" in {path}' for word in words)
    if operator in ("EXACTLY", "NOT"):
        exact = f"{every} && size({path}) == {len(words)}"
        return exact if operator == "EXACTLY" else f"!({exact})"
    some = " || ".join(f'"{word}" in {path}' for word in words)
    return {"INCLUDES": f"({every})", "EXCLUDES": f"!({some})"}.get(operator)


def _words(asked: Asked, value: object) -> list[str] | None:
    """Our values for the protocol's; None when one of them is no option."""
    found = [asked.values.get(str(one)) for one in (value if isinstance(value, list) else [value])]
    words = [word for word in found if word is not None]
    return words if words and len(words) == len(found) else None


def _quoted(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


COMPARERS: dict[str, Callable[[Asked, str, str, object], str | None]] = {
    "boolean": _truth, "number": _number, "text": _text, "longtext": _text, "date": _day, "month": _day,
    "single": _single, "multi": _multi,
}  # fmt: skip
