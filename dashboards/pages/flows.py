"""Flows: where knowledge goes between regions and sites, and round one chosen site."""

import math
from collections.abc import Sequence

import polars as pl
from dash import html
from dash.development.base_component import Component

from dashboards.asked import flow_matrix, site_flows
from dashboards.figures.flow_map import flow_map
from dashboards.figures.matrix import site_matrix
from dashboards.pages.page import Page, Rings, Shown
from dashboards.pages.places import labelled, region_places, site_places
from dashboards.pages.roles import CLEAR, clearly_uneven
from dashboards.parts.attributes import attributes
from dashboards.parts.chart import chart
from dashboards.parts.heat import heat_table
from dashboards.parts.table import folded
from dashboards.parts.table import table as plain_table
from dashboards.words import Words, counted, percent
from networks.columns import UNKNOWN
from networks.release import Filters, Release

STRONGEST, EACH_WAY = 7, 5
"""Arrows between regions, and to and from one site."""
RANKED = 10
_CAPTION = (
    "Each arrow goes from who gives to who gets, thicker for more pairs of people. Its number is its place in the list."
)


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
    return "no single flow between regions stands out"


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


def _region_map(shown: Shown, sites: pl.DataFrame) -> Sequence[Component]:
    rows = labelled(_between(_known_regions(shown.release, shown.filters)), "region", shown.words)
    top, title = rows.head(STRONGEST), "Strongest flows between regions"
    drawn = flow_map(top, region_places(sites, shown.words), sites, _rings(shown, sites))
    return [chart("flows-map", drawn, title, f"{_CAPTION} Dots are sites.", _region_table(rows)), _listed(top, title)]


def _site_map(shown: Shown, sites: pl.DataFrame, site: str) -> Sequence[Component]:
    rows = labelled(site_flows(shown.release, shown.filters, site), "site", shown.words)
    top = pl.concat([rows.filter(pl.col("direction") == way).head(EACH_WAY) for way in ("out", "in")])
    drawn = flow_map(top, sites, sites, _rings(shown, sites), gap=9.0)
    caption = f"{_CAPTION} Blue leaves the site, orange comes to it; at most {EACH_WAY} each way."
    title = f"What {shown.words.label('site', site)} gives and gets"
    twin = table(shown.release, shown.filters, site)
    return [chart("flows-map", drawn, title, caption, twin), _listed(top, title)]


def _listed(rows: pl.DataFrame, title: str) -> Component:
    """The arrows in words, numbered as they are on the map."""
    items = [
        html.Li([html.Strong(giver), " to ", html.Strong(getter), f": {counted(ties, 'pair', 'pairs')}"])
        for giver, getter, ties in rows.select("giver_label", "getter_label", "ties").iter_rows()
    ]
    heading = html.H2("The arrows in words", className="nhsuk-heading-s")
    words = html.Ol(items, className="nhsuk-list nhsuk-list--number") if items else html.P("There are none.")
    return html.Section([heading, words], **attributes(aria_label=f"{title}, in words"))


def _region_table(rows: pl.DataFrame) -> pl.DataFrame:
    columns = {"giver_label": "From region", "getter_label": "To region", "ties": "Pairs of people"}
    return rows.select(pl.col(column).alias(heading) for column, heading in columns.items())


def _regions(shown: Shown) -> Component:
    caption = "Pairs of people who share knowledge. Rows give, columns get; darker is more."
    rows = flow_matrix(shown.release, shown.filters, "region")
    heat = heat_table(rows, shown.words.of("region"), caption, "Gives ↓ gets →")
    return html.Section([html.H2("From region to region", className="nhsuk-heading-s"), heat])


def _ranked(shown: Shown) -> Component:
    rows, caption = table(shown.release, shown.filters, shown.site), "Flows between sites, the strongest first"
    heading = html.H2("Strongest flows between sites", className="nhsuk-heading-s")
    return html.Section([heading, plain_table(rows, caption, longest=RANKED)])


def _matrix(shown: Shown, sites: pl.DataFrame) -> Component:
    order = sites.sort("region", "label").select(pl.col("code").alias("site"), "label")
    flows, title = flow_matrix(shown.release, shown.filters, "site"), "Every site against every other"
    caption = "Rows give, columns get; darker is more pairs of people. Sites stand by region."
    drawn = chart("flows-matrix", site_matrix(flows, order), title, caption, table(shown.release, shown.filters))
    return folded(f"Show every site against every other ({order.height} by {order.height})", drawn, wide_only=True)


def body(shown: Shown) -> Sequence[Component]:
    """The map with its arrows in words, the heat table of regions, the ranked flows, and all sites against all."""
    sites = site_places(shown.release)
    drawn, words = _region_map(shown, sites) if shown.site is None else _site_map(shown, sites, shown.site)
    pair = html.Div([drawn, html.Div([words, _ranked(shown)])], className="app-pair")
    return [pair, _regions(shown), _matrix(shown, sites)]


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
