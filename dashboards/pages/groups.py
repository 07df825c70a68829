"""Sites and roles of a wave, those who need most answers first: as a table, and as charts."""

import polars as pl
from dash.development.base_component import Component

from dashboards.asked import response_by
from dashboards.figures.response import rates
from dashboards.pages.field import needed, steps, wave_shown
from dashboards.pages.page import Shown
from dashboards.parts.chart import chart
from dashboards.words import Words, counted, percent
from networks.release import Filters, Release, target

SHOWN, ALL_SITES = 15, 50
"""Bars of a figure, and rows of its table; the file to download has all."""


def groups(release: Release, filters: Filters, by: str) -> pl.DataFrame:
    """The groups of one wave, those who need most answers first: group, label, counts, rate, needed."""
    words, wave = Words(release), wave_shown(release, filters)
    rows = response_by(release, Filters(wave=wave, role=filters.role), by)
    labels = [words.label(by, code) for code in rows["group"]]
    goal = target(release, wave)
    gaps = [needed(told, asked, goal) for told, asked in rows.select("finished", "invited").iter_rows()]
    named = rows.with_columns(label=pl.Series(labels, dtype=pl.String), needed=pl.Series(gaps, dtype=pl.Int64))
    return named.sort("needed", "rate", descending=[True, False], nulls_last=True, maintain_order=True)


def readable(found: pl.DataFrame, by: str, wave: str, goal: float) -> pl.DataFrame:
    """The groups with headings for a table."""
    return found.select(
        pl.col("label").alias("Name"),
        pl.lit(by).alias("Grouped by"),
        pl.lit(wave).alias("Wave"),
        *(pl.col(step).alias(step.capitalize()) for step in steps(found)),
        (100 * pl.col("rate")).round(1).alias("Answered, %"),
        pl.col("needed").alias(f"More needed for {percent(goal)}"),
    )


def table(release: Release, filters: Filters) -> pl.DataFrame:
    """Every site, then every role, of the wave shown, those who need most answers first."""
    wave = wave_shown(release, filters)
    name, goal = "" if wave is None else Words(release).wave(wave), target(release, wave)
    parts = [readable(groups(release, filters, by), by.capitalize(), name, goal) for by in ("site", "role")]
    return pl.concat(parts)


def _behind(found: pl.DataFrame, by: str, goal: float) -> str:
    """How many groups are below the target, and how many people they need."""
    short, missing = int((found["needed"] > 0).sum()), int(found["needed"].sum())
    caption = f"{counted(short, by, f'{by}s')} of {found.height} below the target of {percent(goal)} (dashed line)"
    return caption + (f"; together they need {counted(missing, 'more answer', 'more answers')}." if short else ".")


def by_group(shown: Shown, by: str) -> Component:
    """The chart of sites or roles, those behind on top, with its table."""
    found, wave = groups(shown.release, shown.filters, by), wave_shown(shown.release, shown.filters)
    goal = target(shown.release, wave)
    caption = f"{_behind(found, by, goal)} Each bar is the share who answered."
    if found.height > SHOWN:
        caption += f" {SHOWN} are shown; the table has more, the file below has all."
    rows = readable(found, by.capitalize(), "", goal).drop("Grouped by", "Wave")
    title = f"{by.capitalize()}s, those who need most answers first"
    return chart(f"response-{by}", rates(found.head(SHOWN), goal), title, caption, rows, ALL_SITES)
