"""The variables of a Network Canvas codebook as questions of ours."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from exchange.foreign_draft import Draft, options_of, plain

CHECKS_LOST = (
    "unique",
    "differentFrom",
    "sameAs",
    "greaterThanVariable",
    "lessThanVariable",
    "minLength",
    "minSelected",
)
VISUAL_HIGH = 100


@dataclass(frozen=True)
class Variable:
    """One variable of the codebook under its key there."""

    key: str
    held: dict[str, Any]

    @property
    def kind(self) -> str:
        """Its type."""
        return str(self.held.get("type", ""))

    def part(self, key: str) -> dict[str, Any]:
        """A part that holds keys."""
        found = self.held.get(key)
        return found if isinstance(found, dict) else {}


@dataclass(frozen=True)
class Asked:
    """A question of ours, and which of its values stands for which of the codebook's."""

    item: dict[str, Any]
    values: dict[str, str]


def item_of(variable: Variable, prompt: str, draft: Draft, where: str) -> Asked | None:
    """The question that asks for a variable; None, noted, when there is none like it."""
    maker = MAKERS.get(variable.kind)
    name = plain(variable.held.get("name")) or variable.key
    if maker is None:
        draft.lose(where, f"the variable “{name}”: there is no question of the type {variable.kind or 'it has'}")
        return None
    made = maker(variable)
    if made is None:
        draft.lose(where, f"the variable “{name}”: it has no options")
        return None
    own, values = made
    label = " ".join((prompt or name.replace("_", " ")).split())
    item = {"id": draft.word(name), "label": label, **own}
    checks = variable.part("validation")
    if checks.get("required"):
        item["required"] = True
    for check in (check for check in CHECKS_LOST if checks.get(check)):
        draft.lose(where, f"the check “{check}” of “{name}”")
    if variable.kind == "scalar":
        draft.lose(where, f"the slider of “{name}”: it asks for a number from 0 to {VISUAL_HIGH}")
    return Asked(item, values)


Made = tuple[dict[str, Any], dict[str, str]] | None


def _number(variable: Variable) -> Made:
    checks = variable.part("validation")
    bounds = {"minimum": checks.get("minValue"), "maximum": checks.get("maxValue")}
    kept = {key: value for key, value in bounds.items() if isinstance(value, int) and not isinstance(value, bool)}
    low, high = kept.get("minimum"), kept.get("maximum")
    return {"type": "number", **({} if low is not None and high is not None and low > high else kept)}, {}


def _text(variable: Variable) -> Made:
    most = variable.part("validation").get("maxLength")
    kind = "longtext" if variable.held.get("component") == "TextArea" else "text"
    sized = {"max_length": min(most, 10_000)} if isinstance(most, int) and most > 0 else {}
    return {"type": kind, "pii": "free_text", **sized}, {}


def _date(variable: Variable) -> Made:
    shape = variable.part("parameters").get("type")
    if shape == "year":
        return {"type": "number", "minimum": 1900, "maximum": 2100}, {}
    return {"type": "month" if shape == "month" else "date"}, {}


def _choice(variable: Variable) -> Made:
    options = variable.held.get("options")
    pairs = [_option(option) for option in options if option is not None] if isinstance(options, list) else []
    if not pairs:
        return None
    written, values = options_of(pairs)
    several = variable.kind == "categorical" and variable.part("validation").get("maxSelected") != 1
    return {"type": "multi" if several else "single", "options": written}, values


def _option(option: object) -> tuple[str, str]:
    """An option's key, as rules name it, and its label."""
    if isinstance(option, dict):
        value = option.get("value", option.get("label", ""))
        return str(value), str(option.get("label") or value)
    return str(option), str(option)


MAKERS: dict[str, Callable[[Variable], Made]] = {
    "boolean": lambda variable: ({"type": "boolean"}, {}),
    "text": _text,
    "number": _number,
    "scalar": lambda variable: ({"type": "number", "minimum": 0, "maximum": VISUAL_HIGH}, {}),
    "datetime": _date,
    "ordinal": _choice,
    "categorical": _choice,
}
