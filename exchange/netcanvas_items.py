"""The variables of a Network Canvas codebook as questions of ours."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from exchange.foreign_texts import Wording, joined, lead, one_line, options_of
from exchange.netcanvas_lost import note_variable
from exchange.netcanvas_parts import Asked, Protocol, Variable, part_of

VISUAL_HIGH = 100
FIRST_YEAR, LAST_YEAR = 1900, 2100
LONGEST_ANSWER = 10_000
YES_NO = ({"yes", "true", "on"}, {"no", "false", "off"})
DAY = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")
MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])")
YEAR = re.compile(r"\d{4}")
RANGE = (("earliest", "min"), ("latest", "max"))
OTHER_TYPES = {
    "location": "Ask for the place in a question of type text.",
    "layout": "Ask for closeness with a page of type place.",
}
Made = tuple[dict[str, Any], dict[str, str]] | None


def item_of(variable: Variable, prompt: Wording, protocol: Protocol, where: str, hint: Wording = "") -> Asked | None:
    """The question that asks for a variable; None, noted, when there is none like it."""
    draft, name = protocol.draft, variable.name
    maker = MAKERS.get(variable.kind)
    if maker is None:
        remedy = OTHER_TYPES.get(variable.kind, "Add a question of another type.")
        what = f"the variable “{name}”: there is no question of the type {variable.kind or 'it has'}"
        draft.lose(where, what, remedy)
        return None
    made = maker(variable, protocol)
    if made is None:
        draft.lose(where, f"the variable “{name}”: it has no options", "Add the question with the options it needs.")
        return None
    own, values = made
    own_hint = own.pop("hint", "")
    item = {"id": draft.word(name), "label": one_line(prompt) or name.replace("_", " "), **own}
    if said := joined([one_line(hint), own_hint], " "):
        item["hint"] = said
    if variable.checks.get("required") or _whole(variable.checks.get("minSelected")):
        item["required"] = True
    note_variable(variable, draft, where)
    return Asked(item, values, variable)


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _number(variable: Variable, protocol: Protocol) -> Made:
    bounds = {"minimum": variable.checks.get("minValue"), "maximum": variable.checks.get("maxValue")}
    kept = {
        key: value for key, value in bounds.items() if isinstance(value, int | float) and not isinstance(value, bool)
    }
    low, high = kept.get("minimum"), kept.get("maximum")
    decimals = {"decimals": 2} if any(isinstance(value, float) for value in kept.values()) else {}
    return {"type": "number", **decimals, **({} if low is not None and high is not None and low > high else kept)}, {}


def _text(variable: Variable, protocol: Protocol) -> Made:
    most = _whole(variable.checks.get("maxLength"))
    kind = "longtext" if variable.held.get("component") == "TextArea" else "text"
    sized = {"max_length": min(most, LONGEST_ANSWER)} if most is not None and most > 0 else {}
    return {"type": kind, "pii": "free_text", **sized}, {}


def _date(variable: Variable, protocol: Protocol) -> Made:
    """A day or a month between the protocol's days; a year is a number."""
    given = part_of(variable.held, "parameters")
    shape = given.get("type")
    if shape == "year":
        years = [int(str(given[key])[:4]) if YEAR.match(str(given.get(key, ""))) else None for key in ("min", "max")]
        low, high = years[0] or FIRST_YEAR, years[1] or LAST_YEAR
        return {"type": "number", "minimum": min(low, high), "maximum": max(low, high)}, {}
    form = MONTH if shape == "month" else DAY
    found = {ours: mark[0] for ours, key in RANGE if (mark := form.match(str(given.get(key, ""))))}
    if len(found) == len(RANGE) and found["earliest"] > found["latest"]:
        found = {}
    return {"type": "month" if shape == "month" else "date", **found}, {}


def _slider(variable: Variable, protocol: Protocol) -> Made:
    """A line to point at becomes a number whose hint says what its ends mean."""
    given = part_of(variable.held, "parameters")
    low, high = (one_line(protocol.text(given.get(key))) for key in ("minLabel", "maxLabel"))
    ends = [joined([start, text], "") for start, text in (("0: ", low), (f"{VISUAL_HIGH}: ", high)) if text]
    hint = {"hint": joined(ends, "; ")} if ends else {}
    return {"type": "number", "minimum": 0, "maximum": VISUAL_HIGH, **hint}, {}


def _truth(variable: Variable, protocol: Protocol) -> Made:
    """Yes or no; where the two answers have words of their own they are two options."""
    pairs = _pairs(variable, protocol)
    words = {key: lead(label).casefold() for key, label in pairs}
    if set(words) != {"True", "False"} or (words["True"] in YES_NO[0] and words["False"] in YES_NO[1]):
        return {"type": "boolean"}, {}
    written, values = options_of(pairs)
    return {"type": "single", "options": written}, values


def _choice(variable: Variable, protocol: Protocol) -> Made:
    pairs = _pairs(variable, protocol)
    if not pairs:
        return None
    written, values = options_of(pairs)
    several = variable.kind == "categorical" and variable.checks.get("maxSelected") != 1
    return {"type": "multi" if several else "single", "options": written}, values


def _pairs(variable: Variable, protocol: Protocol) -> list[tuple[str, Wording]]:
    """Each option's key, as rules name it, and its label."""
    options = variable.held.get("options")
    return [_option(one, protocol) for one in options if one is not None] if isinstance(options, list) else []


def _option(option: object, protocol: Protocol) -> tuple[str, Wording]:
    if not isinstance(option, dict):
        return str(option), protocol.text(str(option))
    key = option.get("value", option.get("label", ""))
    return str(key), one_line(protocol.text(option.get("label"))) or str(key)


MAKERS: dict[str, Callable[[Variable, Protocol], Made]] = {
    "boolean": _truth,
    "text": _text,
    "number": _number,
    "scalar": _slider,
    "datetime": _date,
    "ordinal": _choice,
    "categorical": _choice,
}
