"""What all figures share: colours, the plain frame round them, and safe text."""

from collections.abc import Sequence
from html import escape
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

BLUE, TEAL, PLUM, ORANGE = "#12436D", "#28A197", "#801650", "#F46A25"
"""The Government Analysis Function's categorical colours, in its order: 3:1 on white and against their neighbours."""
INK, QUIET, RULE, LAND = "#212b32", "#6b7782", "#d8dde0", "#eef1f2"
HEAT = ((0.0, "#ffffff"), (0.25, "#c7dcef"), (0.5, "#6BACE6"), (0.75, "#2073BC"), (1.0, "#12436D"))
TEXT_SIZE = 14
LONGEST = 28


def config() -> Any:
    """How the browser shows a figure: no toolbar, nothing sent anywhere."""
    off = ("displayModeBar", "displaylogo", "doubleClick", "scrollZoom", "showLink", "showSendToCloud", "showTips")
    return {**dict.fromkeys(off, False), "plotlyServerURL": "", "responsive": True}


def plot_text(text: str, longest: int = LONGEST) -> str:
    """Text from data as a figure may show it: shortened, and never read as markup."""
    short = text if len(text) <= longest else text[: longest - 1].rstrip() + "…"
    return escape(short, quote=False)


def figure(traces: Sequence[Any], **layout: Any) -> go.Figure:
    """A figure in the house's frame, with `layout` laid over it."""
    drawn = go.Figure(data=list(traces))
    axis = {"fixedrange": True, "automargin": True, "zeroline": False, "gridcolor": RULE, "linecolor": QUIET}
    drawn.update_layout(
        template="none",
        font={"family": "Arial, sans-serif", "size": TEXT_SIZE, "color": INK},
        paper_bgcolor="white",
        plot_bgcolor="white",
        margin={"l": 8, "r": 8, "t": 12, "b": 8},
        showlegend=False,
        dragmode=False,
        hoverlabel={"bgcolor": "white", "font": {"color": INK}},
        xaxis=axis,
        yaxis=axis,
    )
    drawn.update_layout(**layout)
    return drawn


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


def faded(colour: str, alpha: float) -> str:
    """A colour of the palette, seen through."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red},{green},{blue},{alpha})"


def numbers(values: Any) -> NDArray[np.float64]:
    """A column as an array of floats; None becomes a gap."""
    return np.asarray([np.nan if value is None else value for value in values], dtype=np.float64)
