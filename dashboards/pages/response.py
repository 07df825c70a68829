"""Response: who has answered, how fast, and where answers are missing."""

from collections.abc import Sequence

import polars as pl
from dash import html
from dash.development.base_component import Component

from dashboards.asked import response_over_time
from dashboards.figures.response import cumulative
from dashboards.pages.absent import mixes, next_answers
from dashboards.pages.acts import reminding
from dashboards.pages.ahead import expected, looked, mark, sentence
from dashboards.pages.field import steps, top_line, wave_shown
from dashboards.pages.groups import by_group, table
from dashboards.pages.page import Page, Shown
from dashboards.pages.stops import where_people_stop
from dashboards.parts.chart import chart
from dashboards.parts.counts import counts
from dashboards.words import Words, counted, percent
from networks.release import Filters, Outlook, Release, target
from networks.release.response import STEPS

LEVEL = 0.02
"""Shares closer than this are called level."""


def _curves(release: Release, filters: Filters) -> pl.DataFrame:
    words = Words(release)
    rows = response_over_time(release, Filters(role=filters.role))
    labels = [words.wave(wave) for wave in rows["wave"]]
    return rows.with_columns(label=pl.Series(labels, dtype=pl.String))


def _pace(curves: pl.DataFrame, wave: int) -> tuple[int, float] | None:
    """The wave before and its share on the same day, when there was one."""
    earlier = curves.filter(pl.col("wave") < wave)
    if earlier.is_empty():
        return None
    before = int(earlier["wave"].max())  # type: ignore[arg-type]  # never null: waves have numbers
    today = curves.filter(pl.col("wave") == wave)["day_number"].max()
    rates_then = earlier.filter(pl.col("wave") == before, pl.col("day_number") <= today).sort("day_number")["rate"]
    return (before, float(rates_then[-1] or 0)) if len(rates_then) else None


def finding(release: Release, filters: Filters) -> str:
    """How many have answered, beside the wave before on the same day; closer than 2 points is level with it."""
    wave = wave_shown(release, filters)
    curves = _curves(release, filters)
    rows = curves.filter(pl.col("wave") == wave).sort("day_number")
    if wave is None or rows.is_empty():
        return "Nobody has been invited yet"
    finished, rate = int(rows["finished"][-1]), float(rows["rate"][-1] or 0)
    invited = int(rows["invited"][-1])
    words = Words(release)
    people = counted(invited, "person has", "people have")
    start = f"{finished:,} of {people} answered in {words.in_wave(wave)} ({percent(rate)})"
    pace = _pace(curves, wave)
    return start if pace is None else f"{start}, {_beside(rate, *pace, words)}"


def _beside(rate: float, before: int, then: float, words: Words) -> str:
    name = words.in_wave(before)
    if abs(rate - then) < LEVEL:
        return f"level with {name} on the same day"
    points = counted(round(100 * abs(rate - then)), "point", "points")
    return f"{points} {'ahead of' if rate > then else 'behind'} {name} on the same day"


def _days(curves: pl.DataFrame) -> pl.DataFrame:
    rows = curves.sort(["wave", "day_number"], descending=[True, True])
    rate = (100 * pl.col("rate")).round(1).alias("Answered, %")
    return rows.select(
        pl.col("day").dt.strftime("%d %B %Y").alias("Day"),
        pl.col("label").alias("Wave"),
        pl.col("day_number").alias("Days since opening"),
        *(pl.col(step).alias(f"{step.capitalize()} so far") for step in steps(curves)),
        rate,
    )


def _top(shown: Shown, curves: pl.DataFrame, wave: int | None, view: Outlook | None) -> Component:
    rows = curves.filter(pl.col("wave") == wave).sort("day_number")
    row = rows.row(-1, named=True) if rows.height else dict.fromkeys(STEPS, 0)
    known = {step: row[step] for step in steps(rows)}
    goal, closes = target(shown.release, wave), shown.closing.get(wave or 0)
    figures = top_line(known, goal, closes, shown.now, expected(view))
    return counts(figures, f"{shown.words.wave(wave or 0)} in figures")


def _progress(shown: Shown, curves: pl.DataFrame, wave: int, view: Outlook | None) -> Component:
    name = shown.words.in_wave(wave)
    others = "grey lines are the other waves, each from the day it opened." if shown.words.waves[1:] else ""
    lead = f"The bold line is {name}; {others}" if others else f"The line is {name}."
    title = "Share who have answered, day by day"
    caption = f"{lead} {sentence(shown, view, wave)}".strip()
    return chart("response-days", cumulative(curves, wave, mark(shown, view, wave)), title, caption, _days(curves))


def body(shown: Shown) -> Sequence[Component]:
    """The wave in figures, what to do, the running share, sites and roles behind, who is missing, where people stop."""
    wave = wave_shown(shown.release, shown.filters)
    curves = _curves(shown.release, shown.filters)
    view = None if wave is None else looked(shown, curves, wave)
    return [
        _top(shown, curves, wave, view),
        *reminding(shown),
        _progress(shown, curves, wave or 0, view),
        html.Div([by_group(shown, "site"), by_group(shown, "role")], className="app-halves"),
        *mixes(shown),
        *next_answers(shown),
        *where_people_stop(shown),
    ]


def _narrowed(release: Release, filters: Filters) -> Filters:
    return Filters(wave=wave_shown(release, filters), role=filters.role)


PAGE = Page(
    name="response",
    title="Response",
    finding=finding,
    table=table,
    body=body,
    uses=("study", "wave", "role"),
    convention="An answer counts when the interview was sent. Days begin at midnight, UK time.",
    needs="invited",
    narrowed=_narrowed,
    unset={"wave": "Latest wave"},
)
