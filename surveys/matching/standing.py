"""How matches stand: which identity each alter has, and whom of the roster or which other identity that is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.tables import Identity, Match, Person, Role, Site


@dataclass
class Standing:
    """Identities and what they were found to be; a match goes from an identity to a person or another identity."""

    of_alter: dict[int, int]
    person_of: dict[int, int] = field(default_factory=dict)
    same_as: dict[int, int] = field(default_factory=dict)

    def root(self, identity: int) -> int:
        """The identity that an identity was found to be, after all steps."""
        while identity in self.same_as:
            identity = self.same_as[identity]
        return identity

    def person(self, identity: int) -> int | None:
        """The person of the roster that an identity was found to be."""
        return self.person_of.get(self.root(identity))

    def alters(self) -> dict[int, list[int]]:
        """The alters of each root."""
        found: defaultdict[int, list[int]] = defaultdict(list)
        for alter, identity in self.of_alter.items():
            found[self.root(identity)].append(alter)
        return found


@dataclass(frozen=True)
class Meant:
    """Who an alter is: a key, and for a person of the roster the codes of their site and role."""

    key: str
    site: str | None = None
    role: str | None = None
    on_roster: bool = False


def standing(session: Session, study_id: int) -> Standing:
    """How the study's matches stand now."""
    rows = session.execute(
        select(Identity.id, Identity.alter_id, Match.person_id, Match.same_as_id)
        .outerjoin(Match, Match.identity_id == Identity.id)
        .where(Identity.study_id == study_id)
        .order_by(Identity.id)
    ).all()
    return Standing(
        {row.alter_id: row.id for row in rows if row.alter_id is not None},
        {row.id: row.person_id for row in rows if row.person_id is not None},
        {row.id: row.same_as_id for row in rows if row.same_as_id is not None},
    )


def who(session: Session, study_id: int) -> Mapping[int, Meant]:
    """Whom every alter with an identity is, by row: alters who are one person have one key, in every wave."""
    found = standing(session, study_id)
    keys = dict(session.execute(select(Identity.id, Identity.key).where(Identity.study_id == study_id)).all())
    people = _people(session, study_id) if found.person_of else {}
    return {
        alter: people[person] if (person := found.person(identity)) is not None else Meant(keys[found.root(identity)])
        for alter, identity in found.of_alter.items()
    }


def _people(session: Session, study_id: int) -> dict[int, Meant]:
    """Everyone whom an identity was found to be."""
    matched = select(Match.person_id).join(Identity, Identity.id == Match.identity_id)
    rows = session.execute(
        select(Person.id, Person.key, Site.code, Role.code)
        .join(Site, Site.id == Person.site_id)
        .join(Role, Role.id == Person.role_id)
        .where(Person.id.in_(matched.where(Identity.study_id == study_id, Match.person_id.is_not(None))))
    )
    return {row.id: Meant(*row[1:], on_roster=True) for row in rows}
