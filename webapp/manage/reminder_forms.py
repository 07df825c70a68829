"""A schedule of reminders as its form has it, and back."""

from __future__ import annotations

from collections.abc import Mapping

from surveys.mailing.schedule import SAID, Schedule, ScheduleRefused

NUMBERS = ("first_after", "then_every", "most")
FIELDS = (*NUMBERS, "on_weekends", "on_holidays")
LABELS = {
    "first_after": "Days from the invitation to the first reminder",
    "then_every": "Days from one reminder to the next",
    "most": "Reminders at most",
    "on_weekends": "On Saturdays and Sundays too",
    "on_holidays": "On bank holidays of England and Wales too",
}
DIGITS = 3


def texts_of(schedule: Schedule) -> dict[str, str]:
    """What each box shows of a schedule."""
    return {name: str(getattr(schedule, name)) for name in NUMBERS} | {
        "on_weekends": "yes" if schedule.on_weekends else "",
        "on_holidays": "yes" if schedule.on_holidays else "",
    }


def read(values: Mapping[str, str]) -> Schedule:
    """The schedule in the boxes; raises ScheduleRefused for what is no number."""
    bad = [name for name in NUMBERS if not _is_number(values[name])]
    if bad:
        raise ScheduleRefused({name: f"{SAID[name]} Write the number in figures." for name in bad})
    numbers = {name: int(values[name]) for name in NUMBERS}
    return Schedule(**numbers, on_weekends=values["on_weekends"] == "yes", on_holidays=values["on_holidays"] == "yes")


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= DIGITS


def told(field: str, text: str) -> str:
    """A value as the page of both values says it."""
    return text if field in NUMBERS else ("Yes" if text == "yes" else "No")
