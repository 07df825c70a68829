"""SQLite is opened durable, and a session that writes takes its lock at once."""

from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from surveys.store import open_store


@pytest.fixture
def store(tmp_path: Path):
    opened = open_store(f"sqlite:///{tmp_path / 'store.sqlite3'}")
    yield opened
    opened.engine.dispose()


@pytest.mark.parametrize(
    ("pragma", "value"), [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("busy_timeout", 30000)]
)
def test_sqlite_is_durable_and_keeps_its_references(store, pragma: str, value: object) -> None:
    with store.reader() as session:
        assert session.execute(text(f"PRAGMA {pragma}")).scalar() == value


def test_a_reader_looks_on_while_a_writer_writes(store) -> None:
    with store.writer() as writer, store.reader() as reader:
        writer.execute(text("CREATE TABLE note (word TEXT)"))
        assert reader.execute(text("SELECT count(*) FROM sqlite_master")).scalar() == 0


def test_a_second_writer_is_refused_while_the_first_holds_the_lock(store) -> None:
    with store.engine.connect() as connection:
        connection.execute(text("CREATE TABLE note (word TEXT)"))
        connection.commit()
    with store.writer() as first, store.engine.connect() as impatient:
        first.execute(text("SELECT 1"))
        impatient.exec_driver_sql("PRAGMA busy_timeout=1")
        with pytest.raises(OperationalError, match="locked"):
            impatient.execute(text("INSERT INTO note VALUES ('late')"))


def test_what_fails_inside_writing_leaves_nothing(store) -> None:
    with store.writing() as session:
        session.execute(text("CREATE TABLE note (word TEXT)"))
    with pytest.raises(ZeroDivisionError), store.writing() as session:
        session.execute(text("INSERT INTO note VALUES ('half')"))
        _ = 1 / 0
    with store.reader() as session:
        assert session.execute(text("SELECT count(*) FROM note")).scalar() == 0
