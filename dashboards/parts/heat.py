"""A heat table: numbers first, shaded by size, outlined because the palest shades are faint."""

from collections.abc import Mapping

import polars as pl
from dash import html
from dash.development.base_component import Component

from dashboards.figures.theme import INK
from dashboards.parts.table import scrolling

_SHADES = (
    ("#ffffff", INK),
    ("#e3edf6", INK),
    ("#c7dcef", INK),
    ("#9cc6ea", INK),
    ("#2073BC", "#ffffff"),
    ("#12436D", "#ffffff"),
)
"""Background and text, each pair at least 4.5:1."""


def shade(value: int, most: int) -> tuple[str, str]:
    """Background and text colour of a number among numbers up to `most`."""
    if value <= 0 or most <= 0:
        return _SHADES[0]
    return _SHADES[min(1 + int(5 * value / most), 5)]


def _cell(value: int, most: int) -> Component:
    background, text = shade(value, most)
    return html.Td(f"{value:,}", style={"backgroundColor": background, "color": text})


def heat_table(flows: pl.DataFrame, labels: Mapping[str, str], caption: str, corner: str) -> Component:
    """Givers in rows, getters in columns, in the order of `labels`; a cell without a flow is 0.

    Takes giver, getter (codes in `labels`; others are left out), ties.
    """
    counts = {(giver, getter): ties for giver, getter, ties in flows.select("giver", "getter", "ties").iter_rows()}
    most = max((ties for (giver, getter), ties in counts.items() if giver in labels and getter in labels), default=0)
    head = [html.Th(corner, scope="col"), *(html.Th(label, scope="col") for label in labels.values())]
    rows = [
        html.Tr([html.Th(label, scope="row"), *(_cell(counts.get((giver, getter), 0), most) for getter in labels)])
        for giver, label in labels.items()
    ]
    title = html.Caption(html.Span(caption), className="nhsuk-table__caption nhsuk-table__caption--s")
    whole = html.Table(
        [title, html.Thead(html.Tr(head)), html.Tbody(rows)], className="nhsuk-table app-numbers app-heat"
    )
    return scrolling(whole, caption)
