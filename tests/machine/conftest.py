"""One application over one SQLite file for all interviews of a worker."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

import pytest

from config import Settings
from surveys import migrate
from surveys.store import open_store
from tests.machine.setting import Clock, World
from webapp import create_app


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The application, with an empty store."""
    url = f"sqlite:///{tmp_path_factory.mktemp('machine') / 'confer.db'}"
    settings = Settings(environment="testing", secret_key="k" * 48, database_url=url)
    store, clock = open_store(url), Clock()
    migrate.upgrade(store.engine)
    app = create_app(settings, clock=clock)
    yield World(app, store, clock, settings.secret_key.encode(), count(1))
    app.extensions["confer"].store.engine.dispose()
    store.engine.dispose()
