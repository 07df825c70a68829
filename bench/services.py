"""A service over a small study, and one over a demonstration, for benchmarks to use as a person would."""

import atexit
import re
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from config import Settings
from surveys import migrate
from surveys.demonstration.load import load
from surveys.demonstration.shape import Shape
from surveys.store import Store
from tests.small_study import make_small_study
from webapp import create_app
from webapp.services import services

NOW = datetime(2026, 11, 2, 14, 30, tzinfo=UTC)
TOKEN_FIELD = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


def new_service() -> tuple[Flask, Store, bytes]:
    """An application over an empty SQLite file that goes when the process ends, its store and its key for links."""
    folder = Path(tempfile.mkdtemp(prefix="confer-bench-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    settings = Settings(
        environment="testing", secret_key="k" * 48, database_url=f"sqlite:///{folder / 'bench.sqlite3'}"
    )
    app = create_app(settings, clock=lambda: NOW)
    with app.app_context():
        found = services()
    migrate.upgrade(found.store.engine)
    return app, found.store, found.link_key


@dataclass(frozen=True)
class Respondent:
    """Somebody with a link and a browser."""

    client: FlaskClient
    path: str

    def get(self, page: str = "") -> TestResponse:
        """Open a page of the interview."""
        return self.client.get(f"{self.path}{page}")

    def post(self, page: str, fields: Mapping[str, object]) -> TestResponse:
        """Send a page of the interview; RuntimeError when it was not taken."""
        answer = self.client.post(f"{self.path}{page}", data=fields)
        if answer.status_code != 303:
            raise RuntimeError(f"{page} answered {answer.status_code}.")
        return answer

    def token(self, page: str) -> str:
        """The form token of a page."""
        found = TOKEN_FIELD.search(self.get(page).text)
        if found is None:
            raise RuntimeError(f"{page} has no form with a token.")
        return found[1]


def respondent() -> Respondent:
    """Somebody who has begun, agreed, and told about themselves."""
    app, store, key = new_service()
    with store.writing() as session:
        path = f"/interview/{make_small_study(session, now=NOW, key=key).tokens['p1']}"
    someone = Respondent(app.test_client(), path)
    token = {"csrf_token": someone.token("")}
    someone.post("/start", token)
    someone.post("/consent", {**token, "agree_read": "yes", "agree_voluntary": "yes"})
    someone.post("/about_you", {**token, "site": "A", "role": "pharmacist"})
    return someone


def demonstration(shape: Shape) -> tuple[Flask, Store]:
    """An application over a demonstration study of that shape."""
    app, store, key = new_service()
    with store.writing() as session:
        for _ in load(session, shape, key=key, now=NOW):
            pass
    return app, store
