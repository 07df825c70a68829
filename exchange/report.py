"""What an import does: rows added, changed, marked as left or left out, and what is wrong with which line."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from exchange.refusals import shown

MOST_LISTED = 100
KINDS = {"added": "Added", "changed": "Changed", "left": "Marked as left"}


@dataclass(frozen=True)
class Problem:
    """What is wrong with one cell or row, and what to do about it. `value` is as the file holds it."""

    line: int
    column: str
    value: str
    reason: str
    remedy: str

    @property
    def shown(self) -> str:
        """The value in quotation marks, as it may be shown on one line; nothing when there is none."""
        return f"“{shown(self.value)}”" if self.value else ""

    def text(self) -> str:
        """One line for people."""
        cell = f" {self.shown}" if self.value else ""
        place = f"line {self.line}, {self.column}{cell}" if self.column else f"line {self.line}{cell}"
        return f"{place}: {self.reason}. {self.remedy}".rstrip()


@dataclass(frozen=True, slots=True)
class Difference:
    """What one column held and what it will hold, in words; "" for nothing."""

    column: str
    before: str
    after: str

    def text(self) -> str:
        """One line for people."""
        return f"{self.column}: {shown(self.before) or 'nothing'} → {shown(self.after) or 'nothing'}"


@dataclass(frozen=True, slots=True)
class Change:
    """What happens to one person or site: `kind` is added, changed or left.

    `line` is that of the file, 0 for somebody whom the file does not name; `key` is their reference or code.
    """

    kind: str
    line: int
    key: str
    name: str
    differences: tuple[Difference, ...] = ()

    @property
    def moved(self) -> bool:
        """Whether somebody known is at another site now."""
        return self.kind == "changed" and any(one.column == "site" for one in self.differences)

    @property
    def what(self) -> str:
        """What differs, in words; for somebody new, where they are."""
        if self.kind == "added":
            return "; ".join(shown(one.after) for one in self.differences)
        return "; ".join(one.text() for one in self.differences)

    def text(self) -> str:
        """One line for people."""
        place = f"line {self.line}: " if self.line else ""
        what = f"; {self.what}" if self.differences else ""
        return f"{place}{shown(self.key)} {shown(self.name)}{what}"


@dataclass(frozen=True)
class ImportReport:
    """What an import did or would do, or why it does nothing.

    `problems` are rows that cannot be taken; `notes` say what was decided about rows that can, and what was left alone.
    `left_out` counts rows of the file that were not taken: closed trusts, and bad rows when these are skipped.
    `changes` has one for each row added or changed, and for each person marked as left.
    """

    noun: str
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    left_out: int = 0
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = field(default=())
    refused: bool = False
    left: int = 0
    changes: tuple[Change, ...] = field(default=(), repr=False)

    @property
    def moved(self) -> int:
        """How many of those changed have another site."""
        return sum(1 for change in self.changes if change.moved)

    @property
    def bad_rows(self) -> int:
        """How many rows cannot be taken."""
        return len({problem.line for problem in self.problems})

    def text(self) -> str:
        """The whole report for people, problems by line."""
        return "\n".join([self._headline(), *_listed(self.problems), *self.notes])

    def preview(self) -> str:
        """The report with what happens to each row, up to a hundred of a kind."""
        lines = [self.text()]
        for kind, heading in KINDS.items():
            found = self.of_kind(kind)
            lines += [f"{heading}:", *_listed(found)] if found else []
        return "\n".join(lines)

    def of_kind(self, kind: str) -> list[Change]:
        """The changes of one kind, in the order of the file."""
        return [change for change in self.changes if change.kind == kind]

    def fingerprint(self) -> str:
        """The same for the same effect, so that what was looked at is what is done."""
        effect = hashlib.sha256(repr((self.refused, self.added, self.changed, self.left, self.left_out)).encode())
        for change in self.changes:
            effect.update(repr(change).encode("utf-8", "surrogatepass"))
        return effect.hexdigest()

    def _headline(self) -> str:
        if self.refused:
            return f"Nothing was imported: {_count(self.bad_rows, 'row')} cannot be taken."
        moved = f" ({self.moved} to another site)" if self.moved else ""
        counts = f"{self.added} added, {self.changed} changed{moved}, {self.unchanged} unchanged"
        gone = f", {self.left} marked as left" if self.left else ""
        left = f", {self.left_out} left out" if self.left_out else ""
        return f"{self.noun.capitalize()}: {counts}{gone}{left}."


def _listed(lines: tuple[Problem, ...] | list[Change]) -> Iterator[str]:
    for line in lines[:MOST_LISTED]:
        yield f"- {line.text()}"
    if len(lines) > MOST_LISTED:
        yield f"- … and {len(lines) - MOST_LISTED} more."


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def by_line(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems in the order of the file."""
    return tuple(sorted(problems, key=lambda problem: (problem.line, problem.column)))
