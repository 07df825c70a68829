"""Refusals of files: the whole file cannot be used, with the place, the reason and the remedy."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence

LONGEST_SHOWN = 60
MOST_COMPARED = 3_000
"""Among more words than these, looking for the nearest would take longer than it helps."""


class UnusableFile(Exception):
    """The file cannot be used at all; the text names the file, the line where known, the reason and the remedy."""

    def __init__(self, name: str, reason: str, remedy: str, *, line: int | None = None) -> None:
        self.name, self.reason, self.remedy, self.line = shown(name), reason, remedy, line
        place = self.name if line is None else f"{self.name}, line {line}"
        super().__init__(f"{place}: {reason}. {remedy}")


class WrongColumns(UnusableFile):
    """The header lacks a column, or names one twice."""


def shown(value: str) -> str:
    """A value from a file as it may be shown on one line: control characters escaped, shortened to 60 characters."""
    start = value[: LONGEST_SHOWN + 1]
    plain = "".join(letter if letter.isprintable() else f"\\x{ord(letter):02x}" for letter in start)
    return plain if len(plain) <= LONGEST_SHOWN else plain[: LONGEST_SHOWN - 1] + "…"


def quoted(values: Iterable[str]) -> str:
    """Values in quotation marks, with commas between."""
    return ", ".join(f"“{shown(value)}”" for value in values)


def nearest(word: str, known: Sequence[str]) -> str | None:
    """The known word that is nearest to this one, or None when none is near; capitals make no difference."""
    if len(known) > MOST_COMPARED:
        return None
    folded = {value.casefold(): value for value in known}
    near = difflib.get_close_matches(word.casefold()[:LONGEST_SHOWN], list(folded), n=1, cutoff=0.6)
    return folded[near[0]] if near else None


def did_you_mean(word: str, known: Sequence[str]) -> str:
    """A sentence that offers the nearest known word, or nothing when none is near."""
    near = nearest(word, known)
    return f"Did you mean “{shown(near)}”?" if near else ""
