"""How the bonds of a crowd change from wave to wave: formal ones seed informal ones, and some end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random

import numpy as np

from surveys.demonstration.bonds import Bond, Vocabulary, bond_of, draw, new_bond
from surveys.demonstration.crowd import OWN, Crowd

Bonds = tuple[dict[int, Bond], ...]
"""For each person, by place in the roster: the people they turn to, and how."""

GOES_TO_NO_ONE = 0.06
MEAN_BONDS = 3.6
MOST_BONDS = 8
LASTS = {"formal": 0.72, "informal": 0.90, "both": 0.92}
BECOMES_BOTH = {"formal": 0.18, "informal": 0.03, "both": 0.0}
SEEDS = 0.26
"""The chance that a formal bond to another site leads, by the next wave, to an informal one with a colleague there."""
SEEDED_BY_ITS_OWN_MECHANISM = 0.4
SEEDED = {"event": 0.40, "friend": 0.35, "colleague": 0.25}
RETURNED = 0.24
"""The chance that whom a person newly turns to turns to them as well, instead of to somebody else."""
FRESH = 0.22
"""How many bonds a person makes between waves that nothing before led to."""


@dataclass(frozen=True)
class Chance:
    """Two sources of chance from one seed: one for single draws, one for many at once."""

    one: Random
    many: np.random.Generator


def first_bonds(crowd: Crowd, words: Vocabulary, chance: Chance) -> Bonds:
    """Whom each person turns to at the start, when pairings are new and strong."""
    counts = 1 + chance.many.negative_binomial(3, 3 / (3 + MEAN_BONDS - 1), len(crowd.people))
    counts[chance.many.random(len(crowd.people)) < GOES_TO_NO_ONE] = 0
    drawn = [
        {alter: new_bond(crowd, words, ego, alter, chance.one) for alter in _drawn(crowd, ego, int(count), (), chance)}
        for ego, count in enumerate(np.minimum(counts, MOST_BONDS))
    ]
    return _returned(drawn, [{}] * len(drawn), chance)


def next_bonds(crowd: Crowd, words: Vocabulary, before: Bonds, chance: Chance) -> Bonds:
    """The bonds one wave later."""
    moved = [_moved_on(crowd, words, ego, held, chance) for ego, held in enumerate(before)]
    return _returned(moved, before, chance)


def _returned(bonds: Sequence[dict[int, Bond]], before: Sequence[Mapping[int, Bond]], chance: Chance) -> Bonds:
    """The bonds with some of the new ones returned: the other side has the same bond, seen from there.

    It takes the place of another bond of theirs, so that nobody names more people for it; who goes to no one still
    does not.
    """
    new = [(ego, alter) for ego, held in enumerate(bonds) for alter in held if alter not in before[ego]]
    for ego, alter in new:
        theirs = bonds[alter]
        if theirs and ego not in theirs and alter in bonds[ego] and chance.one.random() < RETURNED:
            del theirs[next(iter(theirs))]
            theirs[ego] = bonds[ego][alter].seen_from_the_other_side()
    return tuple(bonds)


def _moved_on(crowd: Crowd, words: Vocabulary, ego: int, held: dict[int, Bond], chance: Chance) -> dict[int, Bond]:
    kept = {
        alter: _grown(bond, chance.one) for alter, bond in held.items() if chance.one.random() < LASTS[bond.formality]
    }
    seeded = _seeded(crowd, words, ego, held, chance)
    fresh = _drawn(crowd, ego, int(chance.many.poisson(FRESH)), held, chance)
    added = {alter: new_bond(crowd, words, ego, alter, chance.one) for alter in fresh}
    return dict(list({**added, **seeded, **kept}.items())[-MOST_BONDS:])


def _grown(bond: Bond, random: Random) -> Bond:
    """The bond itself; some that were formal or informal only are both by now."""
    return replace(bond, formality="both") if random.random() < BECOMES_BOTH[bond.formality] else bond


def _seeded(crowd: Crowd, words: Vocabulary, ego: int, held: dict[int, Bond], chance: Chance) -> dict[int, Bond]:
    """Informal bonds with colleagues of those whom ego knows from set meetings."""
    seeded = {}
    for alter, bond in held.items():
        if bond.is_formal and crowd.link(ego, alter) != OWN and chance.one.random() < SEEDS:
            colleague = _colleague(crowd, alter, chance.one)
            own = chance.one.random() < SEEDED_BY_ITS_OWN_MECHANISM
            mechanism = bond.mechanism if own else draw(SEEDED, chance.one)
            seeded[colleague] = bond_of(crowd, words, ego, colleague, mechanism, "informal", chance.one)
    return seeded


def _colleague(crowd: Crowd, person: int, random: Random) -> int:
    """Someone else at that person's site."""
    there = np.flatnonzero(crowd.site_of == crowd.site_of[person])
    return random.choice([int(other) for other in there if other != person])


def _drawn(crowd: Crowd, ego: int, count: int, leave_out: Iterable[int], chance: Chance) -> list[int]:
    """Up to so many different people, by likelihood."""
    if count == 0:
        return []
    weights = crowd.likelihood(ego)
    weights[list(leave_out)] = 0
    count = min(count, int(np.count_nonzero(weights)))
    places = chance.many.choice(len(weights), count, replace=False, p=weights / weights.sum())
    return [int(place) for place in places]
