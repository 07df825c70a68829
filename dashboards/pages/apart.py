"""Growth taken apart: how much of a change is other people answering, and what became of each contact."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl
from dash import html
from dash.development.base_component import Component

from dashboards.asked import decomposition, transitions
from dashboards.figures.waterfall import waterfall
from dashboards.pages.page import Shown
from dashboards.parts.chart import chart
from dashboards.parts.table import table
from dashboards.words import signed
from networks.measures.panels import STATES
from networks.release import Filters, Release
from networks.uncertainty.decomposition import Decomposition

_STATE_LABELS = {"none": "Not named", "formal": "Formal", "informal": "Informal", "both": "Both at once"}


def taken_apart(release: Release, filters: Filters, row: Mapping[str, Any]) -> Decomposition:
    """All contacts of the kind in the two waves that `row` compares, taken apart."""
    kind = Filters(topic=filters.topic, role=filters.role, formality=row["formality"])
    return decomposition(release, kind, row["first"], row["second"])


def in_words(found: Decomposition, first: str, second: str) -> str:
    """What of the change of all contacts is due to whom, as a sentence."""
    total = found.after - found.before
    return (
        f"All contacts reported went from {found.before:,} in {first} to {found.after:,} in {second} "
        f"({signed(total)}): {signed(found.answered_more)} because more or other people answered, "
        f"{signed(found.named_more)} because the same people named more or fewer."
    )


def _steps(found: Decomposition, first: str, second: str) -> pl.DataFrame:
    """The bars of the waterfall: part, label, kind, start, step."""
    told = {
        "left": (f"Answered only {first}", "answered"),
        "joined": (f"Answered only {second}", "answered"),
        "dissolved": ("Same people, no longer named", "ended"),
        "formed": ("Same people, newly named", "named"),
        "elsewhere": ("Same people, others off the roster", "named"),
    }
    rows: list[tuple[str, str, int, int]] = [(f"All reported in {first}: {found.before:,}", "total", 0, found.before)]
    level = found.before
    for part, step in found.steps():
        if part != "elsewhere" or found.elsewhere_before or found.elsewhere_after:
            rows.append((f"{told[part][0]}: {signed(step)}", told[part][1], level, step))
        level += step
    rows.append((f"All reported in {second}: {found.after:,}", "total", 0, found.after))
    return pl.DataFrame(rows, schema=["label", "kind", "start", "step"], orient="row")


def _table(found: Decomposition, first: str, second: str) -> pl.DataFrame:
    rows = [
        (f"All reported in {first}", found.before),
        (f"Of people who answered only {first}", -found.left),
        (f"Of people who answered only {second}", found.joined),
        ("More or other people answered, together", found.answered_more),
        ("Same people, no longer named", -found.dissolved),
        ("Same people, newly named", found.formed),
        ("Same people, others off the roster", found.elsewhere),
        ("The same people named more, together", found.named_more),
        (f"All reported in {second}", found.after),
        ("Same people, named both times (in both totals)", found.kept),
    ]
    return pl.DataFrame(rows, schema=["Part", "Contacts"], orient="row")


def falls(shown: Shown, row: Mapping[str, Any]) -> Component:
    """The waterfall from the first wave to the one compared, with its table."""
    found = taken_apart(shown.release, shown.filters, row)
    first, second = (shown.words.in_wave(row[side]) for side in ("first", "second"))
    caption = (
        f"{in_words(found, first, second)} Only the second part is a change in whom people go to. Grey bars are people "
        "who answered one of the two waves; coloured bars are people who answered both."
    )
    title = f"Growth, or more answers? {shown.words.label('formality', row['formality'])} contacts"
    drawn = waterfall(_steps(found, first, second))
    return chart("growth-apart", drawn, title, caption, _table(found, first, second))


def became(shown: Shown, row: Mapping[str, Any]) -> Sequence[Component]:
    """What became of each contact between the two waves: a table of before against after."""
    kept = Filters(topic=shown.filters.topic, role=shown.filters.role)
    rows = transitions(shown.release, kept, row["first"], row["second"])
    if not rows["ties"].sum():
        return []
    first, second = (shown.words.wave(row[side]) for side in ("first", "second"))
    caption = f"Contacts of the same people: {first} in rows, {second} in columns"
    about = (
        "Contacts with people on the roster, of everyone who answered both waves. Contacts that were named in neither "
        "wave cannot be counted."
    )
    heading = html.H2("What became of each contact", className="nhsuk-heading-s")
    return [
        html.Section(
            [heading, html.P(about, className="nhsuk-body-s"), table(_grid(rows, f"{first} ↓ {second} →"), caption)]
        )
    ]


def _grid(rows: pl.DataFrame, corner: str) -> pl.DataFrame:
    """Before in rows, after in columns, as texts."""
    told = [(before, after, "not counted" if ties is None else f"{ties:,}") for before, after, ties in rows.iter_rows()]
    cells = {(before, after): text for before, after, text in told}
    columns = {corner: [_STATE_LABELS[state] for state in STATES]}
    for after in STATES:
        columns[_STATE_LABELS[after]] = [cells[before, after] for before in STATES]
    return pl.DataFrame(columns)
