"""Days and times as evaluators type and read them: UK local time, with the zone said."""

from __future__ import annotations

from datetime import UTC, date, datetime

from surveys.uk_days import UK

DAYS = ("%d %m %Y", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%Y-%m-%d", "%d %B %Y", "%d %b %Y")
TIMES = ("%H:%M", "%H.%M", "%H %M")


class BadMoment(Exception):
    """A day or a time that cannot be read, or that never was; the text says how to write it."""


def read_day(text: str) -> date:
    """A day as people write it: 2 11 2026, 2/11/2026, 2 November 2026; raises BadMoment."""
    found = _first(text, DAYS)
    if found is None:
        raise BadMoment("Enter a day like 2 11 2026 or 2 November 2026.")
    return found.date()


def read_moment(day: str, time: str) -> datetime:
    """A day and a time in the UK as a moment in UTC; raises BadMoment, also for an hour that the clocks skip."""
    clock = _first(time, TIMES)
    if clock is None:
        raise BadMoment("Enter a time on the 24-hour clock, like 09:00 or 17:30.")
    local = datetime.combine(read_day(day), clock.time(), tzinfo=UK)
    moment = local.astimezone(UTC)
    if moment.astimezone(UK).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise BadMoment("The clocks go forward over that hour. Choose another time.")
    return moment


def _first(text: str, formats: tuple[str, ...]) -> datetime | None:
    plain = " ".join(text.split())
    for form in formats:
        try:
            return datetime.strptime(plain, form)  # noqa: DTZ007 - read_moment says which zone it is in
        except ValueError:
            continue
    return None


def day_text(moment: datetime) -> str:
    """The day of a moment in the UK, as the box shows it: 2 11 2026."""
    local = moment.astimezone(UK)
    return f"{local.day} {local.month} {local.year}"


def time_text(moment: datetime) -> str:
    """The time of a moment in the UK, as the box shows it: 09:00."""
    return f"{moment.astimezone(UK):%H:%M}"


def in_words(moment: datetime) -> str:
    """A moment in the UK with its zone: 2 November 2026 at 09:00 GMT."""
    local = moment.astimezone(UK)
    return f"{local.day} {local:%B %Y} at {local:%H:%M %Z}"
