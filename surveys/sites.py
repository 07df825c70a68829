"""Sites of a study: their names by code, and the words that each is found by."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from surveys.people import fold
from surveys.tables import Site

_NAMES = select(Site.code, Site.name).where(Site.study_id == bindparam("study")).order_by(Site.name)
_DESCRIBED = select(Site.code, Site.name, Site.ods_code, Site.town).where(Site.study_id == bindparam("study"))
SEARCHED = ("name", "code", "ods_code", "town", "aliases")
"""What a roster of sites may name under `search`."""


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
