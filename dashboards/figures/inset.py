"""The part of a map where sites stand closest, drawn again larger in a corner."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

Points = NDArray[np.float64]
HALF, MAGNIFIED, FEWEST = 26.0, 3.2, 5
"""Kilometres from the middle of the part to its edge; how many times larger; sites that make it worth drawing."""


@dataclass(frozen=True)
class Inset:
    """A square round `middle` that is drawn again round `place`; kilometres."""

    middle: Points
    place: Points
    name: str

    def holds(self, points: Points) -> NDArray[np.bool_]:
        """Which points (n × 2) lie in the square."""
        near = np.abs(np.atleast_2d(points) - self.middle) < HALF
        return np.asarray(near.all(axis=1), dtype=np.bool_)

    def larger(self, points: Points) -> Points:
        """Where points of the square are drawn in the corner."""
        return self.place + MAGNIFIED * (np.asarray(points) - self.middle)


def box(middle: Points, half: float) -> dict[str, float]:
    """The corners of a square as a Plotly shape has them."""
    return {"x0": middle[0] - half, "x1": middle[0] + half, "y0": middle[1] - half, "y1": middle[1] + half}


def densest(sites: pl.DataFrame, top_right: Points, names: Mapping[str, str]) -> Inset | None:
    """The square with the most sites, to be drawn at the top right of the map; None when sites stand well apart.

    Takes `sites`: x, y, region; `names`: region to label, for the name of the square.
    """
    points = sites.select("x", "y").to_numpy()
    if len(points) < FEWEST:
        return None
    near = (np.abs(points[:, None, :] - points[None, :, :]) < HALF / 1.3).all(axis=2)
    most = int(near.sum(axis=1).argmax())
    if near[most].sum() < FEWEST:
        return None
    regions = [region for region, inside in zip(sites["region"], near[most], strict=True) if inside]
    main = max(dict.fromkeys(regions), key=regions.count)
    extent = points[near[most]]
    middle = (extent.min(axis=0) + extent.max(axis=0)) / 2
    return Inset(middle, top_right - MAGNIFIED * HALF, names.get(main, main))
