"""The figure of change: how many more people the same people name than in the first wave, with intervals."""

from typing import Any

import numpy as np
import polars as pl

from dashboards.figures.growth import ONE_LINE, STYLES
from dashboards.figures.theme import (
    INK,
    MARGIN,
    QUIET,
    Drawn,
    Trace,
    figure,
    label,
    numbers,
    plot_text,
    spread,
    trace,
    wrapped,
)

_APART = 0.2
"""How far dots of one wave stand from each other, in waves."""


def _dots(rows: pl.DataFrame, kind: str, shift: float) -> Trace:
    colour, _dash, shape = STYLES[kind]
    value, low, high = (numbers(rows[name]) for name in ("change", "low", "high"))
    shapes = [shape if clear else f"{shape}-open" for clear in rows["clear"]]
    return trace(
        "scatter",
        x=numbers(rows["place"]) + shift,
        y=value,
        error_y={"type": "data", "symmetric": False, "array": high - value, "arrayminus": value - low, "color": colour},
        customdata=np.column_stack([low, high]),
        mode="markers",
        marker={"color": colour, "size": 12, "symbol": shapes, "line": {"color": colour, "width": 2}},
        hovertemplate="%{y:+.2f} (%{customdata[0]:+.2f} to %{customdata[1]:+.2f})<extra></extra>",
    )


def _ticks(waves: pl.DataFrame) -> list[str]:
    """Each wave and who is in it, over two lines, or three where many waves leave little room."""
    narrow = sum(map(len, waves["counted"])) > ONE_LINE
    broken = [text.replace(" ", "<br>") if narrow else text for text in waves["counted"]]
    return [f"{wrapped(name, 12)}<br>{text}" for name, text in zip(waves["wave_label"], broken, strict=True)]


def _names(rows: pl.DataFrame, last: int, gap: float) -> list[dict[str, Any]]:
    """Each kind's name and change beside its dot of the last wave."""
    ends = rows.filter(pl.col("place") == last, pl.col("change").is_not_null())
    heights = spread(ends["change"].to_list(), gap)
    return [
        label(last + _APART, height, f"{plot_text(name, 12)}<br>{change:+.1f}".replace("-", "−"), xshift=14)
        for (name, change), height in zip(ends.select("formality_label", "change").iter_rows(), heights, strict=True)
    ]


def change(rows: pl.DataFrame) -> Drawn:
    """Dots of change since the first wave with 95% intervals, by later wave and kind; hollow where it is not clear.

    Takes place (0, 1, ... of the later wave), wave_label, counted (who is in it, in words), formality,
    formality_label, change, low, high, clear; ordered by place.
    """
    kinds = list(dict.fromkeys(rows["formality"]))
    shifts = {kind: _APART * (at - (len(kinds) - 1) / 2) for at, kind in enumerate(kinds)}
    waves = rows.unique("place", maintain_order=True)
    bounds = np.concatenate([numbers(rows[name]) for name in ("change", "low", "high")] + [np.array([-0.2, 0.2])])
    least, most = float(np.nanmin(bounds)), float(np.nanmax(bounds))
    room = 0.12 * (most - least)
    last = int(rows["place"].to_numpy().max())
    nothing = {"type": "line", "x0": 0, "x1": 1, "xref": "paper", "y0": 0, "y1": 0, "layer": "below"}
    return figure(
        [_dots(rows.filter(pl.col("formality") == kind), kind, shifts[kind]) for kind in kinds],
        xaxis={
            "tickvals": waves["place"].to_list(),
            "ticktext": _ticks(waves),
            "tickangle": 0,
            "tickfont": {"size": 13, "color": INK},
            "range": [-0.6, last + 0.5],
            "showgrid": False,
        },
        yaxis={"range": [least - room, most + room], "title": {"text": "More people named by each"}, "nticks": 7},
        height=380,
        shapes=[{**nothing, "line": {"color": QUIET, "width": 2}}],
        annotations=_names(rows, last, 0.13 * (most - least + 2 * room)),
        margin={**MARGIN, "r": 72},
    )
