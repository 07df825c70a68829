"""When reminders are due: "after 4 days, then every 7, at most 3, not on weekends or bank holidays"."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from surveys.faults import ChangedMeanwhile, Faulty
from surveys.mailing.holidays import bank_holidays
from surveys.tables import ReminderSchedule, Wave
from surveys.waves import hold_wave

LONGEST, MOST = 90, 10
SAID = {
    "first_after": f"Wait 1 to {LONGEST} days before the first reminder.",
    "then_every": f"Wait 1 to {LONGEST} days from one reminder to the next.",
    "most": f"Send 0 to {MOST} reminders.",
}
SATURDAY = 5


class ScheduleRefused(Faulty):
    """Reminders cannot be planned like this; the text says what to change."""


@dataclass(frozen=True)
class Schedule:
    """Days from the invitation to the first reminder, days between reminders, and how many there are at most."""

    first_after: int = 4
    then_every: int = 7
    most: int = 3
    on_weekends: bool = False
    on_holidays: bool = False

    def text(self) -> str:
        """The schedule in words."""
        if self.most == 0:
            return "No reminders."
        spared = [word for word, on in (("weekends", self.on_weekends), ("bank holidays", self.on_holidays)) if not on]
        not_on = f", not on {' or '.join(spared)}" if spared else ""
        return f"After {self.first_after} days, then every {self.then_every} days, at most {self.most}{not_on}."


def due(schedule: Schedule, invited: date, sent: Sequence[date], today: date, holidays: Collection[date]) -> bool:
    """Whether the next reminder goes out today, to somebody invited that day who had reminders on the days `sent`."""
    day = due_day(schedule, invited, sent, holidays)
    return day is not None and day <= today and _allowed(schedule, today, holidays)


def due_day(schedule: Schedule, invited: date, sent: Sequence[date], holidays: Collection[date]) -> date | None:
    """The first day on which the next reminder may go out, or None when there were enough."""
    if len(sent) >= schedule.most:
        return None
    wait = timedelta(days=schedule.then_every if sent else schedule.first_after)
    day = max(sent, default=invited) + wait
    while not _allowed(schedule, day, holidays):
        day += timedelta(days=1)
    return day


def _allowed(schedule: Schedule, day: date, holidays: Collection[date]) -> bool:
    on_weekend = day.weekday() >= SATURDAY and not schedule.on_weekends
    return not on_weekend and (schedule.on_holidays or day not in holidays)


def holidays_around(day: date) -> frozenset[date]:
    """The bank holidays of a day's year and of the year before and after."""
    return frozenset().union(*(bank_holidays(day.year + step) for step in (-1, 0, 1)))


def schedule_of(session: Session, wave: Wave) -> Schedule | None:
    """The wave's schedule, or None when no reminders were planned."""
    row = session.get(ReminderSchedule, wave.id)
    if row is None:
        return None
    return Schedule(row.first_after, row.then_every, row.most, row.on_weekends, row.on_holidays)


def schedule_revision(session: Session, wave: Wave) -> int:
    """The revision that a change of the wave's schedule must name; 0 when none was planned."""
    row = session.get(ReminderSchedule, wave.id, populate_existing=True)
    return 0 if row is None else row.revision


def change_schedule(session: Session, wave: Wave, schedule: Schedule, *, revision: int) -> bool:
    """Plan the wave's reminders anew from how they stood at `revision`; gives whether anything changed.

    The wave's row is held until the caller commits. Raises ChangedMeanwhile when they stand at another revision, and
    ScheduleRefused.
    """
    hold_wave(session, wave)
    now = schedule_revision(session, wave)
    if now != revision:
        raise ChangedMeanwhile(f"the reminders of wave {wave.number}", now)
    if schedule == schedule_of(session, wave):
        return False
    set_schedule(session, wave, schedule)
    return True


def set_schedule(session: Session, wave: Wave, schedule: Schedule) -> None:
    """Plan the wave's reminders; raises ScheduleRefused."""
    refuse = _faults(schedule)
    if refuse:
        raise ScheduleRefused(refuse)
    session.merge(
        ReminderSchedule(
            wave_id=wave.id,
            first_after=schedule.first_after,
            then_every=schedule.then_every,
            most=schedule.most,
            on_weekends=schedule.on_weekends,
            on_holidays=schedule.on_holidays,
            revision=schedule_revision(session, wave) + 1,
        )
    )


def _faults(schedule: Schedule) -> dict[str, str]:
    wrong = {
        "first_after": not 0 < schedule.first_after <= LONGEST,
        "then_every": not 0 < schedule.then_every <= LONGEST,
        "most": not 0 <= schedule.most <= MOST,
    }
    return {name: SAID[name] for name, is_wrong in wrong.items() if is_wrong}


def dates(schedule: Schedule, invited: date, before: date) -> list[date]:
    """The days on which somebody invited that day gets reminders, when they never answer; none after the day `before`.

    Each goes out on its day, as it does while mail is sent every day.
    """
    found: list[date] = []
    while (day := due_day(schedule, invited, found, holidays_around(invited))) is not None and day <= before:
        found.append(day)
    return found


Due = Callable[[date, Sequence[date]], bool]


def due_on(schedule: Schedule, today: date) -> Due:
    """Whether a reminder is due today, by the day of the invitation and the days of the reminders before."""
    holidays = holidays_around(today)
    return lambda invited, sent: due(schedule, invited, sent, today, holidays)
