"""A migrated store on each engine, and a session with the small study in it."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from surveys import migrate
from surveys.store import Store, open_store
from tests.engines import Postgres
from tests.small_study import SmallStudy, make_small_study


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the tables and nothing in them, to be copied."""
    path = tmp_path_factory.mktemp("migrated") / "empty.sqlite3"
    _migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def migrated_postgres(postgres: Postgres) -> str:
    """The same in PostgreSQL."""
    url = postgres.new_database()
    _migrate(url)
    return url


def _migrate(url: str) -> None:
    engine = open_store(url).engine
    migrate.upgrade(engine)
    engine.dispose()


@contextmanager
def each_store(request: pytest.FixtureRequest, folder: Path) -> Iterator[Store]:
    """A store with the tables and nothing in them, on the engine that a fixture was asked for."""
    if request.param == "sqlite":
        path = shutil.copy(request.getfixturevalue("migrated_sqlite"), folder / "store.sqlite3")
        opened = open_store(f"sqlite:///{path}")
        yield opened
        opened.engine.dispose()
        return
    server: Postgres = request.getfixturevalue("postgres")
    with server.lent(request.getfixturevalue("migrated_postgres")) as url:
        opened = open_store(url)
        yield opened
        opened.engine.dispose()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """A store with the tables and nothing in them; the test runs once on SQLite and once on PostgreSQL."""
    with each_store(request, tmp_path) as opened:
        yield opened


@pytest.fixture
def session(store: Store) -> Iterator[Session]:
    with store.writer() as opened:
        yield opened


@pytest.fixture
def small(session: Session) -> SmallStudy:
    return make_small_study(session)
