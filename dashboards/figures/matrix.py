"""The figure of every site against every other, for wide screens."""

import numpy as np
import polars as pl

from dashboards.figures.theme import BARE, HEAT, Drawn, figure, plot_text, trace


def site_matrix(flows: pl.DataFrame, sites: pl.DataFrame) -> Drawn:
    """Pairs of people from each site (row) to each site (column), darker for more.

    Takes `flows`: giver, getter, ties; and `sites`: site, label, in the order of rows and columns.
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
    )
