"""Ties of a finished interview as rows: to the people named, between them, and between sites."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from instruments import ties
from instruments.responses import Responses
from instruments.schema import Instrument
from surveys.tables import AlterTie, Site, SiteTie, Tie

Row = dict[str, object]


def write_ties(
    session: Session,
    interview_id: int,
    study_id: int,
    instrument: Instrument,
    responses: Responses,
    rows: Mapping[int, int],
) -> None:
    """Write what the answers mean for the network, in place of what was there; `rows` gives each alter's row."""
    for table, bound in (
        (Tie, _ties(instrument, responses, rows)),
        (AlterTie, _alter_ties(instrument, responses, rows)),
        (SiteTie, _site_ties(session, study_id, instrument, responses)),
    ):
        session.execute(delete(table).where(table.interview_id == interview_id))
        if bound:
            session.execute(insert(table), [{"interview_id": interview_id, **row} for row in bound])


def _ties(instrument: Instrument, responses: Responses, rows: Mapping[int, int]) -> Sequence[Row]:
    return [
        {
            "alter_id": rows[tie.alter],
            "relation": tie.relation,
            "topic": tie.topic,
            "contacts_per_year": tie.contacts_per_year,
            "formality": tie.formality,
            "direction": tie.direction,
            "mechanism": tie.mechanism,
        }
        for tie in ties.bind(instrument, responses)
    ]


def _alter_ties(instrument: Instrument, responses: Responses, rows: Mapping[int, int]) -> Sequence[Row]:
    return [
        {
            "relation": pair.relation,
            "low_alter_id": rows[pair.low],
            "high_alter_id": rows[pair.high],
            "strength": pair.strength,
        }
        for pair in ties.bind_pairs(instrument, responses)
    ]


def _site_ties(session: Session, study_id: int, instrument: Instrument, responses: Responses) -> Sequence[Row]:
    """One row for each way in which two sites work together; a site that the study no longer has is left out."""
    bound = ties.bind_sites(instrument, responses)
    if not bound:
        return []
    sites = dict(session.execute(select(Site.code, Site.id).where(Site.study_id == study_id)).all())
    return [
        {"relation": one.relation, "site_id": sites[one.site], "value": value}
        for one in bound
        if one.site in sites
        for value in one.values
    ]
