"""The national study as files: sites, and a staff list for each wave, with people who moved, left and came between."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

import numpy as np

import instruments
from instruments.load import loads
from surveys.demonstration.bonds import Vocabulary
from surveys.demonstration.crowd import gather
from surveys.demonstration.growth import Bonds, Chance, first_bonds, next_bonds
from surveys.demonstration.minds import Minds, minds_of
from surveys.demonstration.places import PlannedSite, plan_sites
from surveys.demonstration.shape import Shape
from surveys.demonstration.staff import PlannedPerson, plan_staff
from surveys.demonstration.turnout import eagerness, turnout

QUESTIONNAIRE = Path(instruments.__file__).parent / "library" / "gde.yaml"
MOVES, LEAVES, COMES = 0.02, 0.03, 0.02
SITE_COLUMNS = (
    "code", "name", "designation", "care_setting", "core_system", "region", "grouping", "latitude", "longitude",
)  # fmt: skip
PEOPLE_COLUMNS = ("reference", "name", "email", "job_title", "site", "role")


@dataclass(frozen=True)
class NationalStudy:
    """Everything that is invented beforehand, so that both ways meet the same people.

    rosters  for each wave, who is on the staff list, by reference
    acts     for each wave, what each person does who does anything, by place in the list of people
    bonds    for each wave, whom each person turns to
    merger   the place of the site that merges before the last wave, and of the one that it is part of then
    """

    shape: Shape
    sites: tuple[PlannedSite, ...]
    people: tuple[PlannedPerson, ...]
    minds: Minds
    rosters: tuple[Mapping[str, PlannedPerson], ...]
    acts: tuple[Mapping[int, str], ...]
    bonds: tuple[Bonds, ...]
    merger: tuple[int, int]

    def sites_file(self) -> str:
        """All sites as CSV, with the partner of each."""
        rows = [(*(getattr(site, name) for name in SITE_COLUMNS), self.sites[site.partner].code) for site in self.sites]
        return _csv((*SITE_COLUMNS, "pair"), rows)

    def people_file(self, wave: int) -> str:
        """The staff list before a wave (1, 2, …) as CSV."""
        listed = self.rosters[wave - 1].values()
        return _csv(
            PEOPLE_COLUMNS,
            [(p.reference, p.name, p.email, p.job_title, self.sites[p.site].code, p.role) for p in listed],
        )


def invent(shape: Shape) -> NationalStudy:
    """The whole study from the shape's seed."""
    chance = Chance(Random(shape.seed), np.random.default_rng(shape.seed))
    questionnaire = loads(QUESTIONNAIRE.read_text(encoding="utf-8"), QUESTIONNAIRE.name)
    sites = plan_sites(shape, chance.one)
    people = plan_staff(shape, [role.id for role in questionnaire.roles], "national", chance.one)
    crowd = gather(sites, people, chance.many)
    words = Vocabulary(
        tuple(topic.id for topic in questionnaire.topics), {one.id: one.kind for one in questionnaire.mechanisms}
    )
    bonds = [first_bonds(crowd, words, chance)]
    for _ in range(1, shape.waves):
        bonds.append(next_bonds(crowd, words, bonds[-1], chance))
    ready = eagerness(crowd, shape.silent_sites, chance.many)
    return NationalStudy(
        shape,
        sites,
        people,
        minds_of(crowd, chance.one),
        _rosters(shape, people, chance.one),
        tuple(turnout(ready, wave, chance.many) for wave in range(1, shape.waves + 1)),
        tuple(bonds),
        (shape.sites - 1, sites[-1].partner),
    )


def _rosters(shape: Shape, people: Sequence[PlannedPerson], random: Random) -> tuple[Mapping[str, PlannedPerson], ...]:
    """The staff list before each wave."""
    lists = [{person.reference: person for person in people}]
    for wave in range(2, shape.waves + 1):
        lists.append(_next_list(shape, wave, lists[-1], random))
    return tuple(lists)


def _next_list(
    shape: Shape, wave: int, before: Mapping[str, PlannedPerson], random: Random
) -> dict[str, PlannedPerson]:
    """Some have left, some have moved to the next site, and some have come; at least one of each."""
    mixed = random.sample(sorted(before), len(before))
    left, moved, come = (max(1, round(share * len(before))) for share in (LEAVES, MOVES, COMES))
    after = {reference: before[reference] for reference in before if reference not in mixed[:left]}
    for reference in mixed[left : left + moved]:
        after[reference] = replace(before[reference], site=(before[reference].site + 1) % shape.sites)
    for number, pattern in enumerate(mixed[-come:]):
        reference = f"W{wave}N{number:04}"
        name, email = f"Newcomer {before[pattern].name}", f"{reference.lower()}@example.org"
        after[reference] = replace(before[pattern], reference=reference, name=name, email=email, key="")
    return after


def _csv(heading: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([heading, *rows])
    return out.getvalue()
