"""Attacks run on both engines, with the fixtures of the web and its respondents; long forms where CONFER_LONG is 1."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from config import Settings
from surveys import migrate
from surveys.store import Store, open_store
from tests.engines import Postgres
from tests.small_study import SmallStudy
from tests.webapp.conftest import *  # noqa: F403 - fixtures are found by name
from tests.webapp.conftest import Visitor, Who
from tests.webapp.interview.conftest import ada, ben, counts  # noqa: F401 - fixtures are found by name

BOTH_ENGINES = pytest.mark.parametrize(
    "store", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)
LONG = os.environ.get("CONFER_LONG") == "1"


@pytest.fixture(scope="session")
def empty_postgres(postgres: Postgres) -> str:
    """A PostgreSQL database with its tables and nothing in them, to be copied."""
    url = postgres.new_database()
    opened = open_store(url)
    migrate.upgrade(opened.engine)
    opened.engine.dispose()
    return url


@pytest.fixture
def postgres_store(postgres: Postgres, empty_postgres: str) -> Iterator[Store]:
    """A store on PostgreSQL, with its tables."""
    with postgres.lent(empty_postgres) as url:
        opened = open_store(url)
        yield opened
        opened.engine.dispose()


@pytest.fixture
def store(request: pytest.FixtureRequest, sqlite_url: str, empty_store: Path) -> Iterator[Store]:
    """A store with its tables: SQLite, or what BOTH_ENGINES asks for."""
    if getattr(request, "param", "sqlite") == "postgres":
        yield request.getfixturevalue("postgres_store")
        return
    opened = open_store(sqlite_url)
    shutil.copy(empty_store, str(opened.engine.url.database))
    yield opened
    opened.engine.dispose()


@pytest.fixture
def settings(store: Store) -> Settings:
    """The settings of an application over that store."""
    made = Settings(environment="testing", secret_key="k" * 48)
    return replace(made, database_url=store.engine.url.render_as_string(hide_password=False))


@pytest.fixture
def reader(app: Flask, client: Visitor, study: SmallStudy, analyst: Who) -> Visitor:
    """An analyst's browser with a dashboard open."""
    app.config["PROPAGATE_EXCEPTIONS"] = False
    client.sign_in(analyst)
    client.environ_base["HTTP_X_CSRFTOKEN"] = client.token("/home")
    return client


@pytest.fixture
def right(reader: Visitor) -> dict[str, Any]:
    """The body that the flows page sends."""
    calls = reader.get("/dashboards/_dash-dependencies").json
    called = next(call for call in calls if call["inputs"][0]["id"] == "address")
    outputs = [part.rpartition(".") for part in called["output"].strip(".").split("...")]
    values = {"pathname": "/dashboards/flows", "search": "?wave=1"}
    return {
        "output": called["output"],
        "outputs": [{"id": name, "property": kind} for name, _dot, kind in outputs],
        "inputs": [{**place, "value": values[place["property"]]} for place in called["inputs"]],
        "changedPropIds": ["address.search"],
    }
