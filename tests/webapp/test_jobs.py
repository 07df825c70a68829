"""Jobs run by the clock: mail goes out, reminders are queued when they are due; their queue is kept in three places."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from huey import Huey
from sqlalchemy import select, update

from config import MailSettings, Settings
from surveys.mailing.outbox import Outcome
from surveys.mailing.queueing import queue_invitations
from surveys.mailing.schedule import Schedule, set_schedule
from surveys.store import Store
from surveys.tables import Mail, Wave
from tests.small_study import SmallStudy
from tests.webapp.conftest import Clock
from tests.webapp.test_server import ROOT
from webapp.jobs import NoJobs, every_morning, job_queue, send_mail, with_jobs

MORNING, NOON = datetime(2026, 11, 2, 8, 30), datetime(2026, 11, 2, 12, 0)  # noqa: DTZ001 - as the queue's clock has it


@pytest.fixture
def settings(sqlite_url: str, tmp_path: Path) -> Settings:
    made = Settings(environment="testing", secret_key="k" * 48, database_url=sqlite_url)
    mail = MailSettings(carrier="folder", folder=str(tmp_path / "outbox"))
    return replace(made, mail=mail, jobs=f"sqlite:///{tmp_path / 'jobs' / 'jobs.sqlite3'}")


@pytest.fixture
def queued(store: Store, study: SmallStudy, settings: Settings, clock: Clock) -> SmallStudy:
    """Six invitations that wait, and a schedule of reminders."""
    with store.writing() as session:
        queue_invitations(session, study.wave, key=settings.secret_key.encode(), now=clock())
        set_schedule(session, study.wave, Schedule())
    return study


def run_due(queue: Huey, moment: datetime) -> set[str]:
    """Put what is due at a moment into the queue and run all that is in it; gives what was run."""
    for task in queue.read_periodic(moment):
        queue.enqueue(task)
    run = set()
    while (task := queue.dequeue()) is not None:
        queue.execute(task)
        run.add(task.name)
    return run


def kinds(store: Store) -> list[tuple[str, str]]:
    with store.reader() as session:
        return sorted({(row.kind, row.state) for row in session.scalars(select(Mail))})


def test_mail_goes_out_every_minute_and_reminders_are_queued_in_the_morning(
    app: Flask, store: Store, queued: SmallStudy, clock: Clock, tmp_path: Path
) -> None:
    queue = with_jobs(app)
    assert run_due(queue, NOON) == {"send_mail"}
    assert kinds(store) == [("invitation", "sent")]
    assert len(list((tmp_path / "outbox").glob("*.eml"))) == 6
    assert run_due(queue, MORNING) == {"send_mail", "queue_reminders"}
    assert kinds(store) == [("invitation", "sent")], "nothing is due yet"
    clock.pass_time(days=4)
    run_due(queue, MORNING)
    run_due(queue, NOON)
    assert kinds(store) == [("invitation", "sent"), ("reminder", "sent")]


def test_a_closed_wave_gets_no_reminders(app: Flask, store: Store, queued: SmallStudy, clock: Clock) -> None:
    queue = with_jobs(app)
    run_due(queue, NOON)
    clock.pass_time(days=29)
    run_due(queue, MORNING)
    assert kinds(store) == [("invitation", "sent")]


def test_without_a_carrier_mail_waits(app: Flask, store: Store, queued: SmallStudy) -> None:
    services = app.extensions["confer"]
    unset = replace(services, settings=replace(services.settings, mail=MailSettings()))
    assert send_mail(unset) == 0
    assert kinds(store) == [("invitation", "queued")]


@pytest.mark.parametrize("place", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def test_the_queue_is_kept(place: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new' / 'jobs.sqlite3'}"
    if place == "postgres":
        url = str(request.getfixturevalue("postgres_url")).replace("+psycopg", "")
    queue = job_queue(url)
    done: list[int] = []
    task = queue.task()(done.append)
    task(7)
    assert len(queue) == 1
    queue.execute(queue.dequeue())
    assert done == [7]
    queue.storage.close()


def test_redis_without_its_package_is_refused_with_what_to_install() -> None:
    with pytest.raises(NoJobs, match="pip install redis"):
        job_queue("redis://127.0.0.1:1/0")


def test_the_consumer_sends_what_waits_and_stops_when_told(
    queued: SmallStudy, settings: Settings, store: Store, tmp_path: Path
) -> None:
    with store.writing() as session:
        today = datetime.now(UTC)  # the consumer goes by the real clock
        session.execute(update(Wave).values(opens_at=today - timedelta(days=1), closes_at=today + timedelta(days=1)))
        session.execute(update(Mail).values(not_before=today))
    environ = os.environ | {
        "CONFER_ENV": "testing",
        "SECRET_KEY": settings.secret_key,
        "DATABASE_URL": settings.database_url,
        "JOBS": settings.jobs,
        "MAIL_FOLDER": settings.mail.folder,
    }
    words = [sys.executable, "-m", "flask", "--app", "wsgi:app", "mail", "work"]
    log = (tmp_path / "work.log").open("wb")
    with log, subprocess.Popen(words, cwd=ROOT, env=environ, stdout=log, stderr=log) as working:
        try:
            until = time.monotonic() + 40
            while len(list((tmp_path / "outbox").glob("*.eml"))) < 6:
                assert time.monotonic() < until and working.poll() is None, (tmp_path / "work.log").read_text()
                time.sleep(0.1)
            working.send_signal(signal.SIGINT)
            assert working.wait(20) == 0
        finally:
            working.kill()
    written = (tmp_path / "work.log").read_text()
    assert "Traceback" not in written
    assert "@" not in written and "/interview/" not in written
    assert Outcome.SENT.value in {state for _kind, state in kinds(store)}


@pytest.mark.parametrize(
    ("at", "morning"),
    [
        ((2026, 11, 2, 8, 30), True),
        ((2026, 11, 2, 7, 30), False),
        ((2026, 7, 1, 7, 30), True),
        ((2026, 7, 1, 8, 30), False),
        ((2026, 3, 29, 7, 30), True),
        ((2026, 10, 25, 8, 30), True),
    ],
)
def test_the_morning_is_that_of_the_uk(at: tuple[int, ...], morning: bool) -> None:
    assert every_morning(datetime(*at)) is morning  # type: ignore[misc]  # noqa: DTZ001 - as the queue's clock has it
