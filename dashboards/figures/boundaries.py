"""The outline of the land on the plane of the map: from a GeoJSON file, or drawn by hand."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dashboards.figures.england import Line, outline
from networks.placing import flat

_SHORTEST = 4


class UnreadableBoundaries(ValueError):
    """The file of boundaries cannot be drawn; the text says what it must hold."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(
            f"The boundaries in {path} cannot be drawn: {why}. Give a GeoJSON file of Polygon or MultiPolygon "
            "features in degrees (WGS 84), or unset BOUNDARIES to use the built-in outline."
        )


def _polygons(shape: dict[str, Any]) -> Iterator[Sequence[Line]]:
    match shape.get("type"):
        case "FeatureCollection":
            for feature in shape["features"]:
                yield from _polygons(feature)
        case "Feature":
            yield from _polygons(shape.get("geometry") or {})
        case "Polygon":
            yield shape["coordinates"]
        case "MultiPolygon":
            yield from shape["coordinates"]


def on_plane(rings: Sequence[Line]) -> list[NDArray[np.float64]]:
    """Rings of (longitude, latitude) in degrees as arrays of kilometres east and north, points × 2."""
    degrees = [np.asarray(ring, dtype=np.float64)[:, :2] for ring in rings]
    return [np.column_stack(flat(ring[:, 1], ring[:, 0])) for ring in degrees]


def rings(path: Path | None = None) -> list[NDArray[np.float64]]:
    """The land as closed rings; only each polygon's outside. Raises UnreadableBoundaries."""
    if path is None:
        return on_plane(outline())
    try:
        outsides = [polygon[0] for polygon in _polygons(json.loads(path.read_text("utf-8")))]
        drawn = on_plane([ring for ring in outsides if len(ring) >= _SHORTEST])
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as fault:
        raise UnreadableBoundaries(path, str(fault)) from fault
    if not drawn:
        raise UnreadableBoundaries(path, "it holds no polygon")
    return drawn
