"""Why ties ended: what respondents said, in a review, of people of the wave before with whom they stopped talking."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import polars as pl
from sqlalchemy import select
from sqlalchemy.orm import Session

from instruments.schema import AlterReviewPage, ChoiceItem
from networks.columns import ENDINGS
from surveys.frames import alter_id
from surveys.matching.standing import who
from surveys.studies import parsed
from surveys.tables import Alter, Answer, InstrumentVersion, Interview, Invitation, Person, Wave


def endings(session: Session, study_id: int, *, simulated: bool = False) -> pl.DataFrame:
    """ENDINGS of every finished interview: one row per ego, alter, reason and wave.

    The reasons are the choices of every question of a review but its first, which says whether the tie goes on; they
    are kept only of those with whom it did not, as only there they are asked.
    """
    rows = [row for wave in _waves(session, study_id) for row in _told(session, *wave, simulated)]
    meant = who(session, study_id)
    found = [(wave, ego, alter_id(key, alter, meant), reason) for wave, ego, key, alter, reason in rows]
    return pl.DataFrame(found, schema=ENDINGS.schema, orient="row").sort("wave", "ego", maintain_order=True)


def _waves(session: Session, study_id: int) -> Iterator[tuple[Wave, tuple[str, ...]]]:
    """Each wave whose questionnaire asks for reasons, with the questions that do."""
    query = (
        select(Wave, InstrumentVersion.source)
        .join(InstrumentVersion, InstrumentVersion.id == Wave.instrument_version_id)
        .where(Wave.study_id == study_id)
        .order_by(Wave.number)
    )
    for wave, source in session.execute(query):
        pages = [page for page in parsed(source).pages if isinstance(page, AlterReviewPage)]
        items = tuple(item.id for page in pages for item in page.ask[1:] if isinstance(item, ChoiceItem))
        if items:
            yield wave, items


def _told(session: Session, wave: Wave, items: tuple[str, ...], simulated: bool) -> Iterator[tuple[Any, ...]]:
    named = Person.__table__.alias("named")
    query = (
        select(Person.key, named.c.key, Alter.id, Answer.value)
        .select_from(Answer)
        .join(Alter, Alter.id == Answer.alter_id)
        .join(Interview, Interview.id == Answer.interview_id)
        .join(Invitation, Invitation.id == Interview.invitation_id)
        .join(Person, Person.id == Invitation.person_id)
        .outerjoin(named, named.c.id == Alter.person_id)
        .where(
            Invitation.wave_id == wave.id,
            Interview.finished_at.is_not(None),
            Interview.simulated.in_((False, simulated)),
            Answer.item.in_(items),
            Answer.missing.is_(None),
        )
        .order_by(Answer.id)
    )
    for ego, key, alter, value in session.execute(query):
        for reason in value if isinstance(value, list) else [value]:
            yield wave.number, ego, key, alter, str(reason)
