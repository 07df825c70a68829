"""What respondents read of days is the UK's calendar."""

from datetime import UTC, datetime

from webapp.interview.visit import last_day


def test_a_wave_that_closes_at_midnight_in_summer_ends_on_the_day_before() -> None:
    midnight = datetime(2026, 7, 31, 23, 0, tzinfo=UTC)
    assert last_day(midnight, "en") == "31 July 2026"
    assert last_day(midnight.replace(hour=22), "en") == "31 July 2026"
    assert last_day(datetime(2026, 7, 31, 23, 1, tzinfo=UTC), "en") == "1 August 2026"
