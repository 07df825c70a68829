"""The figure of growth: people named per respondent, wave by wave."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import polars as pl

from dashboards.figures.theme import (
    BLUE,
    MARGIN,
    ORANGE,
    PLUM,
    Drawn,
    Trace,
    faded,
    figure,
    label,
    numbers,
    plot_text,
    spread,
    trace,
    wrapped,
)

STYLES = {
    "informal": (ORANGE, "solid", "circle"),
    "formal": (BLUE, "dash", "square"),
    "both": (PLUM, "dot", "diamond"),
}
"""Colour, dash and shape of each kind, so that none rests on colour alone."""
ONE_LINE = 34
"""Letters below all waves together that fit a phone in one line."""


def _band(places: Any, rows: pl.DataFrame, colour: str) -> Trace:
    known = np.isfinite(numbers(rows["low"]))
    x, low, high = (array[known] for array in (places, numbers(rows["low"]), numbers(rows["high"])))
    return trace(
        "scatter",
        x=np.concatenate([x, x[::-1]]),
        y=np.concatenate([high, low[::-1]]),
        fill="toself",
        fillcolor=faded(colour, 0.16),
        line={"width": 0},
        mode="lines",
        hoverinfo="skip",
    )


def _line(places: Any, rows: pl.DataFrame, kind: str) -> Trace:
    colour, dash, shape = STYLES[kind]
    return trace(
        "scatter",
        x=places,
        y=numbers(rows["mean"]),
        customdata=np.column_stack([numbers(rows["low"]), numbers(rows["high"])]),
        mode="lines+markers",
        line={"color": colour, "width": 3, "dash": dash},
        marker={"color": colour, "size": 11, "symbol": shape, "line": {"color": "white", "width": 1}},
        hovertemplate="%{y:.2f} (%{customdata[0]:.2f} to %{customdata[1]:.2f})<extra></extra>",
    )


def _ticks(rows: pl.DataFrame) -> list[str]:
    """Each wave and who is counted in it, over two lines, or three where many waves leave little room."""
    counts = rows["counted"].to_list()
    narrow = sum(map(len, counts)) > ONE_LINE
    broken = [text.replace(" of ", " of<br>") if narrow else text for text in counts]
    return [f"{wrapped(name, 12)}<br>{text}" for name, text in zip(rows["wave_label"], broken, strict=True)]


def _ends(rows: pl.DataFrame) -> list[tuple[str, float, int]]:
    """The last known mean of a kind: its name, height and place among the waves."""
    last = rows.with_row_index("place").filter(pl.col("mean").is_not_null()).tail(1)
    return [(plot_text(name, 12), mean, at) for name, mean, at in last["formality_label", "mean", "place"].iter_rows()]


def _labels(ends: Sequence[tuple[str, float, int]], top: float) -> list[dict[str, Any]]:
    heights = spread([height for _name, height, _place in ends], top * 0.13)
    return [
        label(place, moved, f"{name}<br>{height:.1f}", xshift=12)
        for (name, height, place), moved in zip(ends, heights, strict=True)
    ]


def growth(rows: pl.DataFrame, highest: float | None = None) -> Drawn:
    """Mean people named per respondent by wave and kind, with 95% bands.

    Takes wave_label, formality, formality_label, mean, low, high, and counted (who is counted, in words, shown under
    each wave), in the order of waves; `highest` is the largest value of all figures that share this scale.
    """
    traces, ends = [], []
    for (kind,), own in rows.group_by("formality", maintain_order=True):
        places = np.arange(own.height, dtype=float)
        traces += [_band(places, own, STYLES[str(kind)][0]), _line(places, own, str(kind))]
        ends += _ends(own)
    first = rows.filter(pl.col("formality") == rows["formality"][0])
    top = 1.15 * (highest or tallest(rows))
    return figure(
        traces,
        xaxis={
            "tickvals": list(range(first.height)),
            "tickangle": 0,
            "tickfont": {"size": 13},
            "ticktext": _ticks(first),
            "range": [-0.35, first.height - 0.9],
            "showgrid": False,
        },
        yaxis={"range": [0, top], "title": {"text": "People named by each, on average"}, "nticks": 6},
        height=380,
        annotations=_labels(ends, top),
        margin={**MARGIN, "r": 72},
    )


def tallest(rows: pl.DataFrame) -> float:
    """The largest mean or bound in the rows; 0.5 when there is none."""
    return float(np.nanmax(np.concatenate([numbers(rows["high"]), numbers(rows["mean"]), [0.5]])))
