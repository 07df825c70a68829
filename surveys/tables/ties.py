"""Tables of what finished interviews mean for the network: tie, tie between alters, tie between sites."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from surveys.tables.base import Base


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


class AlterTie(Base):
    """What ego said of two alters: that they are tied, and how strongly where that was asked."""

    __tablename__ = "alter_tie"
    __table_args__ = (UniqueConstraint("interview_id", "relation", "low_alter_id", "high_alter_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    interview_id: Mapped[int] = mapped_column(ForeignKey("interview.id", ondelete="CASCADE"))
    relation: Mapped[str] = mapped_column(String(40))
    low_alter_id: Mapped[int] = mapped_column(ForeignKey("alter.id", ondelete="CASCADE"), index=True)
    high_alter_id: Mapped[int] = mapped_column(ForeignKey("alter.id", ondelete="CASCADE"), index=True)
    strength: Mapped[str | None] = mapped_column(String(40))


class SiteTie(Base):
    """What ego said of their site and another: one row for each way in which the two work together."""

    __tablename__ = "site_tie"
    __table_args__ = (UniqueConstraint("interview_id", "relation", "site_id", "value"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    interview_id: Mapped[int] = mapped_column(ForeignKey("interview.id", ondelete="CASCADE"))
    relation: Mapped[str] = mapped_column(String(40))
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"), index=True)
    value: Mapped[str] = mapped_column(String(40))
