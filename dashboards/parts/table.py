"""Tables: a frame as a real table with a caption, in a region that scrolls and takes the focus."""

from collections.abc import Sequence
from typing import Any

import polars as pl
from dash import html
from dash.development.base_component import Component

from dashboards.parts.attributes import attributes

LONGEST = 25
"""Rows that a page shows; the file to download holds all."""


def cell_text(value: Any) -> str:
    """A cell's value as people read it."""
    if value is None:
        return "no figure"
    if isinstance(value, float):
        return f"{value:,.2f}" if abs(value) < 10 else f"{value:,.0f}"
    return f"{value:,}".replace("-", "−") if isinstance(value, int) and not isinstance(value, bool) else str(value)


def _heading(name: str, *, numeric: bool) -> Component:
    look = "nhsuk-table__header--numeric" if numeric else ""
    return html.Th(name, scope="col", className=look)


def _row(values: Sequence[Any], numeric: Sequence[bool]) -> Component:
    first = html.Th(cell_text(values[0]), scope="row", className="nhsuk-table__header")
    rest = [
        html.Td(cell_text(value), className="nhsuk-table__cell" + (" nhsuk-table__cell--numeric" if right else ""))
        for value, right in zip(values[1:], numeric[1:], strict=True)
    ]
    return html.Tr([first, *rest], className="nhsuk-table__row")


def scrolling(content: Component, name: str) -> Component:
    """A region of its own for something that may be wider than a phone; arrow keys move it once it has the focus."""
    return html.Div(content, className="app-scroll", role="region", tabIndex="0", **attributes(aria_label=name))


def table(frame: pl.DataFrame, caption: str) -> Component:
    """The frame as a table, its column names as headings, the first column naming each row; at most 25 rows."""
    numeric = [kind.is_numeric() for kind in frame.dtypes]
    more = f" (the first {LONGEST} of {frame.height:,} rows)" if frame.height > LONGEST else ""
    head = html.Tr([_heading(name, numeric=right) for name, right in zip(frame.columns, numeric, strict=True)])
    body = [_row(values, numeric) for values in frame.head(LONGEST).iter_rows()]
    whole = html.Table(
        [
            html.Caption(caption + more, className="nhsuk-table__caption nhsuk-table__caption--s"),
            html.Thead(head, className="nhsuk-table__head"),
            html.Tbody(body, className="nhsuk-table__body"),
        ],
        className="nhsuk-table app-numbers",
    )
    return scrolling(whole, caption)


def twin(frame: pl.DataFrame, caption: str) -> Component:
    """The same figures as a table, folded away below a figure."""
    words = html.Span("Show this as a table", className="nhsuk-details__summary-text")
    summary = html.Summary(
        [words, html.Span(f": {caption}", className="nhsuk-u-visually-hidden")], className="nhsuk-details__summary"
    )
    return html.Details(
        [summary, html.Div(table(frame, caption), className="nhsuk-details__text")], className="nhsuk-details"
    )
