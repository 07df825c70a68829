"""The figure of every site against every other, for wide screens."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import polars as pl

from dashboards.figures.theme import BARE, HEAT, INK, Drawn, figure, plot_text, trace


def site_matrix(flows: pl.DataFrame, sites: pl.DataFrame) -> Drawn:
    """Pairs of people from each site (row) to each site (column), darker for more.

    Takes `flows`: giver, getter, ties; and `sites`: site, label, region, in the order of rows and columns, region by
    region: a line stands where one ends.
    """
    place = {site: at for at, site in enumerate(sites["site"])}
    counts = np.zeros((len(place), len(place)), dtype=np.int32)
    for giver, getter, ties in flows.select("giver", "getter", "ties").iter_rows():
        if giver in place and getter in place:
            counts[place[giver], place[getter]] = ties
    names = [plot_text(label, 18) for label in sites["label"]]
    cells = trace(
        "heatmap",
        z=counts,
        x=list(range(len(names))),
        y=list(range(len(names))),
        colorscale=[list(step) for step in HEAT],
        xgap=1,
        ygap=1,
        showscale=False,
        customdata=np.tile(np.array(names, dtype=object), (len(names), 1)),
        hovertemplate="to %{customdata}: %{z}<extra></extra>",
    )
    places = {"tickvals": list(range(len(names))), "ticktext": names, "tickfont": {"size": 11}, **BARE}
    return figure(
        [cells],
        xaxis={**places, "side": "top", "tickangle": -90, "title": {"text": "gets knowledge"}},
        yaxis={**places, "autorange": "reversed", "title": {"text": "gives knowledge"}},
        height=200 + 17 * len(names),
        plot_bgcolor="#b0b8bd",
        shapes=_borders(sites["region"].to_list()),
    )


def _borders(regions: Sequence[str]) -> list[dict[str, Any]]:
    """A line across and one down wherever a site's region is not that of the site before."""
    look = {"type": "line", "line": {"color": INK, "width": 1.5}}
    ends = [at - 0.5 for at in range(1, len(regions)) if regions[at] != regions[at - 1]]
    span = (-0.5, len(regions) - 0.5)
    across = [{**look, "y0": end, "y1": end, "x0": span[0], "x1": span[1]} for end in ends]
    return across + [{**look, "x0": end, "x1": end, "y0": span[0], "y1": span[1]} for end in ends]
