"""People on the roster: added, and found again by name, job or site."""

from __future__ import annotations

import secrets
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import islice

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session

from surveys.spelling import mended
from surveys.tables import Person, Role, Site

MINIMUM_WORD = 3
MOST_MATCHES = 10
SEARCHED = ("name", "job_title", "site")
"""What a roster of people may name under `search` and `show`."""


_ENTRIES = (
    select(Person.key, Person.name, Person.job_title, Site.name, Site.code, Role.code)
    .join(Site, Site.id == Person.site_id)
    .join(Role, Role.id == Person.role_id)
)
_BY_KEY = _ENTRIES.where(Person.study_id == bindparam("study"), Person.key == bindparam("of_key"))


@dataclass(frozen=True)
class RosterEntry:
    """A person as a respondent sees them in the list."""

    key: str
    name: str
    job_title: str | None
    site: str
    site_code: str
    role_code: str

    @property
    def detail(self) -> str:
        """Job and site, to tell two people of one name apart."""
        return self.described()

    def described(self, columns: Collection[str] = ()) -> str:
        """The detail with only these of SEARCHED in it; with all of them where `columns` is empty."""
        parts = {"job_title": self.job_title, "site": self.site}
        return ", ".join(text for name, text in parts.items() if text and (not columns or name in columns))


def new_key() -> str:
    """A random name for a row that pages and exports may show (128 bits)."""
    return secrets.token_urlsafe(16)


def search_text(name: str, job_title: str | None, site_name: str) -> str:
    """What the roster search looks through: lower case, without accents, each word led by a space."""
    joined = " ".join(part for part in (name, job_title, site_name) if part)
    return " " + " ".join(fold(joined).split())


def fold(text: str) -> str:
    """The text in lower case, without accents and punctuation, as searches compare it."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    kept = (letter if letter.isalnum() else " " for letter in plain if not unicodedata.combining(letter))
    return "".join(kept)


def roster(session: Session, study_id: int) -> list[Person]:
    """Everyone on the study's roster who has not left, in the order in which they came."""
    query = select(Person).where(Person.study_id == study_id, Person.left_at.is_(None))
    return list(session.scalars(query.order_by(Person.id)))


def search_roster(
    session: Session, study_id: int, query: str, *, leave_out: Sequence[str] = (), columns: Collection[str] = ()
) -> list[RosterEntry]:
    """Up to ten people whose name, job or site has words beginning with every word of `query`.

    `columns` names those of SEARCHED that are looked through, where it is not all of them.

    When there is nobody, the words are taken for misspelt and read as those that somebody has. Without one word of
    three letters it finds nobody, so that an open search does not list the staff. `leave_out` holds keys.
    """
    words = fold(query).split()
    if max(map(len, words), default=0) < MINIMUM_WORD:
        return []
    exact = _found(session, study_id, [(word,) for word in words], leave_out, columns)
    return exact or _found(session, study_id, mended(session, study_id, words), leave_out, columns)


def _found(
    session: Session,
    study_id: int,
    words: Sequence[tuple[str, ...]],
    leave_out: Sequence[str],
    columns: Collection[str],
) -> list[RosterEntry]:
    """Those who have, for each word, a word that begins with one of its readings."""
    if not all(words):
        return []
    found = _ENTRIES.where(Person.study_id == study_id, Person.left_at.is_(None), Person.key.not_in(leave_out))
    for readings in words:
        found = found.where(or_(*(Person.search_text.contains(f" {word}", autoescape=True) for word in readings)))
    found = found.order_by(Person.name, Person.id)
    if set(columns) >= set(SEARCHED) or not columns:
        return [RosterEntry(*row) for row in session.execute(found.limit(MOST_MATCHES))]
    everyone = (RosterEntry(*row) for row in session.execute(found))
    return list(islice((one for one in everyone if _fits(one, words, columns)), MOST_MATCHES))


def _fits(entry: RosterEntry, words: Sequence[tuple[str, ...]], columns: Collection[str]) -> bool:
    """Whether these columns alone have, for each word, a word that begins with one of its readings."""
    told = search_text(*(getattr(entry, name) or "" if name in columns else "" for name in SEARCHED))
    return all(any(f" {word}" in told for word in readings) for readings in words)


def find_person(session: Session, study_id: int, key: str) -> RosterEntry | None:
    """The person of that key, or None."""
    row = session.connection().execute(_BY_KEY, {"study": study_id, "of_key": key}).one_or_none()
    return RosterEntry(*row) if row is not None else None
