"""What may help knowledge along between sites and between people, as matrices over pairs, from a study's own frames."""

from collections.abc import Iterable, Sequence

import numpy as np
import polars as pl

from networks.columns import RESPONSE, SITES, TIES, UNKNOWN
from networks.inference.cells import Mask, Matrix
from networks.inference.dyads import distance_km, same

Places = Sequence[str | None]
"""The site code of each node; None where it is not known."""
ALIKE = ("core_system", "region", "grouping", "care_setting")
"""What sites may have in common: each becomes a term same_..."""


def site_terms(sites: pl.DataFrame, at: Places | None = None) -> dict[str, Matrix]:
    """What the sites of each two nodes have to do with each other, by term.

    Takes   sites  SITES
            at     the site of each node; None for one node a site, in the frame's order
    Gives   same_core_system, same_region, same_grouping, same_care_setting and paired (1 or 0; paired when either names
            the other as its partner), distance_km; NaN where it is not known of either
    Refuses MissingColumn, WrongType.
    """
    frame = SITES.check(sites)
    rows = _rows(frame, frame["site"].to_list() if at is None else at)
    terms = {f"same_{name}": same(_at(frame, name, rows)) for name in ALIKE}
    places = [_numbers(frame, name, rows) for name in ("latitude", "longitude")]
    return {**terms, "paired": _paired(frame, rows), "distance_km": distance_km(*places)}


def people_terms(people: pl.DataFrame, sites: pl.DataFrame) -> dict[str, Matrix]:
    """What each two people have to do with each other: same_role, same_site, and what their sites have.

    Takes   people  site, role (codes; null or "unknown" where not known), one row per node
            sites   SITES
    """
    own = {f"same_{name}": same(_known(people[name].to_list())) for name in ("role", "site")}
    return {**own, **site_terms(sites, people["site"].to_list())}


def ties_of_people(ties: pl.DataFrame, response: pl.DataFrame, people: Sequence[str], wave: int) -> Matrix:
    """On how many topics each person (row) goes to each other in a wave; NaN in the rows of those who did not answer.

    Takes TIES, RESPONSE and the people in order. As an earlier tie, take `ever` of an earlier wave.
    """
    finished = _finished(response, wave)["person"].to_list()
    rows = TIES.check(ties).filter(wave=wave).select("ego", "alter", "topic").unique()
    return _counted(rows.select("ego", "alter"), people, np.isin(people, finished))


def ties_of_sites(ties: pl.DataFrame, response: pl.DataFrame, sites: pl.DataFrame, wave: int) -> Matrix:
    """How many pairs of people go from each site (row) to each other site in a wave; NaN where nobody there answered.

    Takes TIES, RESPONSE and SITES, whose order the matrix has. As an earlier tie, take `ever` of an earlier wave.
    """
    codes = SITES.check(sites)["site"].to_list()
    finished = _finished(response, wave)["site"].to_list()
    pairs = TIES.check(ties).filter(wave=wave).select("ego", "alter", "ego_site", "alter_site").unique(["ego", "alter"])
    return _counted(pairs.select("ego_site", "alter_site"), codes, np.isin(codes, finished))


def ever(matrix: Matrix) -> Matrix:
    """1 where there is anything, 0 where there is nothing; NaN stays."""
    return np.where(np.isnan(matrix), np.nan, matrix > 0)


def _finished(response: pl.DataFrame, wave: int) -> pl.DataFrame:
    return RESPONSE.check(response).filter(pl.col("wave") == wave, pl.col("finished_at").is_not_null())


def _counted(pairs: pl.DataFrame, order: Sequence[str], answered: Mask) -> Matrix:
    place = {code: number for number, code in enumerate(order)}
    matrix = np.zeros((len(order), len(order)))
    for source, target in pairs.iter_rows():
        if source in place and target in place:
            matrix[place[source], place[target]] += 1
    matrix[~answered] = np.nan
    return matrix


def _rows(sites: pl.DataFrame, at: Places) -> list[int | None]:
    """The row of `sites` that each node is at."""
    row_of = {site: row for row, site in enumerate(sites["site"])}
    return [row_of.get(site) if site is not None else None for site in at]


def _at(sites: pl.DataFrame, column: str, rows: Iterable[int | None]) -> list[str | None]:
    values = _known(sites[column].to_list())
    return [None if row is None else values[row] for row in rows]


def _numbers(sites: pl.DataFrame, column: str, rows: Iterable[int | None]) -> Matrix:
    values = [np.nan, *(np.nan if value is None else value for value in sites[column])]
    return np.array([values[0 if row is None else row + 1] for row in rows], dtype=np.float64)


def _known(values: Iterable[str | None]) -> list[str | None]:
    return [None if value == UNKNOWN else value for value in values]


def _paired(sites: pl.DataFrame, rows: Sequence[int | None]) -> Matrix:
    """1 where one site is the other's partner; a site without a partner is nobody's, unless another names it."""
    own, partner = _at(sites, "site", rows), _at(sites, "pair", rows)
    names = np.array([[a is not None and a == b for b in own] for a in partner], dtype=bool).reshape(len(own), len(own))
    unknown = np.array([site is None for site in own], dtype=bool)
    return np.where(unknown[:, None] | unknown, np.nan, names | names.T)
