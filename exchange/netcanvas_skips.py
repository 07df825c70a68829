"""When a Network Canvas stage is shown or skipped, as a condition of ours."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from exchange.netcanvas_items import Asked

SIGNS = {
    "EXACTLY": "==", "NOT": "!=", "GREATER_THAN": ">", "GREATER_THAN_OR_EQUAL": ">=", "LESS_THAN": "<",
    "LESS_THAN_OR_EQUAL": "<=",
}  # fmt: skip
PEOPLE = ("alter", "node")
LONGEST = 500


def condition_of(skip: Mapping[str, Any], asked: Mapping[str, Asked], named: Mapping[str, str]) -> str | None:
    """The condition; None when a rule is about more than ego's answers and whether anybody was named."""
    held = skip.get("filter")
    rules = held.get("rules") if isinstance(held, dict) else None
    if not isinstance(held, dict) or not isinstance(rules, list) or not rules:
        return None
    told = [_rule(rule, asked, named) if isinstance(rule, dict) else None for rule in rules]
    if None in told:
        return None
    joint = " || " if held.get("join") == "OR" else " && "
    condition = joint.join(rule for rule in told if rule)
    condition = f"!({condition})" if skip.get("action") == "SKIP" else condition
    return condition if len(condition) <= LONGEST else None


def _rule(rule: Mapping[str, Any], asked: Mapping[str, Asked], named: Mapping[str, str]) -> str | None:
    options = rule.get("options")
    if not isinstance(options, dict):
        return None
    operator = str(options.get("operator"))
    if rule.get("type") in PEOPLE:
        page = named.get(str(options.get("type")))
        if page is None or options.get("attribute"):
            return None
        return {"EXISTS": f"size({page}) > 0", "NOT_EXISTS": f"size({page}) == 0"}.get(operator)
    found = asked.get(str(options.get("attribute"))) if rule.get("type") == "ego" else None
    return None if found is None else _compared(found, operator, options.get("value"))


def _compared(asked: Asked, operator: str, value: object) -> str | None:
    """One comparison with an answer; None when the answer can never be that value."""
    name, kind = asked.item["id"], asked.item["type"]
    if kind == "boolean" and isinstance(value, bool) and operator in ("EXACTLY", "NOT"):
        return f"{name} {SIGNS[operator]} {str(value).lower()}"
    if kind == "number" and isinstance(value, int | float) and not isinstance(value, bool) and operator in SIGNS:
        return f"{name} {SIGNS[operator]} {json.dumps(value)}"
    words = [asked.values.get(str(one)) for one in (value if isinstance(value, list) else [value])]
    if not words or None in words:
        return None
    if kind == "single" and len(words) == 1 and operator in ("EXACTLY", "NOT"):
        return f'{name} {SIGNS[operator]} "{words[0]}"'
    if kind == "single" and operator in ("INCLUDES", "EXCLUDES"):
        listed = ", ".join(f'"{word}"' for word in words)
        return f"{'!' if operator == 'EXCLUDES' else ''}({name} in [{listed}])"
    if kind == "multi" and operator in ("INCLUDES", "EXCLUDES"):
        every = " && ".join(f'"{word}" in {name}' for word in words)
        return f"!({every})" if operator == "EXCLUDES" else f"({every})"
    return None
