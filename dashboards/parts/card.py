"""The card below every page: what its figures rest on."""

from collections.abc import Mapping, Sequence

import polars as pl
from dash import html
from dash.development.base_component import Component

from dashboards.data import Known
from dashboards.parts.address import ALL, TITLES
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


def _chosen(words: Words, filters: Filters, site: str | None, uses: Sequence[str]) -> Mapping[str, str]:
    wave = None if filters.wave is None else str(filters.wave)
    codes = {"wave": wave, "topic": filters.topic, "role": filters.role, "formality": filters.formality, "site": site}
    return {
        TITLES[name]: ALL[name] if code is None else words.label(name, code)
        for name, code in codes.items()
        if name in uses
    }


def facts(known: Known, filters: Filters, site: str | None, uses: Sequence[str], convention: str) -> Mapping[str, str]:
    """What the page rests on, in order: name and text of each line of the card."""
    return {
        "Study": known.name,
        **_chosen(Words(known.release), filters, site, uses),
        "Interviews finished": _answered(known.release, filters),
        "Questionnaire": _instruments(known, filters.wave),
        "Release": f"{known.release.stamp}, for {known.release.audience}s",
        "How it is counted": convention,
    }


def card(lines: Mapping[str, str]) -> Component:
    """The card as a list of names and texts."""
    pairs = [html.Div([html.Dt(name), html.Dd(text)]) for name, text in lines.items()]
    heading = html.H2("What this rests on", className="nhsuk-heading-s")
    return html.Section([heading, html.Dl(pairs, className="app-basis")])
