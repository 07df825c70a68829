"""All commands of `flask`, registered with the application."""

from __future__ import annotations

from flask import Flask

from webapp.commands.later import Later

GROUPS = (
    Later("accounts", "Make, list and disable accounts.", "webapp.commands.accounts"),
    Later("agreement", "Record what was agreed on a study.", "webapp.commands.agreements"),
    Later("db", "Move the database's tables between versions.", "webapp.commands.db"),
    Later("demo", "A demonstration study: invented sites, people and answers.", "webapp.commands.demo"),
    Later("instruments", "Check and publish questionnaires.", "webapp.commands.instruments"),
    Later("mail", "Invite and remind people by mail.", "webapp.commands.mail"),
    Later("matching", "Find who was meant by typed names.", "webapp.commands.matching"),
    Later("networks", "Measure networks.", "webapp.commands.networks"),
    Later("settings", "A study's name and what it permits.", "webapp.commands.settings"),
    Later("study", "Make studies, and load their sites and people.", "webapp.commands.studies"),
    Later("waves", "Plan, open and close waves, and invite people.", "webapp.commands.waves"),
)


def register(app: Flask) -> None:
    """Give the application its groups of commands."""
    for group in GROUPS:
        app.cli.add_command(group)
