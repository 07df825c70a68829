"""The map of flows: the land, the sites, and the strongest flows as numbered arrows from giver to getter."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from dashboards.figures import clear
from dashboards.figures.arrows import Arrow, arrow
from dashboards.figures.inset import HALF, MAGNIFIED, Inset, box, densest
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

Points = NDArray[np.float64]
Rings = Sequence[Points]
ROOM = 12.0
"""Kilometres round land and sites."""
COLOURS = {"out": BLUE, "in": ORANGE, None: BLUE}
PARTNERS = "P"
"""What stands after an arrow's number when plan made its ends partners."""
BESIDE = 26.0
"""Kilometres from an arrow to a number that found no room on it."""
_ALONG = (12, 10, 14, 8, 16, 6, 18, 4)
"""Where on an arrow's line its number may stand, the best first."""


@dataclass(frozen=True)
class Weight:
    """How thick arrows are, from the weakest to the strongest, and how far they end from their points: kilometres."""

    thinnest: float = 2.5
    thickest: float = 7.0
    gap: float = 9.0


BETWEEN_SITES, BETWEEN_REGIONS = Weight(), Weight(4.0, 20.0, 14.0)


@dataclass(frozen=True)
class Marked:
    """The ends of flows: code, label, x, y, and in `notes` what stands under a name, by code."""

    nodes: pl.DataFrame
    notes: Mapping[str, str] = field(default_factory=dict)
    weight: Weight = BETWEEN_SITES


def _land(rings: Rings) -> Trace:
    line = {"color": "#aeb7bd", "width": 1}
    x, y = ([part for ring in rings for part in [*ring[:, axis].round(1).tolist(), None]] for axis in (0, 1))
    return trace("scatter", x=x, y=y, mode="lines", fill="toself", fillcolor=LAND, line=line, hoverinfo="skip")


def _dots(points: Points, names: Sequence[str]) -> Trace:
    return trace(
        "scatter",
        x=points[:, 0],
        y=points[:, 1],
        text=[plot_text(name, 60) for name in names],
        mode="markers",
        marker={"color": QUIET, "size": 6, "line": {"color": "white", "width": 1}},
        hovertemplate="%{text}<extra></extra>",
    )


def _ends(points: Points) -> Trace:
    marker = {"color": "white", "size": 12, "line": {"color": INK, "width": 2}}
    return trace("scatter", x=points[:, 0], y=points[:, 1], mode="markers", marker=marker, hoverinfo="skip")


def _outline(drawn: Arrow, row: Mapping[str, Any]) -> Trace:
    words = f"{row['giver_label']} to {row['getter_label']}: {row['ties']:,} pairs of people"
    look = {"fillcolor": faded(COLOURS[row.get("direction")], 0.8), "line": {"color": "white", "width": 1}}
    text = plot_text(words, 140) + ("<br>Partners by plan" if row.get("partners") else "")
    x, y = drawn.outline.round(1).T
    hover = {"hoveron": "fills", "text": text, "hoverinfo": "text"}
    return trace("scatter", x=x, y=y, mode="lines", fill="toself", **hover, **look)


def _number(at: Points, rank: int, row: Mapping[str, Any]) -> dict[str, Any]:
    colour = COLOURS[row.get("direction")]
    look = {"bgcolor": "white", "bordercolor": colour, "borderwidth": 1, "borderpad": 1, "showarrow": False}
    text = f"{rank}{PARTNERS if row.get('partners') else ''}"
    return {**look, "x": at[0], "y": at[1], "text": text, "font": {"size": 12, "weight": 700}}


def _name(at: Points, label: str, note: str, room: clear.Room) -> dict[str, Any]:
    text = wrapped(label, 16) + (f"<br>{note}" if note else "")
    look = {"font": {"size": 12, "color": INK}, "bgcolor": "rgba(255,255,255,0.8)", "borderpad": 1, "arrowcolor": INK}
    return {**look, "x": at[0], "y": at[1], "text": text, **clear.beside(at, text, room)}


def _square(inset: Inset) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """The square on the map, the larger one in the corner, and its name."""
    edge = {"type": "rect", "line": {"color": QUIET, "width": 1}}
    here = {**edge, **box(inset.middle, HALF)}
    there = {**edge, **box(inset.place, MAGNIFIED * HALF), "fillcolor": LAND, "layer": "below"}
    top = {"x": inset.place[0], "y": inset.place[1] - MAGNIFIED * HALF, "yanchor": "top", "showarrow": False}
    return [here, there], {**top, "text": f"{plot_text(inset.name)}, larger", "font": {"size": 12, "color": INK}}


def _placed(codes: Mapping[str, Points], inset: Inset | None, rows: Sequence[Mapping[str, Any]]) -> dict[str, Points]:
    """Where each end is drawn: in the corner when all its flows stay in the square, otherwise where it lies."""
    if inset is None:
        return dict(codes)
    inside = {code: bool(inset.holds(at)[0]) for code, at in codes.items()}
    leaving = {
        row[end] for row in rows for end in ("giver", "getter") if not (inside[row["giver"]] and inside[row["getter"]])
    }
    return {code: inset.larger(at) if inside[code] and code not in leaving else at for code, at in codes.items()}


def _frame(rings: Rings, sites: pl.DataFrame) -> tuple[Points, Points]:
    """The lower left and upper right corners of land and sites, with a little room."""
    points = np.vstack([*rings, sites.select("x", "y").to_numpy()])
    return points.min(axis=0) - ROOM, points.max(axis=0) + ROOM


def _arrows(rows: Sequence[Mapping[str, Any]], places: Mapping[str, Points], weight: Weight) -> list[Arrow]:
    most = max((row["ties"] for row in rows), default=1)
    return [
        arrow(
            places[row["giver"]],
            places[row["getter"]],
            weight.thinnest + (weight.thickest - weight.thinnest) * row["ties"] / most,
            gap=weight.gap,
        )
        for row in rows
    ]


def _spots(drawn: Arrow) -> list[Points]:
    """Where an arrow's number may stand: on its line, or else beside it, on the side to which it bows."""
    along = drawn.line[-1] - drawn.line[0]
    aside = np.array([-along[1], along[0]]) / max(float(np.hypot(*along)), 1.0)
    on = [drawn.line[place] for place in _ALONG]
    return [*on, *(spot + BESIDE * aside for spot in on)]


def _words(
    rows: Sequence[Mapping[str, Any]],
    arrows: Sequence[Arrow],
    ends: Mapping[str, Points],
    marked: Marked,
    room: clear.Room,
) -> list[dict[str, Any]]:
    """The numbers on the arrows, then the names of their ends, each where it covers least."""
    said = []
    for rank, (row, drawn) in enumerate(zip(rows, arrows, strict=True), 1):
        spots = _spots(drawn)
        said.append(_number(spots[room.take([clear.number_box(spot) for spot in spots], seen=0.0)], rank, row))
    labels = dict(marked.nodes.select("code", "label").iter_rows())
    return said + [_name(at, labels[code], marked.notes.get(code, ""), room) for code, at in ends.items()]


def _axes(low: Points, high: Points) -> dict[str, Any]:
    bare = {"visible": False, "constrain": "domain"}
    upright = {"scaleanchor": "x", "scaleratio": 1}
    return {"xaxis": {**bare, "range": [low[0], high[0]]}, "yaxis": {**bare, **upright, "range": [low[1], high[1]]}}


def flow_map(flows: pl.DataFrame, marked: Marked, sites: pl.DataFrame, rings: Rings, names: Mapping[str, str]) -> Drawn:
    """Arrows from giver to getter over the land, thicker for more pairs of people, numbered in the order of `flows`.

    Takes `flows`: giver, getter, giver_label, getter_label, ties and, where known, partners (bool) and direction ("out"
    or "in" of one site); `marked`: their ends; `sites`: label, region, x, y of every dot; `rings` of land; `names` of
    regions. All in kilometres. Where sites stand close together, that part is drawn again, larger, in a corner.
    """
    known = {code: np.array([x, y]) for code, x, y in marked.nodes.select("code", "x", "y").iter_rows()}
    rows = [row for row in flows.iter_rows(named=True) if row["giver"] in known and row["getter"] in known]
    low, high = _frame(rings, sites)
    inset = densest(sites, high, names) if rings and marked.weight is BETWEEN_SITES else None
    used = dict.fromkeys(row[end] for row in rows for end in ("giver", "getter"))
    ends = _placed({code: known[code] for code in used}, inset, rows)
    arrows = _arrows(rows, ends, marked.weight)
    dots, labels = sites.select("x", "y").to_numpy(), sites["label"].to_list()
    shapes: list[dict[str, Any]] = []
    notes: list[dict[str, Any]] = []
    if inset is not None:
        shapes, title = _square(inset)
        inside = inset.holds(dots)
        dots = np.vstack([dots, inset.larger(dots[inside])])
        labels += [name for name, within in zip(labels, inside, strict=True) if within]
        notes = [title]
    lines = [drawn.outline for drawn in arrows]
    room = clear.Room(np.vstack([*lines, *([at] for at in ends.values()), dots]), (*low, *high))
    return figure(
        [
            *([_land(rings)] if rings else []),
            _dots(dots, labels),
            *(_outline(drawn, row) for drawn, row in zip(arrows, rows, strict=True)),
            _ends(np.array(list(ends.values())).reshape(-1, 2)),
        ],
        **_axes(low, high),
        annotations=[*notes, *_words(rows, arrows, ends, marked, room)],
        shapes=shapes,
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
    )
