"""How the mail of a wave stands: how many are in each state, how many may be doubles, and who got none and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveys.mailing.addressees import addressees, reason_against
from surveys.tables import Invitation, Mail, Wave
from surveys.uk_days import uk_day

STATES = ("queued", "sending", "sent", "skipped", "bounced", "failed")


@dataclass(frozen=True)
class MailCount:
    """The mails of one kind and number in a wave, by state; `may_be_twice` of them may have been sent twice.

    `delivered` are known to have arrived, which few carriers tell.
    """

    kind: str
    number: int
    states: Mapping[str, int]
    may_be_twice: int
    delivered: int = 0

    @property
    def name(self) -> str:
        """The kind, and which reminder it is."""
        return f"{self.kind} {self.number}" if self.number else self.kind

    @property
    def numbers(self) -> list[int]:
        """How many are in each of STATES, may have been sent twice, and are known to have arrived: a table's row."""
        return [*(self.states.get(state, 0) for state in STATES), self.may_be_twice, self.delivered]


def mail_counts(session: Session, wave: Wave) -> list[MailCount]:
    """One count for each kind and number of mail in the wave: the invitation first, then the reminders in order."""
    rows = session.execute(
        select(Mail.kind, Mail.number, Mail.state, Mail.may_be_twice, func.count(), func.count(Mail.delivered_at))
        .join(Invitation, Invitation.id == Mail.invitation_id)
        .where(Invitation.wave_id == wave.id)
        .group_by(Mail.kind, Mail.number, Mail.state, Mail.may_be_twice)
    ).all()
    states: dict[tuple[int, str], Counter[str]] = {}
    twice: Counter[tuple[int, str]] = Counter()
    arrived: Counter[tuple[int, str]] = Counter()
    for kind, number, state, marked, count, known in rows:
        arrived[number, kind] += known
        states.setdefault((number, kind), Counter())[state] += count
        twice[number, kind] += count if marked else 0
    return [
        MailCount(kind, number, states[number, kind], twice[number, kind], arrived[number, kind])
        for number, kind in sorted(states)
    ]


def first_invited(session: Session, wave: Wave) -> date | None:
    """The day in the UK on which the wave's first invitation was sent, or None."""
    first = select(func.min(Mail.sent_at)).join(Invitation, Invitation.id == Mail.invitation_id)
    sent = session.scalar(first.where(Invitation.wave_id == wave.id, Mail.kind == "invitation"))
    return None if sent is None else uk_day(sent)


def reasons(session: Session, wave: Wave, key: bytes) -> Counter[str]:
    """How many of those invited are not written to as things stand, by reason."""
    found = (reason_against(one, key) for one in addressees(session, Invitation.wave_id == wave.id))
    return Counter(reason.value for reason in found if reason is not None)
