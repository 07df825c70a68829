"""When things happen: the waves' dates, and the moments at which people open their links and save their pages."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from surveys.demonstration.shape import Shape

OPEN_SINCE = timedelta(days=12)
LASTS = timedelta(days=28)
BETWEEN_WAVES = timedelta(days=182)
PREPARED_BEFORE = timedelta(days=21)
OPENS_AT_HOUR = 9
REMINDER_DAYS = (0, 7, 14, 21)
PULL = (1.0, 0.75, 0.5, 0.35)
"""How much the invitation and each reminder move people, and over how many days that fades."""
FADES_DAYS = 1.4
TRICKLE = 0.02
WEEKEND = 0.12
HOURS = {
    7: 3,
    8: 9,
    9: 12,
    10: 11,
    11: 9,
    12: 12,
    13: 11,
    14: 8,
    15: 8,
    16: 8,
    17: 5,
    18: 2,
    19: 2,
    20: 3,
    21: 3,
    22: 1,
}
LONGEST_SITTING = timedelta(minutes=45)
SECONDS_A_PAGE = (8, 50)
COMES_BACK_LATER = 0.12
LONGEST_BREAK_HOURS = 40


@dataclass(frozen=True)
class Dates:
    """When a wave opens and closes."""

    opens_at: datetime
    closes_at: datetime


def wave_dates(shape: Shape, now: datetime) -> tuple[Dates, ...]:
    """Each wave's dates; the last opened 12 days before `now` and is open still."""
    last = (now - OPEN_SINCE).replace(hour=OPENS_AT_HOUR, minute=0, second=0, microsecond=0)
    starts = [last - BETWEEN_WAVES * back for back in reversed(range(shape.waves))]
    return tuple(Dates(start, start + LASTS) for start in starts)


def opening_moment(dates: Dates, until: datetime, random: Random) -> datetime:
    """When one person opens their link: soon after the invitation or a reminder, mostly in working hours."""
    end = min(dates.closes_at, until) - LONGEST_SITTING
    days = range((end.date() - dates.opens_at.date()).days + 1)
    day = random.choices(days, weights=[_pull(day, dates) for day in days])[0]
    hour = random.choices(list(HOURS), weights=list(HOURS.values()))[0]
    seconds = hour * 3600 + random.randrange(3600)
    moment = dates.opens_at.replace(hour=0) + timedelta(days=day, seconds=seconds)
    return min(max(moment, dates.opens_at + timedelta(seconds=60 + random.randrange(3600))), end)


def _pull(day: int, dates: Dates) -> float:
    fading = sum(
        pull * math.exp((first - day) / FADES_DAYS)
        for first, pull in zip(REMINDER_DAYS, PULL, strict=True)
        if day >= first
    )
    at_weekend = (dates.opens_at + timedelta(days=day)).weekday() >= 5
    return (fading + TRICKLE) * (WEEKEND if at_weekend else 1)


class Watch:
    """The time during one interview; it only moves forward, and never beyond `end`."""

    def __init__(self, start: datetime, end: datetime, random: Random) -> None:
        self.now = start
        self._end, self._random = end, random
        self._break_at = random.randrange(2, 8) if random.random() < COMES_BACK_LATER else -1
        self._pages = 0

    def tick(self) -> datetime:
        """The moment of the next save: some seconds on, or after a break of hours."""
        self._pages += 1
        later = self.now + timedelta(seconds=self._random.randint(*SECONDS_A_PAGE))
        if self._pages == self._break_at:
            later += timedelta(hours=self._random.uniform(1, LONGEST_BREAK_HOURS))
        if later < self._end - LONGEST_SITTING or self._pages != self._break_at:
            self.now = min(later, self._end)
        return self.now
