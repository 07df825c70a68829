"""All commands of `flask`, registered with the application."""

from __future__ import annotations

from flask import Flask

from webapp import demo_cli
from webapp.commands import accounts, db, instruments, networks, studies, waves

GROUPS = (accounts.group, db.group, demo_cli.group, instruments.group, networks.group, studies.group, waves.group)


def register(app: Flask) -> None:
    """Give the application its groups of commands."""
    for group in GROUPS:
        app.cli.add_command(group)
