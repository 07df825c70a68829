"""How long pages took is noted: two moments, the seconds between and a kind of device, and nothing else."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from instruments.route import Step
from surveys.page_times import note_opened, note_saved
from surveys.tables import PageTime
from tests.small_study import NOW, SmallStudy, begun

CONSENT = Step("consent")


def test_a_page_opened_and_saved_keeps_its_seconds(session: Session, small: SmallStudy) -> None:
    current = begun(session, small)
    note_opened(session, current, CONSENT, device="phone", now=NOW)
    assert note_saved(session, current, CONSENT, now=NOW + timedelta(seconds=12.5)) == 12.5
    row = session.scalars(select(PageTime)).one()
    assert (row.step, row.device, row.seconds, row.opened_at) == ("consent", "phone", 12.5, NOW)


def test_a_page_never_saved_has_no_end_and_the_last_opening_counts(session: Session, small: SmallStudy) -> None:
    current = begun(session, small)
    for minute in (0, 10):
        note_opened(session, current, CONSENT, device="desktop", now=NOW + timedelta(minutes=minute))
    assert note_saved(session, current, CONSENT, now=NOW + timedelta(minutes=11)) == 60
    assert session.scalars(select(PageTime.seconds).order_by(PageTime.id)).all() == [None, 60]


def test_a_page_saved_without_an_opening_notes_nothing(session: Session, small: SmallStudy) -> None:
    current = begun(session, small)
    note_opened(session, current, CONSENT, device="tablet", now=NOW)
    assert note_saved(session, current, Step("about_you"), now=NOW) is None
    assert session.scalars(select(PageTime.saved_at)).all() == [None]


def test_another_kind_of_device_is_refused(session: Session, small: SmallStudy) -> None:
    with pytest.raises(IntegrityError):
        note_opened(session, begun(session, small), CONSENT, device="watch", now=NOW)  # type: ignore[arg-type]


def test_the_table_has_no_room_for_more_than_that() -> None:
    columns = set(PageTime.__table__.columns.keys())
    assert columns == {"id", "interview_id", "step", "opened_at", "saved_at", "seconds", "device"}
