"""The page on writing instruments: its example works, and it names every key there is."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

from pydantic import BaseModel

from instruments import schema
from instruments.conditions import compile_condition
from instruments.load import examine

PAGE = (Path(__file__).parents[2] / "docs" / "how-to" / "write-an-instrument.md").read_text(encoding="utf-8")
EXAMPLE = PAGE.partition("```yaml\n")[2].partition("```")[0]


def parts() -> list[type[BaseModel]]:
    return [part for part in vars(schema).values() if isinstance(part, type) and issubclass(part, schema.Part)]


def test_the_example_is_an_instrument_without_any_problem() -> None:
    assert examine(EXAMPLE, "example.yaml").problems == ()


def test_every_key_is_named() -> None:
    keys = {field.alias or name for part in parts() for name, field in part.model_fields.items()}
    words = set(re.findall(r"[a-z_]+", PAGE))
    assert keys - words == set()


def test_every_type_has_a_row() -> None:
    typed = [part for part in parts() if "type" in part.model_fields]
    types = {word for part in typed for word in get_args(part.model_fields["type"].annotation)}
    assert {word for word in types if f"`{word}`" not in PAGE} == set()


def test_the_conditions_shown_are_conditions() -> None:
    table = PAGE.partition("## Conditions")[2].partition("## Ties")[0]
    shown = re.findall(r"^\| `([^`]+)` \|", table, re.MULTILINE)
    assert len(shown) == 5
    assert all(compile_condition(text).names for text in shown)
