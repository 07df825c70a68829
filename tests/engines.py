"""Databases in a running PostgreSQL: made, copied, lent again and dropped by name."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from urllib.parse import urlsplit

import psycopg

LEAVE = """
    SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
    WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()"""
SHAPE = " UNION ALL ".join(
    f"SELECT count(*), sum(xmin::text::bigint) FROM {catalogue} WHERE {number} >= 16384"  # the server's own are below
    for catalogue, number in (
        ("pg_attribute", "attrelid"),
        ("pg_index", "indexrelid"),
        ("pg_constraint", "oid"),
        ("pg_trigger", "oid"),
        ("pg_proc", "oid"),
    )
)
USED = """
    SELECT quote_ident(relname) FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> 'alembic_version'
        AND pg_relation_size(oid) > 0"""
COUNT_ANEW = """
    SELECT setval(format('public.%I', sequencename)::regclass, start_value, false) FROM pg_sequences
    WHERE schemaname = 'public' AND last_value IS NOT NULL"""


class Postgres:
    """A server that keeps nothing: it need not wait for the disk, so its databases are made in milliseconds."""

    def __init__(self, uri: str) -> None:
        self._uri = uri
        self._numbers = count(1)
        self._spare: dict[str, list[str]] = {}
        self._shapes: dict[str, object] = {}
        for setting in ("fsync", "full_page_writes"):
            self._run(f"ALTER SYSTEM SET {setting} = off")
        self._run("SELECT pg_reload_conf()")

    def new_database(self, copy_of: str | None = None) -> str:
        """The SQLAlchemy address of a new database: empty, or a copy of the one at `copy_of`, which must be idle."""
        name = f"test_{next(self._numbers)}"
        source = urlsplit(copy_of).path.lstrip("/") if copy_of else "template0"
        self._run(f"CREATE DATABASE {name} TEMPLATE {source} STRATEGY file_copy")
        return self._uri.replace("postgresql://", "postgresql+psycopg://").replace("/postgres?", f"/{name}?")

    @contextmanager
    def lent(self, like: str) -> Iterator[str]:
        """A database like the one at `like`, which has tables and no rows.

        Afterwards it is emptied for the next who asks, which takes a fifth of making one; it is dropped when its
        tables are not as they were.
        """
        spare = self._spare.setdefault(like, [])
        url = spare.pop() if spare else self._counted(self.new_database(copy_of=like))
        yield url
        if self._emptied(url):
            spare.append(url)
        else:
            self.drop(url)

    def drop(self, url: str) -> None:
        """Drops the database at `url`, whoever is still using it."""
        self._run(f"DROP DATABASE IF EXISTS {urlsplit(url).path.lstrip('/')} WITH (FORCE)")

    def _counted(self, url: str) -> str:
        with _connection(url) as connection:
            self._shapes[url] = connection.execute(SHAPE).fetchall()
        return url

    def _emptied(self, url: str) -> bool:
        with _connection(url) as connection:
            connection.execute(LEAVE)
            if connection.execute(SHAPE).fetchall() != self._shapes[url]:
                return False
            used = [name for (name,) in connection.execute(USED)]
            connection.execute("SET session_replication_role = replica")  # in any order, and what may never be deleted
            for table in used:
                connection.execute(f"DELETE FROM {table}")  # type: ignore[call-overload]
            if used:  # so that rows are laid down in order again, as in a new table
                connection.execute(f"VACUUM {', '.join(used)}")  # type: ignore[call-overload]
            connection.execute(COUNT_ANEW)
        return True

    def _run(self, statement: str) -> None:
        with _connection(self._uri) as connection:
            connection.execute(statement)  # type: ignore[call-overload]


@contextmanager
def _connection(url: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        yield connection
