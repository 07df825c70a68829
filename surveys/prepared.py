"""Statements that run with every save, written out once for each engine; they change rows and give none."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import BindParameter, Connection, Dialect
from sqlalchemy.sql.expression import ClauseElement

ENGINES = 8
"""How many engines are remembered: a service has one, the tests have several."""

Values = Mapping[str, object]


class Prepared:
    """A statement that is written out at its first run on an engine, and afterwards only given its values.

    That costs half of having SQLAlchemy find it among the statements that it compiled. Values pass through the types
    of their parameters, as they do there.
    """

    def __init__(self, statement: ClauseElement, columns: Sequence[str] | None = None) -> None:
        """`columns` are those that an insert fills; all where they are not told."""
        self._written = lru_cache(maxsize=ENGINES)(lambda dialect: _Written(statement, columns, dialect))

    def run(self, connection: Connection, *rows: Values) -> None:
        """Run it once for each of `rows`, name to value. Raises KeyError where a parameter has no value."""
        written = self._written(connection.dialect)
        filled = [written.filled(values) for values in rows]
        connection.exec_driver_sql(written.sql, filled[0] if len(filled) == 1 else filled)


class _Written:
    """A statement in one engine's words, and how each of its parameters is given."""

    def __init__(self, statement: ClauseElement, columns: Sequence[str] | None, dialect: Dialect) -> None:
        compiled: Any = statement.compile(dialect=dialect, column_keys=columns)
        self.sql = str(compiled)
        self.names: tuple[str, ...] = tuple(compiled.positiontup or compiled.params)
        self.by_place: bool = compiled.positional
        self.processed = _processed([compiled.binds[name] for name in self.names], dialect)
        self.constant = {name: value for name, value in compiled.params.items() if not compiled.binds[name].required}

    def filled(self, values: Values) -> Any:
        """The values as the driver takes them: by place or by name."""
        known = {**self.constant, **values}
        for name, process in self.processed.items():
            known[name] = process(known[name])
        return tuple([known[name] for name in self.names]) if self.by_place else known


def _processed(parameters: Sequence[BindParameter[Any]], dialect: Dialect) -> dict[str, Callable[[Any], Any]]:
    """What the types of parameters do to their values before the driver sees them."""
    found = {one.key: one.type.dialect_impl(dialect).bind_processor(dialect) for one in parameters}
    return {name: process for name, process in found.items() if process is not None}
