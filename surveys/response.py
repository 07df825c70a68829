"""What came of invitations: how many were asked and have finished, and how each one who did not got as far as they did.

Answers that nobody gave do not count.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, NamedTuple, get_args

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from surveys.tables import Interview, Invitation, PageTime, Person, Role, SavedStep, Site, Wave

What = Literal["finished", "declined", "unreachable", "broke off", "opened", "never opened", "taken back"]
WHATS: tuple[What, ...] = get_args(What)

COUNTS = Invitation.revoked_at.is_(None) | Interview.finished_at.is_not(None)
"""Which invitations count: a link that was taken back does not, unless the answers had been sent."""


class Asked(NamedTuple):
    """How many people a wave invited, and how many of them have finished."""

    invited: int = 0
    finished: int = 0


def asked_by_wave(session: Session) -> Mapping[int, Asked]:
    """The counts of every wave, by the wave's row; 0 of 0 for a wave that nobody was invited to."""
    rows = session.execute(
        select(Invitation.wave_id, func.count(), func.count(Interview.finished_at))
        .select_from(Invitation)
        .outerjoin(Interview, (Interview.invitation_id == Invitation.id) & Interview.simulated.is_(False))
        .where(COUNTS)
        .group_by(Invitation.wave_id)
    )
    return defaultdict(Asked, {wave: Asked(invited, finished) for wave, invited, finished in rows})


@dataclass(frozen=True)
class Outcome:
    """What came of one invitation.

    what  finished      the answers were sent
          declined      said that they do not want to be asked again
          taken back    the link was taken back before the answers were sent
          broke off     began, and did not send; `page` is where they stopped
          unreachable   mail to them came back, and they did not come otherwise
          opened        looked at the first page, and did not begin
          never opened  nothing was heard of them
    page  the page that was open last and not saved, otherwise the one saved last; None where none was
    at    when that became known; None for those who never opened their link
    """

    reference: str
    site: str
    role: str
    what: What
    page: str | None
    at: datetime | None
    came_by: str


def outcomes(session: Session, wave: Wave) -> list[Outcome]:
    """What came of every invitation to a wave, by site and reference."""
    pages = _stopped_on(session, wave)
    rows = session.execute(
        select(
            Invitation,
            Interview.id.label("interview"),
            Interview.opened_at.label("begun_at"),
            Interview.saved_at,
            Interview.finished_at,
            Person.reference,
            Site.code.label("site"),
            Role.code.label("role"),
        )
        .join(Person, Person.id == Invitation.person_id)
        .join(Site, Site.id == Invitation.site_id)
        .join(Role, Role.id == Invitation.role_id)
        .outerjoin(Interview, (Interview.invitation_id == Invitation.id) & Interview.simulated.is_(False))
        .where(Invitation.wave_id == wave.id)
        .order_by(Site.code, Person.reference)
    )
    return [_outcome(row, pages) for row in rows]


def _outcome(row: Row[*tuple[Any, ...]], pages: Mapping[int, str]) -> Outcome:
    what, at = _what(row)
    page = pages.get(row.interview) if what != "finished" else None
    return Outcome(row.reference, row.site, row.role, what, page, at, row.Invitation.came_by)


def _what(row: Row[*tuple[Any, ...]]) -> tuple[What, datetime | None]:
    """The first of these that is so, and since when."""
    asked: Invitation = row.Invitation
    moments: Iterator[tuple[What, datetime | None]] = iter(
        (
            ("finished", row.finished_at),
            ("declined", asked.declined_at),
            ("taken back", asked.revoked_at),
            ("broke off", row.saved_at or row.begun_at),
            ("unreachable", asked.unreachable_at),
            ("opened", asked.opened_at),
        )
    )
    return next(((what, at) for what, at in moments if at is not None), ("never opened", None))


def _stopped_on(session: Session, wave: Wave) -> dict[int, str]:
    """The page on which each interview of the wave stopped, by the interview's row."""
    of_wave = select(Invitation.id).where(Invitation.wave_id == wave.id)
    saved = session.execute(
        select(SavedStep.interview_id, SavedStep.step)
        .join(Interview, Interview.id == SavedStep.interview_id)
        .where(Interview.invitation_id.in_(of_wave))
        .order_by(SavedStep.revision)
    )
    stopped = {row.interview_id: _page_of(row.step) for row in saved}
    opened = session.execute(
        select(PageTime.interview_id, PageTime.step, PageTime.saved_at)
        .join(Interview, Interview.id == PageTime.interview_id)
        .where(Interview.invitation_id.in_(of_wave))
        .order_by(PageTime.id)
    )
    last = {row.interview_id: row for row in opened}
    return stopped | {interview: _page_of(row.step) for interview, row in last.items() if row.saved_at is None}


def _page_of(step: str) -> str:
    return step.partition("/")[0]
