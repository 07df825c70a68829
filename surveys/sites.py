"""Sites of a study: looked up by code and found by what people call them."""

from __future__ import annotations

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from surveys.tables import Site


def site_names(session: Session, study_id: int) -> dict[str, str]:
    """Code to name of every site of the study, in order of name."""
    rows = session.execute(select(Site.code, Site.name).where(Site.study_id == study_id).order_by(Site.name))
    return dict(rows.all())


def site_exists(session: Session, study_id: int, code: str) -> bool:
    """Whether the study has a site of that code."""
    found = session.scalar(select(Site.id).where(Site.study_id == study_id, Site.code == code))
    return found is not None


def search_sites(session: Session, study_id: int, query: str, *, most: int = 10) -> dict[str, str]:
    """Code to name of the sites whose name, ODS code or town holds `query`."""
    part = query.strip()
    rows = session.execute(
        select(Site.code, Site.name)
        .where(
            Site.study_id == study_id,
            or_(
                Site.name.icontains(part, autoescape=True),
                Site.ods_code.icontains(part, autoescape=True),
                Site.town.icontains(part, autoescape=True),
            ),
        )
        .order_by(Site.name)
        .limit(most)
    )
    return dict(rows.all())
