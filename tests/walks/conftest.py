"""Walks use the fixtures of the web: a store, a small study, a server."""

from tests.webapp.conftest import *  # noqa: F403 - fixtures are found by name
