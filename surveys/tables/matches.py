"""Tables of who was meant: typed names while they are kept, identities, matches, questions about them, decisions."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from surveys.tables.base import Base


class TypedName(Base):
    """What was typed for an alter, kept apart from the answers until it is known who was meant.

    A position ("the IT lead at Leeds") needs no name: its site and role say who is meant.
    """

    __tablename__ = "typed_name"
    __table_args__ = (CheckConstraint("position OR name IS NOT NULL", name="name"),)

    alter_id: Mapped[int] = mapped_column(ForeignKey("alter.id", ondelete="CASCADE"), primary_key=True)
    name: Mapped[str | None] = mapped_column(String(200))
    position: Mapped[bool]
    kept_at: Mapped[datetime]


class Identity(Base):
    """Somebody named who was not picked from the roster; it outlives the name, and the interview of `alter_id`."""

    __tablename__ = "identity"

    id: Mapped[int] = mapped_column(primary_key=True)
    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"), index=True)
    key: Mapped[str] = mapped_column(String(22), unique=True)
    alter_id: Mapped[int | None] = mapped_column(ForeignKey("alter.id", ondelete="SET NULL"), unique=True)
    created_at: Mapped[datetime]


class Match(Base):
    """The finding that an identity is a person of the roster, or the same as another identity; without one it is alone.

    `score` is how likely that was (0..1); `decided_by` is an account's address, or what decided by itself.
    """

    __tablename__ = "match"
    __table_args__ = (
        CheckConstraint("(person_id IS NULL) <> (same_as_id IS NULL)", name="one"),
        CheckConstraint("same_as_id <> identity_id", name="other"),
        CheckConstraint("how IN ('automatic', 'confirmed')", name="how"),
        CheckConstraint("score BETWEEN 0 AND 1", name="score"),
    )

    identity_id: Mapped[int] = mapped_column(ForeignKey("identity.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    same_as_id: Mapped[int | None] = mapped_column(ForeignKey("identity.id"), index=True)
    score: Mapped[float]
    how: Mapped[str] = mapped_column(String(10))
    decided_by: Mapped[str] = mapped_column(String(254))
    decided_at: Mapped[datetime]


class MatchQuestion(Base):
    """Whether an identity is a person, or another identity: asked of somebody who decides.

    `waiting` was never decided, or its decision was undone; `again` waits because what was found automatically was
    undone, so that only a person may find it again; `left` can no longer be decided. `alike` is the same for questions
    that read the same, which are decided together.
    """

    __tablename__ = "match_question"
    __table_args__ = (
        UniqueConstraint("identity_id", "person_id"),
        UniqueConstraint("identity_id", "other_id"),
        CheckConstraint("(person_id IS NULL) <> (other_id IS NULL)", name="one"),
        CheckConstraint("status IN ('waiting', 'again', 'same', 'different', 'left')", name="status"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"), index=True)
    identity_id: Mapped[int] = mapped_column(ForeignKey("identity.id", ondelete="CASCADE"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    other_id: Mapped[int | None] = mapped_column(ForeignKey("identity.id", ondelete="CASCADE"), index=True)
    score: Mapped[float]
    alike: Mapped[str | None] = mapped_column(String(32))
    status: Mapped[str] = mapped_column(String(10))
    decided_by: Mapped[str | None] = mapped_column(String(254))
    decided_at: Mapped[datetime | None]


class MatchDecision(Base):
    """One line of the record of decisions about matches; the database refuses to change or delete a line.

    Numbers of rows are kept as they were, without references, so that the record outlives what it is about.
    `question_id` is what was answered, `undoes_id` the line that was undone, `names` how many names were forgotten.
    """

    __tablename__ = "match_decision"
    __table_args__ = (
        CheckConstraint("what IN ('automatic', 'confirmed', 'refused', 'undone', 'forgotten')", name="what"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"), index=True)
    what: Mapped[str] = mapped_column(String(10))
    identity_id: Mapped[int | None]
    person_id: Mapped[int | None]
    other_id: Mapped[int | None]
    score: Mapped[float | None]
    names: Mapped[int | None]
    question_id: Mapped[int | None]
    undoes_id: Mapped[int | None] = mapped_column(unique=True)
    decided_by: Mapped[str] = mapped_column(String(254))
    decided_at: Mapped[datetime]
