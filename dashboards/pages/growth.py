"""Growth: whether people name more others as the waves go by."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl
from dash import html
from dash.development.base_component import Component

from dashboards.asked import growth
from dashboards.figures.growth import growth as growth_figure
from dashboards.figures.growth import tallest
from dashboards.pages.page import Page, Shown
from dashboards.parts.chart import chart
from dashboards.words import Words, counted
from networks.release import Filters, Release

SMALLEST_PANEL = 10
"""With fewer people who answered every wave, the finding speaks of all who answered instead."""
_PHRASES = {
    "informal": "informal contacts",
    "formal": "formal contacts",
    "both": "contacts that are formal and informal at once",
}


def _rows(release: Release, filters: Filters) -> pl.DataFrame:
    """Growth in all waves, whatever wave is chosen: informal first, then formal; both only when it is asked for."""
    rows = growth(release, Filters(topic=filters.topic, role=filters.role, formality=filters.formality))
    kinds = [filters.formality] if filters.formality else ["informal", "formal"]
    parts = [rows.filter(pl.col("formality") == kind).sort("wave") for kind in kinds]
    chosen = pl.concat(parts)
    words = Words(release)
    waves = pl.Series("wave_label", [words.wave(wave) for wave in chosen["wave"]], dtype=pl.String)
    labels = pl.Series(
        "formality_label", [words.label("formality", kind) for kind in chosen["formality"]], dtype=pl.String
    )
    return chosen.with_columns(waves, labels)


def _ends(rows: pl.DataFrame, wave: int | None) -> list[dict[str, Any]]:
    """The first wave with an answer, and the chosen or latest one."""
    known = rows.filter(pl.col("mean").is_not_null(), pl.col("wave") <= wave if wave else pl.lit(True))
    return [known.row(place, named=True) for place in ((0, -1) if known.height > 1 else range(known.height))]


def _on_panel(ends: list[dict[str, Any]]) -> bool:
    return all(end["panel_n"] >= SMALLEST_PANEL for end in ends)


def _apart(first: dict[str, Any], last: dict[str, Any], prefix: str) -> bool:
    """Whether the two waves' 95% intervals do not overlap."""
    bounds = [end[f"{prefix}{side}"] for end in (first, last) for side in ("low", "high")]
    if any(bound is None for bound in bounds):
        return False
    return bool(first[f"{prefix}high"] < last[f"{prefix}low"] or last[f"{prefix}high"] < first[f"{prefix}low"])


def finding(release: Release, filters: Filters) -> str:
    """Whether informal (or the chosen kind of) contact changed between the first wave and the chosen or latest one.

    A change is clear when the 95% intervals of the two waves do not overlap: those of the people who answered every
    wave when there are at least 10, otherwise those of all who answered. Not overlapping is a stricter rule than a
    paired test, so that what is called a change is one.
    """
    rows, words = _rows(release, filters), Words(release)
    ends = _ends(rows.filter(pl.col("formality") == (filters.formality or "informal")), filters.wave)
    phrase = _PHRASES[filters.formality or "informal"]
    match ends:
        case []:
            return "Nobody has finished an interview yet"
        case [only]:
            return f"People named {only['mean']:.1f} {phrase} each in {words.in_wave(only['wave'])}"
        case [first, last]:
            return _compared(first, last, phrase, words)
    raise ValueError("A comparison has two ends.")


def _compared(first: dict[str, Any], last: dict[str, Any], phrase: str, words: Words) -> str:
    panel = _on_panel([first, last])
    prefix, who = ("panel_", f"The same {last['panel_n']:,} people") if panel else ("", "People")
    before, after = first[f"{prefix}mean"], last[f"{prefix}mean"]
    then, now = words.in_wave(first["wave"]), words.in_wave(last["wave"])
    if not _apart(first, last, prefix):
        return f"No clear change in {phrase} between {then} and {now} ({before:.1f} and {after:.1f} each)"
    way = "up" if after > before else "down"
    return f"{who} named {after:.1f} {phrase} each in {now}, {way} from {before:.1f} in {then}"


_HEADINGS = {
    "wave_label": "Wave",
    "formality_label": "Kind of contact",
    "mean": "People named, mean",
    "low": "95% interval, low",
    "high": "95% interval, high",
    "respondents": "Answered",
    "invited": "Invited",
}
_SAME = {
    "panel_mean": "Same people, mean",
    "panel_low": "Same people, low",
    "panel_high": "Same people, high",
    "panel_n": "Same people, number",
}


def _readable(rows: pl.DataFrame, headings: Mapping[str, str]) -> pl.DataFrame:
    named = rows.select(pl.col(column).alias(heading) for column, heading in headings.items())
    return named.with_columns(pl.col(pl.Float64).round(3))


def table(release: Release, filters: Filters) -> pl.DataFrame:
    """Every wave and kind of contact: mean, interval, how many answered, and the same people's mean."""
    return _readable(_rows(release, filters), {**_HEADINGS, **_SAME})


def _everyone(rows: pl.DataFrame, highest: float) -> Component:
    counts = [f"{answered:,} of {invited:,}" for answered, invited in rows.select("respondents", "invited").iter_rows()]
    drawn = growth_figure(rows.with_columns(counted=pl.Series(counts, dtype=pl.String)), highest)
    caption = (
        "The average number of people named by all who answered the wave; bands are 95% intervals. Under each wave: "
        "how many answered of those invited. Different people may have answered in different waves."
    )
    return chart("growth-waves", drawn, "All who answered", caption, _readable(rows, _HEADINGS))


def _same_people(rows: pl.DataFrame, highest: float) -> Component:
    same = _panel(rows)
    panel = int(same["panel_n"][0])
    counts = pl.Series([counted(number, "person", "people") for number in same["panel_n"]], dtype=pl.String)
    drawn = growth_figure(same.with_columns(counted=counts), highest)
    caption = (
        f"The average number of people named by the {counted(panel, 'person', 'people')} who answered every wave; "
        "bands are 95% intervals. A change here is not due to other people answering. The heading is about them."
    )
    headings = {name: _HEADINGS[name] for name in ("wave_label", "formality_label", "mean", "low", "high")}
    shown = {**headings, "panel_n": "Same people, number"}
    return chart("growth-same", drawn, "The same people in every wave", caption, _readable(same, shown))


def _panel(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows with the same people's mean and interval in place of everyone's."""
    return rows.with_columns(pl.col(f"panel_{name}").alias(name) for name in ("mean", "low", "high"))


def body(shown: Shown) -> Sequence[Component]:
    """The means by wave with their intervals: of those who answered every wave where there are enough, and of all."""
    rows = _rows(shown.release, shown.filters)
    if shown.words.waves[1:] and (rows["panel_n"] >= SMALLEST_PANEL).all():
        highest = max(tallest(rows), tallest(_panel(rows)))
        return [html.Div([_same_people(rows, highest), _everyone(rows, highest)], className="app-halves")]
    return [_everyone(rows, tallest(rows))]


PAGE = Page(
    name="growth",
    title="Growth over time",
    finding=finding,
    table=table,
    body=body,
    uses=("study", "wave", "topic", "role", "formality"),
    convention=(
        "A contact that is formal and informal counts in each. Whoever did not answer is missing, not 0. A change "
        "is called clear when the 95% intervals of two waves do not overlap. The chosen wave is set beside the first."
    ),
)
