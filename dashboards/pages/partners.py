"""Partners: sites that plan has brought together, and how much of what flows between sites runs between them."""

import polars as pl
from dash import html
from dash.development.base_component import Component

from dashboards.asked import site_flows
from dashboards.pages.page import Shown
from dashboards.parts.table import folded
from dashboards.parts.table import table as plain_table
from dashboards.words import Words, counted, percent
from networks.release import Filters, Release

MEANING = "Partners are sites that the programme has paired, such as an exemplar and its fast follower."


def partners(release: Release) -> pl.DataFrame:
    """Every two partners, both ways round: giver, getter (site codes)."""
    told = release.sites.select("site", "pair").drop_nulls().rows()
    both = dict.fromkeys([*told, *((other, one) for one, other in told)])
    return pl.DataFrame(list(both), schema={"giver": pl.String, "getter": pl.String}, orient="row")


def marked(flows: pl.DataFrame, release: Release) -> pl.DataFrame:
    """The flows with `partners`: whether giver and getter are partners."""
    known = set(partners(release).rows())
    flags = [ends in known for ends in zip(flows["giver"], flows["getter"], strict=True)]
    return flows.with_columns(partners=pl.Series(flags, dtype=pl.Boolean))


def between_partners(release: Release, filters: Filters) -> float | None:
    """The share of pairs of people in different sites whose sites are partners; None without partners or flows."""
    flows = marked(site_flows(release, filters, None), release)
    total = int(flows["ties"].sum())
    if total == 0 or partners(release).is_empty():
        return None
    return int(flows.filter("partners")["ties"].sum()) / total


def by_partners(release: Release, filters: Filters) -> pl.DataFrame:
    """What partners give each other, the most together first: the two sites, pairs of people each way and in all."""
    words = Words(release)
    ties = {(giver, getter): count for giver, getter, count in site_flows(release, filters, None)[:, :3].iter_rows()}
    rows = [
        (words.label("site", one), words.label("site", other), ties.get((one, other), 0), ties.get((other, one), 0))
        for one, other in partners(release).iter_rows()
        if one < other
    ]
    headings = ["Site", "Its partner", "Gives to partner", "Gets from partner"]
    frame = pl.DataFrame(
        rows, schema=dict(zip(headings, [pl.String, pl.String, pl.Int64, pl.Int64], strict=True)), orient="row"
    )
    together = (pl.col(headings[2]) + pl.col(headings[3])).alias("Pairs of people")
    return frame.with_columns(together).sort("Pairs of people", "Site", descending=[True, False])


def even_share(release: Release) -> float:
    """The share that would run between partners if every two sites shared alike."""
    sites = release.sites.height
    return partners(release).height / (sites * (sites - 1))


def section(shown: Shown) -> list[Component]:
    """How much runs between partners, beside an even spread, and partner by partner; nothing where there are none."""
    share = between_partners(shown.release, shown.filters)
    if share is None:
        return []
    rows = by_partners(shown.release, shown.filters)
    silent = rows.filter(pl.col("Pairs of people") == 0).height
    words = (
        f"{percent(share)} of pairs of people in different sites are in partner sites. If all sites shared alike, it "
    )
    words += f"would be {percent(even_share(shown.release))}. "
    words += (
        f"{counted(silent, 'partnership shares', 'partnerships share')} nothing." if silent else "All partners share."
    )
    heading = html.H2("Partners", className="nhsuk-heading-s")
    each = folded("Show each partnership", plain_table(rows, "Pairs of people who share, by partnership"))
    return [html.Section([heading, html.P(f"{MEANING} {words}", className="nhsuk-body-s"), each])]
