"""The store: one engine, sessions that read and sessions that write, on SQLite or PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.orm import Session

BUSY_SECONDS = 30
SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}",
)


@dataclass(frozen=True)
class Store:
    """Where everything is kept. A writing session on SQLite takes the write lock at its first statement."""

    engine: Engine

    @cached_property
    def _writing(self) -> Engine:
        return self.engine.execution_options(writes=True)

    def reader(self) -> Session:
        """A session for looking only."""
        return Session(self.engine, expire_on_commit=False)

    def writer(self) -> Session:
        """A session that means to write; the caller commits."""
        return Session(self._writing, expire_on_commit=False)

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A writing session that commits at the end, or rolls everything back when something fails."""
        with self.writer() as session, session.begin():
            yield session


def writes(session: Session) -> bool:
    """Whether a session means to write."""
    return bool(session.get_bind().get_execution_options().get("writes", False))


def open_store(url: str) -> Store:
    """The store at a database address: `sqlite:///path` or `postgresql+psycopg://…`."""
    engine = create_engine(url, pool_pre_ping=not url.startswith("sqlite"), hide_parameters=True)
    if engine.dialect.name == "sqlite":
        _prepare_sqlite(engine)
    return Store(engine)


def _prepare_sqlite(engine: Engine) -> None:
    """WAL, full synchronisation, and `BEGIN IMMEDIATE` for sessions that write."""

    @event.listens_for(engine, "connect")
    def on_connect(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in SQLITE_PRAGMAS:
            cursor.execute(pragma)
        cursor.close()

    @event.listens_for(engine, "begin")
    def on_begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
