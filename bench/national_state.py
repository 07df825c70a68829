"""How a store stands, table by table, in words that are the same however it came about: names and not numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Table, create_engine, select

from surveys.tables import Base

BY_CHANCE = {"id", "key", "nonce", "token_hash", "seed", "claimed_by", "undoes_id"}
"""Columns that are random, or count rows, and differ between two stores that hold the same."""
NOT_COMPARED = {"account", "sign_in"}
NAMED_BY = {
    "study": ("code",),
    "site": ("code",),
    "role": ("code",),
    "person": ("reference",),
    "wave": ("number",),
    "instrument_version": ("instrument", "version"),
    "invitation": ("wave_id", "person_id"),
    "interview": ("invitation_id",),
    "alter": ("interview_id", "number"),
}
Row = Mapping[str, Any]
State = dict[str, Counter[tuple[tuple[str, Any], ...]]]


def state(database_url: str) -> State:
    """Every table that is compared, as its rows with foreign keys written out as names."""
    engine = create_engine(database_url)
    with engine.connect() as connection:
        held = {
            table.name: [dict(row) for row in connection.execute(select(table)).mappings()]
            for table in Base.metadata.sorted_tables
        }
    engine.dispose()
    names: dict[str, dict[Any, tuple[Any, ...]]] = {}
    for table in Base.metadata.sorted_tables:
        if table.name in NAMED_BY:
            columns = [table.c[name] for name in NAMED_BY[table.name]]
            names[table.name] = {
                row["id"]: tuple(_told(column.name, row, table, names) for column in columns)
                for row in held[table.name]
            }
    return {
        table.name: Counter(_row(row, table, names) for row in held[table.name])
        for table in Base.metadata.sorted_tables
        if table.name not in NOT_COMPARED
    }


def _row(row: Row, table: Table, names: Mapping[str, Mapping[Any, tuple[Any, ...]]]) -> tuple[tuple[str, Any], ...]:
    columns = [column.name for column in table.columns if column.name not in BY_CHANCE]
    return tuple((name, _told(name, row, table, names)) for name in columns)


def _told(name: str, row: Row, table: Table, names: Mapping[str, Mapping[Any, tuple[Any, ...]]]) -> Any:
    """A value; a foreign key as the name of what it points to."""
    value = row[name]
    for foreign in table.c[name].foreign_keys:
        target = foreign.column.table.name
        return None if value is None else names.get(target, {}).get(value, target)
    return repr(value) if isinstance(value, list | dict) else value


def differences(one: State, other: State, most: int = 3) -> dict[str, list[str]]:
    """For each table that differs, some of the rows that only one of two stores has."""
    found = {}
    for table in one:
        only = [f"first only: {row}" for row in (one[table] - other[table])][:most]
        only += [f"second only: {row}" for row in (other[table] - one[table])][:most]
        if only:
            found[table] = only
    return found
