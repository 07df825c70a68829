"""A migrated store on each engine, and a session with the small study in it."""

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from surveys import migrate
from surveys.store import Store, open_store
from tests.small_study import SmallStudy, make_small_study


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    opened = open_store(database_url)
    migrate.upgrade(opened.engine)
    yield opened
    opened.engine.dispose()


@pytest.fixture
def session(store: Store) -> Iterator[Session]:
    with store.writer() as opened:
        yield opened


@pytest.fixture
def small(session: Session) -> SmallStudy:
    return make_small_study(session)
