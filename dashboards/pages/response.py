"""Response: who has answered, how fast, and where answers are missing."""

from collections.abc import Sequence

import polars as pl
from dash import html
from dash.development.base_component import Component

from dashboards.asked import response_by, response_over_time
from dashboards.figures.response import cumulative, rates
from dashboards.pages.field import TARGET, mix, needed, top_line
from dashboards.pages.page import Page, Shown
from dashboards.parts.chart import chart
from dashboards.parts.counts import counts
from dashboards.words import Words, counted, percent
from networks.release import Filters, Release

LEVEL = 0.02
"""Shares closer than this are called level."""
SHOWN, ALL_SITES = 15, 200
"""Bars of a figure, and rows of its table."""
_COUNTS = {
    "invited": "Invited",
    "opened": "Opened",
    "started": "Started",
    "finished": "Finished",
    "declined": "Declined",
}


def wave_shown(release: Release, filters: Filters) -> int | None:
    """The wave that the page is about: the chosen one, or the latest; None before anyone was invited."""
    waves = Words(release).waves
    return filters.wave if filters.wave is not None else (waves[-1] if waves else None)


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


def _groups(release: Release, filters: Filters, by: str) -> pl.DataFrame:
    """The groups of one wave, those who need most answers first: label, counts, rate, needed."""
    words = Words(release)
    rows = response_by(release, Filters(wave=wave_shown(release, filters), role=filters.role), by)
    labels = [words.label(by, code) for code in rows["group"]]
    gaps = [needed(*counts) for counts in rows.select("finished", "invited").iter_rows()]
    named = rows.with_columns(label=pl.Series(labels, dtype=pl.String), needed=pl.Series(gaps, dtype=pl.Int64))
    return named.sort("needed", "rate", descending=[True, False], nulls_last=True, maintain_order=True)


def _readable(groups: pl.DataFrame, by: str, wave: str) -> pl.DataFrame:
    return groups.select(
        pl.col("label").alias("Name"),
        pl.lit(by).alias("Grouped by"),
        pl.lit(wave).alias("Wave"),
        *(pl.col(column).alias(heading) for column, heading in _COUNTS.items()),
        (100 * pl.col("rate")).round(1).alias("Answered, %"),
        pl.col("needed").alias(f"More needed for {percent(TARGET)}"),
    )


def table(release: Release, filters: Filters) -> pl.DataFrame:
    """Every site, then every role, of the wave shown, those who need most answers first."""
    wave = wave_shown(release, filters)
    name = "" if wave is None else Words(release).wave(wave)
    parts = [_readable(_groups(release, filters, by), by.capitalize(), name) for by in ("site", "role")]
    return pl.concat(parts)


def _by(shown: Shown, whole: pl.DataFrame, by: str, more: str = "") -> Component:
    groups = _groups(shown.release, shown.filters, by)
    short, missing = int((groups["needed"] > 0).sum()), int(groups["needed"].sum())
    caption = f"{counted(short, by, f'{by}s')} of {groups.height} below the target of {percent(TARGET)} (dashed line)"
    caption += f"; together they need {counted(missing, 'more answer', 'more answers')}. " if short else ". "
    caption += "Each bar is the share who answered. "
    if groups.height > SHOWN:
        caption += f"{SHOWN} are shown; the table has all. "
    rows = whole.filter(pl.col("Grouped by") == by.capitalize()).drop("Grouped by")
    title = f"{by.capitalize()}s, those who need most answers first"
    return chart(
        f"response-{by}", rates(groups.head(SHOWN), TARGET), title, f"{caption}{more}".strip(), rows, ALL_SITES
    )


def _days(curves: pl.DataFrame) -> pl.DataFrame:
    rows = curves.sort(["wave", "day_number"], descending=[True, True])
    rate = (100 * pl.col("rate")).round(1).alias("Answered, %")
    return rows.select(
        pl.col("day").dt.strftime("%d %B %Y").alias("Day"),
        pl.col("label").alias("Wave"),
        pl.col("day_number").alias("Days since opening"),
        pl.col("finished").alias("Finished so far"),
        rate,
    )


def _top(shown: Shown, curves: pl.DataFrame, wave: int | None) -> Component:
    rows = curves.filter(pl.col("wave") == wave).sort("day_number").select(*_COUNTS)
    row = rows.row(-1, named=True) if rows.height else dict.fromkeys(_COUNTS, 0)
    figures = top_line(row, shown.closing.get(wave or 0), shown.now)
    return counts(figures, f"{shown.words.wave(wave or 0)} in figures")


def _progress(shown: Shown, curves: pl.DataFrame, wave: int) -> Component:
    name = shown.words.in_wave(wave)
    others = "grey lines are the other waves, each from the day it opened." if shown.words.waves[1:] else ""
    lead = f"The bold line is {name}; {others}" if others else f"The line is {name}."
    title = "Share who have answered, day by day"
    return chart("response-days", cumulative(curves, wave), title, lead, _days(curves))


def body(shown: Shown) -> Sequence[Component]:
    """The wave in figures, the running share of each wave, then sites and roles that need most answers."""
    wave = wave_shown(shown.release, shown.filters)
    curves, whole = _curves(shown.release, shown.filters), table(shown.release, shown.filters)
    uneven = mix(_groups(shown.release, shown.filters, "role"))
    groups = [_by(shown, whole, "site"), _by(shown, whole, "role", "" if shown.filters.role else uneven)]
    return [
        _top(shown, curves, wave),
        _progress(shown, curves, wave or 0),
        html.Div(groups, className="app-halves"),
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
