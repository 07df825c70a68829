"""Pictures that follow what is ticked: who knows whom, and people in circles. Each has its list on the same page.

Every part that may be shown is drawn; `on` says whether it is shown now, and `when` ("field=value") when a script
should show it. Sizes are those of a phone 320 px wide.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from instruments.fields import parse_field
from instruments.responses import Alter
from webapp.forms.questions import Question
from webapp.forms.shapes import Matrix
from webapp.interview.own_map import LINE, SIZE, TextLine, wrap

WIDTH, HEIGHT = 300.0, 280.0
RING = 80.0
DOT = 6.0
LABEL = 62.0
INNER, OUTER = 34.0, 128.0
RING_TEXT, RING_SIZE, RING_LINE = 90.0, 11.0, 12.0
FREE = 150.0
"""People stand up to this many degrees from the top of a ring, on both sides."""


@dataclass(frozen=True)
class Spot:
    """A person: where, and what is written beside."""

    x: float
    y: float
    lines: tuple[TextLine, ...]
    anchor: str
    when: str = ""
    on: bool = True


@dataclass(frozen=True)
class Bond:
    """The line between two people."""

    x1: float
    y1: float
    x2: float
    y2: float
    when: str
    on: bool


@dataclass(frozen=True)
class Ring:
    """A circle around the respondent, and what it means."""

    radius: float
    lines: tuple[TextLine, ...]


@dataclass(frozen=True)
class Picture:
    """Everything to draw."""

    width: float
    height: float
    spots: tuple[Spot, ...]
    bonds: tuple[Bond, ...] = ()
    rings: tuple[Ring, ...] = ()


def web(pairs: Sequence[Question], alters: Sequence[Alter]) -> Picture:
    """The people on a ring with a line for each pair; a line shows when its pair is ticked."""
    ends = [(question, parse_field(question.name)) for question in pairs]
    numbers = dict.fromkeys(n for _, found in ends if found for n in (found.key.alter, found.key.to))
    people = [alter for alter in alters if alter.number in numbers]
    places = {alter.number: _on_ring(at, len(people), RING) for at, alter in enumerate(people)}
    bonds = [
        Bond(*places[found.key.alter], *places[found.key.to], f"{question.name}=yes", "yes" in question.values)
        for question, found in ends
        if found and found.key.alter in places and found.key.to in places
    ]
    spots = tuple(_spot(alter.label, *places[alter.number]) for alter in people)
    return Picture(WIDTH, HEIGHT, spots, tuple(bonds))


def circles(matrix: Matrix, asked: Set[str]) -> Picture:
    """Rings round the respondent, one for each choice; each person has a spot on every ring and shows on one."""
    choices = [choice for choice in matrix.columns if choice.value in asked]
    step = (OUTER - INNER) / max(1, len(choices) - 1)
    rings = tuple(_ring(round(INNER + at * step, 1), choice.text, step) for at, choice in enumerate(choices))
    spots = tuple(
        spot for at, row in enumerate(matrix.rows) for spot in _everywhere(row, at, len(matrix.rows), choices, rings)
    )
    return Picture(WIDTH, max([WIDTH, *(line.y + 4 for ring in rings for line in ring.lines)]), spots, rings=rings)


def _ring(radius: float, label: str, step: float) -> Ring:
    """A ring with its words under it, in several lines where there is room, so that names beside stay clear."""
    words = wrap(label, RING_TEXT, RING_SIZE)
    shown = words if len(words) * RING_LINE + 2 <= step else (label,)
    top = WIDTH / 2 + radius
    return Ring(radius, tuple(TextLine(WIDTH / 2, round(top + RING_LINE * (n + 1), 1), w) for n, w in enumerate(shown)))


def _everywhere(row: Question, at: int, count: int, choices: Sequence[object], rings: Sequence[Ring]) -> Iterator[Spot]:
    for choice, ring in zip(choices, rings, strict=True):
        value = getattr(choice, "value", "")
        x, y = _on_ring(at, count, ring.radius, WIDTH)
        yield _spot(row.label, x, y, f"{row.name}={value}", value in row.values)


def _on_ring(at: int, count: int, radius: float, height: float = HEIGHT) -> tuple[float, float]:
    """Evenly round the ring but for its lowest part, where the ring's own words stand."""
    angle = math.radians(-FREE + 2 * FREE * (at + 0.5) / max(1, count)) - math.pi / 2
    return round(WIDTH / 2 + radius * math.cos(angle), 1), round(height / 2 + radius * math.sin(angle), 1)


def _spot(label: str, x: float, y: float, when: str = "", on: bool = True) -> Spot:
    """A dot with its label on the outer side, or on the inner where the outer is too narrow; its lines stay in."""
    right = x >= WIDTH / 2
    if (WIDTH - x if right else x) < LABEL:
        right = not right
    room = (WIDTH - x if right else x) - DOT - 6
    words = wrap(label, min(room, LABEL + 20), SIZE)
    left = x + DOT + 4 if right else x - DOT - 4
    top = y - LINE * len(words) / 2
    lines = tuple(TextLine(round(left, 1), round(top + LINE * (n + 0.78), 1), word) for n, word in enumerate(words))
    return Spot(x, y, lines, "start" if right else "end", when, on)
