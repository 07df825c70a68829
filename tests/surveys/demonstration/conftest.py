"""A demonstration of eight sites that is only looked at."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from surveys.store import Store
from tests.surveys.demonstration.loading import (
    MIDDLING,
    Frames,
    frames_of,
    loaded,
    new_store,
)


@pytest.fixture(scope="package")
def middling(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A demonstration of eight sites, only looked at."""
    store = new_store(tmp_path_factory.mktemp("middling"))
    yield loaded(store, MIDDLING)
    store.engine.dispose()


@pytest.fixture(scope="package")
def seen(middling: Store) -> Frames:
    return frames_of(middling)
