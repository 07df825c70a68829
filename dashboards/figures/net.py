"""The figure of net giving: who gives more than they get."""

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
    row_height,
    trace,
)


def net_bars(groups: pl.DataFrame) -> Drawn:
    """Given minus got for each group, in the frame's order from the top: right of the line gives more.

    Takes label, net (pairs of people, with sign), clear (whether that is more than chance; hollow bars are not).
    """
    rows = groups.reverse()
    net = rows["net"].to_list()
    reach = 1.35 * max((abs(value) for value in net), default=0) or 1
    colours = [BLUE if value > 0 else ORANGE for value in net]
    fills = [colour if clear else "white" for colour, clear in zip(colours, rows["clear"], strict=True)]
    bars = trace(
        "bar",
        x=rows["net"].to_numpy(),
        y=list(range(rows.height)),
        orientation="h",
        text=[f"{value:+,d}".replace("-", "−") if value else "0" for value in net],
        textposition="outside",
        cliponaxis=False,
        marker={"color": fills, "line": {"color": colours, "width": 2}},
        hoverinfo="skip",
    )
    line = {"type": "line", "x0": 0, "x1": 0, "y0": 0, "y1": 1, "yref": "paper", "line": {"color": INK, "width": 2}}
    row = row_height(rows["label"].to_list())
    names = [above_bar(at, name) for at, name in enumerate(rows["label"])]
    return figure(
        [bars],
        xaxis={"range": [-reach, reach], "showticklabels": False, **BARE},
        yaxis={"visible": False, "range": [-0.5, rows.height]},
        height=60 + row * max(rows.height, 1),
        bargap=bar_gap(row),
        shapes=[line],
        annotations=[*_sides(), *names],
        margin={**MARGIN, "t": 44},
    )


def _sides() -> list[dict[str, object]]:
    place = {"y": 1, "yref": "paper", "yanchor": "bottom", "yshift": 6, "xref": "paper", "showarrow": False}
    return [
        {**place, "x": 0.48, "xanchor": "right", "text": "← gets more"},
        {**place, "x": 0.52, "xanchor": "left", "text": "gives more →"},
    ]
