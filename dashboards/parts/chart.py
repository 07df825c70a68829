"""A chart on a page: the figure with its caption, its picture to download and its table twin."""

from typing import Any

import polars as pl
from dash import dcc, html
from dash.development.base_component import Component

from dashboards.figures.theme import Drawn, config
from dashboards.parts.attributes import attributes
from dashboards.parts.table import LONGEST, twin

AS_WIDE = "min(680px, 118vw)"
"""The height of a figure that has none of its own, such as a map: about its width on a phone."""


def _button(name: str, title: str) -> Component:
    words: list[Any] = ["Download picture", html.Span(f": {title}", className="nhsuk-u-visually-hidden")]
    look = "nhsuk-button nhsuk-button--secondary nhsuk-button--small"
    return html.Button(words, type="button", className=look, **attributes(data_picture=name))


def chart(name: str, drawn: Drawn, title: str, caption: str, frame: pl.DataFrame, rows: int = LONGEST) -> Component:
    """A heading, the figure `drawn`, what it shows in words, a button for its picture, and the same as a table.

    `name` is the figure's own on the page; `frame` has headings as column names; its table shows `rows` of it at most.
    """
    height = {"height": f"{drawn['layout']['height']}px" if "height" in drawn["layout"] else AS_WIDE}
    graph = dcc.Graph(id=name, figure=drawn, config=config(), responsive=True, style=height)
    room = {"minHeight": height["height"]}
    picture = html.Div(graph, role="img", style=room, **attributes(aria_label=f"{title}. {caption}"))
    return html.Section(
        [
            html.H2(title, className="nhsuk-heading-s"),
            html.Figure([picture, html.Figcaption(caption)], className="app-figure"),
            html.Div(_button(name, title), className="app-actions"),
            twin(frame, title, rows),
        ]
    )
