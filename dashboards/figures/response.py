"""Figures of response: the running share of answers, and the share in each group."""

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


def cumulative(curves: pl.DataFrame, chosen: int) -> Drawn:
    """The share who have answered by each day since their wave opened, one line a wave, the chosen one in colour.

    Takes wave, label, day_number, rate (0..1), finished; ordered or not.
    """
    ends = _ends(curves)
    traces, labels = [], []
    shares = [rate or 0.0 for rate in ends["rate"]]
    top = min(1.0, max(0.2, 1.15 * max(shares, default=0.0)))
    heights = spread(shares, 0.14 * top)
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
    last = max(1, *(day for day in ends["day_number"]))
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
