"""Days and times on the command line: those of the UK, as on the pages, and printed with their zone."""

from __future__ import annotations

import re
from datetime import datetime

import click

from surveys.uk_days import UK
from webapp.manage.moments import BadMoment, read_moment

FIRST_MINUTE, LAST_MINUTE = "00:00", "23:59"
OPENS_HELP = "Day (from its start), or day and time, in the UK."
CLOSES_HELP = "Day (to its end), or day and time, in the UK."
_WITH_TIME = re.compile(r"(.+?)[T ]([^ T]*:[^ T]*)")


class UkMoment(click.ParamType[datetime]):
    """A day (2026-07-01), or a day and a time (2026-07-01 09:00) in the UK, as a moment in UTC.

    `alone` is the time of a day that is given alone. Of an hour that comes twice, when clocks go back, it is the first.
    """

    name = "day"

    def __init__(self, alone: str) -> None:
        self.alone = alone

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """The moment in UTC; a refusal says how to write one."""
        if isinstance(value, datetime):
            return value
        found = _WITH_TIME.fullmatch(str(value).strip())
        day, time = found.groups() if found else (str(value), self.alone)
        try:
            return read_moment(day, time)
        except BadMoment as refusal:
            remedy = "Write a day like 2026-07-01, or a day and a time in the UK like “2026-07-01 09:00”."
            self.fail(f"“{value}”: {refusal} {remedy}", param, ctx)


OPENS, CLOSES = UkMoment(FIRST_MINUTE), UkMoment(LAST_MINUTE)


def told(moment: datetime) -> str:
    """A moment as commands print it: 2026-07-01 09:00 BST."""
    return f"{moment.astimezone(UK):%Y-%m-%d %H:%M %Z}"


def day_told(moment: datetime) -> str:
    """The day of a moment in the UK, as commands print it: 2026-07-01."""
    return f"{moment.astimezone(UK):%Y-%m-%d}"
