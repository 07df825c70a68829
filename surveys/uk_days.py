"""Days as people in the UK count them, whatever day it is in UTC."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

UK = ZoneInfo("Europe/London")


def uk_day(moment: datetime) -> date:
    """The day that it is in the UK at a moment: in summer, 23:30 UTC on 30 June is 1 July."""
    return moment.astimezone(UK).date()
