"""Tables of mail: the outbox, the texts and schedules it is written by, and who wants none."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from surveys.tables.base import Base


class Mail(Base):
    """One mail of the outbox: an invitation (number 0) or a reminder (1, 2 …); nobody gets the same one twice.

    queued → sending → sent, or `failed` (given up), `skipped` (it was not to be sent any more) or `bounced` (there is
    no such address); `reason` says why. A row is `sending` from just before it is handed over until that is noted;
    `may_be_twice` says that nobody knows whether an earlier hand-over came through. `key` names the mail to bounces.
    `address_hash` is the address it went to, so that a bounce counts for that address only. `delivered_at` is when it
    reached that address, where the carrier tells.
    """

    __tablename__ = "mail"
    __table_args__ = (
        UniqueConstraint("invitation_id", "kind", "number"),
        CheckConstraint("kind IN ('invitation', 'reminder')", name="kind"),
        CheckConstraint("state IN ('queued', 'sending', 'sent', 'failed', 'skipped', 'bounced')", name="state"),
        Index(None, "state", "not_before"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    invitation_id: Mapped[int] = mapped_column(ForeignKey("invitation.id"))
    kind: Mapped[str] = mapped_column(String(10))
    number: Mapped[int]
    key: Mapped[str] = mapped_column(String(32), unique=True)
    state: Mapped[str] = mapped_column(String(8))
    not_before: Mapped[datetime]
    attempts: Mapped[int]
    queued_at: Mapped[datetime]
    claimed_at: Mapped[datetime | None]
    claimed_by: Mapped[str | None] = mapped_column(String(16))
    sent_at: Mapped[datetime | None]
    may_be_twice: Mapped[bool]
    reason: Mapped[str | None] = mapped_column(String(20))
    address_hash: Mapped[str | None] = mapped_column(String(64))
    delivered_at: Mapped[datetime | None]


class MailText(Base):
    """What a study's mails of one kind say in one language, where it is not what comes with the service.

    `revision` rises with every change. `own` is false once the text was taken back: the service's counts again, and the
    row stays for its revision, so that whoever changes an older one is told.
    """

    __tablename__ = "mail_text"
    __table_args__ = (
        UniqueConstraint("study_id", "kind", "language"),
        CheckConstraint("kind IN ('invitation', 'reminder')", name="kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"))
    kind: Mapped[str] = mapped_column(String(10))
    language: Mapped[str] = mapped_column(String(3))
    subject: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    changed_at: Mapped[datetime]
    revision: Mapped[int] = mapped_column(default=1)
    own: Mapped[bool] = mapped_column(default=True)


class ReminderSchedule(Base):
    """When a wave's reminders go out: days to the first, days from each to the next, and how many there are at most."""

    __tablename__ = "reminder_schedule"
    __table_args__ = (CheckConstraint("first_after > 0 AND then_every > 0 AND most >= 0", name="days"),)

    wave_id: Mapped[int] = mapped_column(ForeignKey("wave.id"), primary_key=True)
    first_after: Mapped[int]
    then_every: Mapped[int]
    most: Mapped[int]
    on_weekends: Mapped[bool]
    on_holidays: Mapped[bool]
    revision: Mapped[int] = mapped_column(default=1)


class OptOut(Base):
    """That a person wants no mail from the study, in this wave and all later ones."""

    __tablename__ = "opt_out"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    opted_out_at: Mapped[datetime]
