"""How far the growth page can be trusted: other ways to count, limits, what it assumes, and what must wait."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl
from dash import html
from dash.development.base_component import Component

from dashboards.asked import at_the_limit, gates, newcomers
from dashboards.pages.page import Shown
from dashboards.pages.since import PHRASES, of_panel
from dashboards.parts.table import table
from dashboards.words import counted, percent
from networks.release import Filters

_WAYS = (
    ("The same people, who answered both waves", "change", "low", "high", "share"),
    ("All who answered either wave, sites weighing as on the roster", "all_change", "all_low", "all_high", "all_share"),
    ("Same people, weighted for who tends to answer", "weighted_change", None, None, "weighted_share"),
    ("Limits, if the silent changed as the lowest or highest 5% did", None, "likely_low", "likely_high", None),
    ("Worst case, if the silent named nobody or as many as possible", None, "worst_low", "worst_high", None),
)
"""Each way to look at a change: its name, and the columns of its value, low, high and share."""
ASSUMED = (
    "The same people are taken to stand for those who did not answer both waves. If people whose contacts grew were "
    "likelier to answer, the change is smaller than it looks; the limits in the table allow for that.",
    "The figures of all who answered take the silent of a site to be like those who answered there. If people with few "
    "contacts stop answering, or start to, these figures move although nobody's contacts changed.",
    "People forget some contacts each time. If they forget the same share in each wave, the change in % is right and "
    "the change in people named is somewhat too small.",
    "The waves asked alike. Waves with another questionnaire, list or limit of names should not be compared.",
)


def ways(row: Mapping[str, Any]) -> pl.DataFrame:
    """A change looked at in several ways: way, change in people named by each, its limits, and in %."""
    rows = []
    for name, value, low, high, share in _WAYS:
        told = [None if column is None else row[column] for column in (value, low, high, share)]
        rows.append((name, *told[:3], None if told[3] is None else round(100 * told[3], 1)))
    schema = {
        "Counted so": pl.String,
        "Change": pl.Float64,
        "At least": pl.Float64,
        "At most": pl.Float64,
        "Change, %": pl.Float64,
    }
    return pl.DataFrame(rows, schema=schema, orient="row").with_columns(pl.col(pl.Float64).round(2))


def limits(shown: Shown, row: Mapping[str, Any]) -> Component:
    """The table of ways to count, with what they say together."""
    first, second = (shown.words.in_wave(row[side]) for side in ("first", "second"))
    heading = html.H2("How sure is this?", className="nhsuk-heading-s")
    caption = f"Change in {PHRASES[row['formality']]} named by each, {first} to {second}"
    about = (
        f"{row['people']:,} of the {row['roster']:,} invited to both waves answered both. The first two rows have "
        f"95% intervals. The worst case supposes that one person can name {row['most']:,}."
    )
    return html.Section(
        [heading, html.P(f"{about} {_allows(row)}", className="nhsuk-body-s"), table(ways(row), caption)]
    )


def _allows(row: Mapping[str, Any]) -> str:
    low, high = row["likely_low"], row["likely_high"]
    if low is None:
        return "There is nobody who answered both waves, so there are no limits."
    if low > 0 or high < 0:
        return "Even at these limits, there is a change in the same direction."
    return "Within these limits, those who did not answer could undo the change, or turn it round."


def _tired(shown: Shown, row: Mapping[str, Any]) -> str | None:
    """First-timers beside returners, in the wave compared."""
    filters = Filters(shown.filters.topic, row["second"], shown.filters.role, row["formality"])
    rows = newcomers(shown.release, filters).drop_nulls("difference")
    if rows.is_empty():
        return None
    found = rows.row(0, named=True)
    wave, phrase = shown.words.in_wave(row["second"]), PHRASES[row["formality"]]
    start = (
        f"In {wave}, {counted(found['returners'], 'person', 'people')} who had answered before named "
        f"{found['returners_mean']:.1f} {phrase} each, and {counted(found['first_timers'], 'person', 'people')} who "
        f"answered for the first time {found['first_timers_mean']:.1f}: "
    )
    if found["low"] is None or found["low"] <= 0 <= found["high"]:
        return f"{start}no clear difference, so there is no sign that people tire of naming."
    if found["high"] < 0:
        return f"{start}clearly fewer, so people may tire of naming, which hides growth."
    return f"{start}clearly more, so those who keep answering may not be like the others."


def _limit(shown: Shown, row: Mapping[str, Any]) -> str | None:
    """How many named as many people as they could."""
    found = at_the_limit(shown.release, Filters(role=shown.filters.role))
    told = found.filter(pl.col("wave").is_in([row["first"], row["second"]])).sort("wave").rows(named=True)
    if not told:
        return None
    parts = [
        f"{percent(wave['share'])} of respondents in {shown.words.in_wave(wave['wave'])} (limit {wave['most']})"
        for wave in told
    ]
    return f"Named as many people as the questionnaire lets them: {' and '.join(parts)}. Growth beyond is not seen."


def waiting(shown: Shown, wave: int) -> Sequence[str]:
    """The sentences of measures of the network that must wait in a wave."""
    return gates(shown.release, Filters(wave=wave, role=shown.filters.role))["gate"].drop_nulls().to_list()


def _list(texts: Sequence[str]) -> Component:
    return html.Ul([html.Li(text) for text in texts], className="nhsuk-list nhsuk-list--bullet")


def beside(shown: Shown, row: Mapping[str, Any]) -> Component:
    """What stands beside the figures: signs to look at, what is assumed, and measures that must wait."""
    signs = [text for text in (_tired(shown, row), _limit(shown, row)) if text]
    if not of_panel(row):
        signs.insert(0, "Fewer than 10 people answered both waves, so the heading is about all who answered either.")
    held = waiting(shown, row["second"])
    parts = [("Signs to look at", signs), ("What this assumes", ASSUMED), ("Measures that wait for more answers", held)]
    blocks: list[Component] = []
    for title, texts in parts:
        if texts:
            blocks += [html.H2(title, className="nhsuk-heading-s"), _list(texts)]
    return html.Section(blocks)
