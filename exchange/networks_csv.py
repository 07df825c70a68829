"""A network from two files, nodes and edges, as frames of text that the measures take."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from exchange.columns import Column, Found, find_columns
from exchange.fields import text
from exchange.refusals import UnusableFile, quoted
from exchange.tables import Row, Table

NODE_COLUMNS = (Column("id", text(200), also=("node", "name"), required=True),)
EDGE_COLUMNS = (
    Column("source", text(200), also=("from", "ego", "sender"), required=True),
    Column("target", text(200), also=("to", "alter", "receiver"), required=True),
)
LINE = "line"


def read_nodes(table: Table) -> pl.DataFrame:
    """One row per node: `id` and every further column, all text; an empty cell is null.

    Raises WrongColumns without an id column, and UnusableFile by line for a blank id or a row of another width.
    """
    return _frame(table, NODE_COLUMNS)


def read_edges(table: Table) -> pl.DataFrame:
    """One row per edge: `source`, `target`, every further column as text, and `line` (where the file has the edge).

    Raises WrongColumns without those two columns, and UnusableFile by line for a blank end or a row of another width.
    """
    frame = _frame(table, EDGE_COLUMNS)
    lines = pl.Series(LINE, [row.line for row in table.rows[1:]], dtype=pl.Int64)
    return frame.with_columns(lines)


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
        if not row.cells[found.places[column.name]].strip():
            raise UnusableFile(name, f"the {column.name} is blank", "Fill it in, or remove the row.", line=row.line)
