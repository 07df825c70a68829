"""Figures of response: the running share of answers, and the share in each group."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from dashboards.figures.theme import (
    BLUE,
    INK,
    MARGIN,
    QUIET,
    Drawn,
    Trace,
    above_bar,
    bar_gap,
    figure,
    label,
    numbers,
    plot_text,
    row_height,
    spread,
    trace,
)

_DASHES = ("dash", "dot", "dashdot")


def _curve(rows: pl.DataFrame, name: str, *, chosen: bool, dash: str) -> Trace:
    line = {"color": BLUE if chosen else QUIET, "width": 4 if chosen else 2, "dash": "solid" if chosen else dash}
    return trace(
        "scatter",
        x=numbers(rows["day_number"]),
        y=numbers(rows["rate"]),
        customdata=rows["finished"].to_numpy(),
        mode="lines",
        line={**line, "shape": "hv"},
        hovertemplate=f"{name}, day %{{x}}: %{{y:.0%}} (%{{customdata}} people)<extra></extra>",
    )


def _ends(curves: pl.DataFrame) -> pl.DataFrame:
    return curves.sort("wave", "day_number").group_by("wave", "label", maintain_order=True).last()


@dataclass(frozen=True)
class Ahead:
    """What is expected of the chosen wave: on which day, the share (0..1) and the ends of its interval."""

    day: int
    middle: float
    low: float
    high: float


def _expected(ahead: Ahead, end: Mapping[str, Any]) -> Sequence[Trace]:
    """A faint line on to the expected share, which stands as a hollow mark with its interval."""
    on = trace(
        "scatter",
        x=[end["day_number"], ahead.day],
        y=[end["rate"] or 0.0, ahead.middle],
        mode="lines",
        line={"color": BLUE, "width": 2, "dash": "dot"},
        hoverinfo="skip",
    )
    bar = {"type": "data", "symmetric": False, "color": BLUE, "thickness": 2, "width": 6}
    mark = trace(
        "scatter",
        x=[ahead.day],
        y=[ahead.middle],
        error_y={**bar, "array": [ahead.high - ahead.middle], "arrayminus": [ahead.middle - ahead.low]},
        mode="markers",
        marker={"color": "white", "size": 10, "line": {"color": BLUE, "width": 2}},
        cliponaxis=False,
        hovertemplate=f"Expected: {ahead.middle:.0%} ({ahead.low:.0%} to {ahead.high:.0%})<extra></extra>",
    )
    return [on, mark]


def cumulative(curves: pl.DataFrame, chosen: int, ahead: Ahead | None = None) -> Drawn:
    """The share who have answered by each day since their wave opened, one line a wave, the chosen one in colour.

    Takes wave, label, day_number, rate (0..1), finished; ordered or not; and what is expected of the chosen wave.
    """
    ends = _ends(curves)
    traces, labels = [], []
    shares = [rate or 0.0 for rate in ends["rate"]]
    reach = [*shares, *([ahead.high, ahead.middle] if ahead else [])]
    top = min(1.0, max(0.2, 1.15 * max(reach, default=0.0)))
    *heights, expected = spread([*shares, ahead.middle if ahead else -top], 0.14 * top)
    for place, (end, height) in enumerate(zip(ends.iter_rows(named=True), heights, strict=True)):
        here, name = end["wave"] == chosen, plot_text(end["label"])
        rows = curves.filter(pl.col("wave") == end["wave"]).sort("day_number")
        traces.append(_curve(rows, name, chosen=here, dash=_DASHES[place % 3]))
        words = f"{name}<br>{100 * (end['rate'] or 0):.0f}%"
        labels.append(
            label(
                end["day_number"], height, words, font={"color": BLUE if here else INK, "weight": 700 if here else 400}
            )
        )
        if here and ahead is not None:
            traces += _expected(ahead, end)
            words = f"Expected<br>{100 * ahead.middle:.0f}%"
            labels.append(label(ahead.day, expected, words, font={"color": BLUE}))
            labels[-2] |= {"xanchor": "right", "xshift": 0, "yanchor": "bottom", "yshift": 6, "y": end["rate"] or 0.0}
    last = max(1, ahead.day if ahead else 1, *(day for day in ends["day_number"]))
    return figure(
        traces,
        xaxis={"title": {"text": "Days since the wave opened"}, "range": [0, last], "nticks": 7, "showgrid": False},
        yaxis={"range": [0, 1.12 * top], "tickformat": ".0%", "nticks": 6},
        height=340,
        annotations=labels,
        margin={**MARGIN, "r": 72},
    )


def _names(rows: pl.DataFrame) -> list[str]:
    """What stands above each bar: the group, answered of invited, and how many more the target needs."""
    return [
        f"{name}: {finished:,} of {invited:,}" + (f", {needed:,} more needed" if needed else "")
        for name, finished, invited, needed in rows.select("label", "finished", "invited", "needed").iter_rows()
    ]


def rates(groups: pl.DataFrame, target: float) -> Drawn:
    """The share who have answered in each group, in the frame's order from the top, with a line at the target.

    Takes label, rate (0..1), finished, invited, needed (people, to reach the target).
    """
    rows = groups.reverse()
    names = _names(rows)
    row = row_height(names)
    bars = trace(
        "bar",
        x=numbers(rows["rate"]),
        y=list(range(rows.height)),
        orientation="h",
        marker={"color": BLUE},
        hovertemplate="%{x:.0%}<extra></extra>",
    )
    line = {"type": "line", "x0": target, "x1": target, "y0": 0, "y1": 1, "yref": "paper", "layer": "below"}
    return figure(
        [bars],
        xaxis={"range": [0, 1.02], "tickvals": [0, target, 1], "tickformat": ".0%", "tickangle": 0},
        yaxis={"visible": False, "range": [-0.5, rows.height - 0.1]},
        height=50 + row * rows.height,
        bargap=bar_gap(row),
        annotations=[above_bar(at, name) for at, name in enumerate(names)],
        shapes=[{**line, "line": {"color": INK, "width": 2, "dash": "dash"}}],
        margin={**MARGIN, "r": 16},
    )
