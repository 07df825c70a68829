"""Tables: a frame as a real table with a caption, in a region that scrolls and takes the focus."""

from collections.abc import Sequence
from typing import Any

import polars as pl
from dash import html
from dash.development.base_component import Component

from dashboards.parts.attributes import attributes
from dashboards.words import MINUS

LONGEST = 25
"""Rows that a page shows; the file to download holds all."""


def cell_text(value: Any) -> str:
    """A cell's value as people read it."""
    if value is None:
        return "no figure"
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    places = (2 if abs(value) < 10 else 0) if isinstance(value, float) else 0
    text = f"{abs(value):,.{places}f}"
    return f"{MINUS}{text}" if value < 0 and text.strip("0.") else text


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


def table(frame: pl.DataFrame, caption: str, longest: int = LONGEST) -> Component:
    """The frame as a table, its column names as headings, the first column naming each row; at most `longest` rows."""
    numeric = [kind.is_numeric() for kind in frame.dtypes]
    more = f" (the first {longest} of {frame.height:,})" if frame.height > longest else ""
    head = html.Tr([_heading(name, numeric=right) for name, right in zip(frame.columns, numeric, strict=True)])
    body = [_row(values, numeric) for values in frame.head(longest).iter_rows()]
    whole = html.Table(
        [
            html.Caption(html.Span(caption + more), className="nhsuk-table__caption nhsuk-table__caption--s"),
            html.Thead(head, className="nhsuk-table__head"),
            html.Tbody(body, className="nhsuk-table__body"),
        ],
        className="nhsuk-table app-numbers",
    )
    return scrolling(whole, caption)


def folded(title: str, content: Component, *, hidden: str = "", wide_only: bool = False) -> Component:
    """Content that a reader may unfold; `hidden` is said after the title to those who hear the page."""
    words: list[Component] = [html.Span(title, className="nhsuk-details__summary-text")]
    words += [html.Span(f": {hidden}", className="nhsuk-u-visually-hidden")] if hidden else []
    look = "nhsuk-details app-wide-only" if wide_only else "nhsuk-details"
    summary = html.Summary(words, className="nhsuk-details__summary")
    return html.Details([summary, html.Div(content, className="nhsuk-details__text")], className=look)


def twin(frame: pl.DataFrame, caption: str, longest: int = LONGEST) -> Component:
    """The same figures as a table, folded away below a figure."""
    return folded("Show this as a table", table(frame, caption, longest), hidden=caption)
