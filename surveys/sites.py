"""Sites of a study: their names by code."""

from __future__ import annotations

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from surveys.tables import Site

_NAMES = select(Site.code, Site.name).where(Site.study_id == bindparam("study")).order_by(Site.name)


def site_names(session: Session, study_id: int) -> dict[str, str]:
    """Code to name of every site of the study, in order of name."""
    return dict(session.connection().execute(_NAMES, {"study": study_id}).all())
