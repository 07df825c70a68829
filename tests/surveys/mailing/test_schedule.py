"""Reminders: the day on which each is due, by hand, and what holds for any schedule."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from surveys.faults import ChangedMeanwhile
from surveys.mailing.schedule import (
    Schedule,
    ScheduleRefused,
    change_schedule,
    dates,
    due,
    due_day,
    holidays_around,
    schedule_of,
    schedule_revision,
    set_schedule,
)
from tests.small_study import SmallStudy

USUAL = Schedule()
THURSDAY = date(2026, 12, 17)  # four days on is Monday the 21st
HOLIDAYS = holidays_around(THURSDAY)
days = st.dates(date(2024, 1, 1), date(2030, 12, 31))
schedules = st.builds(Schedule, st.integers(1, 30), st.integers(1, 30), st.integers(0, 5), st.booleans(), st.booleans())


def when(schedule: Schedule, sent: list[date], invited: date = THURSDAY) -> date | None:
    return due_day(schedule, invited, sent, HOLIDAYS)


def test_the_first_comes_after_four_days_then_weekly_and_at_most_three() -> None:
    monday = date(2026, 12, 21)
    assert when(USUAL, []) == monday
    assert when(USUAL, [monday]) == date(2026, 12, 29)  # a week on is the 28th, a bank holiday
    assert when(USUAL, [monday, date(2026, 12, 29)]) == date(2027, 1, 5)
    assert when(USUAL, [monday, date(2026, 12, 29), date(2027, 1, 5)]) is None


def test_christmas_and_the_weekend_after_it_are_waited_out() -> None:
    assert when(USUAL, [], invited=date(2026, 12, 21)) == date(2026, 12, 29)
    anytime = Schedule(on_weekends=True, on_holidays=True)
    assert when(anytime, [], invited=date(2026, 12, 21)) == date(2026, 12, 25)
    assert when(Schedule(on_weekends=True), [], invited=date(2026, 12, 21)) == date(2026, 12, 26)


def test_a_reminder_that_was_missed_goes_out_on_the_next_day_that_is_allowed() -> None:
    assert not due(USUAL, THURSDAY, [], date(2026, 12, 20), HOLIDAYS)
    assert due(USUAL, THURSDAY, [], date(2026, 12, 21), HOLIDAYS)
    assert due(USUAL, THURSDAY, [], date(2026, 12, 30), HOLIDAYS)
    assert not due(USUAL, THURSDAY, [], date(2026, 12, 28), HOLIDAYS)


@given(schedules, days, st.lists(days, max_size=5), days)
def test_nothing_is_due_too_often_too_early_or_on_a_day_that_is_spared(
    schedule: Schedule, invited: date, sent: list[date], today: date
) -> None:
    holidays = holidays_around(today)
    if not due(schedule, invited, sent, today, holidays):
        return
    assert len(sent) < schedule.most
    assert today >= max(sent or [invited]) + timedelta(days=1)
    assert schedule.on_weekends or today.weekday() < 5
    assert schedule.on_holidays or today not in holidays


@given(schedules, days)
def test_sent_on_every_day_that_is_due_there_are_as_many_as_planned(schedule: Schedule, invited: date) -> None:
    sent: list[date] = []
    while (day := due_day(schedule, invited, sent, holidays_around(invited))) is not None:
        sent.append(day)
    assert len(sent) == schedule.most


def test_a_schedule_is_kept_and_read_again(session: Session, small: SmallStudy) -> None:
    assert schedule_of(session, small.wave) is None
    set_schedule(session, small.wave, Schedule(5, 10, 2, on_weekends=True))
    set_schedule(session, small.wave, Schedule(6, 10, 2, on_weekends=True))
    session.flush()
    session.expire_all()
    kept = schedule_of(session, small.wave)
    assert kept == Schedule(6, 10, 2, on_weekends=True)
    assert kept.text() == "After 6 days, then every 10 days, at most 2, not on bank holidays."


@pytest.mark.parametrize("wrong", [Schedule(0), Schedule(4, 0), Schedule(4, 7, -1), Schedule(4, 7, 11), Schedule(91)])
def test_a_schedule_that_cannot_be_is_refused_with_what_can(
    session: Session, small: SmallStudy, wrong: Schedule
) -> None:
    with pytest.raises(ScheduleRefused, match=r"days|Send 0 to"):
        set_schedule(session, small.wave, wrong)


def test_the_dates_are_those_of_somebody_who_never_answers_while_the_wave_is_open() -> None:
    shown = dates(USUAL, THURSDAY, date(2027, 1, 4))
    assert shown == [date(2026, 12, 21), date(2026, 12, 29)]
    assert dates(USUAL, THURSDAY, date(2027, 2, 1)) == [*shown, date(2027, 1, 5)]
    assert dates(Schedule(most=0), THURSDAY, date(2027, 2, 1)) == []


def test_a_schedule_is_changed_from_the_revision_that_was_read(session: Session, small: SmallStudy) -> None:
    assert schedule_revision(session, small.wave) == 0
    assert change_schedule(session, small.wave, Schedule(), revision=0)
    assert not change_schedule(session, small.wave, Schedule(), revision=1)
    with pytest.raises(ChangedMeanwhile):
        change_schedule(session, small.wave, Schedule(5), revision=0)
    assert change_schedule(session, small.wave, Schedule(5), revision=1)
    assert (schedule_of(session, small.wave), schedule_revision(session, small.wave)) == (Schedule(5), 2)
