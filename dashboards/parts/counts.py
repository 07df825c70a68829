"""A line of large figures, each with its name and what it means."""

from collections.abc import Sequence
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

LONG = 30
"""Letters from which on what is to be known about a figure takes twice the room."""


@dataclass(frozen=True)
class Count:
    """One figure: its name, its value in words, and what to know about it ("" for nothing)."""

    name: str
    value: str
    about: str = ""


def counts(figures: Sequence[Count], name: str) -> Component:
    """The figures in a row, as a list of names and values, under a heading that is heard and not seen."""
    pairs = [
        html.Div(
            [html.Dt(one.name), html.Dd([html.Strong(one.value), *([html.Span(one.about)] if one.about else [])])],
            className="app-counts__wide" if len(one.about) > LONG else "",
        )
        for one in figures
    ]
    heading = html.H2(name, className="nhsuk-u-visually-hidden")
    return html.Section([heading, html.Dl(pairs, className="app-counts")])
