"""The table of people: the study's roster."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from surveys.tables.base import Base


class Person(Base):
    """Someone on the roster; `reference` is theirs in the staff list, `key` is what pages and frames call them by."""

    __tablename__ = "person"
    __table_args__ = (UniqueConstraint("study_id", "reference"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(22), unique=True)
    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"))
    reference: Mapped[str] = mapped_column(String(60))
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str | None] = mapped_column(String(254))
    job_title: Mapped[str | None] = mapped_column(String(200))
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"), index=True)
    role_id: Mapped[int] = mapped_column(ForeignKey("role.id"))
    search_text: Mapped[str] = mapped_column(String(800))
    left_at: Mapped[datetime | None]
