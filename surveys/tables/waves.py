"""Tables of the field: wave, invitation, and the open link of a site."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from surveys.tables.base import Base

USUAL_TARGET = 0.6


class Wave(Base):
    """One round of asking: draft, open, closed, released; `revision` rises with every change of its settings.

    sample  whom it asks: all of the roster, a quota from each site, those who were named (snowball), or the panel of
            earlier waves
    target  the share of those invited who should answer, above 0 and up to 1
    """

    __tablename__ = "wave"
    __table_args__ = (
        UniqueConstraint("study_id", "number"),
        CheckConstraint("status IN ('draft', 'open', 'closed', 'released')", name="status"),
        CheckConstraint("closes_at > opens_at", name="dates"),
        CheckConstraint("sample IN ('all', 'quota', 'snowball', 'panel')", name="sample"),
        CheckConstraint("quota > 0", name="quota"),
        CheckConstraint("target > 0 AND target <= 1", name="target"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"))
    number: Mapped[int]
    label: Mapped[str] = mapped_column(String(80))
    status: Mapped[str] = mapped_column(String(10))
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    instrument_version_id: Mapped[int] = mapped_column(ForeignKey("instrument_version.id"))
    revision: Mapped[int] = mapped_column(default=1)
    sample: Mapped[str] = mapped_column(String(10), default="all")
    quota: Mapped[int | None]
    target: Mapped[float] = mapped_column(default=USUAL_TARGET)
    released_at: Mapped[datetime | None]


class Invitation(Base):
    """One person asked in one wave, with the site and role they had then; only the link's hash is kept.

    `came_by` says how they came to be asked: from the roster, by a site's open link, or because others named them.
    """

    __tablename__ = "invitation"
    __table_args__ = (
        UniqueConstraint("wave_id", "person_id"),
        CheckConstraint("came_by IN ('roster', 'link', 'snowball')", name="came_by"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    wave_id: Mapped[int] = mapped_column(ForeignKey("wave.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    role_id: Mapped[int] = mapped_column(ForeignKey("role.id"))
    nonce: Mapped[str] = mapped_column(String(32))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    invited_at: Mapped[datetime]
    opened_at: Mapped[datetime | None]
    declined_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    came_by: Mapped[str] = mapped_column(String(10), default="roster")
    unreachable_at: Mapped[datetime | None]


class OpenLink(Base):
    """The link of one site in one wave, for a poster: whoever uses it is asked too, up to `most` people."""

    __tablename__ = "open_link"
    __table_args__ = (
        UniqueConstraint("wave_id", "site_id"),
        CheckConstraint("used >= 0 AND used <= most", name="used"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    wave_id: Mapped[int] = mapped_column(ForeignKey("wave.id"))
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    nonce: Mapped[str] = mapped_column(String(32))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    most: Mapped[int]
    used: Mapped[int]
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
