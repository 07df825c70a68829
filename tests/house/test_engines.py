"""The databases that tests run on are real, empty, and each test's own."""

import psycopg
import pytest
from sqlalchemy import create_engine, text

from tests.engines import Postgres


def test_a_database_begins_empty_and_can_be_written(database_url: str) -> None:
    engine = create_engine(database_url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE kept (n INTEGER)"))
        connection.execute(text("INSERT INTO kept VALUES (1)"))
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM kept")) == 1
    engine.dispose()


@pytest.mark.postgres
def test_a_copy_holds_what_its_original_held(postgres: Postgres) -> None:
    original = postgres.new_database()
    engine = create_engine(original)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE kept (n INTEGER)"))
    engine.dispose()
    copy = postgres.new_database(copy_of=original)
    engine = create_engine(copy)
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM kept")) == 0
    engine.dispose()
    postgres.drop(copy)
    postgres.drop(original)


@pytest.mark.postgres
def test_a_lent_database_comes_back_empty_and_counts_from_one_again(postgres: Postgres) -> None:
    original = postgres.new_database()
    run(original, "CREATE TABLE one (n SERIAL PRIMARY KEY)", "CREATE TABLE many (n INTEGER REFERENCES one)")
    seen = []
    for _ in range(2):
        with postgres.lent(original) as url:
            seen.append((url, run(url, "INSERT INTO one DEFAULT VALUES RETURNING n, ctid::text")))
            run(url, "INSERT INTO many VALUES (1)")
    assert seen == [(seen[0][0], [(1, "(0,1)")])] * 2
    with postgres.lent(original) as url:
        assert run(url, "SELECT n FROM one UNION ALL SELECT n FROM many") == []
    postgres.drop(original)


@pytest.mark.postgres
def test_a_database_whose_tables_changed_is_not_lent_again(postgres: Postgres) -> None:
    original = postgres.new_database()
    run(original, "CREATE TABLE kept (n INTEGER)")
    used = set()
    for change in ("ALTER TABLE kept ADD m INTEGER", "CREATE INDEX kept_n ON kept (n)", "DROP TABLE kept"):
        with postgres.lent(original) as url:
            run(url, change)
            used.add(url)
    with postgres.lent(original) as url:
        assert run(url, "SELECT n FROM kept") == []
        assert len(used) == 3 and url not in used
    postgres.drop(original)


def run(url: str, *statements: str) -> list[tuple[object, ...]]:
    """What the last statement gives, if anything."""
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        for statement in statements:
            last = connection.execute(statement)
        return last.fetchall() if last.description else []
