"""Growth: whether people name more others as the waves go by."""

from collections.abc import Sequence
from typing import Any

import polars as pl
from dash.development.base_component import Component

from dashboards.asked import growth
from dashboards.figures.growth import growth as growth_figure
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


def table(release: Release, filters: Filters) -> pl.DataFrame:
    """Every wave and kind of contact: mean, interval, how many answered, and the same people's mean."""
    headings = {
        "wave_label": "Wave",
        "formality_label": "Kind of contact",
        "mean": "People named, mean",
        "low": "95% interval, low",
        "high": "95% interval, high",
        "respondents": "Answered",
        "invited": "Invited",
        "panel_mean": "Same people, mean",
        "panel_low": "Same people, low",
        "panel_high": "Same people, high",
        "panel_n": "Same people, number",
    }
    rows = _rows(release, filters)
    return rows.select(pl.col(column).alias(heading) for column, heading in headings.items()).with_columns(
        pl.col(pl.Float64).round(3)
    )


def _caption(rows: pl.DataFrame) -> str:
    panel = int(rows["panel_n"].max() or 0)  # type: ignore[arg-type]  # a count
    lead = "Mean number of people named by each person who answered; bands are 95% intervals. "
    same = f"Thin dotted lines follow the {counted(panel, 'person', 'people')} who answered every wave."
    same += " The heading is about them." if panel >= SMALLEST_PANEL else ""
    return f"{lead}{same} Under each wave: how many answered of those invited."


def body(shown: Shown) -> Sequence[Component]:
    """The means by wave with their intervals, and the panel's."""
    rows = _rows(shown.release, shown.filters)
    title = "People named by each person who answered"
    return [chart("growth-waves", growth_figure(rows), title, _caption(rows), table(shown.release, shown.filters))]


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
