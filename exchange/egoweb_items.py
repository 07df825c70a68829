"""The questions of an EgoWeb study as questions of ours."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from exchange.egoweb_xml import Element
from exchange.foreign_draft import Draft, options_of, plain

LITERAL = "NLT_LITERAL"
WHOLE = re.compile(r"-?[0-9]{1,9}")
COMPUTED = re.compile(r"<(VAR|CALC|COUNT|IF|CONTAINS|DATE)\b", re.IGNORECASE)
PLACES = (("$$1", "{alter}"), ("$$2", "{to}"), ("$$", "{alter}"))
MARKS = (("{alter}", "\ue000"), ("{to}", "\ue001"))
"""Our own places are kept apart while other braces are taken away."""


@dataclass(frozen=True)
class EgoQuestion:
    """One question as the file has it."""

    element: Element

    @property
    def title(self) -> str:
        """Its short name."""
        return plain(self.element.get("title"))

    @property
    def name(self) -> str:
        """What to call it in messages."""
        return f"question “{self.title or self.element.get('id')}”"

    @property
    def about(self) -> str:
        """Whom it is about: EGO, ALTER, ALTER_PAIR and so on."""
        return self.element.get("subjectType")

    @property
    def kind(self) -> str:
        """What answers it takes."""
        return self.element.get("answerType")

    @property
    def place(self) -> int:
        """Where it stands among the others."""
        text = self.element.get("ordering")
        return int(text) if WHOLE.fullmatch(text) else 0

    @property
    def prompt(self) -> str:
        """Its words, with {alter} and {to} where the study puts names."""
        text = self.element.child("prompt")
        for theirs, ours in PLACES if self.about in ("ALTER", "ALTER_PAIR") else ():
            text = text.replace(theirs, dict(MARKS)[ours])
        text = plain(text)
        for ours, mark in MARKS:
            text = text.replace(mark, ours)
        return text

    @property
    def options(self) -> list[Element]:
        """Its options in their order."""
        found = [one for one in self.element.children if one.name == "option"]
        return sorted(found, key=lambda one: int(one.get("ordering")) if WHOLE.fullmatch(one.get("ordering")) else 0)

    def whole(self, key: str) -> int | None:
        """A whole number in an attribute."""
        text = self.element.get(key)
        return int(text) if WHOLE.fullmatch(text) else None

    def on(self, key: str) -> bool:
        """Whether a switch is on."""
        return self.element.get(key) not in ("", "0")


def asked_of(question: EgoQuestion, draft: Draft) -> dict[str, Any] | None:
    """The question of ours; None, noted, when there is none like it."""
    maker = MAKERS.get(question.kind)
    if maker is None:
        draft.lose(question.name, f"there is no question of the type {question.kind or 'it has'}")
        return None
    own = maker(question, draft)
    if own is None:
        draft.lose(question.name, "it has no options")
        return None
    if COMPUTED.search(question.element.child("prompt")):
        draft.lose(question.name, "the parts of its words that are worked out from answers")
    label = (question.prompt or question.title or "Question").replace("\n", " ")
    allow = [
        ours for ours, key in (("dont_know", "dontKnowButton"), ("prefer_not", "refuseButton")) if question.on(key)
    ]
    return {"id": draft.word(question.title), "label": label, **own, **({"allow": allow} if allow else {})}


def settings_of(question: EgoQuestion) -> dict[str, str]:
    """Which value of ours stands for which option's id."""
    return options_of([(one.get("id"), one.get("name")) for one in question.options])[1]


Made = dict[str, Any] | None


def _text(question: EgoQuestion, draft: Draft) -> Made:
    return {"type": "longtext" if question.kind == "TEXTUAL_PP" else "text", "pii": "free_text"}


def _number(question: EgoQuestion, draft: Draft) -> Made:
    """Bounds that are written out are kept; those that another answer gives are not."""
    made: dict[str, Any] = {"type": "number"}
    for ours, theirs in (("minimum", "min"), ("maximum", "max")):
        limit = question.element.get(f"{theirs}LimitType")
        value = question.whole(f"{theirs}Literal")
        if limit == LITERAL and value is not None:
            made[ours] = value
        elif limit not in ("", "NLT_NONE"):
            draft.lose(question.name, f"its {ours}, which another answer gives")
    if made.get("minimum", 0) > made.get("maximum", made.get("minimum", 0)):
        draft.lose(question.name, "its bounds, as no number is between them")
        return {"type": "number"}
    return made


def _choice(question: EgoQuestion, draft: Draft) -> Made:
    options, _ = options_of([(one.get("id"), one.get("name")) for one in question.options])
    if not options:
        return None
    most = question.whole("maxCheckableBoxes")
    several = question.kind == "MULTIPLE_SELECTION" and (most is None or most != 1)
    if several and (most not in (None, len(options), -1) or question.whole("minCheckableBoxes") not in (None, 0, 1)):
        draft.lose(question.name, "how many of its options must be ticked")
    free = question.on("otherSpecify") or any(one.get("otherSpecify") == "1" for one in question.options)
    other = {"other": True} if free else {}
    return {"type": "multi" if several else "single", "options": options, **other}


def _date(question: EgoQuestion, draft: Draft) -> Made:
    draft.lose(question.name, "which parts of a date it asks for: day, month and year")
    return {"type": "date"}


def _span(question: EgoQuestion, draft: Draft) -> Made:
    draft.lose(question.name, "its boxes for a length of time: it is typed as text")
    return {"type": "text"}


MAKERS: dict[str, Callable[[EgoQuestion, Draft], Made]] = {
    "TEXTUAL": _text,
    "TEXTUAL_PP": _text,
    "NUMERICAL": _number,
    "SELECTION": _choice,
    "MULTIPLE_SELECTION": _choice,
    "DATE": _date,
    "TIME_SPAN": _span,
}
