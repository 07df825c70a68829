"""One session a request: what is kept, what is not, and what people read when the store is busy."""

from __future__ import annotations

import sqlite3
from typing import Any

import pytest
from flask import Flask, abort
from sqlalchemy import event, func, select
from sqlalchemy.exc import IntegrityError

from surveys.store import Store
from surveys.studies import create_study
from surveys.tables import Study
from tests.webapp.conftest import Clock, Visitor
from webapp import guard
from webapp.database import session


@pytest.fixture
def writing(app: Flask, clock: Clock) -> Visitor:
    """A client of an application that has an address which writes a study and then answers as asked."""

    @guard.access(guard.PUBLIC)
    def write(status: int) -> Any:
        create_study(session(), f"s{status}", "Written", now=clock())
        if status == 999:
            raise RuntimeError("A fault of ours.")
        if status == 400:
            abort(400)
        return "written", status

    app.add_url_rule("/write/<int:status>", "write", write, methods=["GET", "POST"])
    app.config["PROPAGATE_EXCEPTIONS"] = False
    client = app.test_client()
    assert isinstance(client, Visitor)
    return client


def studies(store: Store) -> int:
    with store.reader() as looking:
        return looking.scalar(select(func.count()).select_from(Study)) or 0


@pytest.mark.parametrize(("status", "kept"), [(200, 1), (303, 1), (422, 1), (400, 0), (500, 0), (999, 0)])
def test_what_a_request_wrote_is_kept_unless_it_failed(writing: Visitor, store: Store, status: int, kept: int) -> None:
    writing.send(f"/write/{status}")
    assert studies(store) == kept


def test_looking_writes_nothing(writing: Visitor, store: Store) -> None:
    assert writing.get("/write/200").status_code == 200
    assert writing.head("/write/200").status_code == 200
    assert studies(store) == 0


def test_a_busy_store_says_that_nothing_typed_is_lost_and_when_to_come_back(
    app: Flask, writing: Visitor, store: Store
) -> None:
    hurry(app)
    token = writing.token()
    other = sqlite3.connect(str(store.engine.url.database), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        answer = writing.post("/write/200", data={"csrf_token": token})
    finally:
        other.execute("ROLLBACK")
        other.close()
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert "What you typed is not lost" in answer.text
    assert writing.post("/write/200", data={"csrf_token": token}).status_code == 200
    assert studies(store) == 1


def hurry(app: Flask) -> None:
    """Wait for a lock for a moment only."""
    engine = app.extensions["confer"].store.engine
    engine.dispose()

    @event.listens_for(engine, "connect")
    def wait_little(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA busy_timeout=50")


def test_a_store_that_is_away_is_a_503_page(app: Flask, writing: Visitor) -> None:
    engine = app.extensions["confer"].store.engine
    engine.dispose()

    @event.listens_for(engine, "do_connect")
    def away(*_anything: object) -> None:
        raise sqlite3.OperationalError("unable to open database file")

    token = writing.token()
    assert writing.post("/write/200", data={"csrf_token": token}).status_code == 503


def test_a_commit_that_fails_is_told_and_not_taken_for_a_save(app: Flask, writing: Visitor, store: Store) -> None:
    @event.listens_for(app.extensions["confer"].store.engine, "commit")
    def fail(_connection: object) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    token = writing.token()
    answer = writing.post("/write/200", data={"csrf_token": token})
    assert answer.status_code in (500, 503)
    assert "written" not in answer.text
    assert studies(store) == 0


def test_a_fault_of_ours_in_the_commit_is_a_500_page(app: Flask, writing: Visitor, store: Store) -> None:
    @event.listens_for(app.extensions["confer"].store.engine, "commit")
    def fail(_connection: object) -> None:
        raise IntegrityError("INSERT", {}, Exception("deferred"))

    answer = writing.send("/write/200")
    assert answer.status_code == 500
    assert "Sorry, something went wrong" in answer.text
    assert studies(store) == 0
