"""The row of filters: real selects that are made once and only ever given new options and values."""

from collections.abc import Mapping, Sequence

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from dashboards.parts.address import ALL, EVERY, NAMES, TITLES, Choice, Options
from dashboards.parts.attributes import attributes


def select_id(name: str) -> str:
    return f"filter-{name}"


def group_id(name: str) -> str:
    return f"filter-{name}-group"


def _first(name: str, unset: Mapping[str, str]) -> Sequence[Mapping[str, str]]:
    return [{"label": unset.get(name, ALL[name]), "value": EVERY}] if name in ALL else []


def _group(name: str) -> Component:
    control = dbc.Select(id=select_id(name), className="nhsuk-select", options=_first(name, {}), value=EVERY, name=name)
    label = html.Label(TITLES[name], htmlFor=select_id(name), className="nhsuk-label")
    return html.Div(
        [label, control], id=group_id(name), className="nhsuk-form-group", hidden=name in ("study", "site", "view")
    )


def row() -> Component:
    """All filters, each with its label, in one row or two columns."""
    return html.Div(
        [_group(name) for name in NAMES],
        id="filters",
        className="app-filters",
        role="group",
        **attributes(aria_label="Show"),
    )


def offered(name: str, offers: Options, unset: Mapping[str, str] | None = None) -> Sequence[Mapping[str, str]]:
    """What one select lists: no choice first, where that is possible, in the words of `unset` where it has any."""
    return [*_first(name, unset or {}), *({"label": label, "value": value} for value, label in offers[name].items())]


def value(name: str, choice: Choice, offers: Options) -> str:
    """What one select shows: the chosen value, or its first."""
    return choice.values.get(name) or (EVERY if name in ALL else next(iter(offers[name]), ""))


def hidden(name: str, offers: Options, uses: Sequence[str]) -> bool:
    """Whether a select is out of place: one study leaves nothing to choose, and a page has what matters to it only."""
    return name not in uses or (name == "study" and len(offers["study"]) < 2)
