"""Respondents weighted by how unlikely they were to answer: a check on a result, never the result."""

from collections.abc import Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

from networks.uncertainty.intervals import NOBODY, UNKNOWN, Change, Estimate

STRENGTH = 10.0
"""How many people's worth of the larger group stand behind the share of each cell."""
Values = NDArray[np.float64]


def propensities(cells: pl.DataFrame, by: Sequence[str] = ("site", "role"), strength: float = STRENGTH) -> pl.DataFrame:
    """How likely people of each cell are to answer: its own share, drawn towards that of the larger group.

    Takes   cells   the columns `by`, from the larger group to the smaller, and invited, answered; one row per cell
    Gives   the columns `by` and propensity (above 0 to 1). The cell of 2 people is drawn far, the cell of 200 hardly:
            (answered + strength x share above) / (invited + strength), from all people down to the cell.
    Source: Little 1986, doi:10.2307/1403140, on weights by cells; the shrinkage is that of a beta prior.
    """
    counted = cells.group_by(by).agg(pl.col("invited", "answered").sum())
    everyone = (pl.col("answered").sum() + 0.5) / (pl.col("invited").sum() + 1.0)
    drawn = counted.with_columns(propensity=everyone)
    for depth in range(1, len(by) + 1):
        answered, invited = (pl.col(name).sum().over(*by[:depth]) for name in ("answered", "invited"))
        drawn = drawn.with_columns(propensity=(answered + strength * pl.col("propensity")) / (invited + strength))
    return drawn.select(*by, "propensity").sort(by)


def weighted_change(first: Values, second: Values, propensity: Values) -> Change:
    """The change among those who answered both waves, each weighing one over their propensity to do so; no interval.

    It cannot help where answering depends on how many people somebody goes to, so it is a line to compare with.
    """
    if len(first) == 0:
        return NOBODY
    before, after = (float(np.average(values, weights=1 / propensity)) for values in (first, second))
    relative = UNKNOWN if before <= 0 else Estimate(after / before - 1, None, None)
    return Change(len(first), before, after, Estimate(after - before, None, None), relative)
