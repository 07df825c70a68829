"""A network from two files, nodes and edges, as frames of text that the measures take."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

import polars as pl

from exchange.columns import Column, Found, find_columns
from exchange.fields import text
from exchange.refusals import UnusableFile, quoted, shown
from exchange.tables import Row, Table
from networks.columns import FORMALITIES

NODE_COLUMNS = (Column("id", text(200), also=("node", "name"), required=True),)
EDGE_COLUMNS = (
    Column("source", text(200), also=("from", "ego", "sender"), required=True),
    Column("target", text(200), also=("to", "alter", "receiver"), required=True),
    Column("weight", text(200)),
    Column("formality", text(200)),
)
LINE, FILE, WEIGHT, FORMALITY = "line", "file", "weight", "formality"
NUMBER = re.compile(r"\+?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")
NOT_KNOWN = "NA"
"""What R writes for a value that is not known."""


def read_nodes(table: Table) -> pl.DataFrame:
    """One row per node: `id` and every further column, all text; an empty cell, or one with NA as R writes it, is null.

    Raises WrongColumns without an id column, and UnusableFile by line for a blank id or a row of another width.
    """
    frame = _frame(table, NODE_COLUMNS)
    return frame.with_columns(pl.exclude("id").replace(NOT_KNOWN, None))


def read_edges(table: Table) -> pl.DataFrame:
    """One row per edge: `source`, `target`, every further column as text, and `line` and `file`: where the edge stands.

    Raises WrongColumns without those two columns, and UnusableFile by line for a blank end, a weight that is no number
    above 0, or a row of another width.
    """
    frame = _frame(table, EDGE_COLUMNS)
    lines = [row.line for row in table.rows[1:]]
    for line, weight in zip(lines, frame[WEIGHT] if WEIGHT in frame.columns else (), strict=False):
        if not _positive(weight):
            found = f"the weight is {quoted([weight])}" if weight else "the weight is blank"
            remedy = "Give a number above 0, such as 2.5, or remove the row if there is no tie."
            raise UnusableFile(table.name, found, remedy, line=line)
    return frame.with_columns(pl.Series(LINE, lines, dtype=pl.Int64), pl.lit(shown(table.name)).alias(FILE))


def read_edges_of(tables: Sequence[Table]) -> pl.DataFrame:
    """The edges of several files as those of one: `source`, `target`, `weight` where they have it, `line`, `file`.

    Raises what `read_edges` does, and UnusableFile when one file has weights and another has none.
    """
    frames = [read_edges(table) for table in tables]
    weighted = [WEIGHT in frame.columns for frame in frames]
    if any(weighted) and not all(weighted):
        without, others = tables[weighted.index(False)].name, tables[weighted.index(True)].name
        reason = f"there is no column “weight”, which {shown(others)} has"
        raise UnusableFile(without, reason, "Give every file that column, or none.", line=1)
    columns = ["source", "target", *([WEIGHT] if any(weighted) else []), LINE, FILE]
    return pl.concat([frame.select(columns) for frame in frames])


def read_formality(table: Table) -> pl.DataFrame | None:
    """One row per edge: `source`, `target`, `formality` (formal, informal, both, or null); None without that column.

    Raises what `read_edges` does, and UnusableFile by line for any other word.
    """
    frame = read_edges(table)
    if FORMALITY not in frame.columns:
        return None
    told = frame.select("source", "target", pl.col(FORMALITY).str.to_lowercase().replace(NOT_KNOWN.lower(), None), LINE)
    strange = told.filter(~pl.col(FORMALITY).is_in(FORMALITIES))
    if not strange.is_empty():
        word, line = strange.select(FORMALITY, LINE).row(0)
        remedy = f"Write {', '.join(FORMALITIES)}, or nothing where it is not known."
        raise UnusableFile(table.name, f"the formality is {quoted([word])}", remedy, line=line)
    return told.drop(LINE)


def read_names(table: Table) -> set[str]:
    """The ids of a file with a column `id`, such as those who answered in one wave."""
    return set(_frame(table, NODE_COLUMNS)["id"])


def _positive(text: str | None) -> bool:
    return text is not None and NUMBER.fullmatch(text) is not None and 0 < float(text) < math.inf


def _frame(table: Table, columns: Sequence[Column]) -> pl.DataFrame:
    found = find_columns(table, columns)
    titles = _titles(table, found)
    for row in table.rows[1:]:
        _refuse_row(table.name, row, found)
    cells = {
        title: [row.cells[place].strip() or None for row in table.rows[1:]]
        for place, title in enumerate(titles)
        if title
    }
    return pl.DataFrame(cells, schema=dict.fromkeys(cells, pl.String()))


def _titles(table: Table, found: Found) -> list[str]:
    """The name of each column: the known ones by our name, the others by their own; blank headings are left out."""
    ours = {place: name for name, place in found.places.items()}
    titles = [ours.get(place, cell.strip()) for place, cell in enumerate(table.rows[0].cells)]
    doubled = sorted({title for title in titles if title and titles.count(title) > 1})
    if doubled:
        raise UnusableFile(
            table.name, f"the first line has {quoted(doubled)} twice", "Give each column a name of its own.", line=1
        )
    return titles


def _refuse_row(name: str, row: Row, found: Found) -> None:
    if len(row.cells) != found.width:
        raise UnusableFile(
            name,
            f"this row has {len(row.cells)} cells where the first line has {found.width}",
            "Look for a stray or missing comma or quotation mark.",
            line=row.line,
        )
    for column in found.columns:
        if column.required and not row.cells[found.places[column.name]].strip():
            raise UnusableFile(name, f"the {column.name} is blank", "Fill it in, or remove the row.", line=row.line)
