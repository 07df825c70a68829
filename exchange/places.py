"""Finds a study's sites and roles by any of the words that staff lists call them by."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from exchange.fields import BadValue
from exchange.refusals import did_you_mean
from surveys.tables import Role, Site


@dataclass(frozen=True)
class Names:
    """Words to ids, capitals making no difference; a word that means two things finds neither."""

    noun: str
    ids: dict[str, int] = field(default_factory=dict)
    ambiguous: set[str] = field(default_factory=set)
    words: list[str] = field(default_factory=list)

    def add(self, words: Iterable[str | None], row_id: int) -> None:
        """Let each word find the row, unless a stronger word does already."""
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
            remedy = did_you_mean(word, self.words) or f"Write the code of a {self.noun} of this study."
            raise BadValue(f"there is no such {self.noun}", remedy)
        return self.ids.get(folded)


@dataclass(frozen=True)
class Places:
    """The sites and roles of one study, and the name of each site."""

    sites: Names
    roles: Names
    site_names: dict[int, str]


def read_places(session: Session, study_id: int) -> Places:
    """The sites (by code, ODS code, name) and roles (by code, label) of a study."""
    sites, roles = Names("site"), Names("role")
    rows = session.execute(select(Site.id, Site.code, Site.ods_code, Site.name).where(Site.study_id == study_id)).all()
    for row in rows:
        sites.add({row.code, row.ods_code, row.name}, row.id)
    for role in session.execute(select(Role.id, Role.code, Role.label).where(Role.study_id == study_id)):
        roles.add({role.code, role.label}, role.id)
    return Places(sites, roles, {row.id: row.name for row in rows})
