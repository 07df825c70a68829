"""Flows: where knowledge goes between sites and regions, and round one chosen site."""

import math
from collections.abc import Sequence

import polars as pl
from dash import html
from dash.development.base_component import Component

from dashboards.asked import flow_matrix, site_flows
from dashboards.figures.matrix import site_matrix
from dashboards.pages import partners
from dashboards.pages.maps import between, flows_in_words, known_regions, regions_map, site_map, sites_map
from dashboards.pages.page import Page, Shown
from dashboards.pages.places import labelled, site_places
from dashboards.pages.roles import CLEAR, clearly_uneven
from dashboards.parts.address import REGIONS, SITES
from dashboards.parts.chart import chart
from dashboards.parts.heat import heat_table
from dashboards.parts.table import folded
from dashboards.parts.table import table as plain_table
from dashboards.words import Words, counted, percent
from networks.release import Filters, Release

RANKED = 10


def _leader(rows: pl.DataFrame, kind: str, words: Words) -> str:
    """The strongest flow, or that none stands out: the second is within chance of it."""
    top, ties = rows.row(0, named=True), rows["ties"]
    name = f"{words.label(kind, top['giver'])} to {words.label(kind, top['getter'])}"
    second = int(ties[1]) if len(ties) > 1 else 0
    if top["ties"] - second > CLEAR * math.sqrt(top["ties"] + second):
        return f"between {kind}s, {name} is the strongest ({counted(top['ties'], 'pair', 'pairs')} of people)"
    return f"no single flow between {kind}s stands out"


def finding(release: Release, filters: Filters, site: str | None = None, view: str = SITES) -> str:
    """How much stays inside or runs between partners, and which flow clearly leads; or what one site gives and gets."""
    words = Words(release)
    if site is not None:
        return _site_finding(site_flows(release, filters, site), words.label("site", site))
    kind = "region" if view == REGIONS else "site"
    rows = known_regions(release, filters) if kind == "region" else _known_sites(release, filters)
    across, total = between(rows), int(rows["ties"].sum())
    if total == 0:
        return "No flow of knowledge was told of with these filters"
    if across.is_empty():
        return f"All flows of knowledge stay inside a {kind}"
    paired = partners.between_partners(release, filters) if kind == "site" else None
    inside = f"{percent(1 - int(across['ties'].sum()) / total)} of flows stay inside a {kind}"
    lead = inside if paired is None else f"{percent(paired)} of flows between sites run between partners"
    return f"{lead}; {_leader(across, kind, words)}"


def _known_sites(release: Release, filters: Filters) -> pl.DataFrame:
    known = release.sites["site"].implode()
    return flow_matrix(release, filters, "site").filter(pl.col("giver").is_in(known), pl.col("getter").is_in(known))


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
    rows = partners.marked(site_flows(release, filters, site), release)
    return flows_in_words(labelled(rows, "site", Words(release)))


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
    order = sites.sort("region", "label").select(pl.col("code").alias("site"), "label", "region")
    flows, title = flow_matrix(shown.release, shown.filters, "site"), "Every site against every other"
    caption = "Rows give, columns get; darker is more pairs of people. Sites stand by region; lines part the regions."
    drawn = chart("flows-matrix", site_matrix(flows, order), title, caption, table(shown.release, shown.filters))
    return folded(f"Show every site against every other ({order.height} by {order.height})", drawn, wide_only=True)


def body(shown: Shown) -> Sequence[Component]:
    """The map with its arrows in words, what partners share, the heat table of regions, and all sites against all."""
    sites, paired = site_places(shown.release), partners.section(shown)
    if shown.site is not None:
        (drawn, words), beside = site_map(shown, sites, shown.site), []
    elif shown.view == REGIONS:
        (drawn, words), beside = regions_map(shown, sites), [_ranked(shown)]
    else:
        (drawn, words), beside = sites_map(shown, sites), paired
    pair = html.Div([drawn, html.Div([words, *beside])], className="app-pair")
    return [pair, _regions(shown), _matrix(shown, sites)]


PAGE = Page(
    name="flows",
    title="Flows between sites",
    finding=finding,
    table=table,
    body=body,
    uses=("study", "wave", "topic", "role", "formality", "site", "view"),
    convention=(
        "A pair of people counts once, whoever of the two told us, and once over waves and topics taken together. "
        "The role filter is the role of who told us. A site without coordinates stands near the middle of its region."
    ),
)
