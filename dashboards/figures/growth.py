"""The figure of growth: people named per respondent, wave by wave."""

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


def _panel(places: Any, rows: pl.DataFrame, kind: str) -> Trace:
    colour, _dash, shape = STYLES[kind]
    return trace(
        "scatter",
        x=places,
        y=numbers(rows["panel_mean"]),
        mode="lines+markers",
        line={"color": colour, "width": 1.5, "dash": "dot"},
        marker={"color": "white", "size": 7, "symbol": shape, "line": {"color": colour, "width": 1.5}},
        hovertemplate="Same people: %{y:.2f}<extra></extra>",
    )


def _ticks(rows: pl.DataFrame) -> list[str]:
    columns = rows.select("wave_label", "respondents", "invited").iter_rows()
    return [f"{wrapped(name, 12)}<br>{answered} of<br>{invited}" for name, answered, invited in columns]


def _labels(ends: list[tuple[str, float, int]], top: float) -> list[dict[str, Any]]:
    heights = spread([height for _name, height, _place in ends], top * 0.13)
    return [
        label(place, moved, f"{name}<br>{height:.1f}", xshift=12)
        for (name, height, place), moved in zip(ends, heights, strict=True)
    ]


def growth(rows: pl.DataFrame) -> Drawn:
    """Mean people named per respondent by wave and kind, with 95% bands, and dotted lines for the same people.

    Takes wave, wave_label, formality, formality_label, mean, low, high, panel_mean, respondents, invited, in the
    order of waves. Under each wave stands how many answered of those invited.
    """
    traces, ends = [], []
    for (kind,), own in rows.group_by("formality", maintain_order=True):
        places = np.arange(own.height, dtype=float)
        traces += [_band(places, own, STYLES[str(kind)][0]), _line(places, own, str(kind))]
        traces.append(_panel(places, own, str(kind)))
        last = own.with_row_index("place").filter(pl.col("mean").is_not_null()).tail(1)
        ends += [
            (plot_text(name, 12), mean, place)
            for name, mean, place in last.select("formality_label", "mean", "place").iter_rows()
        ]
    first = rows.filter(pl.col("formality") == rows["formality"][0])
    tallest = np.nanmax(np.concatenate([numbers(rows["high"]), numbers(rows["mean"]), [0.5]]))
    top = float(1.15 * tallest)
    waves = list(range(first.height))
    return figure(
        traces,
        xaxis={
            "tickvals": waves,
            "tickangle": 0,
            "tickfont": {"size": 13},
            "ticktext": _ticks(first),
            "range": [-0.35, first.height - 0.9],
            "showgrid": False,
        },
        yaxis={"range": [0, top], "title": {"text": "People named, mean", "font": {"size": 13}}, "nticks": 6},
        height=380,
        annotations=_labels(ends, top),
        margin={**MARGIN, "r": 72},
    )
