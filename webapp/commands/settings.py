"""`flask settings`: a study's name and what it permits, printed and changed."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from surveys.studies import StudySettings, change_study, find_study, study_settings
from webapp.commands.columns import aligned
from webapp.commands.studies import study_option
from webapp.services import services

group = AppGroup("settings")


@group.command("show")
@study_option
def show(code: str | None) -> None:
    """Print the study's settings."""
    with services().store.reader() as session:
        study = find_study(session, code)
        rows = _rows(study_settings(study))
    click.echo(aligned(("setting", study.code), rows))


@group.command("change")
@click.option("--name", help="What people read.")
@click.option(
    "--snowball/--no-snowball", "snowball_allowed", default=None, help="Ask people because others named them."
)
@click.option("--open-links/--no-open-links", "open_links_allowed", default=None, help="Links that anyone may use.")
@study_option
def change(name: str | None, snowball_allowed: bool | None, open_links_allowed: bool | None, code: str | None) -> None:
    """Change those settings of the study that are given."""
    with services().store.writing() as session:
        study = find_study(session, code)
        settings = study_settings(study)
        wanted = StudySettings(
            settings.name if name is None else name.strip(),
            settings.snowball_allowed if snowball_allowed is None else snowball_allowed,
            settings.open_links_allowed if open_links_allowed is None else open_links_allowed,
        )
        changed = change_study(session, study, wanted, revision=study.revision)
        rows = _rows(study_settings(study))
    click.echo(aligned(("setting", study.code), rows) if changed else "That is how they stand. Nothing was changed.")


def _rows(settings: StudySettings) -> list[tuple[str, object]]:
    return [
        ("name", settings.name),
        ("snowball", settings.snowball_allowed),
        ("open links", settings.open_links_allowed),
    ]
