"""Days go by the calendar of the UK, also where it is another day in UTC."""

from datetime import UTC, date, datetime

import pytest

from surveys.agreements import Terms, faults_of
from surveys.uk_days import uk_day

LATE_IN_JUNE = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (LATE_IN_JUNE, date(2026, 7, 1)),
        (datetime(2026, 12, 31, 23, 30, tzinfo=UTC), date(2026, 12, 31)),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), date(2026, 10, 25)),
    ],
)
def test_the_day_is_that_of_the_uk(moment: datetime, day: date) -> None:
    assert uk_day(moment) == day


def test_what_was_agreed_today_in_the_uk_can_be_recorded_today() -> None:
    today = Terms("The sites", "Sites see counts.", True, date(2026, 7, 1), "")
    assert faults_of(today, now=LATE_IN_JUNE) == {}
    assert "agreed_on" in faults_of(today, now=datetime(2026, 6, 30, 22, 30, tzinfo=UTC))
