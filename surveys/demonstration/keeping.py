"""The study itself as rows: sites with their partners, people, waves and invitations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.resources import files

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from surveys.demonstration.places import PlannedSite
from surveys.demonstration.staff import PlannedPerson
from surveys.people import search_text
from surveys.tables import Person, Role, Site, Study

QUESTIONNAIRE = "gde.yaml"
FROM_ROSTER, UNDER_VAULT = "names: roster", "names: vault"


def questionnaire() -> str:
    """The source of the questionnaire that the demonstration answers: the library's, with typed names under a vault."""
    return (files("instruments") / "library" / QUESTIONNAIRE).read_text("utf-8").replace(FROM_ROSTER, UNDER_VAULT)


def keep_sites(session: Session, study: Study, planned: Sequence[PlannedSite]) -> list[int]:
    """Keep the sites, paired; gives their rows in the order planned."""
    session.execute(insert(Site), [_site_row(study, site) for site in planned])
    by_code = dict(session.execute(select(Site.code, Site.id).where(Site.study_id == study.id)).all())
    rows = [by_code[site.code] for site in planned]
    for row, site in zip(rows, planned, strict=True):
        session.execute(update(Site).where(Site.id == row).values(pair_id=rows[site.partner]))
    return rows


def _site_row(study: Study, site: PlannedSite) -> dict[str, object]:
    return {
        "study_id": study.id,
        "code": site.code,
        "name": site.name,
        "designation": site.designation,
        "care_setting": site.care_setting,
        "core_system": site.core_system,
        "region": site.region,
        "grouping": site.grouping,
        "latitude": site.latitude,
        "longitude": site.longitude,
    }


def keep_people(
    session: Session, study: Study, planned: Sequence[PlannedPerson], sites: Sequence[PlannedSite], rows: Sequence[int]
) -> list[Person]:
    """Keep the people and give them in the order planned."""
    roles = dict(session.execute(select(Role.code, Role.id).where(Role.study_id == study.id)).all())
    session.execute(
        insert(Person),
        [_person_row(study, person, sites[person.site].name, rows[person.site], roles) for person in planned],
    )
    kept = session.scalars(select(Person).where(Person.study_id == study.id).order_by(Person.reference))
    return list(kept)


def _person_row(
    study: Study, person: PlannedPerson, site_name: str, site_row: int, roles: Mapping[str, int]
) -> dict[str, object]:
    return {
        "key": person.key,
        "study_id": study.id,
        "reference": person.reference,
        "name": person.name,
        "email": person.email,
        "job_title": person.job_title,
        "site_id": site_row,
        "role_id": roles[person.role],
        "search_text": search_text(person.name, person.job_title, site_name),
    }
