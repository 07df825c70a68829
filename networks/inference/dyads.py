"""What two people have to do with each other, as matrices over all pairs: alike, apart, near, tied before."""

from collections.abc import Sequence

import numpy as np
import polars as pl

from networks.graphs import Network, UnknownAttribute
from networks.inference.cells import Mask, Matrix, Vector, refuse_too_many
from networks.inference.refusals import UnclearAnswered, WrongNumber

EARTH_KM = 6371.0
MOST_NODES = 6_000
NOT_KNOWN = {"", "na", "nan", "null"}
"""Cells that say nothing; R writes NA."""
ANSWERED = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}


def texts(nodes: pl.DataFrame, attribute: str) -> list[str | None]:
    """Each node's value of an attribute as text; None where it is empty or NA. Refuses UnknownAttribute."""
    present = [name for name in nodes.columns if name != "id"]
    if attribute not in present:
        raise UnknownAttribute(attribute, present)
    values = [(value or "").strip() for value in nodes[attribute].cast(pl.String)]
    return [None if value.casefold() in NOT_KNOWN else value for value in values]


def numbers(nodes: pl.DataFrame, attribute: str) -> Vector:
    """Each node's value of an attribute as a number (n); NaN where it is not known.

    Refuses UnknownAttribute, and WrongNumber with the row of the first value that is no finite number.
    """
    values = texts(nodes, attribute)
    found = [_number(value) for value in values]
    for row, (value, number) in enumerate(zip(values, found, strict=True)):
        if value is not None and not np.isfinite(number):
            raise WrongNumber(row, attribute, value)
    return np.array(found, dtype=np.float64)


def answered(nodes: pl.DataFrame, attribute: str) -> Mask:
    """Whether each node answered (n), by a column of yes or no, true or false, 1 or 0; empty means no.

    Refuses UnknownAttribute, and UnclearAnswered with the row of the first value that is none of these.
    """
    values = texts(nodes, attribute)
    for row, value in enumerate(values):
        if value is not None and value.casefold() not in ANSWERED:
            raise UnclearAnswered(row, attribute, value)
    return np.array([ANSWERED[value.casefold()] if value else False for value in values], dtype=bool)


def tied(network: Network, answered: Mask | None = None) -> Matrix:
    """1 where the row goes to the column, 0 where not; NaN in the rows of those who did not answer."""
    refuse_too_many(network.n, MOST_NODES)
    adjacency: Matrix = network.adjacency.toarray()
    return _silenced(adjacency, answered)


def weighted(network: Network, answered: Mask | None = None) -> Matrix:
    """The weight of each tie, 0 without one, NaN as in `tied`; ties without weights have weight 1."""
    if network.weighted is None:
        return tied(network, answered)
    refuse_too_many(network.n, MOST_NODES)
    weights: Matrix = network.weighted.toarray()
    return _silenced(weights, answered)


def same(values: Sequence[str | None]) -> Matrix:
    """1 where both have one value, 0 where they differ; NaN where either is not known."""
    kinds = {value: float(number) for number, value in enumerate(dict.fromkeys(values))}
    codes = np.array([np.nan if value is None else kinds[value] for value in values], dtype=np.float64)
    return np.where(np.isnan(codes[:, None] + codes[None, :]), np.nan, codes[:, None] == codes[None, :])


def absdiff(values: Vector) -> Matrix:
    """How far apart the two values are; NaN where either is not known."""
    apart: Matrix = np.abs(values[:, None] - values[None, :])
    return apart


def distance_km(latitude: Vector, longitude: Vector) -> Matrix:
    """Kilometres between each two places along the ground, from degrees; NaN where either is not known.

    Source: Sinnott 1984, Virtues of the haversine, Sky and Telescope 68(2):159; a sphere of radius 6,371 km.
    """
    north, east = np.radians(latitude), np.radians(longitude)
    chord = (
        np.sin((north[:, None] - north) / 2) ** 2
        + np.cos(north[:, None]) * np.cos(north) * np.sin((east[:, None] - east) / 2) ** 2
    )
    apart: Matrix = 2 * EARTH_KM * np.arcsin(np.sqrt(np.minimum(chord, 1)))
    return apart


def _number(text: str | None) -> float:
    try:
        return float(text) if text is not None else np.nan
    except ValueError:
        return np.inf


def _silenced(matrix: Matrix, answered: Mask | None) -> Matrix:
    if answered is not None:
        matrix[~answered] = np.nan
    return matrix
