"""How long pages took is noted: two moments, the seconds between and a kind of device, and nothing else."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from instruments.route import Step
from surveys.page_times import TimesOfPage, WaveTimes, note_opened, note_saved, times_by_page
from surveys.tables import PageTime
from tests.small_study import NOW, SmallStudy, begun

CONSENT = Step("consent")


def test_a_page_opened_and_saved_keeps_its_seconds(session: Session, small: SmallStudy) -> None:
    current = begun(session, small)
    note_opened(session, current, CONSENT, device="phone", now=NOW)
    later = NOW + timedelta(seconds=12.5)
    note_saved(session, current, CONSENT, now=later)
    row = session.scalars(select(PageTime)).one()
    assert (row.step, row.device, row.seconds, row.opened_at, row.saved_at) == ("consent", "phone", 12.5, NOW, later)


def test_a_page_left_open_over_days_keeps_its_seconds_to_the_millisecond(session: Session, small: SmallStudy) -> None:
    current = begun(session, small)
    note_opened(session, current, CONSENT, device="desktop", now=NOW)
    note_saved(session, current, CONSENT, now=NOW + timedelta(days=9, seconds=0.123))
    assert session.scalars(select(PageTime.seconds)).one() == pytest.approx(9 * 86400 + 0.123, abs=0.0006)


def test_a_clock_set_back_meanwhile_leaves_no_seconds_below_nought(session: Session, small: SmallStudy) -> None:
    current = begun(session, small)
    note_opened(session, current, CONSENT, device="desktop", now=NOW)
    note_saved(session, current, CONSENT, now=NOW - timedelta(hours=1))
    assert session.scalars(select(PageTime.seconds)).one() == 0


def test_only_the_interview_that_was_saved_is_noted(session: Session, small: SmallStudy) -> None:
    mine, theirs = begun(session, small, "p1"), begun(session, small, "p2")
    for current in (mine, theirs):
        note_opened(session, current, CONSENT, device="desktop", now=NOW)
    note_saved(session, mine, CONSENT, now=NOW + timedelta(seconds=5))
    rows = session.execute(select(PageTime.interview_id, PageTime.seconds)).all()
    assert dict(rows) == {mine.interview.id: 5, theirs.interview.id: None}


def test_a_page_never_saved_has_no_end_and_the_last_opening_counts(session: Session, small: SmallStudy) -> None:
    current = begun(session, small)
    for minute in (0, 10):
        note_opened(session, current, CONSENT, device="desktop", now=NOW + timedelta(minutes=minute))
    note_saved(session, current, CONSENT, now=NOW + timedelta(minutes=11))
    assert session.scalars(select(PageTime.seconds).order_by(PageTime.id)).all() == [None, 60]


def test_a_page_saved_without_an_opening_notes_nothing(session: Session, small: SmallStudy) -> None:
    current = begun(session, small)
    note_opened(session, current, CONSENT, device="tablet", now=NOW)
    note_saved(session, current, Step("about_you"), now=NOW)
    assert session.scalars(select(PageTime.saved_at)).all() == [None]


def test_another_kind_of_device_is_refused(session: Session, small: SmallStudy) -> None:
    with pytest.raises(IntegrityError):
        note_opened(session, begun(session, small), CONSENT, device="watch", now=NOW)  # type: ignore[arg-type]


def test_the_table_has_no_room_for_more_than_that() -> None:
    columns = set(PageTime.__table__.columns.keys())
    assert columns == {"id", "interview_id", "step", "opened_at", "saved_at", "seconds", "device"}


def test_the_pages_of_a_wave_tell_their_median_and_where_people_stopped(session: Session, small: SmallStudy) -> None:
    """Ada takes 10 s and 30 s over two persons and stops at the third; Ben saves all he opens and never sends."""
    ada, ben = begun(session, small, "p1"), begun(session, small, "p2")
    for at, seconds in ((1, 10), (2, 30)):
        note_opened(session, ada, Step("about_contacts", at), device="phone", now=NOW)
        note_saved(session, ada, Step("about_contacts", at), now=NOW + timedelta(seconds=seconds))
    note_opened(session, ada, Step("about_contacts", 3), device="phone", now=NOW)
    note_opened(session, ben, CONSENT, device="desktop", now=NOW)
    note_saved(session, ben, CONSENT, now=NOW + timedelta(seconds=4))
    found = times_by_page(session, small.wave)
    assert found.pages == (
        TimesOfPage("consent", 1, 1, 4, 0, {"desktop": 1}),
        TimesOfPage("about_contacts", 3, 2, 20, 1, {"phone": 3}),
    )
    assert found.unsent == 1


def test_simulated_and_sent_interviews_stop_nowhere(session: Session, small: SmallStudy) -> None:
    ada, ben = begun(session, small, "p1"), begun(session, small, "p2")
    for current in (ada, ben):
        note_opened(session, current, CONSENT, device="desktop", now=NOW)
    ada.interview.simulated, ben.interview.finished_at = True, NOW
    session.flush()
    assert times_by_page(session, small.wave) == WaveTimes((TimesOfPage("consent", 1, 0, None, 0, {"desktop": 1}),), 0)
