"""What every request may use: the settings, the store and the clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from flask import Flask, current_app

from config import Settings
from surveys.store import Store

EXTENSION = "confer"


@dataclass(frozen=True)
class Services:
    """What one application was made with. `clock` gives the time in UTC; tests set their own."""

    settings: Settings
    store: Store
    clock: Callable[[], datetime]

    @property
    def link_key(self) -> bytes:
        """The key that invitation links are made with."""
        return self.settings.secret_key.encode()


def wall_clock() -> datetime:
    """The time now, in UTC."""
    return datetime.now(UTC)


def install(app: Flask, services: Services) -> None:
    """Give an application its services."""
    app.extensions[EXTENSION] = services


def services() -> Services:
    """The services of the application that answers this request or runs this command."""
    found: Services = current_app.extensions[EXTENSION]
    return found
