"""Bank holidays of England and Wales, by rule: Easter, Mondays, and days that move off a weekend."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

MONDAY, SATURDAY = 0, 5
PROCLAIMED: frozenset[date] = frozenset()
"""Days that were given once only, such as a coronation; from 2024 on there were none when this was written."""


def easter_sunday(year: int) -> date:
    """Easter Sunday in the Gregorian calendar.

    Source: the anonymous algorithm published in Nature, 20 April 1876, as given by J. Meeus, Astronomical Algorithms,
    chapter 8.
    """
    golden, (century, rest) = year % 19, divmod(year, 100)
    skipped, leap_centuries = century - century // 4, (8 * century + 13) // 25
    moon = (19 * golden + skipped - leap_centuries + 15) % 30
    moon -= (moon + golden // 11) // 29
    weekday = (2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4 + 32) % 7
    offset = moon + weekday - 7 * ((golden + 11 * moon + 22 * weekday) // 451) + 114
    return date(year, offset // 31, offset % 31 + 1)


def bank_holidays(year: int) -> frozenset[date]:
    """The bank holidays of one year."""
    easter = easter_sunday(year)
    fixed = {
        easter - timedelta(days=2),
        easter + timedelta(days=1),
        _first_monday(date(year, 5, 1)),
        _first_monday(date(year, 5, 25)),
        _first_monday(date(year, 8, 25)),
    }
    one_off = {day for day in PROCLAIMED if day.year == year}
    return frozenset({*fixed, *one_off, *_moved([date(year, 1, 1)]), *_moved([date(year, 12, 25), date(year, 12, 26)])})


def _first_monday(day: date) -> date:
    """The first Monday on or after a day."""
    return day + timedelta(days=(MONDAY - day.weekday()) % 7)


def _moved(days: list[date]) -> Iterator[date]:
    """Each day, or where it falls on a weekend the next weekday that is no holiday itself."""
    kept = [day for day in days if day.weekday() < SATURDAY]
    yield from tuple(kept)
    for day in days:
        if day.weekday() >= SATURDAY:
            later = (day + timedelta(days=step) for step in range(1, 5))
            free = next(one for one in later if one.weekday() < SATURDAY and one not in kept)
            kept.append(free)
            yield free
