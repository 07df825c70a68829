"""The card below every page: what its figures rest on."""

from collections.abc import Mapping

import polars as pl
from dash import html
from dash.development.base_component import Component

from dashboards.data import Known
from dashboards.parts.address import ALL, NAMES, TITLES, Choice
from dashboards.words import Words, percent
from networks.release import Filters, Release


def answered(release: Release, filters: Filters) -> tuple[int, int]:
    """How many finished and how many were invited in the chosen wave and role; all waves: interviews of all."""
    rows = release.respondents
    if filters.wave is not None:
        rows = rows.filter(pl.col("wave") == filters.wave)
    if filters.role is not None:
        rows = rows.filter(pl.col("role") == filters.role)
    return int(rows["finished"].sum()), int(rows["invited"].sum())


def _answered(release: Release, filters: Filters) -> str:
    finished, invited = answered(release, filters)
    return f"{finished:,} of {invited:,} ({percent(finished / invited if invited else None)})"


def _instruments(known: Known, wave: int | None) -> str:
    versions = [version for number, version in sorted(known.instruments.items()) if wave in (None, number)]
    return ", ".join(dict.fromkeys(versions)) or "not known"


def _chosen(words: Words, choice: Choice, uses: tuple[str, ...]) -> Mapping[str, str]:
    parts = {}
    for name in NAMES[1:]:
        if name in uses:
            code = choice.values.get(name)
            parts[TITLES[name]] = ALL[name] if code is None else words.label(name, code)
    return parts


def facts(known: Known, words: Words, choice: Choice, uses: tuple[str, ...], convention: str) -> Mapping[str, str]:
    """What the page rests on, in order: name and text of each line of the card."""
    filters = choice.filters
    return {
        "Study": known.name,
        "Release": f"{known.release.stamp}, for {known.release.audience}s",
        "Questionnaire": _instruments(known, filters.wave),
        **_chosen(words, choice, uses),
        "Interviews finished": _answered(known.release, filters),
        "How it is counted": convention,
    }


def card(lines: Mapping[str, str]) -> Component:
    """The card as a list of names and texts."""
    pairs = [html.Div([html.Dt(name), html.Dd(text)]) for name, text in lines.items()]
    heading = html.H2("What this rests on", className="nhsuk-heading-s")
    return html.Section([heading, html.Dl(pairs, className="app-basis")])
