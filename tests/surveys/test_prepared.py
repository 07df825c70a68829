"""What a prepared statement writes is what SQLAlchemy itself would have written, on each engine."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import JSON, Column, Integer, MetaData, Table, bindparam, insert, select, text, update
from sqlalchemy.orm import Session

from surveys.prepared import Prepared
from surveys.tables.base import Instant

NOTE = Table(
    "note",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("said", JSON(none_as_null=True)),
    Column("at", Instant),
    prefixes=["TEMPORARY"],
)
NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
ADD = Prepared(insert(NOTE), ("id", "said", "at"))
ROWS = [
    {"id": 1, "said": ["a", "50 % ?"], "at": NOON},
    {"id": 2, "said": None, "at": NOON.astimezone(timezone(timedelta(hours=1)))},
]


@pytest.fixture
def noted(session: Session) -> Session:
    NOTE.create(session.connection())
    return session


def rows(session: Session) -> list[tuple[object, ...]]:
    return [tuple(row) for row in session.execute(select(NOTE).order_by(NOTE.c.id))]


def test_values_pass_through_their_types_as_in_a_plain_insert(noted: Session) -> None:
    ADD.run(noted.connection(), *ROWS)
    written = rows(noted)
    noted.execute(NOTE.delete())
    noted.execute(insert(NOTE), ROWS)
    assert written == rows(noted) == [(1, ["a", "50 % ?"], NOON), (2, None, NOON)]
    assert noted.execute(text("SELECT count(*) FROM note WHERE said IS NULL")).scalar() == 1
    with pytest.raises(ValueError, match="needs a time zone"):
        ADD.run(noted.connection(), {"id": 3, "said": "x", "at": NOON.replace(tzinfo=None)})


def test_what_the_statement_says_itself_stays_and_a_name_may_stand_twice(noted: Session) -> None:
    later = Prepared(update(NOTE).where(NOTE.c.id == bindparam("of")).values(id=NOTE.c.id + 10))
    both = Prepared(text("UPDATE note SET id = :new WHERE id = 11 AND :new > 0 AND 'a%' <> 'b'"))
    ADD.run(noted.connection(), ROWS[0])
    later.run(noted.connection(), {"of": 1})
    assert [row[0] for row in rows(noted)] == [11]
    both.run(noted.connection(), {"new": 7})
    assert [row[0] for row in rows(noted)] == [7]


def test_a_value_that_is_not_given_is_refused(noted: Session) -> None:
    with pytest.raises(KeyError, match="said"):
        ADD.run(noted.connection(), {"id": 1, "at": NOON})
