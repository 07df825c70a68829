"""The JSON Schema (2020-12) of an instrument file as it is written: editors complete keys by it."""

from __future__ import annotations

import json
from typing import Any

from instruments.schema import Instrument
from instruments.shorthand import HEAD

DIALECT = "https://json-schema.org/draft/2020-12/schema"
WITH_LISTS = ("single", "multi", "scale", "likert", "rank", "alter_ties", "org_ties", "place")
"""Types whose options may be a list's name, and stand under 'scale' instead."""

Schema = dict[str, Any]


def json_schema() -> Schema:
    """The schema of the file: what stands under `instrument:`, the rest beside it, and every short form."""
    made = Instrument.model_json_schema(by_alias=True)
    definitions: Schema = {name: _as_written(name, part) for name, part in made.pop("$defs").items()}
    properties: Schema = made["properties"]
    head = {name: properties[name] for name in HEAD}
    rest = {name: part for name, part in properties.items() if name not in HEAD}
    return {
        "$schema": DIALECT,
        "title": "A questionnaire",
        "type": "object",
        "additionalProperties": False,
        "required": ["instrument", "pages"],
        "properties": {"instrument": _closed(head, ["id", "version", "title"]), **rest},
        "$defs": definitions,
    }


def json_schema_text() -> str:
    """The schema as text, keys in the order of the language."""
    return json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"


def _closed(properties: Schema, required: list[str]) -> Schema:
    return {"type": "object", "additionalProperties": False, "required": required, "properties": properties}


def _as_written(name: str, part: Schema) -> Schema:
    """One part with its short forms: bare words for options and statements, a list's name, `other: text`."""
    properties = part.get("properties", {})
    if "options" in properties:
        entries = {"type": "array", "items": {"anyOf": [{"type": "string"}, {"$ref": "#/$defs/Option"}]}}
        least = properties["options"].get("minItems")
        entries |= {"minItems": least} if least else {}
        properties["options"] = entries if name == "Scale" else {"anyOf": [{"type": "string"}, entries]}
    if _takes_lists(properties):
        part["required"] = [key for key in part.get("required", []) if key not in ("options", "scale")]
        properties["scale"] = {"type": "string"}
    if "statements" in properties:
        statements = properties["statements"]
        statements["items"] = {"anyOf": [{"type": "string"}, statements["items"]]}
    if "other" in properties:
        properties["other"] = {"enum": [True, False, "text"]}
    return part


def _takes_lists(properties: Schema) -> bool:
    kind = properties.get("type", {})
    kinds = kind.get("enum", [kind.get("const")])
    return "options" in properties and any(word in WITH_LISTS for word in kinds)
