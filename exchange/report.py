"""What an import did: how many rows were added, changed or left out, and what was wrong with which line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from exchange.refusals import shown

MOST_LISTED = 100


@dataclass(frozen=True)
class Problem:
    """What is wrong with one cell or row, and what to do about it. `value` is as the file holds it."""

    line: int
    column: str
    value: str
    reason: str
    remedy: str

    def text(self) -> str:
        """One line for people."""
        cell = f" “{shown(self.value)}”" if self.value else ""
        place = f"line {self.line}, {self.column}{cell}" if self.column else f"line {self.line}{cell}"
        return f"{place}: {self.reason}. {self.remedy}".rstrip()


@dataclass(frozen=True)
class ImportReport:
    """What an import did, or why it did nothing.

    `problems` are rows that cannot be taken; `notes` say what was decided about rows that can, and what was left alone.
    `left_out` counts rows of the file that were not taken: closed trusts, and bad rows when these are skipped.
    """

    noun: str
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    left_out: int = 0
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = field(default=())
    refused: bool = False

    def text(self) -> str:
        """The whole report for people, problems by line."""
        return "\n".join([self._headline(), *self._listed(), *self.notes])

    def _headline(self) -> str:
        if self.refused:
            bad = len({problem.line for problem in self.problems})
            return f"Nothing was imported: {_count(bad, 'row')} cannot be taken."
        counts = f"{self.added} added, {self.changed} changed, {self.unchanged} unchanged"
        left = f", {self.left_out} left out" if self.left_out else ""
        return f"{self.noun.capitalize()}: {counts}{left}."

    def _listed(self) -> Iterable[str]:
        for problem in self.problems[:MOST_LISTED]:
            yield f"- {problem.text()}"
        if len(self.problems) > MOST_LISTED:
            yield f"- … and {len(self.problems) - MOST_LISTED} more."


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def by_line(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems in the order of the file."""
    return tuple(sorted(problems, key=lambda problem: (problem.line, problem.column)))
