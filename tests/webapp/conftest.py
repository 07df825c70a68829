"""A whole application over a small study, a client that knows forms, accounts, and a real server for browsers."""

from __future__ import annotations

import re
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2.bccache import Bucket, BytecodeCache
from werkzeug.serving import make_server
from werkzeug.test import TestResponse

from config import Settings
from surveys import migrate
from surveys.accounts import create_account
from surveys.store import Store, open_store
from tests.small_study import SmallStudy, make_small_study
from webapp import create_app

PASSWORD = "correct horse battery staple"
TOKEN_FIELD = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


class Compiled(BytecodeCache):
    """Templates as they were compiled for an earlier application of this worker: compiling is half of a first page."""

    def __init__(self) -> None:
        self.codes: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.codes:
            bucket.bytecode_from_string(self.codes[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.codes[bucket.key] = bucket.bytecode_to_string()


COMPILED = Compiled()


@dataclass
class Clock:
    """The time as the application under test has it; `pass_time` moves it on."""

    now: datetime = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def pass_time(self, **amount: float) -> None:
        self.now += timedelta(**amount)


@dataclass(frozen=True)
class Who:
    """An account that tests sign in with."""

    email: str
    password: str
    role: str


@dataclass(frozen=True)
class LiveApp:
    """A server on a free port."""

    url: str
    app: Flask


class Visitor(FlaskClient):
    """A client that fetches a page's form token before it posts, as a browser does."""

    def token(self, page: str = "/sign-in") -> str:
        """The form token that `page` gives this browser."""
        found = TOKEN_FIELD.search(self.get(page).text)
        if found is None:
            raise LookupError(f"{page} has no form with a token.")
        return found[1]

    def send(self, path: str, data: dict[str, object] | None = None, *, page: str = "/sign-in") -> TestResponse:
        """Post a form as if from `page`."""
        return self.post(path, data={"csrf_token": self.token(page), **(data or {})})

    def sign_in(self, who: Who, next: str = "") -> TestResponse:
        """Fill in the sign-in form."""
        return self.send("/sign-in", {"email": who.email, "password": who.password, "next": next})


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def settings(sqlite_url: str) -> Settings:
    return Settings(environment="testing", secret_key="k" * 48, database_url=sqlite_url)


@pytest.fixture(scope="session")
def empty_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with its tables and nothing in them."""
    path = tmp_path_factory.mktemp("empty") / "confer.db"
    opened = open_store(f"sqlite:///{path}")
    migrate.upgrade(opened.engine)
    opened.engine.dispose()
    return path


@pytest.fixture
def store(settings: Settings, empty_store: Path) -> Iterator[Store]:
    """The application's store, with its tables."""
    opened = open_store(settings.database_url)
    shutil.copy(empty_store, str(opened.engine.url.database))
    yield opened
    opened.engine.dispose()


def made(settings: Settings, clock: Callable[[], datetime]) -> Flask:
    app = create_app(settings, clock=clock)
    app.test_client_class = Visitor
    app.jinja_env.bytecode_cache = COMPILED
    return app


@pytest.fixture
def app(settings: Settings, store: Store, clock: Clock) -> Iterator[Flask]:
    app = made(settings, clock)
    yield app
    app.extensions["confer"].store.engine.dispose()


@pytest.fixture
def client(app: Flask) -> Visitor:
    client = app.test_client()
    assert isinstance(client, Visitor)
    return client


@pytest.fixture
def study(store: Store, settings: Settings, clock: Clock) -> SmallStudy:
    """Three sites, six people, the library's questionnaire, one open wave; `.tokens["p1"]` makes Ada's link."""
    with store.writing() as session:
        return make_small_study(session, now=clock(), key=settings.secret_key.encode())


@pytest.fixture(scope="module")
def open_now(empty_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, SmallStudy]]:
    """A store for a whole file, and its study, open by the real clock: for a server that is a program of its own."""
    path = shutil.copy(empty_store, tmp_path_factory.mktemp("open") / "confer.db")
    opened = open_store(f"sqlite:///{path}")
    with opened.writing() as session:
        made = make_small_study(session, now=datetime.now(UTC), key=b"k" * 48)
    yield opened, made
    opened.engine.dispose()


@pytest.fixture
def links(study: SmallStudy) -> dict[str, str]:
    """The path of each person's link, by reference."""
    return {reference: f"/interview/{token}" for reference, token in study.tokens.items()}


def made_account(store: Store, role: str, now: datetime) -> Who:
    who = Who(f"{role}@example.org", PASSWORD, role)
    with store.writing() as session:
        create_account(session, who.email, role.title(), role, who.password, now=now)
    return who


@pytest.fixture
def analyst(store: Store, clock: Clock) -> Who:
    return made_account(store, "analyst", clock())


@pytest.fixture
def evaluator(store: Store, clock: Clock) -> Who:
    return made_account(store, "evaluator", clock())


@pytest.fixture
def administrator(store: Store, clock: Clock) -> Who:
    return made_account(store, "administrator", clock())


@contextmanager
def served(settings: Settings, clock: Clock) -> Iterator[LiveApp]:
    """The application behind a real server."""
    server = make_server("127.0.0.1", 0, Flask("not yet"), threaded=True)
    url = f"http://127.0.0.1:{server.port}"
    app = made(replace(settings, public_url=url), clock)
    server.app = app
    serving = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    serving.start()
    yield LiveApp(url, app)
    server.shutdown()
    server.server_close()
    serving.join()
    app.extensions["confer"].store.engine.dispose()


@pytest.fixture
def live_app(settings: Settings, store: Store, clock: Clock) -> Iterator[LiveApp]:
    """The application behind a real server, for a browser."""
    with served(settings, clock) as live:
        yield live
