"""Bank holidays of England and Wales, against the days that were published, and by the rules that make them."""

from datetime import date, timedelta

import pytest

from surveys.mailing.holidays import bank_holidays, easter_sunday

PUBLISHED = {
    2024: ("01-01", "03-29", "04-01", "05-06", "05-27", "08-26", "12-25", "12-26"),
    2025: ("01-01", "04-18", "04-21", "05-05", "05-26", "08-25", "12-25", "12-26"),
    2026: ("01-01", "04-03", "04-06", "05-04", "05-25", "08-31", "12-25", "12-28"),
    2027: ("01-01", "03-26", "03-29", "05-03", "05-31", "08-30", "12-27", "12-28"),
    2028: ("01-03", "04-14", "04-17", "05-01", "05-29", "08-28", "12-25", "12-26"),
}
EASTERS = {1961: "04-02", 2000: "04-23", 2008: "03-23", 2011: "04-24", 2038: "04-25", 2049: "04-18", 2285: "03-22"}


@pytest.mark.parametrize("year", PUBLISHED)
def test_the_days_are_those_that_were_published(year: int) -> None:
    assert sorted(bank_holidays(year)) == [date.fromisoformat(f"{year}-{day}") for day in PUBLISHED[year]]


@pytest.mark.parametrize("year", EASTERS)
def test_easter_falls_where_tables_have_it(year: int) -> None:
    assert easter_sunday(year) == date.fromisoformat(f"{year}-{EASTERS[year]}")


@pytest.mark.parametrize("year", range(2024, 2101))
def test_every_year_has_eight_working_days_off(year: int) -> None:
    days = bank_holidays(year)
    assert len(days) == 8
    assert all(day.weekday() < 5 and day.year == year for day in days)
    assert date(year, 3, 22) <= easter_sunday(year) <= date(year, 4, 25)


@pytest.mark.parametrize("year", range(2021, 2051))
def test_christmas_on_a_weekend_moves_both_days_and_neither_is_lost(year: int) -> None:
    days = sorted(day for day in bank_holidays(year) if day.month == 12)
    assert len(days) == 2
    between = {days[0] + timedelta(days=step) for step in range((days[1] - days[0]).days)} - set(days)
    assert all(day.weekday() >= 5 for day in between)
