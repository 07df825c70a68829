"""Tables of a study, what was agreed on it, and the words it reports by: topic, role, mechanism, instrument version."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from surveys.tables.base import Base


class Study(Base):
    """A programme under evaluation; `revision` rises with every change of its settings."""

    __tablename__ = "study"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime]
    snowball_allowed: Mapped[bool] = mapped_column(default=False)
    open_links_allowed: Mapped[bool] = mapped_column(default=False)
    revision: Mapped[int] = mapped_column(default=1)


class Agreement(Base):
    """What was agreed before a study asks anybody: with whom, who may see what, and that no one is judged by it.

    A study's latest agreement holds; earlier ones stay as they were.
    """

    __tablename__ = "agreement"
    __table_args__ = (CheckConstraint("no_judging", name="no_judging"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"), index=True)
    agreed_with: Mapped[str] = mapped_column(String(200))
    reference: Mapped[str | None] = mapped_column(String(120))
    who_sees_what: Mapped[str] = mapped_column(Text)
    no_judging: Mapped[bool]
    agreed_on: Mapped[date]
    recorded_by: Mapped[str] = mapped_column(String(254))
    recorded_at: Mapped[datetime]


class StudyWord:
    """What topics, roles and mechanisms share: a code within the study, a label, a place in the list."""

    id: Mapped[int] = mapped_column(primary_key=True)
    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"))
    code: Mapped[str] = mapped_column(String(40))
    label: Mapped[str] = mapped_column(String(200))
    position: Mapped[int]


class Topic(StudyWord, Base):
    """A subject that knowledge is shared about."""

    __tablename__ = "topic"
    __table_args__ = (UniqueConstraint("study_id", "code"),)


class Role(StudyWord, Base):
    """A group of jobs, as the study reports on them."""

    __tablename__ = "role"
    __table_args__ = (UniqueConstraint("study_id", "code"),)


class Mechanism(StudyWord, Base):
    """Where a tie came from: formal, informal or an intermediary that no programme ran."""

    __tablename__ = "mechanism"
    __table_args__ = (
        UniqueConstraint("study_id", "code"),
        CheckConstraint("kind IN ('formal', 'informal', 'intermediary')", name="kind"),
    )

    kind: Mapped[str] = mapped_column(String(20))


class InstrumentVersion(Base):
    """One version of a questionnaire, kept as its source so that an interview can always be read again."""

    __tablename__ = "instrument_version"
    __table_args__ = (UniqueConstraint("study_id", "instrument", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"))
    instrument: Mapped[str] = mapped_column(String(60))
    version: Mapped[str] = mapped_column(String(20))
    content_hash: Mapped[str] = mapped_column(String(64))
    source: Mapped[str] = mapped_column(Text)
    published_at: Mapped[datetime]
