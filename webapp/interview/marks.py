"""How people are marked in the picture so far: shape and colour by one answer, size by another, and what each means."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from instruments.answer_text import answer_text
from instruments.asked import page_item
from instruments.baseline import items_of
from instruments.responses import AnswerKey, Missing, Responses, Value
from instruments.schema import AnyItem, BooleanItem, Choosing, Instrument, PlacePage
from instruments.wording import phrase, question

SMALLEST, USUAL, LARGEST = 4.0, 6.0, 9.0

FORMS: tuple[tuple[int, float, str], ...] = (
    (0, 0, "#12436D"),
    (4, 45, "#F46A25"),
    (3, -90, "#28A197"),
    (4, 0, "#801650"),
    (3, 90, "#A285D1"),
    (6, 0, "#FFFFFF"),
)
"""Corners (none for a disc), turned by how many degrees, and the colour: no two have the same shape."""

REST = (5, -90, "#3D3D3D")
"""What the seventh answer and all after it share: more shapes than that nobody tells apart."""

UNSAID = (0, 0, "none")
"""A ring that is not filled: no answer."""


@dataclass(frozen=True)
class Mark:
    """How one person is drawn. `form` is an entry of FORMS, REST or UNSAID; radius in the picture's units."""

    form: tuple[int, float, str] = FORMS[0]
    radius: float = USUAL

    @property
    def fill(self) -> str:
        return self.form[2]

    @property
    def corners(self) -> int:
        return self.form[0]

    def points(self, x: float, y: float) -> str:
        """The corners as SVG points, as large to the eye as a disc of that radius."""
        corners, turned, _colour = self.form
        grown = self.radius * (1.25 if corners == 3 else 1.15)
        at = (math.radians(turned + 360 * n / corners) for n in range(corners))
        return " ".join(f"{x + grown * math.cos(angle):.1f},{y + grown * math.sin(angle):.1f}" for angle in at)


@dataclass(frozen=True)
class Legend:
    """What a question's answers look like: the question, and each answer that was given with its mark."""

    question: str
    entries: tuple[tuple[Mark, str], ...]


@dataclass(frozen=True)
class Marks:
    """Everybody's mark by number, the legends, and the same in sentences for each person ("question: answer")."""

    by_alter: Mapping[int, Mark] = field(default_factory=dict)
    coloured: Legend | None = None
    sized: Legend | None = None
    told: Mapping[int, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class _Answered:
    """One question about people: what it is called, and what was said of each, with its place in the order."""

    question: str
    said: Mapping[int, str]
    order: Mapping[int, float]

    def in_order(self) -> tuple[str, ...]:
        """Each answer that was given, once, in the question's own order."""
        return tuple(dict.fromkeys(self.said[number] for number in sorted(self.order, key=self.order.__getitem__)))


def marks_of(
    instrument: Instrument,
    responses: Responses,
    *,
    color_by: str | None,
    size_by: str | None,
    language: str,
    words: Mapping[str, str],
    told_already: Collection[str] = (),
) -> Marks:
    """The marks of everyone in `responses`; nothing for a question that the instrument does not have.

    What the page tells anyway of the questions `told_already` is not told twice.
    """
    coloured, sized = (_answered(instrument, responses, name, language, words) for name in (color_by, size_by))
    if coloured is None and sized is None:
        return Marks()
    numbers = [alter.number for alter in responses.alters]
    asked = ((color_by, coloured), (size_by, sized))
    telling = [one for name, one in asked if one is not None and name not in told_already]
    forms, radii = _forms(coloured), _radii(sized)
    return Marks(
        by_alter={n: Mark(forms.get(n, UNSAID if coloured else FORMS[0]), radii.get(n, USUAL)) for n in numbers},
        coloured=_coloured_legend(coloured, forms, numbers, words, language) if coloured else None,
        sized=_sized_legend(sized, radii) if radii and sized else None,
        told={n: tuple(_told(one, n, language) for one in telling) for n in numbers} if telling else {},
    )


def _told(one: _Answered, number: int, language: str) -> str:
    return f"{one.question} {one.said.get(number, phrase('blank', language))}"


def _answered(
    instrument: Instrument, responses: Responses, name: str | None, language: str, words: Mapping[str, str]
) -> _Answered | None:
    item = _item(instrument, name)
    if item is None:
        return None
    given = {alter.number: responses.answers.get(AnswerKey(item.id, alter.number)) for alter in responses.alters}
    said = {n: value for n, value in given.items() if value is not None and not isinstance(value, Missing)}
    texts = {n: answer_text(item, value, language) for n, value in said.items()}
    asked = question(item, language, alter=words["each_person"])
    return _Answered(asked, texts, {n: _place(item, value) for n, value in said.items()})


def _item(instrument: Instrument, name: str | None) -> AnyItem | None:
    """The question of that name that is about people."""
    for page in instrument.pages if name else ():
        if isinstance(page, PlacePage) and page.id == name:
            return page_item(page)
        for item in items_of(page):
            if item.id == name:
                return item
    return None


def _place(item: AnyItem, value: Value) -> float:
    """Where an answer stands among the answers of its question: contacts a year, a number, its place in the list."""
    first = value[0] if isinstance(value, tuple) and value else value
    if isinstance(first, bool) or isinstance(item, BooleanItem):
        return float(first in (True, "yes"))
    if isinstance(first, int | float):
        return float(first)
    if isinstance(item, Choosing):
        for at, option in enumerate(item.options):
            if option.value == first:
                return at if option.contacts_per_year is None else option.contacts_per_year
        return float(len(item.options))
    return 0.0


def _forms(coloured: _Answered | None) -> dict[int, tuple[int, float, str]]:
    """Each answer's shape and colour, in the order of the answers; from the seventh on they share one."""
    if coloured is None:
        return {}
    places = {text: at for at, text in enumerate(coloured.in_order())}
    return {n: FORMS[places[text]] if places[text] < len(FORMS) else REST for n, text in coloured.said.items()}


def _radii(sized: _Answered | None) -> dict[int, float]:
    """From small to large in equal steps, as the answers stand in their order."""
    if sized is None:
        return {}
    steps = sorted(set(sized.order.values()))
    wide = (LARGEST - SMALLEST) / max(1, len(steps) - 1)
    return {n: round(SMALLEST + wide * steps.index(place), 1) for n, place in sized.order.items()}


def _coloured_legend(
    coloured: _Answered,
    forms: Mapping[int, tuple[int, float, str]],
    numbers: Sequence[int],
    words: Mapping[str, str],
    language: str,
) -> Legend:
    entries = {text: forms[n] for n, text in coloured.said.items()}
    shown = [(Mark(entries[text]), text) for text in coloured.in_order() if entries[text] != REST]
    if REST in entries.values():
        shown.append((Mark(REST), words["narrative_rest"]))
    if len(coloured.said) < len(numbers):
        shown.append((Mark(UNSAID), phrase("blank", language)))
    return Legend(coloured.question, tuple(shown))


def _sized_legend(sized: _Answered, radii: Mapping[int, float]) -> Legend:
    sizes = {text: radii[n] for n, text in sized.said.items()}
    return Legend(sized.question, tuple((Mark(FORMS[0], sizes[text]), text) for text in sized.in_order()))
