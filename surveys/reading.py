"""The rows of a query as a data frame, thousands at a time and without an object for each: millions in seconds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl
from sqlalchemy import BigInteger, ColumnElement, CursorResult, Select, String, cast, extract, type_coerce
from sqlalchemy.orm import InstrumentedAttribute, Session

from networks.columns import UTC_MOMENT

AT_ONCE = 50_000
ROWS = 500
"""How many rows live at once: fewer than those after which Python looks for garbage, which would take half the time."""
_WRITTEN = "%Y-%m-%d %H:%M:%S%.f"
"""How SQLite keeps a moment."""
_MILLION = 1_000_000

Columns = list[list[Any]]


def read(session: Session, query: Select[*tuple[Any, ...]], schema: Mapping[str, Any]) -> pl.DataFrame:
    """What the query selects, under the names and in the types of `schema`: numbers, texts, and moments by `moment`.

    No object of the ORM or `datetime` is made, and few rows live at once: a row in a frame takes a tenth of the memory
    that it takes as objects.
    """
    session.flush()
    kinds = pl.Schema(schema)
    found = session.connection().execute(query, execution_options={"yield_per": ROWS})
    return pl.concat([kinds.to_frame(), *(_part(columns, kinds) for columns in _pieces(found, len(kinds)))])


def _pieces(found: CursorResult[*tuple[Any, ...]], width: int) -> Iterator[Columns]:
    """The rows as columns, some ten thousand at a time."""
    columns: Columns = [[] for _ in range(width)]
    for rows in found.partitions():
        for column, values in zip(columns, zip(*rows, strict=True), strict=True):
            column.extend(values)
        if len(columns[0]) >= AT_ONCE:
            yield columns
            columns = [[] for _ in range(width)]
    if columns[0]:
        yield columns


def _part(columns: Columns, kinds: pl.Schema) -> pl.DataFrame:
    return pl.DataFrame([_column(*named, values) for named, values in zip(kinds.items(), columns, strict=True)])


def _column(name: str, kind: pl.DataType, values: list[Any]) -> pl.Series:
    if kind != UTC_MOMENT:
        return pl.Series(name, values, kind)
    found = pl.Series(name, values)
    written = found.dtype == pl.String
    return found.str.to_datetime(_WRITTEN, time_unit="us", time_zone="UTC") if written else found.cast(kind)


def moment(session: Session, at: InstrumentedAttribute[Any]) -> ColumnElement[Any]:
    """A moment to be read: on SQLite the text that is kept, on PostgreSQL microseconds since 1970."""
    if session.get_bind().dialect.name == "sqlite":
        return type_coerce(at, String)
    return cast(extract("epoch", at) * _MILLION, BigInteger)
