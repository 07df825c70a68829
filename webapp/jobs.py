"""Jobs that nobody has to start: mail is sent every minute, and reminders that are due are queued every morning."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, time
from pathlib import Path

from flask import Flask
from huey import Huey, PostgresHuey, RedisHuey, SqliteHuey, crontab  # type: ignore[import-untyped]
from huey.exceptions import ConfigurationError  # type: ignore[import-untyped]
from sqlalchemy import select

from exchange.mail.carriers import CarrierDown
from exchange.mail.sending import send_waiting
from surveys.mailing.queueing import queue_reminders
from surveys.mailing.schedule import due_on, schedule_of
from surveys.tables import ReminderSchedule, Wave
from surveys.uk_days import UK, uk_day
from surveys.waves import standing
from webapp.mail import ask_what_became, desk
from webapp.services import Services, services

NAME = "confer"
SQLITE = "sqlite:///"
EVERY_MINUTE = crontab(minute="*")
EVERY_HOUR = crontab(minute="15")
HALF_PAST_EIGHT = time(8, 30)

log = logging.getLogger(__name__)


class NoJobs(Exception):
    """Jobs cannot be kept where JOBS says; the text says what to do."""


def job_queue(url: str) -> Huey:
    """The queue of jobs at an address: `sqlite:///path`, `postgresql://…` or `redis://…`; raises NoJobs."""
    try:
        if url.startswith(SQLITE):
            path = Path(url.removeprefix(SQLITE))
            path.parent.mkdir(parents=True, exist_ok=True)
            return SqliteHuey(NAME, filename=str(path), results=False)
        if url.startswith("postgresql://"):
            return PostgresHuey(NAME, dsn=url, results=False)
        return RedisHuey(NAME, url=url, results=False)
    except ConfigurationError:
        raise NoJobs("JOBS names Redis, whose Python package is not installed. Install it: pip install redis") from None


def every_morning(moment: datetime) -> bool:
    """Whether it is half past eight in the UK at a moment of the queue's clock, which is in UTC and says no zone."""
    return moment.replace(tzinfo=UTC, second=0, microsecond=0).astimezone(UK).time() == HALF_PAST_EIGHT


def with_jobs(app: Flask) -> Huey:
    """The application's queue, with its jobs; its consumer runs them."""
    with app.app_context():
        queue = job_queue(services().settings.jobs)

    @queue.periodic_task(EVERY_MINUTE, name="send_mail")  # type: ignore[untyped-decorator]
    def send() -> None:
        with app.app_context():
            send_mail(services())

    @queue.periodic_task(every_morning, name="queue_reminders")  # type: ignore[untyped-decorator]
    def remind() -> None:
        with app.app_context():
            queue_due_reminders(services())

    @queue.periodic_task(EVERY_HOUR, name="ask_notify")  # type: ignore[untyped-decorator]
    def ask() -> None:
        with app.app_context():
            settle(services())

    return queue


def settle(at: Services) -> int:
    """Note what became of mails that GOV.UK Notify took; gives how many changed. When it is away, it is asked later."""
    try:
        return ask_what_became(at).changed
    except CarrierDown as down:
        log.warning("What became of mails is not known yet. %s", down)
        return 0


def send_mail(at: Services) -> int:
    """Send what waits, where mail is set up; gives how many mails were handed over or tried."""
    if not at.settings.mail.carrier:
        return 0
    return sum(send_waiting(desk(at)).outcomes.values())


def queue_due_reminders(at: Services) -> int:
    """Queue the reminders that are due today in every open wave that has a schedule; gives how many."""
    now, queued = at.clock(), 0
    with at.store.writing() as session:
        planned = select(Wave).where(Wave.id.in_(select(ReminderSchedule.wave_id))).order_by(Wave.id)
        for wave in session.scalars(planned).all():
            schedule = schedule_of(session, wave)
            if schedule is not None and standing(wave, now=now) == "open":
                due = due_on(schedule, uk_day(now))
                queued += queue_reminders(session, wave, due, key=at.link_key, now=now).added
    log.info("Queued %d reminders.", queued)
    return queued
