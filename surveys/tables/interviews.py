"""Tables of what was said: interview, saved step, alter, nomination, answer."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from surveys.tables.base import Base


class Interview(Base):
    """One person's answers in one wave; `revision` rises with every save, `last_alter` with every person named.

    `seed` decides what stands in random order, `previous_id` is the same person's last interview that was sent, and
    `simulated` marks answers that nobody gave.
    """

    __tablename__ = "interview"

    id: Mapped[int] = mapped_column(primary_key=True)
    invitation_id: Mapped[int] = mapped_column(ForeignKey("invitation.id"), unique=True)
    instrument_version_id: Mapped[int] = mapped_column(ForeignKey("instrument_version.id"))
    previous_id: Mapped[int | None] = mapped_column(ForeignKey("interview.id", ondelete="SET NULL"), index=True)
    language: Mapped[str] = mapped_column(String(3))
    seed: Mapped[int] = mapped_column(default=0)
    simulated: Mapped[bool] = mapped_column(default=False)
    revision: Mapped[int]
    last_alter: Mapped[int]
    opened_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    saved_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]


class SavedStep(Base):
    """That one step of the route was saved, when, and at which revision of the interview."""

    __tablename__ = "saved_step"

    interview_id: Mapped[int] = mapped_column(ForeignKey("interview.id", ondelete="CASCADE"), primary_key=True)
    step: Mapped[str] = mapped_column(String(90), primary_key=True)
    revision: Mapped[int]
    saved_at: Mapped[datetime]


class Alter(Base):
    """Someone named in an interview: a person of the roster, or a typed label that goes when the answers are sent.

    `carried_from_id` is the same person in the interview before, when they were brought along from there.
    """

    __tablename__ = "alter"
    __table_args__ = (UniqueConstraint("interview_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    interview_id: Mapped[int] = mapped_column(ForeignKey("interview.id", ondelete="CASCADE"))
    number: Mapped[int]
    label: Mapped[str | None] = mapped_column(String(200))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    site_id: Mapped[int | None] = mapped_column(ForeignKey("site.id"))
    role_id: Mapped[int | None] = mapped_column(ForeignKey("role.id"))
    carried_from_id: Mapped[int | None] = mapped_column(ForeignKey("alter.id", ondelete="SET NULL"), index=True)


class Nomination(Base):
    """That an alter was named, on which page, to which prompt."""

    __tablename__ = "nomination"

    alter_id: Mapped[int] = mapped_column(ForeignKey("alter.id", ondelete="CASCADE"), primary_key=True)
    page: Mapped[str] = mapped_column(String(40), primary_key=True)
    prompt: Mapped[str] = mapped_column(String(40), primary_key=True)
    named_at: Mapped[datetime]


class Answer(Base):
    """One answer: a value, or the reason that there is none; about ego, an alter, a topic, or a pair of alters."""

    __tablename__ = "answer"
    __table_args__ = (
        CheckConstraint("missing IN ('not_asked', 'skipped', 'dont_know', 'prefer_not')", name="missing"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    interview_id: Mapped[int] = mapped_column(ForeignKey("interview.id", ondelete="CASCADE"))
    page: Mapped[str] = mapped_column(String(40))
    item: Mapped[str] = mapped_column(String(40))
    alter_id: Mapped[int | None] = mapped_column(ForeignKey("alter.id", ondelete="CASCADE"), index=True)
    to_alter_id: Mapped[int | None] = mapped_column(ForeignKey("alter.id", ondelete="CASCADE"), index=True)
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
    func.coalesce(Answer.to_alter_id, text("0")),
    unique=True,
)
