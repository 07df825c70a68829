"""What all figures share: colours, the plain frame round them, and safe text."""

from collections.abc import Mapping, Sequence
from html import escape
from textwrap import wrap
from typing import Any

import numpy as np
from numpy.typing import NDArray

BLUE, TEAL, PLUM, ORANGE = "#12436D", "#28A197", "#801650", "#F46A25"
"""The Government Analysis Function's categorical colours, in its order: 3:1 on white and against their neighbours."""
INK, QUIET, RULE, LAND = "#212b32", "#6b7782", "#d8dde0", "#eef1f2"
HEAT = ((0.0, "#ffffff"), (0.25, "#c7dcef"), (0.5, "#6BACE6"), (0.75, "#2073BC"), (1.0, "#12436D"))
TEXT_SIZE = 14
BAR, ROW = 17, 42
"""Pixels: how thick a bar is, and its height with a name of one line above it."""
MARGIN = {"l": 8, "r": 8, "t": 12, "b": 8}
BARE = {"showgrid": False, "ticks": "", "showline": False}
"""An axis that only names its rows or columns."""
Trace = dict[str, Any]
Drawn = dict[str, Any]
"""A figure as Plotly's JSON has it, {"data", "layout"}: the same as a go.Figure, at a hundredth of its cost."""
LONGEST, NAME = 28, 40
"""Letters of a label, and of a name with a line of its own."""


def config() -> Any:
    """How the browser shows a figure: no toolbar, nothing sent anywhere."""
    off = ("displayModeBar", "displaylogo", "doubleClick", "scrollZoom", "showLink", "showSendToCloud", "showTips")
    return {**dict.fromkeys(off, False), "plotlyServerURL": "", "responsive": True}


def plot_text(text: str, longest: int = LONGEST) -> str:
    """Text from data as a figure may show it: shortened, and never read as markup."""
    short = text if len(text) <= longest else text[: longest - 1].rstrip() + "…"
    return escape(short, quote=False)


def wrapped(text: str, width: int = 14) -> str:
    """Text from data over two lines at most, broken between words, as a figure may show it."""
    lines = wrap(text, width, max_lines=2, placeholder="…")
    return "<br>".join(escape(line, quote=False) for line in lines)


def trace(kind: str, **parts: Any) -> Trace:
    """One trace of a kind that draws without help from another host or from eval: scatter, bar or heatmap."""
    return {"type": kind, **parts}


def _axis(own: Mapping[str, Any]) -> dict[str, Any]:
    return {"fixedrange": True, "automargin": True, "zeroline": False, "gridcolor": RULE, "linecolor": QUIET, **own}


def figure(traces: Sequence[Trace], *, xaxis: Mapping[str, Any], yaxis: Mapping[str, Any], **layout: Any) -> Drawn:
    """A figure in the house's frame, with the axes and `layout` laid over it."""
    frame: dict[str, Any] = {
        "font": {"family": "Arial, sans-serif", "size": TEXT_SIZE, "color": INK},
        "paper_bgcolor": "white",
        "plot_bgcolor": "white",
        "margin": MARGIN,
        "showlegend": False,
        "dragmode": False,
        "hoverlabel": {"bgcolor": "white", "font": {"color": INK}},
    }
    return {"data": list(traces), "layout": {**frame, **layout, "xaxis": _axis(xaxis), "yaxis": _axis(yaxis)}}


def spread(heights: Sequence[float], gap: float) -> list[float]:
    """The heights moved apart so that labels there stand at least `gap` from one another, in the same order."""
    order = sorted(range(len(heights)), key=lambda place: heights[place])
    moved = np.array([heights[place] for place in order], dtype=float)
    for _ in range(50):
        short = gap - np.diff(moved)
        close = np.flatnonzero(short > 1e-9)
        if not len(close):
            break
        for at in close:
            moved[at], moved[at + 1] = _apart(moved[at], moved[at + 1], gap)
    placed = [0.0] * len(heights)
    for place, height in zip(order, moved, strict=True):
        placed[place] = float(height)
    return placed


def _apart(low: float, high: float, gap: float) -> tuple[float, float]:
    middle = (low + high) / 2
    return middle - gap / 2, middle + gap / 2


def label(x: float, y: float, text: str, **more: Any) -> dict[str, Any]:
    """A direct label at a point of the data, starting to its right."""
    place = {"x": x, "y": y, "text": text, "showarrow": False, "xanchor": "left", "yanchor": "middle", "xshift": 8}
    return {**place, "align": "left", **more}


def row_height(names: Sequence[str]) -> int:
    """The height of each bar with its name above it, in pixels: more where a name takes two lines."""
    return ROW if max(map(len, names), default=0) <= NAME else ROW + 20


def bar_gap(row: int) -> float:
    """The share of a bar's height with its name that is left free."""
    return 1 - BAR / row


def above_bar(at: int, text: str) -> dict[str, Any]:
    """A bar's name above it, from the left edge: it needs no room beside the bars, so it fits a phone."""
    place = {
        "xref": "paper",
        "x": 0,
        "xanchor": "left",
        "align": "left",
        "y": at,
        "yanchor": "bottom",
        "yshift": BAR / 2 + 1,
    }
    look = {"showarrow": False, "font": {"size": TEXT_SIZE}, "bgcolor": "white", "borderpad": 1}
    return {**place, **look, "text": wrapped(text, NAME)}


def faded(colour: str, alpha: float) -> str:
    """A colour of the palette, seen through."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red},{green},{blue},{alpha})"


def numbers(values: Any) -> NDArray[np.float64]:
    """A column as an array of floats; None becomes a gap."""
    return np.asarray([np.nan if value is None else value for value in values], dtype=np.float64)
