"""The databases that tests run on are real, empty, and each test's own."""

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
