"""Tables of a study and the words it reports by: study, topic, role, mechanism, instrument version."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from surveys.tables.base import Base


class Study(Base):
    """A programme under evaluation."""

    __tablename__ = "study"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime]


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
