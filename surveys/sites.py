"""Sites of a study: their names by code, and the words that each is found by."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from surveys.faults import Faulty
from surveys.people import fold
from surveys.tables import Site, Study

MOST_NAMED = 20

_NAMES = select(Site.code, Site.name).where(Site.study_id == bindparam("study")).order_by(Site.name)
_DESCRIBED = select(Site.code, Site.name, Site.ods_code, Site.town).where(Site.study_id == bindparam("study"))
SEARCHED = ("name", "code", "ods_code", "town", "aliases")
"""What a roster of sites may name under `search`."""


class UnknownSite(Faulty):
    """The study has no such site; the text names those there are."""


def find_site(session: Session, study: Study, code: str) -> Site:
    """The study's site of that code, capitals making no difference; raises UnknownSite."""
    sites = session.scalars(select(Site).where(Site.study_id == study.id).order_by(Site.code)).all()
    found = next((site for site in sites if site.code.casefold() == code.strip().casefold()), None)
    if found is None:
        known = ", ".join(site.code for site in sites[:MOST_NAMED]) or "none yet"
        raise UnknownSite(f"The study “{study.code}” has no site “{code}”. Its sites: {known}.")
    return found


def site_of(session: Session, study_id: int, number: int) -> Site | None:
    """The site of that number when it is the study's, else None."""
    return session.scalar(select(Site).where(Site.study_id == study_id, Site.id == number))


def site_names(session: Session, study_id: int) -> dict[str, str]:
    """Code to name of every site of the study, in order of name."""
    return dict(session.connection().execute(_NAMES, {"study": study_id}).all())


def site_words(session: Session, study_id: int, columns: Collection[str] = ()) -> dict[str, str]:
    """Code to what a search looks through of every site: these of SEARCHED, or all of them; folded words.

    A site's aliases are its code, its town and the first letters of its name: "lgi" for Leeds General Infirmary.
    """
    wanted = set(columns) or set(SEARCHED)
    wanted |= {"code", "town", "initials"} if "aliases" in wanted else set()
    found = {}
    for row in session.connection().execute(_DESCRIBED, {"study": study_id}):
        told = {**row._mapping, "initials": "".join(word[0] for word in fold(row.name).split())}
        found[row.code] = " ".join(fold(text) for key, text in told.items() if key in wanted and text)
    return found
