"""The figure of a change taken apart: a bar for each step from the total before to the total after."""

import polars as pl

from dashboards.figures.theme import (
    BLUE,
    INK,
    MARGIN,
    ORANGE,
    QUIET,
    Drawn,
    above_bar,
    bar_gap,
    figure,
    numbers,
    row_height,
    trace,
)

COLOURS = {"total": INK, "answered": QUIET, "named": ORANGE, "ended": BLUE}
"""All ties; steps of other people who answered; of the same people: what is new, and what has ended."""


def waterfall(rows: pl.DataFrame) -> Drawn:
    """Steps from the total before to the total after, from the top, each bar beginning where the last one ended.

    Takes label, kind (of COLOURS), start, step; a total starts at 0. The words of each bar stand above it, so that
    nothing rests on colour.
    """
    rows = rows.reverse()
    names = rows["label"].to_list()
    row = row_height(names)
    bars = trace(
        "bar",
        x=numbers(rows["step"]),
        base=numbers(rows["start"]),
        y=list(range(rows.height)),
        orientation="h",
        marker={"color": [COLOURS[kind] for kind in rows["kind"]]},
        hovertemplate="%{customdata:+,}<extra></extra>",
        customdata=rows["step"].to_numpy(),
    )
    most = max([1, *(start + max(step, 0) for start, step in rows.select("start", "step").iter_rows())])
    return figure(
        [bars],
        xaxis={"range": [0, 1.02 * most], "nticks": 5, "title": {"text": "Contacts reported"}},
        yaxis={"visible": False, "range": [-0.5, rows.height - 0.1]},
        height=60 + row * rows.height,
        bargap=bar_gap(row),
        annotations=[above_bar(at, name) for at, name in enumerate(names)],
        margin={**MARGIN, "r": 16},
    )
