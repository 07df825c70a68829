"""Whether people name more others as the waves go by, and whether that is more than a better response."""

import numpy as np
import polars as pl

from networks.columns import FORMALITIES
from networks.measures.growth import Interval, panel, stratified_intervals
from networks.release.types import ANY, Filters, Release

_SCHEMA = {
    "wave": pl.Int32,
    "formality": pl.String,
    "mean": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
    "respondents": pl.Int64,
    "invited": pl.Int64,
    "panel_mean": pl.Float64,
    "panel_low": pl.Float64,
    "panel_high": pl.Float64,
    "panel_n": pl.Int64,
}


def of_role(rows: pl.DataFrame, filters: Filters) -> pl.DataFrame:
    return rows if filters.role is None else rows.filter(pl.col("role") == filters.role)


def answered(release: Release, filters: Filters) -> pl.DataFrame:
    """One row per finished respondent and wave: respondent, wave, site, role, invited_in, formal, informal, both.

    The last three are how many people they named, on the topic where the filters name one.
    """
    rows = of_role(release.per_person, filters)
    everyone = rows.filter(pl.col("topic") == ANY)
    if filters.topic is None:
        return everyone
    keys = ["respondent", "wave"]
    on_topic = rows.filter(pl.col("topic") == filters.topic).select(*keys, *FORMALITIES)
    joined = everyone.drop(*FORMALITIES).join(on_topic, on=keys, how="left", maintain_order="left")
    return joined.with_columns(pl.col(FORMALITIES).fill_null(0))


def asked(release: Release, filters: Filters) -> set[int]:
    """Waves in which somebody said of a tie whether it is formal, or everybody named no one."""
    rows = release.per_person.filter(pl.col("topic") == (filters.topic or ANY))
    told = (pl.col("formal").sum() + pl.col("informal").sum() > 0) | (pl.col("any").sum() == 0)
    return set(rows.group_by("wave").agg(told=told).filter("told")["wave"])


def _intervals(rows: pl.DataFrame, asked: bool) -> dict[str, Interval]:
    values = rows.select(FORMALITIES).cast(pl.Float64).to_numpy()
    if not asked:
        values = np.empty((0, len(FORMALITIES)))
    strata = rows["site"].to_numpy().astype(np.str_)
    return dict(zip(FORMALITIES, stratified_intervals(values, strata), strict=True))


def _invited(release: Release, filters: Filters) -> dict[int, int]:
    rows = of_role(release.respondents, filters)
    return dict(rows.group_by("wave").agg(pl.col("invited").sum()).sort("wave").iter_rows())


def growth(release: Release, filters: Filters) -> pl.DataFrame:
    """Mean number of people named per respondent, by wave and formality, with 95% intervals.

    Gives wave, formality (formal, informal, both: a tie that is both counts in each of the three), mean, low, high
    (people per finished respondent), respondents, invited, and the same for the panel, those who answered in every
    wave: panel_mean, panel_low, panel_high, panel_n. A wave that has just opened is not in the panel yet (panel_n is 0
    there): see networks.measures.growth.panel. With a role: those of that role in each of these waves.
    With a topic: people named on it, 0 for a respondent who named nobody on it. A chosen wave leaves its rows
    only; the panel stays those of all waves. Null, never 0, when nobody finished, when formality was not asked in the
    wave, or when nobody named anyone on the topic (it may not have been asked). Missing respondents are in no mean.
    """
    told, with_formality = answered(release, filters), asked(release, filters)
    same_people = panel(told)
    rows = []
    for wave, invited in _invited(release, filters).items():
        here, same = (frame.filter(pl.col("wave") == wave) for frame in (told, same_people))
        means, panel_means = _intervals(here, wave in with_formality), _intervals(same, wave in with_formality)
        for kind in FORMALITIES:
            rows.append((wave, kind, *means[kind], here.height, invited, *panel_means[kind], same.height))
    table = pl.DataFrame(rows, schema=_SCHEMA, orient="row")
    wanted = {"formality": filters.formality, "wave": filters.wave}
    return table.filter(True, *(pl.col(column) == value for column, value in wanted.items() if value is not None))
