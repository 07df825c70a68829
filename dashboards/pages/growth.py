"""Growth: whether people name more others as the waves go by, and whether that is more than more answers."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl
from dash import html
from dash.development.base_component import Component

from dashboards.asked import growth
from dashboards.figures.growth import growth as growth_figure
from dashboards.figures.growth import tallest
from dashboards.pages.apart import became, falls
from dashboards.pages.page import Page, Shown
from dashboards.pages.seeds import seeds
from dashboards.pages.since import KINDS, PHRASES, changes, compared, same_people, sentence, with_words
from dashboards.pages.trust import beside, limits, waiting
from dashboards.parts.chart import chart
from dashboards.words import Words
from networks.release import Filters, Release


def _rows(release: Release, filters: Filters) -> pl.DataFrame:
    """Growth in all waves, whatever wave is chosen: informal first, then formal; both only when it is asked for."""
    rows = growth(release, Filters(topic=filters.topic, role=filters.role, formality=filters.formality))
    kinds = [filters.formality] if filters.formality else KINDS[:2]
    parts = [rows.filter(pl.col("formality") == kind).sort("wave") for kind in kinds]
    chosen = pl.concat(parts)
    words = Words(release)
    waves = pl.Series("wave_label", [words.wave(wave) for wave in chosen["wave"]], dtype=pl.String)
    labels = pl.Series(
        "formality_label", [words.label("formality", kind) for kind in chosen["formality"]], dtype=pl.String
    )
    return chosen.with_columns(waves, labels)


def _alone(rows: pl.DataFrame, wave: int | None) -> dict[str, Any] | None:
    """The first wave with an answer, up to the chosen one."""
    known = rows.filter(pl.col("mean").is_not_null(), pl.col("wave") <= wave if wave else pl.lit(True))
    return known.row(0, named=True) if known.height else None


def finding(release: Release, filters: Filters) -> str:
    """Whether informal (or the chosen kind of) contact changed between the first wave and the chosen or latest one.

    A change is clear only when the 95% interval of the same people's own changes excludes 0; where fewer than 10
    answered both waves, that of all who answered either.
    """
    kind, words = filters.formality or "informal", Words(release)
    row = compared(release, filters, kind)
    if row is not None:
        return sentence(row, PHRASES[kind], words)
    only = _alone(_rows(release, filters).filter(pl.col("formality") == kind), filters.wave)
    if only is None:
        return "Nobody has finished an interview yet"
    return f"People named {only['mean']:.1f} {PHRASES[kind]} each in {words.in_wave(only['wave'])}"


_HEADINGS = {
    "wave_label": "Wave",
    "formality_label": "Kind of contact",
    "mean": "People named, mean",
    "low": "95% interval, low",
    "high": "95% interval, high",
    "respondents": "Answered",
    "invited": "Invited",
}
_SINCE = {
    "people": "Answered this wave and the first",
    "before": "Same people, mean in the first",
    "after": "Same people, mean in this wave",
    "change": "Same people, change",
    "low": "Change, 95% interval, low",
    "high": "Change, 95% interval, high",
    "percent": "Change, %",
    "percent_low": "Change, %, low",
    "percent_high": "Change, %, high",
    "told": "Clear change",
    "all_change": "All who answered, change",
    "all_low": "All, 95% interval, low",
    "all_high": "All, 95% interval, high",
    "weighted_change": "Same people weighted, change",
    "likely_low": "Limits, low",
    "likely_high": "Limits, high",
    "worst_low": "Worst case, low",
    "worst_high": "Worst case, high",
}


def _readable(rows: pl.DataFrame, headings: Mapping[str, str]) -> pl.DataFrame:
    named = rows.select(pl.col(column).alias(heading) for column, heading in headings.items())
    return named.with_columns(pl.col(pl.Float64).round(3))


def table(release: Release, filters: Filters) -> pl.DataFrame:
    """Every wave and kind of contact: mean, interval, how many answered, and the change since the first wave."""
    rows, since = _rows(release, filters), with_words(changes(release, filters))
    since = since.select(
        *(pl.col(column).alias(f"since_{column}") for column in _SINCE), "formality", wave=pl.col("second")
    )
    joined = rows.join(since, on=["wave", "formality"], how="left", maintain_order="left")
    return _readable(joined, {**_HEADINGS, **{f"since_{column}": heading for column, heading in _SINCE.items()}})


def _everyone(rows: pl.DataFrame) -> Component:
    counts = [f"{answered:,} of {invited:,}" for answered, invited in rows.select("respondents", "invited").iter_rows()]
    drawn = growth_figure(rows.with_columns(counted=pl.Series(counts, dtype=pl.String)), tallest(rows))
    caption = (
        "The average number of people named by all who answered the wave; bands are 95% intervals. Under each wave: "
        "how many answered of those invited. Different people may have answered in different waves."
    )
    return chart("growth-waves", drawn, "All who answered", caption, _readable(rows, _HEADINGS))


def body(shown: Shown) -> Sequence[Component]:
    """The same people's change and everyone's means; the change taken apart beside its limits; what became of ties."""
    rows = _rows(shown.release, shown.filters)
    everyone = _everyone(rows)
    row = compared(shown.release, shown.filters, shown.filters.formality or "informal")
    if row is None:
        only = _alone(rows, shown.filters.wave)
        return [everyone, *([] if only is None else waiting(shown, only["wave"]))]
    same = same_people(changes(shown.release, shown.filters), shown.words)
    return [
        html.Div([*same, everyone], className="app-halves"),
        html.Div([falls(shown, row), limits(shown, row)], className="app-halves"),
        *became(shown, row),
        *seeds(shown, row["second"]),
        beside(shown, row),
    ]


PAGE = Page(
    name="growth",
    title="Growth over time",
    finding=finding,
    table=table,
    body=body,
    uses=("study", "wave", "topic", "role", "formality"),
    convention=(
        "A contact that is formal and informal counts in each. Whoever did not answer is missing, not 0. A change is "
        "called clear only when the 95% interval of the same people's own changes excludes 0. The chosen wave is set "
        "beside the first."
    ),
)
