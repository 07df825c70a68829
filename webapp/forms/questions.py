"""One question as a template shows it: its words, its choices, and what was answered so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from instruments.check import field_name
from instruments.responses import AnswerKey
from instruments.schema import AnyItem, ChoiceItem, InfoItem, NumberItem, RankItem, Statement, Text, TextItem
from instruments.wording import phrase, question, say
from webapp.forms.choices import CHOICES, Choice, Wording
from webapp.forms.filled import Filled

MOST_CELLS = 7
"""On the page about one person, longer lists of choices become a select, so that the page fits a phone."""

TYPED = frozenset({"text", "textarea", "number", "email", "phone", "date", "month", "rank"})
"""Kinds without choices of their own: "I do not know" stands beside them."""


@dataclass(frozen=True)
class Box:
    """One of the boxes of an answer that has several: a day, a month, a year, or the place of an option."""

    name: str
    part: str
    label: str
    value: str


@dataclass(frozen=True)
class Question:
    """One question of a page.

    name    of the form field, and the id of the first thing in it that takes the focus
    kind    which macro of interview/items.html shows it
    values  what is chosen or typed, as a browser would post it
    extra   beside a text: "I do not know" and the like, posted under the same name
    boxes   the parts of an answer that has several        rows  the statements of one scale, each a question
    places  how many of the options are to be put in order
    query   what was asked about the answer, which a tick confirms
    asked_when  in which cases of other answers of the page it is asked (JSON), where a browser can tell
    note    in words when to answer it, where that hangs on other answers of the page
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
    boxes: tuple[Box, ...] = ()
    rows: tuple[Question, ...] = ()
    decimal: bool = False
    places: int = 0
    detail: str = ""
    query: str = ""
    asked_when: str = ""
    note: str = ""

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
    """What a question is shown with: its wording, what is filled in, what is wrong and what may be confirmed."""

    wording: Wording
    filled: Filled
    errors: Mapping[str, str]
    queries: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    compact: bool = False

    @property
    def language(self) -> str:
        return self.wording.language


def ask(item: AnyItem, key: AnswerKey, setting: Setting) -> Question:
    """One item about the respondent, an alter, or an alter and a topic."""
    name, other_name = field_name(key), field_name(key, other=True)
    choices = CHOICES.get(item.type, _none)(item, setting.wording)
    reasons = tuple(Choice(reason, phrase(reason, setting.language)) for reason in item.allow)
    kind = _kind(item, len(choices), setting)
    return Question(
        name=name,
        kind=kind,
        label=_label(item, setting),
        hint=_said(item.hint, setting),
        error=_error(name, setting),
        choices=choices if kind in TYPED else choices + reasons,
        values=setting.filled.values(key),
        max_length=item.max_length if isinstance(item, TextItem) else None,
        extra=reasons if kind in TYPED else (),
        other_name=other_name,
        other_value=setting.filled.other(key),
        other_error=setting.errors.get(other_name),
        boxes=_boxes(kind, key, choices, setting),
        rows=_rows(item, key, choices + reasons, setting),
        decimal=isinstance(item, NumberItem) and item.decimals > 0,
        places=(item.top or len(choices)) if isinstance(item, RankItem) else 0,
        query=setting.queries.get(name, ""),
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
        values=setting.filled.values(AnswerKey(statement.id)),
    )


def choose(
    key: AnswerKey, label: str, choices: tuple[Choice, ...], setting: Setting, *, kind: str = "radios", detail: str = ""
) -> Question:
    """A question that is not an item: one row of a page that is a question itself."""
    name = field_name(key)
    values, error, query = setting.filled.values(key), setting.errors.get(name), setting.queries.get(name, "")
    return Question(name, kind, label, error=error, choices=choices, values=values, detail=detail, query=query)


def _error(name: str, setting: Setting) -> str | None:
    """What is wrong with an answer, or with one of its boxes."""
    if name in setting.errors:
        return setting.errors[name]
    return next((text for at, text in setting.errors.items() if at.startswith(f"{name}~")), None)


def _label(item: AnyItem, setting: Setting) -> str:
    if isinstance(item, InfoItem):
        return say(item.text, setting.language, **setting.names)
    return question(item, setting.language, **setting.names)


def _said(text: Text | None, setting: Setting) -> str | None:
    return say(text, setting.language, **setting.names) if text else None


KINDS: Mapping[str, str] = {
    "single": "radios",
    "scale": "radios",
    "boolean": "radios",
    "multi": "checkboxes",
    "text": "text",
    "longtext": "textarea",
}
"""How an item type is shown, where that is not called as the type is."""


def _kind(item: AnyItem, count: int, setting: Setting) -> str:
    kind = KINDS.get(item.type, item.type)
    other = isinstance(item, ChoiceItem) and item.other
    return "select" if kind == "radios" and setting.compact and count > MOST_CELLS and not other else kind


def _boxes(kind: str, key: AnswerKey, choices: tuple[Choice, ...], setting: Setting) -> tuple[Box, ...]:
    """The boxes of a date, or one for each option to be put in order."""
    words = {"date": ("day", "month", "year"), "month": ("month", "year")}.get(kind, ())
    parts = [(choice.value, choice.text) for choice in choices] if kind == "rank" else [(word, "") for word in words]
    return tuple(
        Box(field_name(key, part=part), part, label, setting.filled.part(key, part, kind)) for part, label in parts
    )


def _rows(item: AnyItem, key: AnswerKey, choices: tuple[Choice, ...], setting: Setting) -> tuple[Question, ...]:
    """The statements of a Likert question, each answered under its own id."""
    if item.type != "likert":
        return ()
    statements = setting.wording.statements(item)
    return tuple(
        choose(key._replace(item=one.id), say(one.label, setting.language, **setting.names), choices, setting)
        for one in statements
    )


def _none(item: AnyItem, wording: Wording) -> tuple[Choice, ...]:
    return ()
