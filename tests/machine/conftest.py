"""One application over one SQLite file for all interviews of a worker."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import count

import pytest

from config import Settings
from surveys import migrate
from surveys.store import open_store
from tests.machine.setting import Clock, Memory, World
from webapp import create_app


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The application, with an empty store."""
    path = tmp_path_factory.mktemp("machine") / "confer.db"
    url = f"sqlite:///{path}"
    settings = Settings(environment="testing", secret_key="k" * 48, database_url=url)
    store, clock = open_store(url), Clock()
    migrate.upgrade(store.engine)
    app = create_app(settings, clock=clock)
    with closing(sqlite3.connect(path)) as watch:
        yield World(app, store, clock, settings.secret_key.encode(), count(1), Memory(watch))
    app.extensions["confer"].store.engine.dispose()
    store.engine.dispose()
