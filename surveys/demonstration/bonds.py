"""What one person has with another: how formal, since what, how often, about what and who learns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random

from surveys.demonstration.crowd import FAR, NEAR, OWN, PAIRED, SUPPLIER, Crowd

Chances = Mapping[str, float]

MECHANISMS: dict[str, Chances] = {
    OWN: {"same_site": 0.80, "colleague": 0.10, "friend": 0.10},
    PAIRED: {"pairing": 0.75, "blueprint": 0.12, "learning_network": 0.08, "event": 0.05},
    SUPPLIER: {
        "user_group": 0.40,
        "learning_network": 0.25,
        "health_networks": 0.10,
        "event": 0.10,
        "colleague": 0.10,
        "academy": 0.05,
    },
    NEAR: {"learning_network": 0.40, "colleague": 0.30, "event": 0.10, "health_networks": 0.10, "academy": 0.10},
    FAR: {
        "learning_network": 0.35,
        "blueprint": 0.15,
        "health_networks": 0.20,
        "academy": 0.10,
        "event": 0.10,
        "colleague": 0.10,
    },
}
"""How people at two sites so linked got to know each other."""

FORMALITIES: dict[str, Chances] = {
    "formal": {"formal": 0.80, "both": 0.15, "informal": 0.05},
    "intermediary": {"formal": 0.35, "both": 0.25, "informal": 0.40},
    "informal": {"informal": 0.87, "both": 0.10, "formal": 0.03},
}
"""How people mostly talk who met through a mechanism of that kind."""

FREQUENCIES: dict[str, Chances] = {
    OWN: {"daily": 0.20, "weekly": 0.45, "monthly": 0.25, "rarer": 0.10},
    PAIRED: {"daily": 0.02, "weekly": 0.25, "monthly": 0.50, "rarer": 0.23},
    SUPPLIER: {"weekly": 0.15, "monthly": 0.50, "rarer": 0.35},
    NEAR: {"weekly": 0.15, "monthly": 0.50, "rarer": 0.35},
    FAR: {"weekly": 0.08, "monthly": 0.42, "rarer": 0.50},
}
FREQUENCY_ORDER = ("daily", "weekly", "monthly", "rarer")

GET, GIVE = ("i_get",), ("i_give",)
BOTH = GET + GIVE
OTHER_SIDE = {GET: GIVE, GIVE: GET, BOTH: BOTH}
DIRECTIONS: dict[tuple[bool, bool], Sequence[float]] = {
    (True, True): (0.35, 0.30, 0.35),
    (True, False): (0.20, 0.50, 0.30),
    (False, True): (0.60, 0.12, 0.28),
    (False, False): (0.40, 0.25, 0.35),
}
"""Whether ego and alter are at exemplars: the chances that ego learns, that ego teaches, and of both."""

TOPIC_WEIGHTS: dict[str, Chances] = {
    "pharmacist": {"epma": 5},
    "analyst": {"analytics": 5, "interop": 2},
    "it": {"interop": 3, "records": 2, "portals": 2},
    "doctor": {"results": 3, "records": 2},
    "nurse": {"records": 3, "epma": 2},
    "manager": {"portals": 3, "analytics": 2},
}
"""What a role talks about more than the rest, which weigh 1."""
TOPIC_COUNTS = {1: 0.50, 2: 0.35, 3: 0.15}


@dataclass(frozen=True)
class Bond:
    """What one person would say of another; `topics` holds, per topic, who learns."""

    formality: str
    mechanism: str
    frequency: str
    topics: Mapping[str, tuple[str, ...]]

    @property
    def is_formal(self) -> bool:
        """Whether set meetings are at least part of it."""
        return self.formality != "informal"

    def seen_from_the_other_side(self) -> Bond:
        """The same bond as the other person would tell it: who learns there teaches here."""
        return replace(self, topics={topic: OTHER_SIDE[learns] for topic, learns in self.topics.items()})


@dataclass(frozen=True)
class Vocabulary:
    """The questionnaire's words that bonds speak in: topics, and mechanisms with their kinds."""

    topics: tuple[str, ...]
    kinds: Mapping[str, str]


def draw(chances: Mapping[str, float], random: Random) -> str:
    """One of the keys, by weight."""
    return random.choices(list(chances), weights=list(chances.values()))[0]


def new_bond(crowd: Crowd, words: Vocabulary, ego: int, alter: int, random: Random) -> Bond:
    """A bond as the link between the two sites makes it likely."""
    mechanism = draw(MECHANISMS[crowd.link(ego, alter)], random)
    formality = draw(FORMALITIES[words.kinds.get(mechanism, "informal")], random)
    return bond_of(crowd, words, ego, alter, mechanism, formality, random)


def bond_of(
    crowd: Crowd, words: Vocabulary, ego: int, alter: int, mechanism: str, formality: str, random: Random
) -> Bond:
    """A bond of that origin and kind, with its topics and how often."""
    frequency = draw(FREQUENCIES[crowd.link(ego, alter)], random)
    return Bond(formality, mechanism, frequency, _topics(crowd, words, ego, alter, random))


def _topics(crowd: Crowd, words: Vocabulary, ego: int, alter: int, random: Random) -> dict[str, tuple[str, ...]]:
    weights = [_interest(crowd, ego, topic) * _interest(crowd, alter, topic) for topic in words.topics]
    count = random.choices(list(TOPIC_COUNTS), weights=list(TOPIC_COUNTS.values()))[0]
    chosen = dict.fromkeys(random.choices(words.topics, weights=weights, k=count))
    chances = DIRECTIONS[_at_exemplar(crowd, ego), _at_exemplar(crowd, alter)]
    return {topic: random.choices((GET, GIVE, BOTH), weights=chances)[0] for topic in chosen}


def _interest(crowd: Crowd, person: int, topic: str) -> float:
    return TOPIC_WEIGHTS.get(crowd.people[person].role, {}).get(topic, 1)


def _at_exemplar(crowd: Crowd, person: int) -> bool:
    return crowd.sites[crowd.people[person].site].is_exemplar
