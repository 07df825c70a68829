"""What came back for a mail: addresses that do not exist, refusals for a while, and "write to me no more"."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from surveys.mailing.outbox import MOST_ATTEMPTS, wait_after
from surveys.mailing.reaching import note_unreachable
from surveys.tables import Invitation, Mail, OptOut, Person, Study, Wave

CLOCKS_APART = timedelta(minutes=10)
"""How much earlier than ours another server's clock may be, when it dates what it returns."""


KEPT_ELSEWHERE = timedelta(days=7)
"""For how long services that carry mail can be asked what became of it."""


class UnknownPerson(Exception):
    """The study has nobody with this reference or address."""


class Returned(StrEnum):
    """What a returned mail means for the mail that it is about."""

    HARD = "no such address"
    SOFT = "not delivered yet"
    REFUSED = "refused"


def note_returned(session: Session, key: str, returned: Returned, *, dated: datetime | None, now: datetime) -> bool:
    """Note that a mail came back; False when no mail has that key, or nothing changes by it.

    HARD: the address is not written to again, and the person is unreachable. SOFT: sent again later, as often as any
    other. REFUSED: given up.
    `dated` is when the other server wrote; what is older than the last sending is about an earlier one.
    """
    mail = _sent(session, key, dated)
    if mail is None:
        return False
    values = _values(mail, returned, now)
    session.execute(update(Mail).where(Mail.id == mail.id).values(values))
    if returned is Returned.HARD:
        note_unreachable(session, mail.id, now=now)
    return True


def note_delivered(session: Session, key: str, *, dated: datetime | None, now: datetime) -> bool:
    """Note that a mail reached its address; False when no mail that was sent has that key, or it was known."""
    mail = _sent(session, key, dated)
    if mail is None or mail.delivered_at is not None:
        return False
    session.execute(update(Mail).where(Mail.id == mail.id).values(delivered_at=dated or now))
    return True


def _sent(session: Session, key: str, dated: datetime | None) -> Mail | None:
    """The mail of that key, held, when it was sent and `dated` is not about an earlier sending."""
    mail = session.scalar(select(Mail).where(Mail.key == key).with_for_update())
    if mail is None or mail.state != "sent" or mail.sent_at is None:
        return None
    return None if dated is not None and dated < mail.sent_at - CLOCKS_APART else mail


def unsettled_since(session: Session, *, now: datetime) -> datetime | None:
    """When the first of those mails was sent of which it is not known whether they arrived, within KEPT_ELSEWHERE.

    None when there is no such mail.
    """
    waiting = (Mail.state == "sent", Mail.delivered_at.is_(None), Mail.sent_at > now - KEPT_ELSEWHERE)
    return session.scalar(select(func.min(Mail.sent_at)).where(*waiting))


def _values(mail: Mail, returned: Returned, now: datetime) -> dict[str, object]:
    if returned is Returned.HARD:
        return {"state": "bounced", "reason": returned.value}
    if returned is Returned.REFUSED or mail.attempts >= MOST_ATTEMPTS:
        return {"state": "failed", "reason": returned.value}
    later = now + 4 * wait_after(mail.attempts)
    return {"state": "queued", "reason": returned.value, "not_before": later}


def opt_out(session: Session, person: Person, *, now: datetime) -> bool:
    """Write to this person no more, in any wave; False when that was so already."""
    if opted_out(session, person):
        return False
    session.add(OptOut(person_id=person.id, opted_out_at=now))
    session.flush()
    return True


def opted_out(session: Session, person: Person) -> bool:
    """Whether this person is written to no more."""
    return session.get(OptOut, person.id) is not None


def undo_opt_out(session: Session, person: Person) -> bool:
    """The person may be written to again; False when they could be already."""
    row = session.get(OptOut, person.id)
    if row is None:
        return False
    session.delete(row)
    session.flush()
    return True


def person_of_mail(session: Session, key: str) -> Person | None:
    """Whom the mail of that key was for."""
    of_mail = select(Invitation.person_id).join(Mail, Mail.invitation_id == Invitation.id).where(Mail.key == key)
    return session.scalar(select(Person).where(Person.id.in_(of_mail)))


@dataclass(frozen=True)
class MailFor:
    """What a mail was about: the person, their wave and their study."""

    person: Person
    wave: Wave
    study: Study


def mail_for(session: Session, key: str) -> MailFor | None:
    """What the mail of that key was about, or None when no mail has it."""
    row = session.execute(
        select(Person, Wave, Study)
        .join(Invitation, Invitation.person_id == Person.id)
        .join(Mail, Mail.invitation_id == Invitation.id)
        .join(Wave, Wave.id == Invitation.wave_id)
        .join(Study, Study.id == Wave.study_id)
        .where(Mail.key == key)
    ).one_or_none()
    return None if row is None else MailFor(*row)


def people_known_as(session: Session, study: Study, text: str) -> list[Person]:
    """The people of the study with that reference, or with that address; raises UnknownPerson."""
    of_study = select(Person).where(Person.study_id == study.id).order_by(Person.id)
    found = list(session.scalars(of_study.where(Person.reference == text)))
    wanted = text.casefold()
    found = found or [one for one in session.scalars(of_study) if (one.email or "").casefold() == wanted]
    if not found:
        remedy = "Write a reference of the staff list, or the whole address."
        raise UnknownPerson(f"Nobody in the study “{study.code}” has this reference or address. {remedy}")
    return found
