"""Sites of a study: their names by code."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.tables import Site


def site_names(session: Session, study_id: int) -> dict[str, str]:
    """Code to name of every site of the study, in order of name."""
    rows = session.execute(select(Site.code, Site.name).where(Site.study_id == study_id).order_by(Site.name))
    return dict(rows.all())
