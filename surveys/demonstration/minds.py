"""What everybody knows: their own answers for good, and for each wave the people they would name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from surveys.demonstration.bonds import BOTH, FREQUENCY_ORDER, GET, Bond
from surveys.demonstration.crowd import Crowd
from surveys.demonstration.growth import Bonds
from surveys.demonstration.telling import Contact, Telling
from surveys.demonstration.typed_names import as_typed

FORGETS = 0.04
TYPES_A_NAME = 0.06
KNOWS_THE_SITE = 0.35
TYPES_A_COLLEAGUE = 0.03
KNOWS_THEIR_SITE, KNOWS_THEIR_ROLE = 0.8, 0.7
TYPED_NAMES = (
    "Jo, supplier help desk",
    "Kim from our supplier",
    "Sam, regional team",
    "Alex from the user group",
    "Chris, works for the region",
    "Pat on the course",
)
YEARS = {"under_1": 10, "from_1_to_3": 30, "from_4_to_9": 35, "over_9": 20, "prefer_not": 5}
LEAVES_YEARS_BLANK = 0.2
SITE_ITEM, ROLE_ITEM, YEARS_ITEM = "site", "role", "digital_years"


@dataclass(frozen=True)
class Minds:
    """A crowd with what each person says about themselves."""

    crowd: Crowd
    about: Sequence[Mapping[str, str]]

    def telling(self, person: int, bonds: Bonds, random: Random) -> Telling:
        """What a person would tell now; they forget a few people, and the closest come to mind first."""
        recalled = {alter: bond for alter, bond in bonds[person].items() if random.random() >= FORGETS}
        nearest = sorted(recalled.items(), key=lambda entry: FREQUENCY_ORDER.index(entry[1].frequency))
        contacts = [self._contact(person, alter, bond) for alter, bond in nearest]
        if contacts and random.random() < TYPES_A_NAME:
            contacts.insert(0, self._typed(person, random))
        return Telling(self.about[person], contacts)

    def _contact(self, person: int, alter: int, bond: Bond) -> Contact:
        """Somebody to pick; or to type, by those who do not find them in the list: always the same ones."""
        theirs, habit = self.crowd.people[alter], Random(f"{person}/{alter}")
        if habit.random() >= TYPES_A_COLLEAGUE:
            return Contact(bond, key=theirs.key)
        site = self.crowd.sites[theirs.site].code if habit.random() < KNOWS_THEIR_SITE else None
        role = theirs.role if habit.random() < KNOWS_THEIR_ROLE else None
        return Contact(bond, label=as_typed(theirs.name, habit), site=site, role=role)

    def _typed(self, person: int, random: Random) -> Contact:
        """Someone off the roster; sometimes ego knows which of the study's sites they work at."""
        topics = {"interop": random.choice((GET, BOTH)), "records": GET}
        bond = Bond(random.choice(("informal", "both")), "user_group", "monthly", topics)
        site = random.choice(self.crowd.sites).code if random.random() < KNOWS_THE_SITE else None
        return Contact(bond, label=random.choice(TYPED_NAMES), site=site, role="it" if site else None)


def minds_of(crowd: Crowd, random: Random) -> Minds:
    """Everyone's own answers, by place in the roster."""
    return Minds(crowd, [_about(crowd, person, random) for person in range(len(crowd.people))])


def _about(crowd: Crowd, person: int, random: Random) -> dict[str, str]:
    planned = crowd.people[person]
    about = {SITE_ITEM: crowd.sites[planned.site].code, ROLE_ITEM: planned.role}
    years = random.choices(list(YEARS), weights=list(YEARS.values()))[0]
    return about if random.random() < LEAVES_YEARS_BLANK else about | {YEARS_ITEM: years}
