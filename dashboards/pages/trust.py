"""How far the growth page can be trusted: other ways to count, limits, what it assumes, and what must wait."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import polars as pl
from dash import html
from dash.development.base_component import Component

from dashboards.asked import at_the_limit, gates, newcomers
from dashboards.pages.page import Shown
from dashboards.pages.since import PHRASES, of_panel, signed_percent
from dashboards.parts.table import table
from dashboards.words import MINUS, counted, percent
from networks.release import Filters

_WAYS = (
    ("Same people", "change", "low", "high"),
    ("All who answered", "all_change", "all_low", "all_high"),
    ("Same people, weighted", "weighted_change", None, None),
    ("Limits", None, "likely_low", "likely_high"),
    ("Worst case", None, "worst_low", "worst_high"),
)
"""Each way to look at a change: its name, and the columns of its value, low and high."""
_SHARES = {
    "change": ("share", "share_low", "share_high"),
    "all_change": ("all_share", "all_share_low", "all_share_high"),
    "weighted_change": ("weighted_share", None, None),
}
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
    """A change looked at in several ways: how many more people each names and what share that is, with intervals.

    The shares of the limits are those of the mean of all who answered the first wave.
    """
    rows = []
    for name, value, low, high in _WAYS:
        each = _told([_of(row, column) for column in (value, low, high)], signed_hundredths)
        if value is None:
            shares = [None, *(_share(row, column) for column in (low, high))]
        else:
            shares = [_of(row, column) for column in _SHARES[value]]
        rows.append((name, each, _told(shares, signed_percent)))
    return pl.DataFrame(rows, schema=["Counted so", "Change for each", "Change, %"], orient="row")


def _of(row: Mapping[str, Any], column: str | None) -> float | None:
    return None if column is None else row[column]


def _share(row: Mapping[str, Any], column: str | None) -> float | None:
    limit, before = _of(row, column), row["all_before"]
    return None if limit is None or not before else max(-1.0, limit / before)


def signed_hundredths(number: float) -> str:
    """A number with its sign and two decimals."""
    text = f"{abs(number):.2f}"
    return text if text == "0.00" else f"{'+' if number > 0 else MINUS}{text}"


def _told(ends: Sequence[float | None], write: Callable[[float], str]) -> str:
    """A value, low and high as "+0.7 (+0.6 to +0.9)", or the part of it that is known."""
    value, low, high = ends
    interval = "" if low is None or high is None else f"{write(low)} to {write(high)}"
    if value is None:
        return interval or "no figure"
    return f"{write(value)} ({interval})" if interval else write(value)


def limits(shown: Shown, row: Mapping[str, Any]) -> Component:
    """The table of ways to count, with what they say together."""
    first, second = (shown.words.in_wave(row[side]) for side in ("first", "second"))
    heading = html.H2("How sure is this?", className="nhsuk-heading-s")
    caption = f"Change in {PHRASES[row['formality']]}, {first} to {second}"
    about = (
        f"{row['people']:,} of the {row['roster']:,} invited to both waves answered both. They are the first row; in "
        "the second, each site weighs as many as it has people; in the third, people count for more where few of their "
        "site and role answered. The first two have 95% intervals. The limits suppose that those who are missing "
        "changed as the lowest or the highest 5% did; the worst case, that they named nobody or "
        f"{row['most']:,} people."
    )
    words = [html.P(text, className="nhsuk-body-s") for text in (about, _allows(row))]
    return html.Section([heading, *words, table(ways(row), caption)])


def _allows(row: Mapping[str, Any]) -> str:
    low, high = row["likely_low"], row["likely_high"]
    if low is None:
        return "Nobody answered both waves, so there are no limits."
    if low > 0 or high < 0:
        return "Even at its limits, the change keeps its direction."
    return "Between the limits lies 0: if those who are missing differ enough, there is no change, or the opposite one."


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


def waiting(shown: Shown, wave: int) -> Sequence[Component]:
    """The measures of the network that must wait in a wave, each in a sentence; nothing where none must."""
    held = gates(shown.release, Filters(wave=wave, role=shown.filters.role))["gate"].drop_nulls().to_list()
    return _list("Measures that wait for more answers", held)


def _list(title: str, texts: Sequence[str]) -> Sequence[Component]:
    if not texts:
        return []
    points = html.Ul([html.Li(text) for text in texts], className="nhsuk-list nhsuk-list--bullet")
    return [html.H2(title, className="nhsuk-heading-s"), points]


def beside(shown: Shown, row: Mapping[str, Any]) -> Component:
    """What stands beside the figures: signs to look at, what is assumed, and measures that must wait."""
    signs = [text for text in (_tired(shown, row), _limit(shown, row)) if text]
    if not of_panel(row):
        signs.insert(0, "Fewer than 10 people answered both waves, so the heading is about all who answered either.")
    lists = (_list("Signs to look at", signs), _list("What this assumes", ASSUMED), waiting(shown, row["second"]))
    return html.Section([part for parts in lists for part in parts])
