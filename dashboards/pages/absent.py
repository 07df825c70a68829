"""Who does not answer: the mix of answers against the roster, and where the next answer would show most."""

from collections.abc import Sequence

import polars as pl
from dash import html
from dash.development.base_component import Component

from dashboards.asked import coverage, missing
from dashboards.figures.missing import mix_bars
from dashboards.pages.field import wave_shown
from dashboards.pages.page import Shown
from dashboards.parts.chart import chart
from dashboards.parts.table import table
from dashboards.words import percent
from networks.release import Filters

UNEVEN = 3.0
"""Percentage points from which a role's share of answers and of those invited are called different."""
WORTH_MORE = 1.25
"""An answer is called worth more from here on, times that from a typical site."""
SHOWN, NEXT = 10, 10
"""Bars of the figure of sites, and rows of the table of sites whose next answer shows most."""


def mix(groups: pl.DataFrame) -> str:
    """How the groups' shares of answers differ from their shares of those invited, the largest first, at most two.

    Takes label, asked, told (shares), points.
    """
    if groups["points"].null_count() == groups.height:
        return ""
    size = pl.col("points").abs()
    uneven = groups.filter(size >= UNEVEN).sort(size, "label", descending=[True, False]).head(2)
    if uneven.is_empty():
        return f"The mix of answers is within {UNEVEN:.0f} points of the mix invited."
    parts = [
        f"{label} makes up {percent(told)} of answers and {percent(asked)} of those invited, "
        f"{abs(points):.0f} points {'more' if points > 0 else 'fewer'}"
        for label, told, asked, points in uneven.select("label", "told", "asked", "points").iter_rows()
    ]
    return "; ".join(parts) + "."


def lowest_quarter(sites: pl.DataFrame) -> str:
    """What the quarter of sites with the lowest response holds of those invited and of answers.

    Takes invited, finished.
    """
    if sites.height < 4 or not sites["finished"].sum():
        return ""
    low = sites.sort(pl.col("finished") / pl.col("invited")).head(sites.height // 4)
    asked, told = (int(low[name].sum()) / int(sites[name].sum()) for name in ("invited", "finished"))
    verb = "site with the lowest response holds" if low.height == 1 else "sites with the lowest response hold"
    return f"The {low.height} {verb} {percent(asked)} of those invited and {percent(told)} of answers."


def _mixed(shown: Shown, by: str) -> pl.DataFrame:
    """The groups' mix in the wave shown, with labels. Roles are compared with one another whatever role is chosen."""
    wave, role = wave_shown(shown.release, shown.filters), None if by == "role" else shown.filters.role
    rows = missing(shown.release, Filters(wave=wave, role=role), by)
    labels = [shown.words.label(by, code) for code in rows["group"]]
    return rows.with_columns(label=pl.Series(labels, dtype=pl.String))


def _readable(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.select(
        pl.col("label").alias("Name"),
        pl.col("invited").alias("Invited"),
        pl.col("finished").alias("Finished"),
        (100 * pl.col("asked")).round(1).alias("Of those invited, %"),
        (100 * pl.col("told")).round(1).alias("Of answers, %"),
        pl.col("points").round(1).alias("Difference, points"),
        pl.col("silent").alias("Can be reminded"),
    )


def _chart(shown: Shown, by: str, said: str) -> Component:
    rows = _mixed(shown, by)
    first = rows.head(SHOWN)
    caption = f"{said} Each bar is the share of answers less the share of those invited, in percentage points.".strip()
    if rows.height > first.height:
        caption += f" The {SHOWN} with the largest gap are shown; the table has more."
    title = f"Who does not answer, by {by}"
    return chart(f"missing-{by}", mix_bars(first), title, caption, _readable(rows))


def mixes(shown: Shown) -> Sequence[Component]:
    """The mix of answers against the roster, by role and by site; nothing while nobody has answered."""
    roles, sites = _mixed(shown, "role"), _mixed(shown, "site")
    if not roles["finished"].sum() or not sites["finished"].sum():
        return []
    charts = [_chart(shown, "site", lowest_quarter(sites)), _chart(shown, "role", mix(roles))]
    return [html.Div(charts, className="app-halves")]


def worth(rows: pl.DataFrame) -> str:
    """Whether an answer from one site is worth more than from another, in a sentence.

    Takes label and gain (null where all have answered), the largest gain first.
    """
    gains = rows["gain"].drop_nulls()
    typical = float(gains.median() or 0)  # type: ignore[arg-type]  # a column of Float64
    if gains[0] < WORTH_MORE * typical:
        return (
            "One answer more shows about as much of the network from whichever site it comes. These sites are the ones "
            "of whose contacts least is seen."
        )
    times = f"{gains[0] / typical:.1f} times as much as one from a typical site" if typical else "more than any other"
    return f"One answer more from {rows['label'][0]} shows most of the network: {times}. Begin at the top."


def next_answers(shown: Shown) -> Sequence[Component]:
    """The sites whose next answer would show most of the network; nothing where all have answered."""
    wave = wave_shown(shown.release, shown.filters)
    if wave is None:
        return []
    found = coverage(shown.release, Filters(role=shown.filters.role), wave).drop_nulls("gain")
    if found.is_empty():
        return []
    labels = [shown.words.label("site", code) for code in found["site"]]
    rows = found.with_columns(label=pl.Series(labels, dtype=pl.String))
    said = worth(rows)
    first = rows if said.endswith("top.") else rows.sort("coverage", "label")
    heading = html.H2("Where the next answer shows most", className="nhsuk-heading-s")
    caption = "Sites and how much of their contacts can be seen"
    return [html.Section([heading, html.P(said, className="nhsuk-body"), table(_seen(first.head(NEXT)), caption)])]


def _seen(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.select(
        pl.col("label").alias("Site"),
        pl.col("invited").alias("Invited"),
        pl.col("finished").alias("Finished"),
        (100 * pl.col("coverage")).round(0).cast(pl.Int64).alias("Pairs with an answer, %"),
        (100 * pl.col("confirmable")).round(0).cast(pl.Int64).alias("Pairs with both, %"),
        (100 * pl.col("gain")).round(2).alias("One answer more adds, points"),
    )
