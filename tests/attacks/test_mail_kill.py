"""kill -9 while mail is sent: everyone gets their invitation, and whoever got it twice is marked."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert, select

from surveys.invitations import invite
from surveys.mailing.queueing import queue_invitations
from surveys.people import new_key, roster
from surveys.store import Store
from surveys.tables import InstrumentVersion, Invitation, Mail, Person
from surveys.waves import add_wave, open_wave
from tests.attacks.conftest import BOTH_ENGINES, LONG
from tests.exchange.mail.post_office import PostOffice, serving
from tests.small_study import SmallStudy
from tests.webapp.test_server import ROOT

pytestmark = pytest.mark.timeout(3600 if LONG else 120)
KILLS, MAILS = (20, 2400) if LONG else (3, 150)
LEASE_SECONDS = 3
SERVICE_KEY = b"k" * 48


@pytest.fixture
def queued(store: Store, study: SmallStudy) -> None:
    """As many people as MAILS says, each with an invitation that waits in the outbox."""
    now = datetime.now(UTC)
    with store.writing() as session:
        first = study.people["p1"]
        row = {"study_id": study.study.id, "site_id": first.site_id, "role_id": first.role_id, "search_text": " x"}
        rows = [
            {**row, "key": new_key(), "reference": f"m{n}", "name": f"Person {n}", "email": f"m{n}@example.org"}
            for n in range(MAILS)
        ]
        session.execute(insert(Person), rows)
        version = study.wave.instrument_version_id
        wave = add_wave(
            session,
            study.study,
            session.get_one(InstrumentVersion, version),
            "Wave 2",
            opens_at=now - timedelta(days=1),
            closes_at=now + timedelta(days=28),
        )
        open_wave(wave)
        people = [one for one in roster(session, study.study.id) if one.reference.startswith("m")]
        invite(session, wave, people, key=SERVICE_KEY, now=now)
        assert queue_invitations(session, wave, key=SERVICE_KEY, now=now).added == MAILS


@contextmanager
def worker(store: Store, office: PostOffice) -> Iterator[subprocess.Popen[str]]:
    """A worker that is sending; whatever happens, it ends."""
    url = store.engine.url.render_as_string(hide_password=False)
    words = [sys.executable, "-m", "tests.attacks.mail_worker", url, str(office.port), str(LEASE_SECONDS)]
    started = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert started.stdout is not None
        assert started.stdout.readline() == "ready\n"
        yield started
    finally:
        started.kill()
        started.wait(10)
        started.stdout.close()  # type: ignore[union-attr]


def states(store: Store) -> list[tuple[str, bool, str, str]]:
    """Each mail's state, whether it may be a double, its address and its reason."""
    rows = (
        select(Mail.state, Mail.may_be_twice, Person.email, Mail.reason)
        .join(Invitation, Invitation.id == Mail.invitation_id)
        .join(Person, Person.id == Invitation.person_id)
    )
    with store.reader() as session:
        return [tuple(row) for row in session.execute(rows)]  # type: ignore[misc]


def sent_with_kills(store: Store, office: PostOffice, chance: random.Random) -> int:
    """Send all, killing a worker at random moments; gives how many died while they were sending."""
    kills = 0
    while kills < KILLS:
        with worker(store, office) as sending:
            before = office.recipients.total()
            enough = before + chance.randint(0, max(1, (MAILS - before) // (KILLS - kills + 1)))
            while office.recipients.total() < enough and sending.poll() is None:
                time.sleep(0.001)
            time.sleep(chance.uniform(0, 0.01))
            assert sending.poll() is None, "there was enough to send"
            os.kill(sending.pid, signal.SIGKILL)
            kills += 1
    until = time.monotonic() + 120 + MAILS / 10
    while any(state in ("queued", "sending") for state, *_rest in states(store)):
        assert time.monotonic() < until, "the queue does not drain"
        with worker(store, office) as sending:
            sending.wait(60 + MAILS / 10)
        time.sleep(0.2)
    return kills


@BOTH_ENGINES
def test_everyone_gets_one_invitation_and_no_double_is_unmarked(store: Store, queued: None) -> None:
    with serving(PostOffice()) as office:
        kills = sent_with_kills(store, office, random.Random())
        got = office.recipients
    after = states(store)
    assert {state for state, *_rest in after} == {"sent"}
    assert {email for _state, _twice, email, _reason in after} == set(got), "everyone got theirs"
    marked = {email for _state, twice, email, _reason in after if twice}
    doubles = {email for email, count in got.items() if count > 1}
    assert doubles <= marked, "a double that nobody was told of"
    assert max(got.values()) <= 2
    assert len(marked) <= kills
    with_same_id = {one.mail["Message-ID"] for one in office.arrived}
    assert len(with_same_id) == MAILS, "both copies have one Message-ID"


@BOTH_ENGINES
def test_two_workers_at_once_send_each_mail_once(store: Store, queued: None) -> None:
    with serving(PostOffice()) as office, worker(store, office) as one, worker(store, office) as two:
        assert [each.wait(120) for each in (one, two)] == [0, 0]
        got = office.recipients
    assert (len(got), set(got.values())) == (MAILS, {1})
    assert {(state, twice) for state, twice, _email, _reason in states(store)} == {("sent", False)}
