"""Curved arrows as closed outlines, so that thickness, head and direction scale with the map."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
_STEPS = 24
SHORTEST_HEAD = 13.0
"""Kilometres."""


@dataclass(frozen=True)
class Arrow:
    """An arrow's outline, the line along its middle (both points × 2), and a place on its shaft, in kilometres."""

    outline: Points
    middle: Points
    line: Points


def _curve(start: Points, end: Points, bend: float) -> Points:
    """Points along a curve that bows to the left of its direction by `bend` of its length."""
    along = end - start
    control = (start + end) / 2 + 2 * bend * np.array([-along[1], along[0]])
    t = np.linspace(0, 1, _STEPS)[:, None]
    return (1 - t) ** 2 * start + 2 * t * (1 - t) * control + t**2 * end


def _normals(line: Points) -> Points:
    direction = np.gradient(line, axis=0)
    length = np.maximum(np.hypot(direction[:, 0], direction[:, 1]), 1e-9)
    return np.column_stack([-direction[:, 1], direction[:, 0]]) / length[:, None]


def _trimmed(line: Points, gap: float) -> Points:
    """The line without what lies within `gap` of either end; at least three points of it."""
    walked = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))])
    gap = min(gap, 0.3 * walked[-1])
    kept = np.linspace(gap, walked[-1] - gap, _STEPS)
    return np.column_stack([np.interp(kept, walked, line[:, axis]) for axis in (0, 1)])


def arrow(start: Points, end: Points, width: float, *, gap: float = 0.0, bend: float = 0.18) -> Arrow:
    """An arrow from `start` to `end`, `width` thick and `gap` short of both, in kilometres; its opposite bows away."""
    line = _trimmed(_curve(np.asarray(start, float), np.asarray(end, float), bend), gap)
    normals = _normals(line)
    head = max(2.2 * width, SHORTEST_HEAD)
    walked = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))])
    neck = int(np.clip(np.searchsorted(walked, walked[-1] - head), 1, _STEPS - 2))
    shaft, sides = line[: neck + 1], normals[: neck + 1] * width / 2
    wing = normals[neck] * max(width, 0.5 * head)
    left = np.vstack([shaft + sides, line[neck] + wing])
    right = np.vstack([line[neck] - wing, (shaft - sides)[::-1]])
    outline = np.vstack([left, line[-1], right, left[:1]])
    return Arrow(outline=outline, middle=line[neck // 2 + 1], line=line)
