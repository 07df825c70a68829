"""One question as a template shows it: its words, its choices, and what was answered so far."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from instruments.check import field_name
from instruments.responses import AnswerKey, Missing, Value
from instruments.schema import AnyItem, BooleanItem, ChoiceItem, LookupItem, Option, ScaleItem, Statement, TextItem
from instruments.wording import phrase, question, say

MOST_CELLS = 7
"""On the page about one person, longer lists of choices become a select, so that the page fits a phone."""

Rosters = Mapping[str, Mapping[str, str]]
"""Roster to its entries, code to name: what a look-up question offers."""


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
class Question:
    """One question of a page.

    name    of the form field, and the id of the first thing in it that takes the focus
    kind    "radios", "checkboxes", "select", "text", "textarea" or "number": which template shows it
    values  what is chosen or typed, as a browser would post it
    extra   beside a text: "I do not know" and the like, posted under the same name
    """

    name: str
    kind: str
    label: str
    hint: str | None = None
    error: str | None = None
    choices: tuple[Choice, ...] = ()
    values: tuple[str, ...] = ()
    max_length: int | None = None
    extra: tuple[Choice, ...] = ()
    other_name: str = ""
    other_value: str = ""
    other_error: str | None = None

    @property
    def value(self) -> str:
        """What is typed or chosen, where there is at most one."""
        return self.values[0] if self.values else ""

    @property
    def typed(self) -> str:
        """What is typed in a text that can also be answered with "I do not know"."""
        ticked = {choice.value for choice in self.extra}
        return next((value for value in self.values if value not in ticked), "")

    @property
    def asks_other(self) -> bool:
        """Whether a choice asks for words beside it."""
        return any(choice.other for choice in self.choices)


@dataclass(frozen=True)
class Setting:
    """What a question is shown with: language, names to fill in, rosters, what is filled in, what is wrong."""

    language: str
    names: Mapping[str, str]
    rosters: Rosters
    values: Callable[[AnswerKey], tuple[str, ...]]
    other: Callable[[AnswerKey], str]
    errors: Mapping[str, str]
    compact: bool = False
    shorts: Mapping[str, str] = field(default_factory=dict)


def as_posted(value: Value | None) -> tuple[str, ...]:
    """An answer as a browser would post it again."""
    match value:
        case None | Missing.SKIPPED | Missing.NOT_ASKED:
            return ()
        case Missing():
            return (value.value,)
        case bool():
            return ("yes" if value else "no",)
        case float() | int():
            return (f"{value:.15g}",)
        case tuple():
            return value
        case _:
            return (value,)


def ask(item: AnyItem, key: AnswerKey, setting: Setting) -> Question:
    """One item about the respondent, an alter, or an alter and a topic."""
    name, other_name = field_name(key), field_name(key, other=True)
    choices = CHOICES[item.type](item, setting)
    reasons = tuple(Choice(reason, phrase(reason, setting.language)) for reason in item.allow)
    kind = _kind(item, len(choices), setting)
    typed = kind in ("text", "textarea", "number")
    return Question(
        name=name,
        kind=kind,
        label=question(item, setting.language, **setting.names),
        hint=say(item.hint, setting.language, **setting.names) if item.hint else None,
        error=setting.errors.get(name),
        choices=() if typed else choices + reasons,
        values=setting.values(key),
        max_length=item.max_length if isinstance(item, TextItem) else None,
        extra=reasons if typed else (),
        other_name=other_name,
        other_value=setting.other(key),
        other_error=setting.errors.get(other_name),
    )


def agree(statement: Statement, setting: Setting) -> Question:
    """A sentence to tick."""
    words = say(statement.label, setting.language)
    return Question(
        name=statement.id,
        kind="checkboxes",
        label="",
        error=setting.errors.get(statement.id),
        choices=(Choice("yes", words),),
        values=setting.values(AnswerKey(statement.id)),
    )


KINDS: Mapping[str, str] = {
    "single": "radios",
    "scale": "radios",
    "boolean": "radios",
    "multi": "checkboxes",
    "lookup": "select",
    "text": "text",
    "longtext": "textarea",
    "number": "number",
}


def _kind(item: AnyItem, count: int, setting: Setting) -> str:
    kind = KINDS[item.type]
    other = isinstance(item, ChoiceItem) and item.other
    return "select" if kind == "radios" and setting.compact and count > MOST_CELLS and not other else kind


def _options(item: AnyItem, setting: Setting) -> tuple[Choice, ...]:
    if not isinstance(item, ChoiceItem | ScaleItem):
        return ()
    shown = tuple(_choice(option, setting) for option in item.options)
    asks_other = isinstance(item, ChoiceItem) and item.other
    return shown + ((Choice("other", phrase("other", setting.language), other=True),) if asks_other else ())


def _choice(option: Option, setting: Setting) -> Choice:
    text, short = say(option.label, setting.language), setting.shorts.get(option.value, "")
    hint = _said(option.hint, setting)
    return Choice(option.value, text, hint, short=short if text.startswith(short) and short else text)


def _said(hint: str | dict[str, str] | None, setting: Setting) -> str | None:
    return say(hint, setting.language) if hint else None


def _yes_no(item: AnyItem, setting: Setting) -> tuple[Choice, ...]:
    if not isinstance(item, BooleanItem):
        return ()
    return tuple(Choice(word, phrase(word, setting.language)) for word in ("yes", "no"))


def _entries(item: AnyItem, setting: Setting) -> tuple[Choice, ...]:
    if not isinstance(item, LookupItem):
        return ()
    return tuple(Choice(code, name) for code, name in setting.rosters.get(item.roster, {}).items())


def _none(item: AnyItem, setting: Setting) -> tuple[Choice, ...]:
    return ()


CHOICES: Mapping[str, Callable[[AnyItem, Setting], tuple[Choice, ...]]] = {
    "single": _options,
    "scale": _options,
    "multi": _options,
    "boolean": _yes_no,
    "lookup": _entries,
    "text": _none,
    "longtext": _none,
    "number": _none,
}
