"""Small Network Canvas protocols made from stages and variables, and what was lost of them in one text."""

from __future__ import annotations

import json
from typing import Any

from exchange.foreign import Foreign, read_foreign

PERSON = {"entity": "node", "type": "p"}
STEPS = [{"label": "Never", "value": 1}, {"label": "Often", "value": 2}]


def variable(kind: str, name: str = "", **more: Any) -> dict[str, Any]:
    return {"type": kind, "name": name or kind, **more}


def stage(kind: str, label: str = "Stage", **more: Any) -> dict[str, Any]:
    subject = {} if kind in ("EgoForm", "Information") else {"subject": PERSON}
    return {"id": label, "type": kind, "label": label, **subject, **more}


def names(label: str, *prompts: str, **more: Any) -> dict[str, Any]:
    rows = [{"id": str(n), "text": text} for n, text in enumerate(prompts)]
    return stage("NameGeneratorQuickAdd", label, quickAdd="name", prompts=rows, **more)


def form(*keys: str) -> dict[str, Any]:
    return {"fields": [{"variable": key, "prompt": f"Ask {key}"} for key in keys]}


def read(
    *stages: dict[str, Any],
    ego: dict[str, Any] | None = None,
    node: dict[str, Any] | None = None,
    edge: dict[str, Any] | None = None,
    **more: Any,
) -> Foreign:
    people = {"name": variable("text", "name"), **(node or {})}
    codebook = {
        "ego": {"variables": ego or {}},
        "node": {"p": {"name": "person", "variables": people}},
        "edge": {"k": {"name": "knows", "variables": edge or {}}},
    }
    held = {"schemaVersion": 8, "name": "Trial", "codebook": codebook, "stages": list(stages), **more}
    return read_foreign(json.dumps(held).encode(), "trial.netcanvas")


def truth(yes: str, no: str) -> list[dict[str, Any]]:
    return [{"label": yes, "value": True}, {"label": no, "value": False}]


def rule(kind: str, operator: str, attribute: str | None = None, value: object = None) -> dict[str, Any]:
    options: dict[str, Any] = {"operator": operator, **({"type": "p"} if kind == "node" else {})}
    options |= {"attribute": attribute} if attribute else {}
    return {"type": kind, "id": "r", "options": options | ({} if value is None else {"value": value})}


def skip(*rules: dict[str, Any], action: str = "SHOW", join: str = "AND", **more: Any) -> dict[str, Any]:
    return {"action": action, "filter": {"join": join, "rules": list(rules)}, **more}


def lost(found: Foreign) -> str:
    return "\n".join(f"{one.where}: {one.what}" for one in found.lost)


def info(label: str = "Text", **more: Any) -> dict[str, Any]:
    return stage("Information", label, items=[{"id": "t", "type": "text", "content": label}], **more)
