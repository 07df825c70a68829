"""Tables of what was said: interview, saved step, alter, nomination, answer, tie."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from surveys.tables.base import Base


class Interview(Base):
    """One person's answers in one wave; `revision` rises with every save, `last_alter` with every person named."""

    __tablename__ = "interview"

    id: Mapped[int] = mapped_column(primary_key=True)
    invitation_id: Mapped[int] = mapped_column(ForeignKey("invitation.id"), unique=True)
    instrument_version_id: Mapped[int] = mapped_column(ForeignKey("instrument_version.id"))
    language: Mapped[str] = mapped_column(String(3))
    revision: Mapped[int]
    last_alter: Mapped[int]
    opened_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    saved_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]


class SavedStep(Base):
    """That one step of the route was saved, and when."""

    __tablename__ = "saved_step"

    interview_id: Mapped[int] = mapped_column(ForeignKey("interview.id", ondelete="CASCADE"), primary_key=True)
    step: Mapped[str] = mapped_column(String(90), primary_key=True)
    saved_at: Mapped[datetime]


class Alter(Base):
    """Someone named in an interview: a person of the roster, or a typed label that goes when the answers are sent."""

    __tablename__ = "alter"
    __table_args__ = (UniqueConstraint("interview_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    interview_id: Mapped[int] = mapped_column(ForeignKey("interview.id", ondelete="CASCADE"))
    number: Mapped[int]
    label: Mapped[str | None] = mapped_column(String(200))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    site_id: Mapped[int | None] = mapped_column(ForeignKey("site.id"))
    role_id: Mapped[int | None] = mapped_column(ForeignKey("role.id"))


class Nomination(Base):
    """That an alter was named, on which page, to which prompt."""

    __tablename__ = "nomination"

    alter_id: Mapped[int] = mapped_column(ForeignKey("alter.id", ondelete="CASCADE"), primary_key=True)
    page: Mapped[str] = mapped_column(String(40), primary_key=True)
    prompt: Mapped[str] = mapped_column(String(40), primary_key=True)
    named_at: Mapped[datetime]


class Answer(Base):
    """One answer: a value, or the reason that there is none; about ego, an alter, or an alter and a topic."""

    __tablename__ = "answer"
    __table_args__ = (
        CheckConstraint("missing IN ('not_asked', 'skipped', 'dont_know', 'prefer_not')", name="missing"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    interview_id: Mapped[int] = mapped_column(ForeignKey("interview.id", ondelete="CASCADE"))
    page: Mapped[str] = mapped_column(String(40))
    item: Mapped[str] = mapped_column(String(40))
    alter_id: Mapped[int | None] = mapped_column(ForeignKey("alter.id", ondelete="CASCADE"), index=True)
    topic: Mapped[str | None] = mapped_column(String(40))
    value: Mapped[Any] = mapped_column(JSON(none_as_null=True), nullable=True)
    missing: Mapped[str | None] = mapped_column(String(12))
    other_text: Mapped[str | None] = mapped_column(Text)
    saved_at: Mapped[datetime]


Index(
    "uq_answer_question",
    Answer.interview_id,
    Answer.item,
    func.coalesce(Answer.alter_id, text("0")),
    func.coalesce(Answer.topic, text("''")),
    unique=True,
)


class Tie(Base):
    """What a finished interview's answers mean for the network: ego to alter, per topic."""

    __tablename__ = "tie"
    __table_args__ = (
        CheckConstraint("formality IN ('formal', 'informal', 'both')", name="formality"),
        CheckConstraint("direction IN ('get', 'give', 'both')", name="direction"),
        CheckConstraint("contacts_per_year >= 0", name="contacts_per_year"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    interview_id: Mapped[int] = mapped_column(ForeignKey("interview.id", ondelete="CASCADE"), index=True)
    alter_id: Mapped[int] = mapped_column(ForeignKey("alter.id", ondelete="CASCADE"), index=True)
    relation: Mapped[str] = mapped_column(String(40))
    topic: Mapped[str | None] = mapped_column(String(40))
    contacts_per_year: Mapped[float | None]
    formality: Mapped[str | None] = mapped_column(String(10))
    direction: Mapped[str | None] = mapped_column(String(10))
    mechanism: Mapped[str | None] = mapped_column(String(40))
