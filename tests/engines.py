"""Databases in a running PostgreSQL: made, copied and dropped by name."""

from itertools import count
from urllib.parse import urlsplit

import psycopg


class Postgres:
    """A server that keeps nothing: it need not wait for the disk, so its databases are made in milliseconds."""

    def __init__(self, uri: str) -> None:
        self._uri = uri
        self._numbers = count(1)
        for setting in ("fsync", "full_page_writes"):
            self._run(f"ALTER SYSTEM SET {setting} = off")
        self._run("SELECT pg_reload_conf()")

    def new_database(self, copy_of: str | None = None) -> str:
        """The SQLAlchemy address of a new database: empty, or a copy of the one at `copy_of`, which must be idle."""
        name = f"test_{next(self._numbers)}"
        source = urlsplit(copy_of).path.lstrip("/") if copy_of else "template0"
        self._run(f"CREATE DATABASE {name} TEMPLATE {source} STRATEGY file_copy")
        return self._uri.replace("postgresql://", "postgresql+psycopg://").replace("/postgres?", f"/{name}?")

    def drop(self, url: str) -> None:
        """Drops the database at `url`, whoever is still using it."""
        self._run(f"DROP DATABASE IF EXISTS {urlsplit(url).path.lstrip('/')} WITH (FORCE)")

    def _run(self, statement: str) -> None:
        with psycopg.connect(self._uri, autocommit=True) as connection:
            connection.execute(statement)  # type: ignore[call-overload]
