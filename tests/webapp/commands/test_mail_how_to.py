"""The page on sending invitations names every command, every setting and every place in a text; its texts are true."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import click

import config
from surveys.mailing.outbox import LEASE, MOST_ATTEMPTS
from surveys.mailing.texts import PLACES
from webapp.commands.mail import group

PAGE = (Path(__file__).parents[3] / "docs" / "how-to" / "send-invitations.md").read_text(encoding="utf-8")
SETTING = re.compile(r'"((?:MAIL|SMTP|NOTIFY)_[A-Z]+|JOBS)"')


def names(command: click.Command) -> set[str]:
    return set(command.commands) if isinstance(command, click.Group) else set()


def test_every_command_is_named() -> None:
    wanted = names(group) | {f"{sub} set" for sub in ("templates", "schedule")}
    assert {name for name in wanted if not re.search(rf"\b{name}\b", PAGE)} == set()


def test_every_command_on_the_page_exists() -> None:
    assert set(re.findall(r"flask mail ([a-z-]+)", PAGE)) <= names(group)


def test_every_setting_is_named() -> None:
    settings = set(SETTING.findall(inspect.getsource(config)))
    assert len(settings) == 14
    assert {name for name in settings if f"`{name}`" not in PAGE} == set()


def test_every_place_in_a_text_is_named() -> None:
    assert set(re.findall(r"\| `\{(\w+)\}` \|", PAGE)) == set(PLACES)


def test_what_is_said_of_times_is_so() -> None:
    assert "ten minutes" in PAGE and LEASE.total_seconds() == 600
    assert "six times at most" in PAGE and MOST_ATTEMPTS == 6
