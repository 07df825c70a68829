"""Where labels can stand on a map without covering arrows, dots or one another."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
Box = tuple[float, float, float, float]
"""Left, bottom, right, top."""
PIXEL, LETTER, LINE = 1.35, 6.8, 16.0
"""Kilometres a pixel on a middling screen; pixels of a letter and of a line of text."""
ASIDE, EDGE = 11.0, 6.0
"""Pixels between a point and its label, and of a label's own edges; FARTHER is tried when that is not clear."""
FARTHER = 26.0
_OVER_LABEL, _OVER_POINT, _OUTSIDE = 200.0, 1.0, 300.0
_SIDES = ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1))


@dataclass
class Room:
    """What is taken on a map so far: `points` that are better left in sight, and boxes that are not to be covered."""

    points: Points
    frame: Box
    taken: list[Box] = field(default_factory=list)

    def cost(self, box: Box) -> float:
        left, bottom, right, top = box
        x, y = self.points[:, 0], self.points[:, 1]
        over = float(((x > left) & (x < right) & (y > bottom) & (y < top)).sum())
        labels = sum(
            left < other[2] and other[0] < right and bottom < other[3] and other[1] < top for other in self.taken
        )
        outside = left < self.frame[0] or right > self.frame[2] or bottom < self.frame[1] or top > self.frame[3]
        return _OVER_POINT * over + _OVER_LABEL * labels + _OUTSIDE * outside

    def take(self, boxes: Sequence[Box]) -> int:
        """The place in `boxes` of the clearest one, the first of equals; it is taken from now on."""
        best = min(range(len(boxes)), key=lambda place: (self.cost(boxes[place]), place))
        self.taken.append(boxes[best])
        return best


def size(text: str) -> tuple[float, float]:
    """Width and height in kilometres of a text with <br> between its lines."""
    lines = text.split("<br>")
    return PIXEL * (LETTER * max(map(len, lines)) + EDGE), PIXEL * (LINE * len(lines) + EDGE)


def number_box(at: Points) -> Box:
    """The box of a number that stands on a point."""
    half = 10.0 * PIXEL
    return (at[0] - half, at[1] - half, at[0] + half, at[1] + half)


def name_box(at: Points, text: str, side: tuple[int, int], away: float = ASIDE) -> Box:
    """The box of a name beside a point: right, left, above, below, or at one of the corners; `away` in pixels."""
    wide, high = size(text)
    across, up = side
    middle_x = at[0] + across * (PIXEL * away + wide / 2)
    middle_y = at[1] + up * (PIXEL * _lift(across, away) + high / 2)
    return (middle_x - wide / 2, middle_y - high / 2, middle_x + wide / 2, middle_y + high / 2)


def _lift(across: int, away: float) -> float:
    return away if across == 0 else away - ASIDE + 2


def beside(at: Points, text: str, room: Room) -> dict[str, object]:
    """How a name is anchored to its point on the clearest side, in Plotly's words."""
    ways = [(side, away) for away in (ASIDE, FARTHER) for side in _SIDES]
    (across, up), away = ways[room.take([name_box(at, text, side, away) for side, away in ways])]
    return {
        "xanchor": ("center", "left", "right")[across],
        "xshift": away * across,
        "align": ("center", "left", "right")[across],
        "yanchor": ("middle", "bottom", "top")[up],
        "yshift": _lift(across, away) * up,
    }
