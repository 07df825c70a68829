"""What a release knows of the field beyond answers: mail, targets, page times; and who of those invited is missing."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from networks.columns import UTC_MOMENT, Column, Frame
from networks.release.growth import of_role
from networks.release.types import ANY, Filters, Release

USUAL_TARGET = 0.6
"""The share of answers to plan for, where a wave has no target of its own."""

MAILED = Frame(
    "MAILED",
    {
        "wave": Column(pl.Int32(), "number of the wave: 1, 2, ..."),
        "person": Column(pl.String(), "the person invited"),
        "delivered_at": Column(UTC_MOMENT, "when a mail with the link was sent and did not come back, or null"),
        "unreachable_at": Column(UTC_MOMENT, "when the person turned out not to be reachable, or null"),
    },
)
"""One row per invited person x wave of whom mail knows anything."""

PAGE_TIMES = Frame(
    "PAGE_TIMES",
    {
        "wave": Column(pl.Int32(), "number of the wave"),
        "page": Column(pl.String(), "the page's id in the questionnaire"),
        "label": Column(pl.String(), "the page's title"),
        "position": Column(pl.Int32(), "its place in the questionnaire, from 0"),
        "device": Column(pl.String(), "desktop, tablet, phone; blank for any"),
        "reached": Column(pl.Int64(), "interviews that opened the page"),
        "stopped": Column(pl.Int64(), "interviews not sent that opened this page last and did not save it"),
        "median_seconds": Column(pl.Float64(), "from opening to saving the page; null where it was never saved"),
    },
)
"""One row per wave x page x device, and one for any device."""

MINUTES = Frame(
    "MINUTES",
    {
        "wave": Column(pl.Int32(), "number of the wave"),
        "device": Column(pl.String(), "the one used last: desktop, tablet, phone; blank for any"),
        "finished": Column(pl.Int64(), "interviews sent, with page times"),
        "median_minutes": Column(pl.Float64(), "on all pages of one interview together"),
    },
)
"""One row per wave x device, and one for any device."""


@dataclass(frozen=True)
class Field:
    """What stands beside the answers: MAILED, PAGE_TIMES, MINUTES, each wave's target and the days it was open for.

    targets  by wave, the share of those invited who should answer
    days     by wave, how many days lie between its opening and its closing
    """

    mailed: pl.DataFrame = field(default_factory=MAILED.empty)
    page_times: pl.DataFrame = field(default_factory=PAGE_TIMES.empty)
    minutes: pl.DataFrame = field(default_factory=MINUTES.empty)
    targets: Mapping[int, float] = field(default_factory=dict)
    days: Mapping[int, int] = field(default_factory=dict)


def target(release: Release, wave: int | None) -> float:
    """The share of those invited to a wave who should answer."""
    return USUAL_TARGET if wave is None else release.targets.get(wave, USUAL_TARGET)


def page_times(release: Release, filters: Filters, device: str = ANY) -> pl.DataFrame:
    """The pages in the questionnaire's order on one kind of device: wave, page, label, reached, stopped, share.

    Gives also median_seconds. `share` is stopped of reached. Only the wave filter matters here.
    """
    rows = release.page_times.filter(pl.col("device") == device, _of_wave(filters)).sort("wave", "position", "page")
    share = pl.when(pl.col("reached") > 0).then(pl.col("stopped") / pl.col("reached"))
    return rows.select("wave", "page", "label", "reached", "stopped", "median_seconds", share=share)


def devices(release: Release, filters: Filters) -> pl.DataFrame:
    """By wave and kind of device, the most used first: wave, device, stopped, finished, median_minutes.

    Blank stands for any device. `stopped` counts interviews that were left on a page which was opened on that device.
    """
    stopped = release.page_times.filter(_of_wave(filters)).group_by("wave", "device").agg(pl.col("stopped").sum())
    sent = release.minutes.filter(_of_wave(filters))
    both = stopped.join(sent, on=["wave", "device"], how="full", coalesce=True)
    counted = both.with_columns(pl.col("stopped", "finished").fill_null(0))
    return counted.select("wave", "device", "stopped", "finished", "median_minutes").sort(
        ["wave", "finished", "device"], descending=[False, True, False]
    )


def _of_wave(filters: Filters) -> pl.Expr:
    return pl.lit(True) if filters.wave is None else pl.col("wave") == filters.wave


def missing(release: Release, filters: Filters, by: str = "role") -> pl.DataFrame:
    """Who does not answer: the mix of those who finished against that of those invited, over sites or roles (`by`).

    Gives wave, group, invited, finished, silent, asked (share of all invited), told (share of all who finished; null
    while nobody has), points (told less asked, in percentage points). `silent` are those whom a reminder may still
    reach: neither finished nor declined nor unreachable. The fewest answers for its size first.
    """
    rows = of_role(release.respondents, filters).filter(_of_wave(filters))
    groups = rows.group_by("wave", pl.col(by).alias("group")).agg(pl.col("invited", "finished", "silent").sum())
    everyone, all_told = (pl.col(name).sum().over("wave") for name in ("invited", "finished"))
    shares = groups.with_columns(
        asked=pl.col("invited") / everyone, told=pl.when(all_told > 0).then(pl.col("finished") / all_told)
    )
    points = shares.with_columns(points=100 * (pl.col("told") - pl.col("asked")))
    return points.sort("wave", "points", "group", nulls_last=True)


def named_nobody(release: Release, filters: Filters) -> pl.DataFrame:
    """How many of those who finished named nobody: wave, finished, nobody, share (null while nobody has finished)."""
    rows = of_role(release.respondents, filters).filter(_of_wave(filters))
    counted = rows.group_by("wave").agg(pl.col("finished", "nobody").sum()).sort("wave")
    return counted.with_columns(share=pl.when(pl.col("finished") > 0).then(pl.col("nobody") / pl.col("finished")))
