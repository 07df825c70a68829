"""What stays on a dashboard while its content changes, and the one callback that changes it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, dcc, html
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate

from dashboards.data import Source
from dashboards.pages import PAGES, Page
from dashboards.pages.page import Leads, Rings, nowhere
from dashboards.parts import filters
from dashboards.parts.address import NAMES
from dashboards.parts.attributes import attributes
from dashboards.view import View, make, page_of

CAUTION = "For analysts only: small groups are not hidden yet."
FIELD_CAUTION = "For those who run the study: who has answered, and nothing of what they said."
MaySee = Callable[[str], bool]
"""Whether whoever asks may see a page, by its name."""


def everything(_page: str) -> bool:
    """Every page may be seen."""
    return True


def menu(here: Page, query: str, may_see: MaySee = everything) -> Sequence[Component]:
    """Links to all pages that may be seen, which keep the filters; the page shown is marked."""
    links = []
    for page in (page for page in PAGES.values() if may_see(page.name)):
        current = attributes(aria_current="page") if page is here else {}
        links.append(html.Li(html.A(page.title, href=page.path + query, **attributes(data_page=page.name), **current)))
    return links


def skeleton(may_see: MaySee = everything) -> Component:
    """The parts that are made once: place, menu, heading, filters, room for content, and what is read out."""
    caution = CAUTION if all(map(may_see, PAGES)) else FIELD_CAUTION
    return html.Div(
        [
            dcc.Location(id="address", refresh=False),
            dcc.Store(id="arrived"),
            html.Nav(html.Ul(id="menu"), className="app-nav", **attributes(aria_label="Dashboards")),
            html.P(id="about", className="nhsuk-body-s app-about"),
            html.H1("Loading the figures", id="finding", tabIndex="-1", className="nhsuk-heading-l"),
            html.P(html.Strong(caution), className="nhsuk-body-s"),
            html.Div(id="notice"),
            filters.row(),
            html.Div(id="content"),
            html.Div(id="said", role="status", className="nhsuk-u-visually-hidden"),
        ],
        className="app-dashboard",
    )


def _outputs() -> dict[str, Any]:
    parts = {"finding": "finding", "content": "content", "menu": "menu", "notice": "notice", "about": "about"}
    outputs: dict[str, Any] = {name: Output(part, "children") for name, part in parts.items()}
    outputs["arrived"] = Output("arrived", "data")
    for name in NAMES:
        control = filters.select_id(name)
        outputs[f"{name} options"] = Output(control, "options")
        outputs[f"{name} value"] = Output(control, "value")
        outputs[f"{name} disabled"] = Output(control, "disabled")
        outputs[f"{name} hidden"] = Output(filters.group_id(name), "hidden")
    return outputs


def _filter_states(view: View) -> Mapping[str, Any]:
    states: dict[str, Any] = {}
    for name in NAMES:
        states[f"{name} options"] = filters.offered(name, view.offers, view.page.unset)
        states[f"{name} value"] = filters.value(name, view.choice, view.offers)
        states[f"{name} disabled"] = name not in view.page.uses or (name == "view" and view.choice.site is not None)
        states[f"{name} hidden"] = filters.hidden(name, view.offers, view.page.uses)
    return states


def _warning(text: str) -> Sequence[Component]:
    return [html.Div(html.P(text), className="nhsuk-inset-text")] if text else []


def contents(view: View, may_see: MaySee = everything) -> Mapping[str, Any]:
    """The value of each output for a view."""
    return {
        "finding": view.finding,
        "content": view.body,
        "menu": menu(view.page, view.choice.query, may_see),
        "notice": _warning(view.notice),
        "about": view.about,
        "arrived": {"page": view.page.name, "title": f"{view.finding} – {view.page.title}", "finding": view.finding},
        **_filter_states(view),
    }


def register(app: Dash, source: Source, rings: Rings, leads: Leads = nowhere, may_see: MaySee = everything) -> None:
    """Give `app` its layout and callbacks: `source` has what they show, and `leads` knows the service's pages.

    A page that may not be seen is answered like one that is not there.
    """
    app.layout = partial(skeleton, may_see)

    @app.callback(output=_outputs(), inputs=[Input("address", "pathname"), Input("address", "search")])
    def show(path: str | None, search: str | None) -> Mapping[str, Any]:
        page = page_of(path)
        if page is None or not may_see(page.name):
            raise PreventUpdate
        return contents(make(source, page, search or "", rings, now=datetime.now(UTC), leads=leads), may_see)

    said, arrived = Output("said", "children"), Input("arrived", "data")
    app.clientside_callback(ClientsideFunction("confer", "arrived"), said, arrived)  # type: ignore[no-untyped-call]
