"""Figures of what is missing: groups that answer more or less than their share, and pages on which people stop."""

import polars as pl

from dashboards.figures.theme import (
    BARE,
    BLUE,
    INK,
    MARGIN,
    ORANGE,
    Drawn,
    above_bar,
    bar_gap,
    figure,
    numbers,
    row_height,
    trace,
)


def mix_bars(groups: pl.DataFrame) -> Drawn:
    """Share of answers less share of those invited, in points, in the frame's order from the top.

    Takes label, points (percentage points, with sign).
    """
    rows = groups.reverse()
    points = [value or 0.0 for value in rows["points"]]
    reach = 1.5 * max((abs(value) for value in points), default=0) or 1
    bars = trace(
        "bar",
        x=numbers(points),
        y=list(range(rows.height)),
        orientation="h",
        text=[f"{value:+.1f}".replace("-", "−") for value in points],
        textposition="outside",
        cliponaxis=False,
        marker={"color": [BLUE if value >= 0 else ORANGE for value in points]},
        hoverinfo="skip",
    )
    line = {"type": "line", "x0": 0, "x1": 0, "y0": 0, "y1": 1, "yref": "paper", "line": {"color": INK, "width": 2}}
    row = row_height(rows["label"].to_list())
    return figure(
        [bars],
        xaxis={"range": [-reach, reach], "showticklabels": False, **BARE},
        yaxis={"visible": False, "range": [-0.5, rows.height]},
        height=60 + row * max(rows.height, 1),
        bargap=bar_gap(row),
        shapes=[line],
        annotations=[*_sides(), *(above_bar(at, name) for at, name in enumerate(rows["label"]))],
        margin={**MARGIN, "t": 44},
    )


def _sides() -> list[dict[str, object]]:
    place = {"y": 1, "yref": "paper", "yanchor": "bottom", "yshift": 6, "xref": "paper", "showarrow": False}
    return [
        {**place, "x": 0.48, "xanchor": "right", "text": "← fewer answers"},
        {**place, "x": 0.52, "xanchor": "left", "text": "more answers →"},
    ]


def _led(label: str) -> str:
    """A title that leads to a figure: with a colon, unless it ends in a mark of its own."""
    return label if label.endswith(("?", "!", ".", ":")) else f"{label}:"


def stops(pages: pl.DataFrame) -> Drawn:
    """Of the interviews that opened each page, the share that stopped there, in the frame's order from the top.

    Takes label, reached, stopped, share (0..1).
    """
    rows = pages.reverse()
    told = rows.select("label", "stopped", "reached").iter_rows()
    names = [f"{_led(label)} {stopped:,} of {reached:,}" for label, stopped, reached in told]
    row = row_height(names)
    bars = trace(
        "bar",
        x=numbers(rows["share"]),
        y=list(range(rows.height)),
        orientation="h",
        text=[f"{100 * (share or 0):.1f}%" for share in rows["share"]],
        textposition="outside",
        cliponaxis=False,
        marker={"color": BLUE},
        hoverinfo="skip",
    )
    most = max((share or 0.0 for share in rows["share"]), default=0.0) or 0.05
    return figure(
        [bars],
        xaxis={"range": [0, 1.25 * most], "showticklabels": False, **BARE},
        yaxis={"visible": False, "range": [-0.5, rows.height - 0.1]},
        height=40 + row * max(rows.height, 1),
        bargap=bar_gap(row),
        annotations=[above_bar(at, name) for at, name in enumerate(names)],
        margin={**MARGIN, "r": 16},
    )
