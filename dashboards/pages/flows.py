"""Flows: where knowledge goes between regions and sites, and round one chosen site."""

import math
from collections.abc import Sequence

import polars as pl
from dash import html
from dash.development.base_component import Component

from dashboards.figures.flow_map import flow_map
from dashboards.figures.matrix import site_matrix
from dashboards.pages.page import Page, Rings, Shown
from dashboards.pages.places import labelled, region_places, site_places
from dashboards.pages.roles import CLEAR, clearly_uneven
from dashboards.parts.chart import chart
from dashboards.parts.heat import heat_table
from dashboards.parts.table import table as plain_table
from dashboards.words import Words, counted, percent
from networks.columns import UNKNOWN
from networks.release import Filters, Release, flow_matrix, site_flows

STRONGEST = 7
"""Arrows between regions; round one site, so many each way."""
_CAPTION = "Each arrow goes from who gives to who gets. Its number, and its thickness, are the pairs of people."


def _known_regions(release: Release, filters: Filters) -> pl.DataFrame:
    rows = flow_matrix(release, filters, "region")
    return rows.filter(pl.col("giver") != UNKNOWN, pl.col("getter") != UNKNOWN)


def _between(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.filter(pl.col("giver") != pl.col("getter"))


def _leader(between: pl.DataFrame, words: Words) -> str:
    """The strongest flow, or that none stands out: the second is within chance of it."""
    top, ties = between.row(0, named=True), between["ties"]
    name = f"{words.label('region', top['giver'])} to {words.label('region', top['getter'])}"
    second = int(ties[1]) if len(ties) > 1 else 0
    if top["ties"] - second > CLEAR * math.sqrt(top["ties"] + second):
        return f"between regions, {name} is the strongest ({counted(top['ties'], 'pair', 'pairs')} of people)"
    return f"no single flow between regions stands out (the most is {name}, {counted(top['ties'], 'pair', 'pairs')})"


def finding(release: Release, filters: Filters, site: str | None = None) -> str:
    """How much stays inside regions and which flow between them clearly leads; or what one site gives and gets."""
    words = Words(release)
    if site is not None:
        return _site_finding(site_flows(release, filters, site), words.label("site", site))
    rows = _known_regions(release, filters)
    between, total = _between(rows), int(rows["ties"].sum())
    if total == 0:
        return "No flow of knowledge was told of with these filters"
    if between.is_empty():
        return "All flows of knowledge stay inside a region"
    inside = percent(1 - int(between["ties"].sum()) / total)
    return f"{inside} of flows stay inside a region; {_leader(between, words)}"


def _site_finding(flows: pl.DataFrame, name: str) -> str:
    """What one site gives to and gets from other sites; "more" only beyond chance."""
    out, into = (flows.filter(pl.col("direction") == way) for way in ("out", "in"))
    given, got = int(out["ties"].sum()), int(into["ties"].sum())
    if given + got == 0:
        return f"{name} neither gives to nor gets from another site with these filters"
    gives = f"gives to {counted(out.height, 'site', 'sites')} ({given:,} pairs of people)"
    return f"{name} {gives} and gets from {into.height:,} ({got:,}): {_balance(given, got)}"


def _balance(given: int, got: int) -> str:
    if not clearly_uneven(given, got):
        return "no clear balance either way"
    return "gives more than it gets" if given > got else "gets more than it gives"


def table(release: Release, filters: Filters, site: str | None = None) -> pl.DataFrame:
    """Flows between sites, the strongest first; only those of one site when it is chosen."""
    rows = labelled(site_flows(release, filters, site), "site", Words(release))
    columns = {"giver_label": "From", "getter_label": "To", "ties": "Pairs of people"}
    return rows.select(
        *(pl.col(column).alias(heading) for column, heading in columns.items()),
        pl.col("contacts_per_year").round(0).alias("Contacts a year"),
    )


def _rings(shown: Shown, sites: pl.DataFrame) -> Rings:
    return shown.rings if sites["exact"].any() else ()


def _region_map(shown: Shown, sites: pl.DataFrame) -> Component:
    rows = labelled(_between(_known_regions(shown.release, shown.filters)), "region", shown.words)
    drawn = flow_map(rows.head(STRONGEST), region_places(sites, shown.words), sites, _rings(shown, sites))
    caption = f"{_CAPTION} The {min(STRONGEST, rows.height)} strongest between regions are drawn; dots are sites."
    return chart("flows-map", drawn, "Strongest flows between regions", caption, _region_table(rows))


def _site_map(shown: Shown, sites: pl.DataFrame, site: str) -> Component:
    rows = labelled(site_flows(shown.release, shown.filters, site), "site", shown.words)
    ways = [rows.filter(pl.col("direction") == way).head(STRONGEST) for way in ("out", "in")]
    drawn = flow_map(pl.concat(ways), sites, sites, _rings(shown, sites), gap=9.0)
    caption = f"{_CAPTION} Blue leaves the site, orange comes to it; at most {STRONGEST} each way."
    title = f"What {shown.words.label('site', site)} gives and gets"
    return chart("flows-map", drawn, title, caption, table(shown.release, shown.filters, site))


def _region_table(rows: pl.DataFrame) -> pl.DataFrame:
    columns = {"giver_label": "From region", "getter_label": "To region", "ties": "Pairs of people"}
    return rows.select(pl.col(column).alias(heading) for column, heading in columns.items())


def _regions(shown: Shown) -> Component:
    caption = "Pairs of people who share knowledge. Rows give, columns get; darker is more."
    rows = flow_matrix(shown.release, shown.filters, "region")
    heat = heat_table(rows, shown.words.of("region"), caption, "Gives ↓ gets →")
    return html.Section([html.H2("From region to region", className="nhsuk-heading-s"), heat])


def _ranked(shown: Shown) -> Component:
    rows = table(shown.release, shown.filters, shown.site)
    caption = "Flows between sites, the strongest first"
    return html.Section(
        [html.H2("Strongest flows between sites", className="nhsuk-heading-s"), plain_table(rows, caption)]
    )


def _matrix(shown: Shown, sites: pl.DataFrame) -> Component:
    order = sites.sort("region", "label").select(pl.col("code").alias("site"), "label")
    flows = flow_matrix(shown.release, shown.filters, "site")
    caption = "Rows give, columns get; darker is more pairs of people. Sites stand by region."
    rows = table(shown.release, shown.filters)
    return chart(
        "flows-matrix", site_matrix(flows, order), "Every site against every other", caption, rows, wide_only=True
    )


def body(shown: Shown) -> Sequence[Component]:
    """The map, the heat table of regions, the ranked flows, and on wide screens all sites against all."""
    sites = site_places(shown.release)
    drawn = _region_map(shown, sites) if shown.site is None else _site_map(shown, sites, shown.site)
    return [html.Div([drawn, _ranked(shown)], className="app-pair"), _regions(shown), _matrix(shown, sites)]


PAGE = Page(
    name="flows",
    title="Flows between sites",
    finding=finding,
    table=table,
    body=body,
    uses=("study", "wave", "topic", "role", "formality", "site"),
    convention=(
        "A pair of people counts once, whoever of the two told us, and once over waves and topics taken together. "
        "The role filter is the role of who told us. A site without coordinates stands near the middle of its region."
    ),
)
