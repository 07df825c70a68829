"""Change since the first wave: which waves and people the growth page compares, in words and as a figure."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl
from dash.development.base_component import Component

from dashboards.asked import change
from dashboards.figures.change import change as change_figure
from dashboards.parts.chart import chart
from dashboards.words import MINUS, Words, counted
from networks.release import Filters, Release

SMALLEST_PANEL = 10
"""With fewer people who answered both waves, the finding speaks of all who answered instead."""
KINDS = ("informal", "formal", "both")
PHRASES = {
    "informal": "informal contacts",
    "formal": "formal contacts",
    "both": "contacts that are formal and informal at once",
}
_SAME, _ALL = "", "all_"
"""What stands before the columns of the same people, and of all who answered."""


def changes(release: Release, filters: Filters) -> pl.DataFrame:
    """Change since the first wave by later wave and kind, informal first; with wave_label, formality_label, counted."""
    rows = change(release, Filters(topic=filters.topic, role=filters.role, formality=filters.formality))
    words, order = Words(release), pl.Enum(KINDS)
    waves = pl.Series("wave_label", [words.wave(wave) for wave in rows["second"]], dtype=pl.String)
    labels = pl.Series("formality_label", [words.label("formality", kind) for kind in rows["formality"]], pl.String)
    people = [counted(number, "person", "people") for number in rows["people"]]
    named = rows.with_columns(waves, labels, pl.Series("counted", people, dtype=pl.String))
    return named.sort("second", pl.col("formality").cast(order))


def compared(release: Release, filters: Filters, kind: str) -> dict[str, Any] | None:
    """The row of `changes` that the page is about: the chosen or latest wave that anyone answered; None without one."""
    rows = changes(release, Filters(topic=filters.topic, role=filters.role)).filter(
        pl.col("formality") == kind, pl.col("all_people") > 0
    )
    if filters.wave is not None:
        rows = rows.filter(pl.col("second") <= filters.wave)
    return rows.row(-1, named=True) if rows.height else None


def of_panel(row: Mapping[str, Any]) -> bool:
    """Whether the same people are enough to speak of them."""
    return bool(row["people"] >= SMALLEST_PANEL)


def shares(low: float, high: float) -> str:
    """An interval of shares as signed percentages: "−3% to +9%"."""
    return f"{signed_percent(low)} to {signed_percent(high)}"


def signed_percent(share: float) -> str:
    """A share as a percentage with its sign; nothing before 0%."""
    rounded = round(100 * share)
    return "0%" if rounded == 0 else f"{'+' if rounded > 0 else MINUS}{abs(rounded):,}%"


def signed_count(number: float) -> str:
    """A mean with one decimal and its sign."""
    text = f"{abs(number):.1f}"
    return text if text == "0.0" else f"{'+' if number > 0 else MINUS}{text}"


def sentence(row: Mapping[str, Any], phrase: str, words: Words) -> str:
    """What changed from the first wave to the one compared, or that nothing clearly did."""
    prefix = _SAME if of_panel(row) else _ALL
    who = f"The same {row['people']:,} people" if of_panel(row) else "People"
    before, after = row[f"{prefix}before"], row[f"{prefix}after"]
    then, now = words.in_wave(row["first"]), words.in_wave(row["second"])
    if not row[f"{prefix}clear"]:
        means = f"{before:.1f} and {after:.1f} each{_interval(row, prefix)}"
        return f"No clear change in {phrase} between {then} and {now} ({means})"
    way = "up" if after > before else "down"
    return f"{who} named {after:.1f} {phrase} each in {now}, {way} from {before:.1f} in {then}{_size(row, prefix)}"


def _share_ends(row: Mapping[str, Any], prefix: str) -> tuple[float, float] | None:
    """The interval of the share, where there is one and it says the same as that of the change itself."""
    low, high = (row[f"{prefix}share_{side}"] for side in ("low", "high"))
    if low is None or (low > 0 or high < 0) != row[f"{prefix}clear"]:
        return None
    return low, high


def _each(row: Mapping[str, Any], prefix: str) -> str:
    """The interval of the change in people named by each; nothing where there is none."""
    low, high = (row[f"{prefix}{side}"] for side in ("low", "high"))
    return "" if low is None else f"95% interval {signed_count(low)} to {signed_count(high)} each"


def _interval(row: Mapping[str, Any], prefix: str) -> str:
    """The interval of an unclear change, as shares where there are any."""
    ends = _share_ends(row, prefix)
    told = _each(row, prefix) if ends is None else f"95% interval {shares(*ends)}"
    return f"; {told}" if told else ""


def _size(row: Mapping[str, Any], prefix: str) -> str:
    """How large a clear change is: ": 18% more (95% interval 12% to 24%)"."""
    ends = _share_ends(row, prefix)
    if ends is None:
        return f" ({_each(row, prefix)})"
    small, large = sorted(map(abs, ends))
    way = "more" if ends[0] > 0 else "fewer"
    share = 100 * abs(row[f"{prefix}share"])
    return f": {share:.0f}% {way} (95% interval {100 * small:.0f}% to {100 * large:.0f}%)"


_HEADINGS = {
    "wave_label": "Wave",
    "formality_label": "Kind of contact",
    "people": "Same people",
    "before": "Named in the first wave, mean",
    "after": "Named in this wave, mean",
    "change": "Change",
    "low": "95% interval, low",
    "high": "95% interval, high",
    "percent": "Change, %",
    "percent_low": "Change, %, low",
    "percent_high": "Change, %, high",
    "told": "Clear change",
}


def with_words(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows with shares as percentages (percent, percent_low, percent_high) and `told`: yes, no, or no figure."""
    told = pl.when(pl.col("clear")).then(pl.lit("yes")).when(pl.col("low").is_not_null()).then(pl.lit("no"))
    parts = [(100 * pl.col(f"share{side}")).round(1).alias(f"percent{side}") for side in ("", "_low", "_high")]
    return rows.with_columns(*parts, told=told)


def readable(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows with headings for a table."""
    named = with_words(rows).select(pl.col(column).alias(heading) for column, heading in _HEADINGS.items())
    return named.with_columns(pl.col(pl.Float64).round(3))


def same_people(rows: pl.DataFrame, words: Words) -> Sequence[Component]:
    """The figure of change among the same people; nothing where no two waves share anyone."""
    known = rows.filter(pl.col("people") > 0)
    if known.is_empty():
        return []
    places = known.with_columns(place=pl.col("second").rank("dense").cast(pl.Int64) - 1)
    first = words.in_wave(int(known["first"][0]))
    caption = (
        f"How many more people the same person names than in {first}, on average over those who answered both waves; "
        "bars are 95% intervals of each person's own change. A filled mark is a clear change, a hollow one is not. "
        "Under each wave: how many answered it and the first. It is not due to other people answering."
    )
    title = f"The same people: change since {first}"
    return [chart("growth-change", change_figure(places), title, caption, readable(known))]
