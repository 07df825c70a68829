"""The table of sites: provider organisations and what a study knows of each."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from surveys.tables.base import Base


class Site(Base):
    """A provider organisation; `pair_id` is the site it was paired with by plan."""

    __tablename__ = "site"
    __table_args__ = (
        UniqueConstraint("study_id", "code"),
        CheckConstraint("designation IN ('exemplar', 'fast follower')", name="designation"),
        CheckConstraint("latitude BETWEEN -90 AND 90", name="latitude"),
        CheckConstraint("longitude BETWEEN -180 AND 180", name="longitude"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"), index=True)
    code: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(200))
    ods_code: Mapped[str | None] = mapped_column(String(10))
    designation: Mapped[str | None] = mapped_column(String(20))
    care_setting: Mapped[str | None] = mapped_column(String(40))
    core_system: Mapped[str | None] = mapped_column(String(80))
    region: Mapped[str | None] = mapped_column(String(80))
    grouping: Mapped[str | None] = mapped_column(String(120))
    town: Mapped[str | None] = mapped_column(String(120))
    postcode: Mapped[str | None] = mapped_column(String(10))
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    pair_id: Mapped[int | None] = mapped_column(ForeignKey("site.id"))
