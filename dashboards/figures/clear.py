"""Where labels can stand on a map without covering arrows, dots or one another."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
Box = tuple[float, float, float, float]
"""Left, bottom, right, top."""
PIXEL, LETTER, LINE = 1.7, 6.8, 16.0
"""Kilometres a pixel on a middling screen; pixels of a letter and of a line of text."""
ASIDE, EDGE = 11.0, 6.0
"""Pixels between a point and its label, and of a label's own edges."""
AWAY = (ASIDE, 30.0, 52.0)
"""Pixels between them that are tried, the nearest first; a line joins them beyond that."""
_OVER_LABEL, _OUTSIDE = 200.0, 300.0
_SIDES = ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1))


@dataclass
class Room:
    """What is taken on a map so far: `points` that are better left in sight, and boxes that are not to be covered."""

    points: Points
    frame: Box
    taken: list[Box] = field(default_factory=list)

    def costs(self, boxes: NDArray[np.float64], seen: float) -> NDArray[np.float64]:
        """What each of the boxes (n × 4) would cover, dearest first labels and the map's edge, then points."""
        left, bottom, right, top = boxes.T[:, :, None]
        x, y = self.points.T
        over = ((x > left) & (x < right) & (y > bottom) & (y < top)).sum(axis=1)
        others = np.array(self.taken, dtype=np.float64).reshape(-1, 4).T
        labels = ((left < others[2]) & (others[0] < right) & (bottom < others[3]) & (others[1] < top)).sum(axis=1)
        west, south, east, north = self.frame
        outside = ((left < west) | (right > east) | (bottom < south) | (top > north))[:, 0]
        return np.asarray(seen * over + _OVER_LABEL * labels + _OUTSIDE * outside, dtype=np.float64)

    def take(self, boxes: Sequence[Box], *, seen: float = 1.0) -> int:
        """The place in `boxes` of the clearest one, the earlier of near equals; it is taken from now on.

        `seen` is what it costs to cover one of the points: 0 for what may lie on an arrow.
        """
        best = int((self.costs(np.array(boxes), seen) + np.arange(len(boxes))).argmin())
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
    ways = [(side, away) for away in AWAY for side in _SIDES]
    (across, up), away = ways[room.take([name_box(at, text, side, away) for side, away in ways])]
    place = {
        "xanchor": ("center", "left", "right")[across],
        "align": ("center", "left", "right")[across],
        "yanchor": ("middle", "bottom", "top")[up],
    }
    right, above = away * across, _lift(across, away) * up
    if away == ASIDE:
        return {**place, "xshift": right, "yshift": above, "showarrow": False}
    return {**place, "ax": right, "ay": -above, "showarrow": True, "arrowhead": 0, "arrowwidth": 1, "standoff": 7}
