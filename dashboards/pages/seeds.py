"""What each mechanism seeded, and why ties ended: two tables of the growth page."""

from collections.abc import Sequence

import polars as pl
from dash import html
from dash.development.base_component import Component

from dashboards.pages.page import Shown
from dashboards.parts.table import table
from dashboards.words import counted, percent
from networks.release import Filters, endings, seeded

NO_REASON = "No reason given"
SEEDED = (
    "An informal contact counts for a mechanism when it came from it, or when the two had a contact from it in an "
    "earlier wave. It may count for several. All topics and roles together."
)


def seeds(shown: Shown, wave: int) -> Sequence[Component]:
    """The tables of one wave; nothing where neither mechanisms nor reasons were told."""
    parts = [*_seeded(shown, wave), *_ended(shown, wave)]
    return [html.Div(parts, className="app-halves")] if len(parts) > 1 else parts


def _section(title: str, said: str, frame: pl.DataFrame, caption: str) -> Component:
    heading = html.H2(title, className="nhsuk-heading-s")
    return html.Section([heading, html.P(said, className="nhsuk-body-s"), table(frame, caption)])


def _seeded(shown: Shown, wave: int) -> Sequence[Component]:
    rows = seeded(shown.release, Filters(wave=wave))
    if rows.is_empty():
        return []
    names = [shown.words.label("mechanism", code) for code in rows["mechanism"]]
    most = rows.row(0, named=True)
    name = shown.words.in_wave(wave)
    said = (
        f"“{names[0]}” seeded the most informal contacts in {name}: {most['seeded']:,} of {most['informal']:,} "
        f"({percent(most['share'])}). {SEEDED}"
    )
    frame = rows.select(
        pl.Series("Mechanism", names, dtype=pl.String),
        pl.col("mechanism_kind").fill_null("not known").str.to_titlecase().alias("Kind"),
        pl.col("by_origin").alias("Came from it"),
        pl.col("by_earlier_wave").alias("Contact from it earlier"),
        pl.col("seeded").alias("Either"),
        (100 * pl.col("share")).round(1).alias("Of informal contacts, %"),
    )
    return [_section("What each mechanism seeded", said, frame, f"Informal contacts seeded, {name}")]


def _ended(shown: Shown, wave: int) -> Sequence[Component]:
    rows = endings(shown.release, Filters(wave=wave))
    if rows.is_empty():
        return []
    names = [NO_REASON if code is None else shown.words.label("reason", code) for code in rows["reason"]]
    gone, name = int(rows["ties"].sum()), shown.words.in_wave(wave)
    told = gone - int(rows.filter(pl.col("reason").is_null())["ties"].sum())
    said = (
        f"{counted(gone, 'contact', 'contacts')} of the wave before {'was' if gone == 1 else 'were'} gone in {name}; "
        f"for {told:,} of them a reason was given."
    )
    frame = rows.select(pl.Series("Reason", names, dtype=pl.String), pl.col("ties").alias("Contacts that ended"))
    return [_section("Why contacts ended", said, frame, f"Contacts that ended, {name}")]
