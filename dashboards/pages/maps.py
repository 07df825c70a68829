"""The maps of flows with their arrows in words: between sites, between regions, and round one site."""

from collections.abc import Mapping, Sequence

import polars as pl
from dash import html
from dash.development.base_component import Component

from dashboards.asked import flow_matrix, site_flows
from dashboards.figures.flow_map import BETWEEN_REGIONS, PARTNERS, Marked, flow_map
from dashboards.pages.page import Rings, Shown
from dashboards.pages.partners import marked
from dashboards.pages.places import labelled, region_places
from dashboards.parts.attributes import attributes
from dashboards.parts.chart import chart
from dashboards.words import counted
from networks.columns import UNKNOWN
from networks.release import Filters, Release

STRONGEST, BETWEEN, EACH_WAY = 10, 7, 5
"""Arrows between sites, between regions, and to and from one site."""
_READING = (
    "An arrow goes from who gives knowledge to who gets it; thicker is more. Its number is its place in the list. "
)
_PAIR = "A pair of people is one who gives and one who gets."


def known_regions(release: Release, filters: Filters) -> pl.DataFrame:
    """Flows within and between regions that are known."""
    rows = flow_matrix(release, filters, "region")
    return rows.filter(pl.col("giver") != UNKNOWN, pl.col("getter") != UNKNOWN)


def between(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.filter(pl.col("giver") != pl.col("getter"))


def flows_in_words(rows: pl.DataFrame) -> pl.DataFrame:
    """Flows between sites under headings; whether they are partners where `partners` says so of any."""
    columns = {"giver_label": "From", "getter_label": "To", "ties": "Pairs of people"}
    more = [pl.col("contacts_per_year").round(0).alias("Contacts a year")]
    if "partners" in rows.columns and rows["partners"].any():
        words = pl.when("partners").then(pl.lit("yes")).otherwise(pl.lit("no"))
        more.append(words.alias("Partners"))
    return rows.select(*(pl.col(column).alias(heading) for column, heading in columns.items()), *more)


def _land(shown: Shown, sites: pl.DataFrame) -> Rings:
    return shown.rings if sites["exact"].any() else ()


def _marks(rows: pl.DataFrame) -> str:
    return f"{PARTNERS} marks partners. " if rows["partners"].any() else ""


def sites_map(shown: Shown, sites: pl.DataFrame) -> Sequence[Component]:
    """The strongest flows between any two sites."""
    flows = site_flows(shown.release, shown.filters, None)
    rows = labelled(marked(flows, shown.release), "site", shown.words)
    top, title = rows.head(STRONGEST), "Strongest flows between sites"
    drawn = flow_map(top, Marked(sites), sites, _land(shown, sites), shown.words.of("region"))
    caption = (
        f"{_READING}{_marks(top)}Dots are sites. {top.height} of {counted(rows.height, 'flow', 'flows')} are drawn."
    )
    return [chart("flows-map", drawn, title, caption, flows_in_words(rows)), listed(top, title)]


def regions_map(shown: Shown, sites: pl.DataFrame) -> Sequence[Component]:
    """The strongest flows between any two regions."""
    rows = labelled(between(known_regions(shown.release, shown.filters)), "region", shown.words)
    top, title = rows.head(BETWEEN), "Strongest flows between regions"
    ends = Marked(region_places(sites, shown.words), weight=BETWEEN_REGIONS)
    drawn = flow_map(top, ends, sites, _land(shown, sites), shown.words.of("region"))
    caption = f"{_READING}Dots are sites. {top.height} of {counted(rows.height, 'flow', 'flows')} are drawn."
    return [chart("flows-map", drawn, title, caption, _region_table(rows)), listed(top, title)]


def site_map(shown: Shown, sites: pl.DataFrame, site: str) -> Sequence[Component]:
    """The strongest flows from one site and to it."""
    flows = marked(site_flows(shown.release, shown.filters, site), shown.release)
    rows = labelled(flows, "site", shown.words)
    top = pl.concat([rows.filter(pl.col("direction") == way).head(EACH_WAY) for way in ("out", "in")])
    name = shown.words.label("site", site)
    drawn = flow_map(top, Marked(sites, _notes(top, site)), sites, _land(shown, sites), shown.words.of("region"))
    caption = (
        f"{_READING}{_marks(top)}Blue leaves {name}, orange comes to it; the strongest {EACH_WAY} each way are drawn."
    )
    title = f"What {name} gives and gets"
    return [chart("flows-map", drawn, title, caption, flows_in_words(rows)), listed(top, title)]


def _notes(rows: pl.DataFrame, site: str) -> Mapping[str, str]:
    """What stands under the name of each other site: the pairs of people that it gets from `site` and gives to it."""
    notes: dict[str, list[str]] = {}
    for giver, getter, ties in rows.select("giver", "getter", "ties").iter_rows():
        other, verb = (getter, "gets") if giver == site else (giver, "gives")
        notes.setdefault(other, []).append(f"{verb} {ties}")
    return {other: ", ".join(parts) for other, parts in notes.items()}


def listed(rows: pl.DataFrame, title: str) -> Component:
    """The arrows in words, numbered as they are on the map."""
    flags = rows["partners"] if "partners" in rows.columns else [False] * rows.height
    items = [
        html.Li([html.Strong(giver), " to ", html.Strong(getter), f": {ties:,}", " (partners)" if flag else ""])
        for (giver, getter, ties), flag in zip(
            rows.select("giver_label", "getter_label", "ties").iter_rows(), flags, strict=True
        )
    ]
    heading = html.H2("The arrows in words", className="nhsuk-heading-s")
    lead = html.P(f"From who gives to who gets, with the number of pairs of people. {_PAIR}", className="nhsuk-body-s")
    words = html.Ol(items, className="nhsuk-list nhsuk-list--number") if items else html.P("There are none.")
    return html.Section([heading, lead, words], **attributes(aria_label=f"{title}, in words"))


def _region_table(rows: pl.DataFrame) -> pl.DataFrame:
    columns = {"giver_label": "From region", "getter_label": "To region", "ties": "Pairs of people"}
    return rows.select(pl.col(column).alias(heading) for column, heading in columns.items())
