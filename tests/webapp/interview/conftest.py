"""An interview driven as a browser without JavaScript drives it: fetch a page, fill in its forms, follow."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from surveys.store import Store
from surveys.tables import Alter, Answer, Interview, Nomination, SavedStep, Tie
from tests.small_study import SmallStudy

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
CONSENT = {"agree_read": "yes", "agree_voluntary": "yes"}
ABOUT = {"site": "A", "role": "pharmacist"}
COUNTED = (Interview, SavedStep, Alter, Nomination, Answer, Tie)


@dataclass
class Respondent:
    """One person's browser, at their link."""

    client: object
    link: str
    study: SmallStudy

    def get(self, path: str = "") -> TestResponse:
        return self.client.get(self.link + path)

    def post(self, path: str, data: dict[str, object] | None = None, *, page: str = "") -> TestResponse:
        """Post with the token that `page` gave, and do not follow."""
        found = TOKEN.search(self.get(page).text) or TOKEN.search(self.client.get("/sign-in").text)
        return self.client.post(self.link + path, data={"csrf_token": found[1], **(data or {})})

    def to(self, answer: TestResponse) -> str:
        """Where a redirect leads, under this link."""
        assert answer.status_code == 303, answer.text
        return answer.location.removeprefix(self.link)

    def begin(self) -> Respondent:
        self.post("/start")
        return self

    def to_names(self) -> Respondent:
        self.begin()
        self.post("/consent", CONSENT)
        self.post("/about_you", ABOUT)
        return self

    def pick(self, reference: str) -> TestResponse:
        return self.post("/advice_names/add", {"prompt": "any", "person": self.study.people[reference].key})

    def type_name(self, name: str) -> TestResponse:
        return self.post("/advice_names/add", {"prompt": "any", "name": name, "person": ""})

    def to_grid(self, *references: str) -> Respondent:
        self.to_names()
        for reference in references:
            self.pick(reference)
        self.post("/advice_names")
        return self

    def to_check(self, *references: str) -> Respondent:
        self.to_grid(*references)
        self.post("/topic_grid", {"flow.1.epma": ["i_get", "i_give"]})
        for number in range(1, len(references) + 1):
            self.post(f"/about_contacts/{number}", about_contact(number))
        self.post("/story")
        return self


def about_contact(number: int) -> dict[str, object]:
    return {f"freq.{number}": "weekly", f"formality.{number}": "informal", f"origin.{number}": "event"}


@pytest.fixture
def ada(client, links: dict[str, str], study: SmallStudy) -> Iterator[Respondent]:
    """Ada's browser."""
    return Respondent(client, links["p1"], study)


@pytest.fixture
def ben(app, links: dict[str, str], study: SmallStudy) -> Iterator[Respondent]:
    """Ben's browser."""
    return Respondent(app.test_client(), links["p2"], study)


@pytest.fixture
def counts(store: Store):
    """How many rows there are of everything that an interview writes, and their last change."""

    def count() -> dict[str, object]:
        with store.reader() as session:
            rows = {table.__tablename__: session.scalar(select(func.count()).select_from(table)) for table in COUNTED}
            return rows | {"revision": session.scalar(select(func.sum(Interview.revision)))}

    return count
