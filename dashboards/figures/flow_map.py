"""The map of flows: the land, the sites, and the strongest flows as thick labelled arrows."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from dashboards.figures.arrows import arrow
from dashboards.figures.theme import (
    BLUE,
    INK,
    LAND,
    ORANGE,
    QUIET,
    Drawn,
    Trace,
    faded,
    figure,
    plot_text,
    trace,
    wrapped,
)

Rings = Sequence[NDArray[np.float64]]
_THINNEST, _THICKEST, ROOM = 4.0, 20.0, 12.0
"""Kilometres."""
_COLOURS = {"out": BLUE, "in": ORANGE, None: BLUE}


def _land(rings: Rings) -> Trace:
    gap = np.full((1, 2), np.nan)
    points = np.vstack([part for ring in rings for part in (ring, gap)])
    return trace(
        "scatter",
        x=points[:, 0],
        y=points[:, 1],
        fill="toself",
        fillcolor=LAND,
        line={"color": "#aeb7bd", "width": 1},
        mode="lines",
        hoverinfo="skip",
    )


def _dots(places: pl.DataFrame) -> Trace:
    return trace(
        "scatter",
        x=places["x"].to_numpy(),
        y=places["y"].to_numpy(),
        text=[plot_text(name, 60) for name in places["label"]],
        mode="markers",
        marker={"color": QUIET, "size": 6, "line": {"color": "white", "width": 1}},
        hovertemplate="%{text}<extra></extra>",
    )


def _ends(flows: pl.DataFrame, places: Mapping[str, NDArray[np.float64]]) -> list[dict[str, Any]]:
    rows = flows.iter_rows(named=True)
    return [row for row in rows if row["giver"] in places and row["getter"] in places]


def _arrows(
    rows: Sequence[dict[str, Any]], places: Mapping[str, NDArray[np.float64]], gap: float
) -> tuple[list[Trace], list[Any]]:
    """The arrows, the thinnest on top, and their numbers: 1 for the first row."""
    most = max((row["ties"] for row in rows), default=1)
    traces, labels = [], []
    for rank, row in enumerate(rows, 1):
        width = _THINNEST + (_THICKEST - _THINNEST) * row["ties"] / most
        drawn = arrow(places[row["giver"]], places[row["getter"]], width, gap=gap)
        colour = _COLOURS[row.get("direction")]
        traces.append(_outline(drawn.outline, colour, f"{row['giver_label']} to {row['getter_label']}: {row['ties']}"))
        labels.append(_number(drawn.middle, rank, colour))
    return traces, labels


def _outline(points: NDArray[np.float64], colour: str, words: str) -> Trace:
    return trace(
        "scatter",
        x=points[:, 0],
        y=points[:, 1],
        fill="toself",
        fillcolor=faded(colour, 0.8),
        line={"color": "white", "width": 1},
        mode="lines",
        hoveron="fills",
        text=plot_text(words, 120),
        hoverinfo="text",
    )


def _number(at: NDArray[np.float64], rank: int, colour: str) -> dict[str, Any]:
    box = {"bgcolor": "white", "bordercolor": colour, "borderwidth": 1, "borderpad": 1, "showarrow": False}
    return {**box, "x": at[0], "y": at[1], "text": f"{rank}", "font": {"size": 12, "weight": 700}}


def _names(nodes: pl.DataFrame) -> list[dict[str, Any]]:
    """The name of each end, on the side away from the middle of them all."""
    if nodes.is_empty():
        return []
    look = {"showarrow": False, "font": {"size": 12, "color": INK}, "bgcolor": "rgba(255,255,255,0.75)", "borderpad": 1}
    middle_x, middle_y = nodes["x"].mean(), nodes["y"].mean()
    return [
        {**look, "x": x, "y": y, "text": wrapped(name, 13), **_outward(x - middle_x, y - middle_y)}
        for x, y, name in nodes.select("x", "y", "label").iter_rows()
    ]


def _outward(right: float, up: float) -> dict[str, Any]:
    if abs(up) > 1.5 * abs(right):
        return {"yanchor": "bottom" if up > 0 else "top", "yshift": 10 if up > 0 else -10}
    return (
        {"xanchor": "left", "xshift": 11, "align": "left"}
        if right > 0
        else {"xanchor": "right", "xshift": -11, "align": "right"}
    )


def _frame(rings: Rings, sites: pl.DataFrame) -> tuple[list[float], list[float]]:
    """The stretch of land and sites on both axes, with a little room."""
    points = np.vstack([*rings, sites.select("x", "y").to_numpy()])
    low, high = points.min(axis=0) - ROOM, points.max(axis=0) + ROOM
    return [low[0], high[0]], [low[1], high[1]]


def _rings_round(nodes: pl.DataFrame) -> Trace:
    return trace(
        "scatter",
        x=nodes["x"].to_numpy(),
        y=nodes["y"].to_numpy(),
        mode="markers",
        marker={"color": "white", "size": 13, "line": {"color": INK, "width": 2}},
        hoverinfo="skip",
    )


def flow_map(
    flows: pl.DataFrame, nodes: pl.DataFrame, sites: pl.DataFrame, rings: Rings, *, gap: float = 14.0
) -> Drawn:
    """Arrows from giver to getter over the land, thicker for more pairs of people, numbered in the order of `flows`.

    Takes `flows`: giver, getter, giver_label, getter_label, ties and, round one site, direction ("out" or "in");
    `nodes`: code, label, x, y of all ends; `sites`: label, x, y of every dot; `rings` of land. All in kilometres.
    """
    places = {code: np.array([x, y]) for code, x, y in nodes.select("code", "x", "y").iter_rows()}
    rows = _ends(flows, places)
    used = {row[end] for row in rows for end in ("giver", "getter")}
    shown = nodes.filter(pl.col("code").is_in(used))
    traces, labels = _arrows(rows, places, gap)
    land = [_land(rings)] if rings else []
    across, along = _frame(rings, sites)
    return figure(
        [*land, _dots(sites), *traces, _rings_round(shown)],
        xaxis={"visible": False, "range": across, "constrain": "domain"},
        yaxis={"visible": False, "range": along, "constrain": "domain", "scaleanchor": "x", "scaleratio": 1},
        annotations=[*_names(shown), *labels],
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
    )
