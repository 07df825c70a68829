"""The invented people: so many a site, a plausible mix of roles, each with a name, a job title and a key."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random

from surveys.demonstration.names import ANY_JOB_TITLES, FIRST_NAMES, JOB_TITLES, SHARED_NAME, SURNAMES
from surveys.demonstration.shape import Shape

ROLE_SHARES = {"cio": 0.05, "it": 0.25, "doctor": 0.15, "nurse": 0.20, "pharmacist": 0.10, "manager": 0.15}
SHARE_OF_ANY_OTHER = 0.10
KEY_BYTES = 16


@dataclass(frozen=True)
class PlannedPerson:
    """Someone on the roster before they are kept; `site` is the place of theirs in the list of sites."""

    reference: str
    key: str
    name: str
    email: str
    job_title: str
    site: int
    role: str


def plan_staff(shape: Shape, roles: Sequence[str], code: str, random: Random) -> tuple[PlannedPerson, ...]:
    """Everyone of the study of that code, site by site; two of them have one name, at two sites."""
    people = [
        _person(site * shape.people_per_site + place, site, role, random)
        for site in range(shape.sites)
        for place, role in enumerate(_mix(shape.people_per_site, roles, random))
    ]
    for place in (1, shape.people_per_site + 1):
        people[place] = replace(people[place], name=SHARED_NAME)
    return tuple(_with_addresses(_with_keys(people, f"{code}/{shape.seed}")))


def _person(number: int, site: int, role: str, random: Random) -> PlannedPerson:
    name = f"{random.choice(FIRST_NAMES)} {random.choice(SURNAMES)}"
    title = random.choice(JOB_TITLES.get(role, ANY_JOB_TITLES))
    return PlannedPerson(f"P{number + 1:05}", "", name, "", title, site, role)


def _mix(count: int, roles: Sequence[str], random: Random) -> list[str]:
    """One role for each of a site's people: drawn at even steps, so that every site has its share of each."""
    shares = [ROLE_SHARES.get(role, SHARE_OF_ANY_OTHER) for role in roles]
    start = random.random()
    marks = [(place + start) / count * sum(shares) for place in range(count)]
    return [_role_at(mark, roles, shares) for mark in marks]


def _role_at(mark: float, roles: Sequence[str], shares: Sequence[float]) -> str:
    for role, share in zip(roles, shares, strict=True):
        if mark < share:
            return role
        mark -= share
    return roles[-1]


def _with_addresses(people: Sequence[PlannedPerson]) -> Iterator[PlannedPerson]:
    """Addresses under example.org, where no mail is ever delivered; a name that comes again gets a number."""
    seen: dict[str, int] = {}
    for person in people:
        local = person.name.lower().replace(" ", ".")
        seen[local] = seen.get(local, 0) + 1
        number = str(seen[local]) if seen[local] > 1 else ""
        yield replace(person, email=f"{local}{number}@example.org")


def _with_keys(people: Sequence[PlannedPerson], salt: str) -> list[PlannedPerson]:
    """Keys of the shape of `people.new_key`, but not by chance, so that one seed gives the same frames again."""
    return [replace(person, key=derived_key(f"{salt}/{person.reference}")) for person in people]


def derived_key(text: str) -> str:
    """A key of the shape of `people.new_key`, which the same text always gives."""
    digest = hashlib.sha256(text.encode()).digest()[:KEY_BYTES]
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
