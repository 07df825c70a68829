"""The parts of a Network Canvas protocol as they are read: stages, variables, and what is known so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from exchange.foreign_draft import Draft
from exchange.foreign_texts import Wording, lead, one_line, worded

Page = dict[str, Any]


def part_of(held: object, key: str) -> dict[str, Any]:
    """A part that holds keys; what is absent or of another shape counts as empty."""
    found = held.get(key) if isinstance(held, dict) else None
    return found if isinstance(found, dict) else {}


def rows_of(held: object, key: str) -> list[dict[str, Any]]:
    """A part that is a list, its entries that hold keys."""
    found = held.get(key) if isinstance(held, dict) else None
    return [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []


@dataclass(frozen=True)
class Stage:
    """One stage as the file has it."""

    held: dict[str, Any]
    number: int

    @property
    def label(self) -> str:
        """Its label, in the first language that has one."""
        return lead(one_line(worded(self.held.get("label"), {})))

    @property
    def name(self) -> str:
        """What to call it in messages."""
        return f"stage {self.number} “{self.label or self.kind}”"

    @property
    def kind(self) -> str:
        """Its type."""
        return str(self.held.get("type", ""))

    @property
    def subject(self) -> str:
        """The type of node that it is about."""
        return str(part_of(self.held, "subject").get("type", ""))


@dataclass(frozen=True)
class Variable:
    """One variable of the codebook under its key there."""

    key: str
    held: dict[str, Any]

    @property
    def kind(self) -> str:
        """Its type."""
        return str(self.held.get("type", ""))

    @property
    def name(self) -> str:
        """What to call it in messages, and what its id is made from."""
        return lead(one_line(worded(self.held.get("name"), {}))) or self.key

    @property
    def checks(self) -> dict[str, Any]:
        """Its validation."""
        return part_of(self.held, "validation")


@dataclass(frozen=True)
class Asked:
    """A question of ours, the variable it asks for, and which of its values stands for which of the codebook's."""

    item: dict[str, Any]
    values: dict[str, str]
    variable: Variable


@dataclass
class Names:
    """A page that names people of one type: what was asked about them, and whether more prompts may join it."""

    page: Page
    label: str
    asked: dict[str, Asked] = field(default_factory=dict)
    more: Page | None = None
    name_variable: str = ""
    joinable: bool = True
    parted: bool = False


@dataclass
class Protocol:
    """What is known while the stages are read."""

    draft: Draft
    codebook: dict[str, Any]
    languages: Mapping[str, str] = field(default_factory=dict)
    assets: dict[str, Any] = field(default_factory=dict)
    named: dict[str, list[Names]] = field(default_factory=dict)
    asked: dict[str, Asked] = field(default_factory=dict)
    jumps: list[tuple[str, str]] = field(default_factory=list)
    marked: dict[str, str] = field(default_factory=dict)
    """By the key of a variable: the stage whose prompts set it for everybody they name."""

    def text(self, value: object) -> Wording:
        """A text as it is read, in the protocol's languages."""
        return worded(value, self.languages)

    def variables(self, entity: str, kind: str) -> dict[str, Any]:
        """The variables of ego, or of a type of node or edge."""
        held = self.codebook.get(entity)
        return part_of(held if entity == "ego" else part_of(held, kind), "variables")

    def variable(self, entity: str, kind: str, name: str) -> Variable | None:
        """One of them."""
        found = self.variables(entity, kind).get(name)
        return Variable(name, found) if isinstance(found, dict) else None

    def asset(self, key: object) -> str:
        """What a file of the protocol is called."""
        return str(part_of(self.assets, str(key)).get("name") or key)
