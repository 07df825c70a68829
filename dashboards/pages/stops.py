"""Where people stop and how long it takes: pages by device, minutes, and how many name nobody."""

from collections.abc import Sequence

import polars as pl
from dash import html
from dash.development.base_component import Component

from dashboards.figures.missing import stops
from dashboards.pages.field import wave_shown
from dashboards.pages.page import Shown
from dashboards.parts.chart import chart
from dashboards.parts.table import table
from dashboards.words import counted, percent
from networks.release import Filters, devices, named_nobody, page_times
from networks.release.types import ANY

DEVICES = {"desktop": "Desktop", "tablet": "Tablet", "phone": "Phone"}


def _headline(pages: pl.DataFrame) -> str:
    """Where most people stopped."""
    stopped = int(pages["stopped"].sum())
    if not stopped:
        return "Nobody stopped on a page that they had opened."
    worst = pages.sort("stopped", "page", descending=[True, False]).row(0, named=True)
    return (
        f"{counted(stopped, 'interview', 'interviews')} stopped on an open page, most on “{worst['label']}”: "
        f"{worst['stopped']:,} of {worst['reached']:,} ({percent(worst['share'])})."
    )


def _readable(shown: Shown, wave: int) -> pl.DataFrame:
    """Every page: opened, stopped, seconds, and how many stopped on each kind of device."""
    rows = page_times(shown.release, Filters(wave=wave))
    for device, name in DEVICES.items():
        own = page_times(shown.release, Filters(wave=wave), device).select("page", pl.col("stopped").alias(name))
        rows = rows.join(own, on="page", how="left", maintain_order="left").with_columns(pl.col(name).fill_null(0))
    return rows.select(
        pl.col("label").alias("Page"),
        pl.col("reached").alias("Opened"),
        pl.col("stopped").alias("Stopped"),
        (100 * pl.col("share")).round(1).alias("Stopped, %"),
        pl.col("median_seconds").round(0).cast(pl.Int64).alias("Seconds, median"),
        *(pl.col(name).alias(f"Stopped on {name.lower()}") for name in DEVICES.values()),
    )


def _by_device(shown: Shown, wave: int) -> pl.DataFrame:
    rows = devices(shown.release, Filters(wave=wave))
    names = [DEVICES.get(device, "All" if device == ANY else device) for device in rows["device"]]
    return rows.select(
        pl.Series("Device", names, dtype=pl.String),
        pl.col("finished").alias("Finished"),
        pl.col("median_minutes").round(1).alias("Minutes, median"),
        pl.col("stopped").alias("Stopped on an open page"),
    )


def _nobody(shown: Shown, wave: int) -> str:
    """The share of those who finished that named nobody."""
    row = named_nobody(shown.release, Filters(wave=wave, role=shown.filters.role)).row(0, named=True)
    if not row["finished"]:
        return ""
    people = counted(row["finished"], "person who finished", "people who finished")
    return f"{row['nobody']:,} of {people} named nobody ({percent(row['share'])})."


def where_people_stop(shown: Shown) -> Sequence[Component]:
    """The chart of pages, the table of devices, and who named nobody; in words what is not known yet."""
    wave = wave_shown(shown.release, shown.filters)
    if wave is None:
        return []
    pages = page_times(shown.release, Filters(wave=wave))
    named = [html.P(text, className="nhsuk-body") for text in [_nobody(shown, wave)] if text]
    if pages.is_empty():
        heading = html.H2("Where people stop", className="nhsuk-heading-s")
        words = "No times of pages were noted in this wave, so nothing is known of where people stop."
        return [html.Section([heading, html.P(words, className="nhsuk-body-s"), *named])]
    caption = (
        f"{_headline(pages)} Each bar is the share of those who opened the page and went no further, in the order of "
        "the questionnaire. All roles together. Only when pages were opened and saved is noted, never what was typed."
    )
    drawn = chart("stops-pages", stops(pages), "Where people stop", caption, _readable(shown, wave), 60)
    heading = html.H2("How long it takes", className="nhsuk-heading-s")
    about = "Time on pages of interviews that were sent; a page left open for over half an hour does not count."
    took = table(_by_device(shown, wave), "Minutes and stops by kind of device")
    taking = html.Section([heading, html.P(about, className="nhsuk-body-s"), took, *named])
    return [html.Div([drawn, taking], className="app-halves")]
