"""kill -9 at any moment: every save that was acknowledged is in the store afterwards."""

from __future__ import annotations

import random
import threading
import time
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.client import HTTPException
from pathlib import Path

import pytest
from sqlalchemy import select, update

from surveys.interviews import resume
from surveys.invitations import find_invited
from surveys.naming import say_no_one
from surveys.store import Store
from surveys.tables import Answer, Interview, Invitation, Person, Wave
from tests.attacks.conftest import BOTH_ENGINES, LONG
from tests.attacks.serving import Browser, Served, serve
from tests.small_study import SmallStudy, answer, answered_about_ego

pytestmark = pytest.mark.timeout(3600 if LONG else 120)
KILLS, SAVES = (20, 20_000) if LONG else (2, 300)
PEOPLE = ("p1", "p2", "p3", "p4", "p5", "p6")


@dataclass
class Writer:
    """One person who saves the same page again and again, each time with the next number."""

    link: str
    tried: int = 0
    kept: int = 0
    last: int = 0

    def write(self, port: int, enough: threading.Event) -> None:
        browser, token = Browser(port), ""
        while not enough.is_set():
            try:
                token = token or browser.token()
                self._save(browser, token)
            except (OSError, HTTPException):
                time.sleep(0.02)
        browser.close()

    def _save(self, browser: Browser, token: str) -> None:
        self.tried += 1
        number = self.tried
        if browser.post(f"{self.link}/story", token, exchange=f"{number}") == 303:
            self.kept, self.last = self.kept + 1, number


@pytest.fixture
def writers(store: Store, study: SmallStudy) -> dict[str, Writer]:
    """Six people who have come to the last page."""
    with store.writing() as session:
        for reference in PEOPLE:
            current = answered_about_ego(session, study, reference)
            current = say_no_one(
                session, current, current.instrument.page("advice_names"), now=current.interview.saved_at
            )
            answer(session, current, "story", exchange="0")
        today = datetime.now(UTC)  # the servers go by the real clock
        session.execute(update(Wave).values(opens_at=today - timedelta(days=1), closes_at=today + timedelta(days=1)))
    return {reference: Writer(f"/interview/{study.tokens[reference]}") for reference in PEOPLE}


def stored(store: Store) -> dict[str, tuple[int, int]]:
    """Each person's revision and the number they wrote last."""
    rows = (
        select(Person.reference, Interview.revision, Answer.value)
        .join(Invitation, Invitation.person_id == Person.id)
        .join(Interview, Interview.invitation_id == Invitation.id)
        .join(Answer, Answer.interview_id == Interview.id)
        .where(Answer.item == "exchange")
    )
    with store.reader() as session:
        return {reference: (revision, int(value)) for reference, revision, value in session.execute(rows)}


def killing(served: Served, writers: dict[str, Writer], chance: random.Random) -> int:
    """Kill workers now and then until enough was saved; gives how many times it was done."""
    times = 0
    while times < KILLS or sum(writer.kept for writer in writers.values()) < SAVES:
        time.sleep(chance.uniform(0.2, 0.8))
        if times < KILLS:
            times += served.kill(1 + times % 2) > 0
            served.wait()
    return times


@BOTH_ENGINES
def test_no_acknowledged_save_is_lost(store: Store, writers: dict[str, Writer], tmp_path: Path) -> None:
    before = {reference: revision for reference, (revision, _number) in stored(store).items()}
    enough = threading.Event()
    with serve(store, tmp_path) as served:
        threads = [threading.Thread(target=one.write, args=(served.port, enough)) for one in writers.values()]
        for thread in threads:
            thread.start()
        try:
            assert killing(served, writers, random.Random()) >= KILLS
        finally:
            enough.set()
            for thread in threads:
                thread.join(30)
    after = stored(store)
    for reference, writer in writers.items():
        revision, number = after[reference]
        assert writer.kept <= revision - before[reference] <= writer.tried, (reference, writer)
        assert writer.last <= number <= writer.tried, (reference, writer)
    assert sum(writer.kept for writer in writers.values()) >= SAVES


def test_a_person_goes_on_after_a_kill_as_if_nothing_had_been(
    store: Store, writers: dict[str, Writer], study: SmallStudy, tmp_path: Path
) -> None:
    with serve(store, tmp_path, workers=1) as served, closing(Browser(served.port)) as browser:
        token = browser.token()
        assert browser.post(f"{writers['p1'].link}/story", token, exchange="7") == 303
        served.kill(1)
        served.wait()
        browser.close()
        assert browser.post(f"{writers['p1'].link}/finish", token) == 303
    with store.reader() as session:
        assert resume(session, find_invited(session, study.tokens["p1"])).finished
