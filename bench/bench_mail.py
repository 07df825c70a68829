"""What mail for 50,000 people costs before it is handed over: counted for the page, queued, and reminded of."""

import atexit
import shutil
import tempfile
from collections.abc import Callable
from datetime import timedelta
from functools import cache
from pathlib import Path

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bench.planted_staff import NOW, staff_csv, study_in, study_of
from bench.run import Work
from exchange.people import import_people
from exchange.tables import read_rows
from instruments.ours import source_of_ours
from surveys.invitations import invite
from surveys.mailing.queueing import queue_invitations, queue_reminders
from surveys.mailing.schedule import Schedule, due_on
from surveys.people import roster
from surveys.store import Store
from surveys.studies import publish_instrument
from surveys.tables import Mail, Wave
from surveys.waves import add_wave

PEOPLE = 50_000
KEY = b"k" * 48
LATER = NOW + timedelta(days=14)


def invited() -> Store:
    """A store with an open wave to which everybody on the list is invited, in a folder that goes at the end."""
    folder = Path(tempfile.mkdtemp(prefix="confer-bench-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    store = study_in(folder)
    with store.writing() as session:
        study = study_of(session)
        import_people(session, study, read_rows(staff_csv(PEOPLE)), now=NOW)
        version = publish_instrument(session, study, source_of_ours("pulse"), now=NOW)
        opens, closes = NOW - timedelta(days=1), NOW + timedelta(days=60)
        wave = add_wave(session, study, version, "Autumn", opens_at=opens, closes_at=closes)
        wave.status = "open"
        invite(session, wave, roster(session, study.id), key=KEY, now=NOW)
    return store


@cache
def before_mail() -> Store:
    """Nobody was written to yet."""
    return invited()


@cache
def after_invitations() -> Store:
    """Everybody got an invitation two weeks ago."""
    store = invited()
    with store.writing() as session:
        queue_invitations(session, _wave(session), key=KEY, now=NOW)
        session.execute(update(Mail).values(state="sent", sent_at=NOW))
    return store


def _wave(session: Session) -> Wave:
    return session.scalars(select(Wave)).one()


def _taken_back(store: Store, act: Callable[[Session, Wave], object]) -> Work:
    """A callable that does it and takes it back again."""

    def work() -> object:
        with store.writer() as session:
            done = act(session, _wave(session))
            session.rollback()
        return done

    return work


def _remind(session: Session, wave: Wave, *, dry_run: bool = False) -> object:
    due = due_on(Schedule(on_weekends=True, on_holidays=True), LATER.date())
    return queue_reminders(session, wave, due, key=KEY, now=LATER, dry_run=dry_run)


def bench_counting_50000_invitations_to_send() -> Work:
    """What the page says before anything is queued."""
    return _taken_back(before_mail(), lambda at, wave: queue_invitations(at, wave, key=KEY, now=NOW, dry_run=True))


def bench_queueing_50000_invitations() -> Work:
    """One row in the outbox for each person."""
    return _taken_back(before_mail(), lambda at, wave: queue_invitations(at, wave, key=KEY, now=NOW))


def bench_counting_50000_reminders_due() -> Work:
    """Who would be reminded two weeks later."""
    return _taken_back(after_invitations(), lambda at, wave: _remind(at, wave, dry_run=True))


def bench_queueing_50000_reminders() -> Work:
    """One more row for each person who has not answered."""
    return _taken_back(after_invitations(), _remind)
