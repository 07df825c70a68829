"""Finds a study's sites and roles by any of the words that staff lists call them by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from exchange.fields import BadValue
from exchange.refusals import did_you_mean
from surveys.site_history import closures, successors
from surveys.tables import Role, Site

MOST_HINTS = 300


@dataclass(frozen=True)
class Names:
    """Words to ids, capitals making no difference; a word that means two things finds neither.

    A word of what merged finds what it merged into (`now`); a word of what `closed` finds nothing.
    """

    noun: str
    ids: dict[str, int] = field(default_factory=dict)
    ambiguous: set[str] = field(default_factory=set)
    words: list[str] = field(default_factory=list)
    now: Mapping[int, int] = field(default_factory=dict)
    closed: Mapping[int, date] = field(default_factory=dict)
    hints: dict[str, str] = field(default_factory=dict)

    def add(self, words: Iterable[str | None], row_id: int) -> None:
        """Let each word find the row, unless a stronger word does already."""
        row_id = self.now.get(row_id, row_id)
        for word in filter(None, words):
            folded = " ".join(word.casefold().split())
            if self.ids.setdefault(folded, row_id) != row_id:
                self.ambiguous.add(folded)
            self.words.append(word)

    def read(self, cell: str) -> int | None:
        """The id of the row that a cell means, None when blank; raises BadValue when it means none, or several."""
        word = " ".join(cell.split())
        folded = word.casefold()
        if folded in self.ambiguous:
            raise BadValue(f"more than one {self.noun} goes by this", "Write its code.")
        if folded and folded not in self.ids:
            remedy = self._hint(word) or f"Write the code of a {self.noun} of this study."
            raise BadValue(f"there is no such {self.noun}", remedy)
        found = self.ids.get(folded)
        day = self.closed.get(found) if found is not None else None
        if day is not None:
            reason = f"this {self.noun} closed on {day.day} {day:%B %Y}"
            raise BadValue(reason, f"Write the {self.noun} where they work now.")
        return found

    def _hint(self, word: str) -> str:
        """The word that may have been meant, once for each word and for as many as anybody reads."""
        if word not in self.hints:
            if len(self.hints) >= MOST_HINTS:
                return ""
            self.hints[word] = did_you_mean(word, self.words)
        return self.hints[word]


@dataclass(frozen=True)
class Places:
    """The sites and roles of one study, and the name of each."""

    sites: Names
    roles: Names
    site_names: dict[int, str]
    role_names: dict[int, str]


def read_places(session: Session, study_id: int) -> Places:
    """The sites (by code, ODS code, name) and roles (by code, label) of a study."""
    sites = Names("site", now=successors(session, study_id), closed=closures(session, study_id))
    roles = Names("role")
    rows = session.execute(select(Site.id, Site.code, Site.ods_code, Site.name).where(Site.study_id == study_id)).all()
    for row in rows:
        sites.add({row.code, row.ods_code, row.name}, row.id)
    labels = session.execute(select(Role.id, Role.code, Role.label).where(Role.study_id == study_id)).all()
    for role in labels:
        roles.add({role.code, role.label}, role.id)
    return Places(sites, roles, {row.id: row.name for row in rows}, {role.id: role.label for role in labels})
