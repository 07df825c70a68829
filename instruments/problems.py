"""What is wrong with an instrument file, where, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

Place = tuple[str | int, ...]
"""The way from the top of a file to one entry: ("pages", 2, "items", 0, "label")."""


@dataclass(frozen=True)
class Finding:
    """A fault at a place, before anyone knows which line that is."""

    place: Place
    message: str
    remedy: str
    severity: Literal["error", "warning"] = "error"


@dataclass(frozen=True)
class Problem:
    """A fault in a file; `line` counts from 1 and is 0 only when there is no file."""

    file: str
    line: int
    message: str
    remedy: str
    severity: Literal["error", "warning"] = "error"

    def __str__(self) -> str:
        note = "warning: " if self.severity == "warning" else ""
        return f"{self.file}:{self.line}: {note}{self.message}. {self.remedy}"


class InstrumentError(ValueError):
    """The file is not an instrument; `problems` lists every fault found, in file order."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def did_you_mean(word: str, known: Iterable[str], otherwise: str) -> str:
    """A remedy: the nearest known word as a question, or else `otherwise`."""
    near = get_close_matches(word, list(known), n=1)
    return f"Did you mean '{near[0]}'?" if near else otherwise


def listed(words: Iterable[str]) -> str:
    """Words in a row, for a remedy: "Use one of: a, b, c."."""
    return "Use one of: " + ", ".join(words) + "."
