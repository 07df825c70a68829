"""What pydantic refused, in the words of someone who writes questionnaires."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from instruments import schema
from instruments.problems import Finding, Place, did_you_mean, listed

TYPED: dict[str, tuple[type[BaseModel], ...]] = {
    "pages": get_args(get_args(schema.AnyPage)[0]),
    "items": get_args(get_args(schema.AnyItem)[0]),
    "ask": get_args(get_args(schema.AnyItem)[0]),
    "then": (schema.ChoiceItem,),
}
PARTS: dict[str, type[BaseModel]] = {
    "options": schema.Option, "topics": schema.Topic, "roles": schema.Role, "mechanisms": schema.Mechanism,
    "prompts": schema.Prompt, "statements": schema.Statement, "over": schema.GridOver, "privacy": schema.Privacy,
    "scales": schema.Scale, "rosters": schema.Roster, "relations": schema.Relation, "ties": schema.TieBinding,
    "rules": schema.Rule, "groups": schema.Group, "alters": schema.AlterSample, "synthetic": schema.Synthetic,
}  # fmt: skip
VERSION = r"^\d{1,4}\.\d{1,4}\.\d{1,4}$"
PATTERNS = {
    r"^[a-z][a-z0-9_]{0,39}$": "Use up to 40 small letters, digits and '_', beginning with a letter.",
    r"^[a-z][a-z0-9-]{0,59}$": "Use up to 60 small letters, digits and '-', beginning with a letter.",
    VERSION: "Write three whole numbers with dots, such as 1.0.0.",
    r"^\d{4}-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?$": "Write a day such as 2026-11-24, or a month such as 2026-11.",
    r"^[a-z]{2,3}$": "Use a language code of two or three small letters, such as en or cy.",
}
TEXT = ("must be text", "Put it in quotes if it is a number, or the word true or false.")
KEYS = ("must have keys", "Write it with keys, such as {{id: …, label: …}}.")
LIST = ("must be a list", "Write '- ' before each entry, or [a, b].")
SAID: dict[str, tuple[str, str]] = {
    "string_type": TEXT, "dict_type": KEYS, "model_type": KEYS, "model_attributes_type": KEYS, "tuple_type": LIST,
    "string_too_short": ("is empty", "Write something here."),
    "string_too_long": ("is too long", "Use {max_length} characters at most."),
    "too_short": ("has too few entries", "Give {min_length} or more."),
    "too_long": ("has too many entries", "Give {max_length} at most."),
    "bool_parsing": ("must be true or false", "Write true or false."),
    "bool_type": ("must be true or false", "Write true or false."),
    "int_parsing": ("must be a whole number", "Write a number such as 3."),
    "int_type": ("must be a whole number", "Write a number such as 3."),
    "int_from_float": ("must be a whole number", "Write a number such as 3."),
    "float_parsing": ("must be a number", "Write a number such as 2.5."),
    "float_type": ("must be a number", "Write a number such as 2.5."),
    "finite_number": ("must be a number", "Write a number such as 2.5."),
    "greater_than_equal": ("is too small", "Write {ge:g} or more."),
    "greater_than": ("is too small", "Write more than {gt:g}."),
    "less_than_equal": ("is too large", "Write {le:g} or less."),
}  # fmt: skip


def explain(error: ValidationError, data: Mapping[str, Any]) -> tuple[Finding, ...]:
    """One finding per place, the first that pydantic met there; `data` is what was validated."""
    found: dict[Place, Finding] = {}
    for detail in error.errors(include_url=False):
        place = real_place(detail["loc"], data, keep_last=detail["type"] == "missing")
        if place not in found:
            found[place] = _finding(detail, place, data)
    return tuple(f for place, f in found.items() if "too few" not in f.message or not _faults_below(place, found))


def _faults_below(place: Place, found: Iterable[Place]) -> bool:
    """Whether entries of a list were refused themselves: then the list only seems too short."""
    return any(len(other) > len(place) and other[: len(place)] == place for other in found)


def real_place(loc: Iterable[str | int], data: Any, keep_last: bool) -> Place:
    """The place in the file: pydantic's own steps (union tags and the like) are left out."""
    place: list[str | int] = []
    here, parts = data, list(loc)
    for part in parts:
        if _holds(here, part):
            place.append(part)
            here = here[part]
    if keep_last and (not place or place[-1] != parts[-1]):
        place.append(parts[-1])
    return tuple(place)


def _holds(here: Any, part: str | int) -> bool:
    if isinstance(here, list):
        return isinstance(part, int) and part < len(here)
    return isinstance(here, dict) and part in here


def _finding(detail: ErrorDetails, place: Place, data: Mapping[str, Any]) -> Finding:
    kind, context = detail["type"], detail.get("ctx", {})
    name = f"'{_name(place)}'"
    if kind == "extra_forbidden":
        return _unknown_key(place, name, detail["input"], data)
    if kind == "missing":
        return Finding(place, f"{name} is missing", "Add it here.")
    if kind in ("union_tag_not_found", "union_tag_invalid"):
        return _type_finding(detail, place, context)
    if kind in ("literal_error", "enum"):
        expected = str(context.get("expected", "")).replace(" or ", ", ")
        known = [word.strip(" '") for word in expected.split(",")]
        remedy = did_you_mean(str(detail["input"]), known, f"Use one of: {expected}.")
        return Finding(place, f"{name} is '{_short(detail['input'])}'", remedy)
    if kind == "string_pattern_mismatch":
        pattern = str(context.get("pattern"))
        return Finding(place, f"{name} is '{_short(detail['input'])}'", PATTERNS.get(pattern, "Write it differently."))
    if kind == "string_type" and place == ("version",):
        return Finding(place, f"{name} is '{_short(detail['input'])}'", PATTERNS[VERSION])
    said, remedy = SAID.get(kind, (_lower(detail["msg"]), "Change the value."))
    return Finding(place, f"{name} {said}", remedy.format(**context))


def _unknown_key(place: Place, name: str, value: object, data: Mapping[str, Any]) -> Finding:
    """A misspelt key, or the rest of a text that a comma cut in two: {text: One, two} holds a key "two" of nothing."""
    message = f"{name} is not a key that is known here"
    if value is None and " " in name:
        return Finding(place, message, "Put the whole text in quotes: between { and } a comma ends it.")
    known = known_keys(place, data)
    return Finding(place, message, did_you_mean(str(place[-1]), known, listed(known)))


def _type_finding(detail: ErrorDetails, place: Place, context: Mapping[str, Any]) -> Finding:
    expected = [word.strip(" '") for word in str(context.get("expected_tags", "")).split(",") if word.strip()]
    if detail["type"] == "union_tag_not_found":
        return Finding(place, "'type' is missing", "Say which type it is.")
    tag = str(context.get("tag"))
    return Finding((*place, "type"), f"'{_short(tag)}' is not a type", did_you_mean(tag, expected, listed(expected)))


def known_keys(place: Place, data: Mapping[str, Any]) -> list[str]:
    """The keys that may stand beside the last step of `place`."""
    owner = _owner(place, data)
    return [field.alias or name for name, field in owner.model_fields.items()]


def _owner(place: Place, data: Mapping[str, Any]) -> type[BaseModel]:
    names = [part for part in place[:-1] if isinstance(part, str)]
    here: Any = data
    for part in place[:-1]:
        here = here[part]
    for name in reversed(names):
        if name in TYPED:
            return _typed(TYPED[name], here.get("type") if isinstance(here, dict) else None)
        if name in PARTS:
            return PARTS[name]
    return schema.Instrument


def _typed(models: tuple[type[BaseModel], ...], kind: object) -> type[BaseModel]:
    for model in models:
        if kind in get_args(model.model_fields["type"].annotation):
            return model
    return models[0]


def _name(place: Place) -> str:
    """The last word of a place, with its number when it is one of a list: "items 2"."""
    if not place:
        return "instrument"
    if isinstance(place[-1], int):
        return f"{place[-2]} {place[-1] + 1}" if len(place) > 1 else str(place[-1] + 1)
    return place[-1]


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:].rstrip(".")


def _short(value: object) -> str:
    return str(value)[:60]
