"""`flask db`: tables up, down and up again; and what is said when there are none."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import inspect

from config import Settings
from surveys.store import open_store
from webapp.cli import GROUPS
from webapp.services import EXTENSION, Services


@pytest.fixture
def nothing_yet(app: Flask, tmp_path: Path, clock) -> Path:
    """The application over a database whose very folder is missing."""
    path = tmp_path / "instance" / "confer.sqlite3"
    settings = Settings(environment="testing", secret_key="k" * 48, database_url=f"sqlite:///{path}")
    store = open_store(settings.database_url)
    kept = app.extensions[EXTENSION]
    app.extensions[EXTENSION] = Services(settings, store, clock)
    yield path
    store.engine.dispose()
    app.extensions[EXTENSION] = kept


def test_the_first_upgrade_makes_folder_and_tables(nothing_yet: Path, succeed) -> None:
    said = succeed("db", "upgrade")
    assert nothing_yet.is_file()
    revision = succeed("db", "current").strip()
    assert said == f"The tables are at {revision}.\n"
    assert succeed("db", "upgrade") == said


def test_without_tables_every_command_says_how_to_make_them(nothing_yet: Path, refuse) -> None:
    for words in (("study", "list"), ("accounts", "list"), ("waves", "list"), ("study", "create", "a", "A")):
        assert "flask db upgrade" in refuse(*words)
    nothing_yet.parent.mkdir()
    assert "flask db upgrade" in refuse("study", "list")


@pytest.mark.postgres
def test_the_same_on_postgresql(app: Flask, postgres_url: str, clock, succeed, refuse) -> None:
    store = open_store(postgres_url)
    kept, settings = app.extensions[EXTENSION], Settings(environment="testing", database_url=postgres_url)
    app.extensions[EXTENSION] = Services(settings, store, clock)
    assert "flask db upgrade" in refuse("study", "list")
    succeed("db", "upgrade")
    succeed("study", "create", "trial", "A trial")
    assert "A trial" in succeed("study", "list")
    store.engine.dispose()
    app.extensions[EXTENSION] = kept


def test_tables_go_down_and_come_back(succeed, app: Flask) -> None:
    assert succeed("db", "downgrade", "base", "--yes") == "The tables are at base.\n"
    assert succeed("db", "current") == "base\n"
    engine = app.extensions[EXTENSION].store.engine
    assert set(inspect(engine).get_table_names()) <= {"alembic_version"}
    succeed("db", "upgrade")
    assert "study" in inspect(engine).get_table_names()


def test_going_down_asks_first(run, succeed) -> None:
    before = succeed("db", "current")
    assert run("db", "downgrade", "base", input="n\n").exit_code == 1
    assert succeed("db", "current") == before


def test_an_unknown_revision_is_refused(refuse) -> None:
    assert "Can't locate revision" in refuse("db", "downgrade", "nope", "--yes")


def test_groups_are_loaded_under_the_name_they_are_known_by() -> None:
    assert [group.name for group in GROUPS] == [group.loaded().name for group in GROUPS]
    assert sorted(group.name for group in GROUPS) == [group.name for group in GROUPS]


def test_every_command_has_help_that_begins_with_what_it_does(succeed) -> None:
    for group in GROUPS:
        assert group.help
        for name, command in group.loaded().commands.items():
            assert command.help, name
            assert "Usage:" in succeed(group.name, name, "--help")
