"""Walks use the fixtures of the web: a store, a small study, a server; and Ada's link."""

import pytest

from tests.small_study import SmallStudy
from tests.webapp.conftest import *  # noqa: F403 - fixtures are found by name
from tests.webapp.conftest import LiveApp


@pytest.fixture
def link(live_app: LiveApp, study: SmallStudy) -> str:
    return f"{live_app.url}/interview/{study.tokens['p1']}"
