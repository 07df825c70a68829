"""The table of page times: how long a step was open, and on what kind of device."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from surveys.tables.base import Base


class PageTime(Base):
    """One opening of one step, until it was saved (s); never what was pressed, typed or changed meanwhile."""

    __tablename__ = "page_time"
    __table_args__ = (
        CheckConstraint("device IN ('desktop', 'tablet', 'phone')", name="device"),
        CheckConstraint("seconds >= 0", name="seconds"),
        Index(None, "interview_id", "step"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    interview_id: Mapped[int] = mapped_column(ForeignKey("interview.id", ondelete="CASCADE"))
    step: Mapped[str] = mapped_column(String(90))
    opened_at: Mapped[datetime]
    saved_at: Mapped[datetime | None]
    seconds: Mapped[float | None]
    device: Mapped[str] = mapped_column(String(10))
