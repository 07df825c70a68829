"""Days and times as people in the UK write and read them."""

from datetime import UTC, date, datetime

import pytest

from webapp.manage.moments import BadMoment, day_text, in_words, read_day, read_moment, time_text


@pytest.mark.parametrize(
    "text", ["2 11 2026", "02/11/2026", "2.11.2026", "2026-11-02", "2 November 2026", " 2  nov 2026 "]
)
def test_a_day_is_read_as_people_write_it(text: str) -> None:
    assert read_day(text) == date(2026, 11, 2)


@pytest.mark.parametrize("text", ["", "31 2 2026", "tomorrow", "11/2026", "2 11 26"])
def test_a_day_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(BadMoment, match="Enter a day like"):
        read_day(text)


def test_times_are_of_the_uk_in_winter_and_summer_and_show_their_zone() -> None:
    winter, summer = read_moment("2 11 2026", "09:00"), read_moment("2 7 2026", "9.00")
    assert (winter, summer) == (datetime(2026, 11, 2, 9, tzinfo=UTC), datetime(2026, 7, 2, 8, tzinfo=UTC))
    assert (in_words(winter), in_words(summer)) == ("2 November 2026 at 09:00 GMT", "2 July 2026 at 09:00 BST")
    assert (day_text(summer), time_text(summer)) == ("2 7 2026", "09:00")


def test_an_hour_that_the_clocks_skip_is_refused() -> None:
    with pytest.raises(BadMoment, match="The clocks go forward"):
        read_moment("28 3 2027", "01:30")
    with pytest.raises(BadMoment, match="24-hour clock"):
        read_moment("28 3 2027", "half past one")
