"""What a question offers to choose from, in words and in order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from instruments.schema import AnyItem, LikertItem, LookupItem, Option, Statement
from instruments.wording import phrase, say

Rosters = Mapping[str, Mapping[str, str]]
"""Roster to its entries, code to name: what a look-up question offers."""

Ordering = Callable[[Any], Sequence[Option]]
"""An item to its options, in the order in which this respondent sees them."""


@dataclass(frozen=True)
class Choice:
    """One thing to choose.

    other  asks for words beside it      short  how the text begins: all that a narrow cell shows of it
    """

    value: str
    text: str
    hint: str | None = None
    other: bool = False
    short: str = ""

    @property
    def rest(self) -> str:
        """What follows the part of the text that a narrow cell shows."""
        return self.text.removeprefix(self.short)


@dataclass(frozen=True)
class Wording:
    """What choices are worded with: the language, the rosters, the short forms, the order by chance."""

    language: str
    rosters: Rosters = field(default_factory=dict)
    shorts: Mapping[str, str] = field(default_factory=dict)
    ordered: Ordering = lambda item: item.options
    ordered_statements: Callable[[LikertItem], Sequence[Statement]] = lambda item: item.statements

    def statements(self, item: AnyItem) -> Sequence[Statement]:
        """The sentences of a Likert question, in this respondent's order."""
        return self.ordered_statements(item) if isinstance(item, LikertItem) else ()


def choice_of(option: Option, wording: Wording) -> Choice:
    """One option in words."""
    text, short = say(option.label, wording.language), wording.shorts.get(option.value, "")
    hint = say(option.hint, wording.language) if option.hint else None
    return Choice(option.value, text, hint, short=short if text.startswith(short) and short else text)


def yes_no(wording: Wording) -> tuple[Choice, ...]:
    """Yes and no."""
    return tuple(Choice(word, phrase(word, wording.language)) for word in ("yes", "no"))


def _options(item: Any, wording: Wording) -> tuple[Choice, ...]:
    shown = tuple(choice_of(option, wording) for option in wording.ordered(item))
    asks_other = getattr(item, "other", False)
    return shown + ((Choice("other", phrase("other", wording.language), other=True),) if asks_other else ())


def _yes_no(item: AnyItem, wording: Wording) -> tuple[Choice, ...]:
    return yes_no(wording)


def _entries(item: AnyItem, wording: Wording) -> tuple[Choice, ...]:
    if not isinstance(item, LookupItem):
        return ()
    return tuple(Choice(code, name) for code, name in wording.rosters.get(item.roster, {}).items())


CHOICES: Mapping[str, Callable[[Any, Wording], tuple[Choice, ...]]] = {
    "single": _options,
    "scale": _options,
    "multi": _options,
    "likert": _options,
    "rank": _options,
    "boolean": _yes_no,
    "lookup": _entries,
}
