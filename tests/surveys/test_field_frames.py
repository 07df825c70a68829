"""What the field's frames count: mail, page times by device, minutes, targets; on SQLite and PostgreSQL alike."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from networks.release.field import Field
from surveys.collection import collected
from surveys.field_frames import days, field, mailed, minutes, page_times, stamp, targets
from surveys.tables import Interview, Invitation, Mail, PageTime
from tests.small_study import NOW, SmallStudy, begun


def opened(session: Session, interview: Interview, step: str, seconds: float | None, device: str = "desktop") -> None:
    row = PageTime(interview_id=interview.id, step=step, opened_at=NOW, saved_at=None, seconds=seconds, device=device)
    session.add(row)
    session.flush()


def interview(session: Session, small: SmallStudy, person: str, *, sent: bool = False) -> Interview:
    found = begun(session, small, person).interview
    found.finished_at = NOW if sent else None
    return found


def mail(session: Session, invitation: Invitation, state: str, number: int = 0) -> None:
    kind = "reminder" if number else "invitation"
    row = Mail(
        invitation_id=invitation.id, kind=kind, number=number, key=f"{invitation.id}-{number}", state=state,
        not_before=NOW, attempts=1, queued_at=NOW, sent_at=NOW + timedelta(days=number), may_be_twice=False,
    )  # fmt: skip
    session.add(row)
    session.flush()


def invitation(session: Session, small: SmallStudy, person: str) -> Invitation:
    return session.scalars(select(Invitation).where(Invitation.person_id == small.people[person].id)).one()


def test_a_page_counts_each_interview_once_and_each_device_beside_any(session: Session, small: SmallStudy) -> None:
    """Two people on "people": one on a phone, alter after alter, one on both kinds of device."""
    one, two = (interview(session, small, person) for person in ("p1", "p2"))
    for step, seconds in (("consent", 8.0), ("frequency/1", 10.0), ("frequency/2", 30.0)):
        opened(session, one, step, seconds, "phone")
    for device in ("phone", "desktop"):
        opened(session, two, "frequency", 20.4, device)
    found = page_times(session, small.study.id).select("page", "device", "reached", "median_seconds")
    assert found.rows() == [
        ("consent", "", 1, 8.0),
        ("consent", "phone", 1, 8.0),
        ("frequency", "", 2, 20.0),
        ("frequency", "desktop", 1, 20.0),
        ("frequency", "phone", 2, 20.0),
    ]


def test_somebody_stopped_where_the_last_page_was_not_saved(session: Session, small: SmallStudy) -> None:
    """p1 left consent and came back to stop at the next page; p2 answered all they saw; p3 sent their answers."""
    stopped, saved, sent = (interview(session, small, person, sent=person == "p3") for person in ("p1", "p2", "p3"))
    opened(session, stopped, "consent", None)
    opened(session, stopped, "about_you", None, "phone")
    opened(session, saved, "consent", 5)
    opened(session, sent, "about_you", None)
    found = page_times(session, small.study.id).filter(stopped=1).select("page", "device")
    assert found.rows() == [("about_you", ""), ("about_you", "phone")]


def test_pages_stand_in_the_questionnaires_order_with_their_titles(session: Session, small: SmallStudy) -> None:
    one = interview(session, small, "p1")
    for step in ("gone", "about_contacts/1", "about_you", "consent"):
        opened(session, one, step, 5)
    found = page_times(session, small.study.id).filter(device="")
    assert found["page"].to_list() == ["consent", "about_you", "about_contacts", "gone"]
    assert found["label"].to_list() == ["Before you start", "About you", "Each person", "gone"]


def test_minutes_are_those_of_interviews_sent_without_pages_left_open(session: Session, small: SmallStudy) -> None:
    """p1 took 2 minutes and left a page open over lunch, p2 took 4; p3 has not sent anything."""
    one, two, open_still = (interview(session, small, p, sent=p != "p3") for p in ("p1", "p2", "p3"))
    for who, seconds, device in ((one, 120, "desktop"), (one, 4000, "desktop"), (two, 240, "phone")):
        opened(session, who, "consent", seconds, device)
    opened(session, open_still, "consent", 60)
    assert minutes(session, small.study.id).rows() == [(1, "", 2, 3.0), (1, "desktop", 1, 2.0), (1, "phone", 1, 4.0)]
    assert collected(session, small.wave).total.median_minutes == 3.0, "the collection table says the same"


def test_simulated_interviews_leave_no_trace(session: Session, small: SmallStudy) -> None:
    one = interview(session, small, "p1", sent=True)
    one.simulated = True
    opened(session, one, "consent", 5)
    assert page_times(session, small.study.id).is_empty() and minutes(session, small.study.id).is_empty()


def test_delivered_is_the_first_mail_that_did_not_come_back(session: Session, small: SmallStudy) -> None:
    first, second, third = (invitation(session, small, person) for person in ("p1", "p2", "p3"))
    mail(session, first, "bounced")
    mail(session, first, "sent", 1)
    mail(session, second, "queued")
    third.unreachable_at = NOW
    found = {row[1]: row[2:] for row in mailed(session, small.study.id).rows()}
    keys = {person: small.people[person].key for person in ("p1", "p3")}
    assert found == {keys["p1"]: (NOW + timedelta(days=1), None), keys["p3"]: (None, NOW)}


def test_each_wave_has_its_target_and_days(session: Session, small: SmallStudy) -> None:
    small.wave.target = 0.75
    session.flush()
    assert targets(session, small.study.id) == {1: 0.75}
    assert days(session, small.study.id) == {1: (small.wave.closes_at - small.wave.opens_at).days}


def test_the_stamp_changes_with_mail_and_with_plans_only(session: Session, small: SmallStudy) -> None:
    stamps = [stamp(session, small.study.id)]
    mail(session, invitation(session, small, "p1"), "sent")
    stamps.append(stamp(session, small.study.id))
    small.wave.target = 0.7
    session.flush()
    stamps.append(stamp(session, small.study.id))
    invitation(session, small, "p2").unreachable_at = NOW
    session.flush()
    stamps.append(stamp(session, small.study.id))
    assert len(set(stamps)) == 4
    assert stamp(session, small.study.id) == stamps[-1]


def test_a_study_without_any_of_it_gives_empty_frames(session: Session, small: SmallStudy) -> None:
    found = field(session, small.study.id)
    assert isinstance(found, Field)
    assert found.mailed.is_empty() and found.page_times.is_empty() and found.minutes.is_empty()
