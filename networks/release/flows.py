"""Where knowledge flows: between sites, regions and roles; who gives more than they get."""

import polars as pl

from networks.columns import UNKNOWN
from networks.measures import flows
from networks.release.types import ANY, ANY_WAVE, Filters, Release

SITE_GROUPS = ("region", "designation", "care_setting", "core_system", "grouping")
"""What sites can be grouped by, beside "site" and "role"."""


class UnknownGrouping(ValueError):
    """Flows were asked for by something that is neither site, role nor an attribute of sites."""

    def __init__(self, by: str) -> None:
        super().__init__(f'Flows cannot be shown by "{by}". Choose one of: site, role, {", ".join(SITE_GROUPS)}.')


def _chosen(release: Release, filters: Filters) -> pl.DataFrame:
    return release.flows.filter(
        pl.col("topic") == (filters.topic or ANY),
        pl.col("wave") == (ANY_WAVE if filters.wave is None else filters.wave),
        pl.col("reporter_role") == (filters.role or ANY),
        pl.col("formality") == (filters.formality or ANY),
    )


def _group(release: Release, by: str, end: str = "") -> pl.Expr:
    """The group of a row, from its columns site and role, with `end` before their names."""
    if by in ("site", "role"):
        return pl.col(f"{end}{by}")
    if by not in SITE_GROUPS:
        raise UnknownGrouping(by)
    places = dict(release.sites.select("site", pl.col(by).fill_null(UNKNOWN)).iter_rows())
    return pl.col(f"{end}site").replace_strict(places, default=UNKNOWN, return_dtype=pl.String)


def _respondents(release: Release, filters: Filters, by: str) -> pl.DataFrame:
    """How many of each group answered: group, respondents."""
    rows = release.per_person.filter(pl.col("topic") == ANY)
    if filters.wave is not None:
        rows = rows.filter(pl.col("wave") == filters.wave)
    if filters.role is not None:
        rows = rows.filter(pl.col("role") == filters.role)
    return rows.group_by(group=_group(release, by)).agg(respondents=pl.col("respondent").n_unique().cast(pl.Int64))


def _matrix(release: Release, filters: Filters, by: str) -> pl.DataFrame:
    ends = [_group(release, by, f"{end}_").alias(end) for end in ("giver", "getter")]
    return flows.between(_chosen(release, filters).select(*ends, "ties", "contacts_per_year"))


def flow_matrix(release: Release, filters: Filters, by: str = "site") -> pl.DataFrame:
    """How much knowledge goes from each group to each, one row per giver and getter with any tie, strongest first.

    `by` is "site", "role", or one of SITE_GROUPS. Gives giver, getter (codes; "unknown" when off the roster or not
    told), ties (distinct pairs of people), contacts_per_year (added up over pairs whose frequency is known; null when
    none is), per_respondent (ties for each respondent of the getting group; null when none answered).
    Refuses UnknownGrouping.
    """
    return flows.per_respondent(_matrix(release, filters, by), _respondents(release, filters, by))


def site_flows(release: Release, filters: Filters, site: str | None = None) -> pl.DataFrame:
    """The flows between different sites, strongest first; only those that touch `site` when one is given.

    Gives giver, getter (site codes), ties, contacts_per_year, per_respondent, and direction: "out" or "in" as seen
    from `site`, null without one. Flows within a site and to or from unknown places are left out.
    """
    giver, getter = pl.col("giver"), pl.col("getter")
    between = flow_matrix(release, filters, "site").filter(giver != getter, giver != UNKNOWN, getter != UNKNOWN)
    if site is None:
        return between.with_columns(direction=pl.lit(None, pl.String))
    touching = between.filter((giver == site) | (getter == site))
    return touching.with_columns(direction=pl.when(giver == site).then(pl.lit("out")).otherwise(pl.lit("in")))


def net_giving(release: Release, filters: Filters, by: str = "site") -> pl.DataFrame:
    """Who gives more than they get, one row per group, the greatest net giver first.

    Counts ties to other groups only; ties with unknown places are left out. Gives group, given, got, within (distinct
    pairs), net (given - got), asymmetry ((given - got)/(given + got), -1 to 1; null when both are 0), respondents
    (of the group). Those who get report what they got: a giver's figure rests on how well *others* answered.
    """
    known = _matrix(release, filters, by).filter(pl.col("giver") != UNKNOWN, pl.col("getter") != UNKNOWN)
    answered = _respondents(release, filters, by)
    giving = flows.net_giving(known).join(answered, on="group", how="left", maintain_order="left")
    return giving.with_columns(pl.col("respondents").fill_null(0))
