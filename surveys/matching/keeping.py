"""What is kept of those who were typed when answers are sent: names under a vault, and which were positions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import exists, insert, select
from sqlalchemy.orm import Session

from instruments.schema import Instrument, NameGeneratorPage
from instruments.wording import say
from surveys.tables import Alter, Nomination, Role, Site, TypedName

VAULT = "vault"


def keep_names(session: Session, interview_id: int, instrument: Instrument, *, now: datetime) -> None:
    """Put what was typed in an interview aside before the labels go.

    Names only where the questionnaire says `names: vault`; of positions, in every mode, that they are positions.
    Nobody is kept twice, and nobody who is not named any more.
    """
    there = select(TypedName.alter_id)
    rows = session.execute(
        select(Alter.id, Alter.label, Site.name, Role.code)
        .outerjoin(Site, Site.id == Alter.site_id)
        .outerjoin(Role, Role.id == Alter.role_id)
        .where(
            Alter.interview_id == interview_id,
            Alter.person_id.is_(None),
            Alter.label.is_not(None),
            exists().where(Nomination.alter_id == Alter.id),
            Alter.id.not_in(there),
        )
    ).all()
    kept = []
    for alter, label, site, role in rows:
        position = _is_position(instrument, label or "", site, role)
        if position or instrument.privacy.names == VAULT:
            kept.append({"alter_id": alter, "name": None if position else label, "position": position, "kept_at": now})
    if kept:
        session.execute(insert(TypedName), kept)


def _is_position(instrument: Instrument, label: str, site: str | None, role: str | None) -> bool:
    """Whether a label is what `naming` calls a position: the role's words, and the site's name at the end."""
    if site is None or role is None or not _asks_positions(instrument):
        return False
    return label.endswith(site) and any(label.startswith(words) for words in _words_of(instrument, role))


def _asks_positions(instrument: Instrument) -> bool:
    return any("position" in page.modes for page in instrument.pages if isinstance(page, NameGeneratorPage))


def _words_of(instrument: Instrument, role: str) -> Iterator[str]:
    for language in instrument.languages:
        yield from (say(one.label, language) for one in instrument.roles if one.id == role)
