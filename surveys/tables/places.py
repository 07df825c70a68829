"""Tables of sites: provider organisations, what a study knows of each, and how they merged, moved and were renamed."""

from __future__ import annotations

from datetime import date, datetime

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


class SiteEvent(Base):
    """Something that happened to a site on a day: it merged into another, moved, was renamed or closed.

    `before` is what changed, as it was: the former name, or the former region or place in words.
    """

    __tablename__ = "site_event"
    __table_args__ = (
        CheckConstraint("kind IN ('merged', 'moved', 'renamed', 'closed')", name="kind"),
        CheckConstraint("(kind = 'merged') = (into_id IS NOT NULL)", name="into"),
        CheckConstraint("into_id <> site_id", name="other"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    into_id: Mapped[int | None] = mapped_column(ForeignKey("site.id"))
    happened_on: Mapped[date]
    before: Mapped[str | None] = mapped_column(String(400))
    note: Mapped[str | None] = mapped_column(String(400))
    recorded_by: Mapped[str] = mapped_column(String(254))
    recorded_at: Mapped[datetime]
