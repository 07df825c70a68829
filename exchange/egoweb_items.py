"""The questions of an EgoWeb study as questions of ours."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from exchange.egoweb_xml import Element
from exchange.foreign_draft import Draft
from exchange.foreign_texts import PICTURE, Wording, options_of, plain

LITERAL, PREVIOUS = "NLT_LITERAL", "NLT_PREVQUES"
WHOLE = re.compile(r"-?[0-9]{1,9}")
COMPUTED = re.compile(r"<(?:VAR|CALC|COUNT|IF|CONTAINS|DATE)\b[^<>]{0,500}?/?>", re.IGNORECASE)
PLACES = (("$$1", "{alter}"), ("$$2", "{to}"), ("$$", "{alter}"))
MARKS = (("{alter}", "\ue000"), ("{to}", "\ue001"))
"""Our own places are kept apart while other braces are taken away."""

UNITS = (("years", 1), ("months", 2), ("weeks", 4), ("days", 8), ("hours", 16), ("minutes", 32))
YEAR, MONTH, DAY, CLOCK = 1, 2, 8, 48
FIRST_YEAR, LAST_YEAR = 1900, 2100
NEEDED = ("TEXTUAL", "NUMERICAL", "DATE", "SELECTION")
SHORTEN = "Write what they say in words that hold for everybody, or ask with a condition for each case."


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
        return self.whole("ordering") or 0

    @property
    def prompt(self) -> str:
        """Its words, with {alter} and {to} where the study puts names."""
        return self.words("prompt")

    def words(self, key: str) -> str:
        """One of its texts; what EgoWeb works out in it shows as "…"."""
        text = COMPUTED.sub("…", self.element.said(key))
        for theirs, ours in PLACES if self.about in ("ALTER", "ALTER_PAIR") else ():
            text = text.replace(theirs, dict(MARKS)[ours])
        text = plain(text)
        for ours, mark in MARKS:
            text = text.replace(mark, ours if ours == "{alter}" or self.about == "ALTER_PAIR" else "…")
        return text

    @property
    def needed(self) -> bool:
        """Whether EgoWeb refuses to go on without an answer."""
        if self.kind == "MULTIPLE_SELECTION":
            return (self.whole("minCheckableBoxes") or 0) >= 1
        return self.kind in NEEDED

    @property
    def row(self) -> str:
        """The words of its own row, where questions about oneself share their words in one list."""
        return self.words("citation") if self.about == "EGO" and self.on("askingStyleList") else ""

    @property
    def options(self) -> list[Element]:
        """Its options in their order."""
        found = [one for one in self.element.children if one.name == "option"]
        return sorted(found, key=lambda one: int(one.get("ordering")) if WHOLE.fullmatch(one.get("ordering")) else 0)

    @property
    def several(self) -> bool:
        """Whether more than one option may be ticked."""
        return self.kind == "MULTIPLE_SELECTION" and self.whole("maxCheckableBoxes") != 1

    @property
    def other(self) -> Element | None:
        """The one option that asks for words of one's own."""
        found = [one for one in self.options if one.get("otherSpecify") == "1"]
        return found[0] if len(found) == 1 and len(self.options) > 1 else None

    def whole(self, key: str) -> int | None:
        """A whole number in an attribute."""
        text = self.element.get(key).strip()
        return int(text) if WHOLE.fullmatch(text) else None

    def on(self, key: str) -> bool:
        """Whether a switch is on."""
        return self.element.get(key) not in ("", "0")


def note_words(texts: str, where: str, draft: Draft) -> None:
    """Note what a text works out from answers, and its pictures."""
    for tag in dict.fromkeys(COMPUTED.findall(texts)):
        draft.lose(where, f"the part of its words that is worked out, “{tag.strip('<>/ ')}”", SHORTEN)
    if PICTURE.search(texts):
        draft.lose(where, "its pictures, sounds and films", "Say in words what they show.")


def items_of(question: EgoQuestion, draft: Draft) -> list[dict[str, Any]]:
    """The questions of ours; none, noted, when there is none like it. A length of time is one for each unit."""
    maker = MAKERS.get(question.kind)
    if maker is None:
        remedy = "Add a question of another type."
        draft.lose(question.name, f"there is no question of the type {question.kind or 'it has'}", remedy)
        return []
    made = maker(question, draft)
    if not made:
        draft.lose(question.name, "it has no options", "Add the question with the options it needs.")
    label = (question.prompt or question.title or "Question").replace("\n", " ")
    label = f"{label} {question.row}" if question.row else label
    return [_whole_item(question, label, own, draft) for own in made]


def _whole_item(question: EgoQuestion, label: str, own: dict[str, Any], draft: Draft) -> dict[str, Any]:
    unit = own.pop("unit", "")
    allow = [
        ours for ours, key in (("dont_know", "dontKnowButton"), ("prefer_not", "refuseButton")) if question.on(key)
    ]
    return {
        "id": draft.word(f"{question.title}_{unit}" if unit else question.title),
        "label": f"{label} ({unit})" if unit else label,
        **own,
        **({"required": True} if question.needed else {}),
        **({"allow": allow} if allow else {}),
    }


def settings_of(question: EgoQuestion) -> dict[str, str]:
    """Which value of ours stands for which option's id."""
    return _options(question)[1]


def _options(question: EgoQuestion) -> tuple[list[dict[str, Wording]], dict[str, str]]:
    """Options and values; the one that asks for words of one's own is our “other”."""
    other = question.other
    kept: list[tuple[str, Wording]] = [
        (one.get("id"), plain(one.get("name"))) for one in question.options if one is not other
    ]
    options, values = options_of(kept)
    return options, values if other is None else {**values, other.get("id"): "other"}


Made = list[dict[str, Any]]


def _text(question: EgoQuestion, draft: Draft) -> Made:
    return [{"type": "longtext" if question.kind == "TEXTUAL_PP" else "text", "pii": "free_text"}]


def _number(question: EgoQuestion, draft: Draft) -> Made:
    """Bounds that are written out; those that another answer gives become rules of the page."""
    made: dict[str, Any] = {"type": "number"}
    for ours, theirs in (("minimum", "min"), ("maximum", "max")):
        value = question.whole(f"{theirs}Literal")
        if question.element.get(f"{theirs}LimitType") == LITERAL and value is not None:
            made[ours] = value
    if made.get("minimum", 0) > made.get("maximum", made.get("minimum", 0)):
        draft.lose(question.name, "its bounds, as no number is between them", "Say 'minimum' and 'maximum'.")
        return [{"type": "number"}]
    return [made]


def _choice(question: EgoQuestion, draft: Draft) -> Made:
    options, _ = _options(question)
    if not options:
        return []
    asking = [one for one in question.options if one.get("otherSpecify") == "1"]
    if question.other is not None:
        words = plain(question.other.get("name"))
        draft.lose(question.name, f"the words “{words}” of its option for something else", "It is called “Other” here.")
    elif len(asking) > 1:
        listed = ", ".join(f"“{plain(one.get('name'))}”" for one in asking)
        draft.lose(question.name, f"the box for words beside {listed}", "Add a question of type text after it.")
    free = question.other is not None or (question.on("otherSpecify") and not asking)
    kind = "multi" if question.several else "single"
    return [{"type": kind, "options": options} | ({"other": True} if free else {})]


def _date(question: EgoQuestion, draft: Draft) -> Made:
    """A day, a month or a year by the parts that are asked for; a time of day is words."""
    bits = question.whole("timeUnits") or 0
    if bits & CLOCK and bits & (YEAR | MONTH | DAY):
        draft.lose(question.name, "the time of day", "Add a question of type text for it.")
    if not bits or all(bits & bit for bit in (YEAR, MONTH, DAY)):
        return [{"type": "date"}]
    if bits & YEAR and not bits & DAY:
        if bits & MONTH:
            return [{"type": "month"}]
        return [{"type": "number", "minimum": FIRST_YEAR, "maximum": LAST_YEAR}]
    parts = " and ".join(unit for unit, bit in UNITS if bits & bit)
    draft.lose(question.name, f"its boxes for {parts}", "It is typed as text.")
    return [{"type": "text", "max_length": 40, "hint": f"Write {parts}."}]


def _span(question: EgoQuestion, draft: Draft) -> Made:
    """A number for each unit that is asked for."""
    bits = question.whole("timeUnits") or 0
    units = [unit for unit, bit in UNITS if bits & bit] or ["days"]
    return [{"type": "number", "minimum": 0, "unit": unit} for unit in units]


MAKERS: dict[str, Callable[[EgoQuestion, Draft], Made]] = {
    "TEXTUAL": _text,
    "TEXTUAL_PP": _text,
    "NUMERICAL": _number,
    "SELECTION": _choice,
    "MULTIPLE_SELECTION": _choice,
    "DATE": _date,
    "TIME_SPAN": _span,
}
