"""Who takes part in a wave, and how far: some finish, some stop midway, some only look, some decline."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from surveys.demonstration.crowd import Crowd

FINISHES, STOPS, LOOKS, DECLINES = "finishes", "stops", "looks", "declines"
RATES = (0.55, 0.62, 0.66)
LATER_GAIN, HIGHEST_RATE = 0.02, 0.80
MOST_OF_THE_WILLING = 0.92
SHARES = {STOPS: 0.035, LOOKS: 0.03, DECLINES: 0.02}
SITE_SPREAD, PERSON_SPREAD, MOOD_SPREAD = 0.7, 0.9, 1.0
ROLE_EAGERNESS = {"cio": 0.9, "it": 0.6, "analyst": 0.4, "pharmacist": 0.1, "doctor": -0.6, "nurse": -0.4}


def rate(wave: int) -> float:
    """The share of those invited who finish in a wave (1, 2, …): it rises."""
    beyond = max(0, wave - len(RATES))
    return min(HIGHEST_RATE, RATES[min(wave, len(RATES)) - 1] + LATER_GAIN * beyond)


def eagerness(crowd: Crowd, silent_sites: int, random: np.random.Generator) -> NDArray[np.float64]:
    """How ready each person is to answer, in any wave; at silent sites nobody ever is (minus infinity)."""
    by_site = random.normal(0, SITE_SPREAD, len(crowd.sites))
    by_site[random.choice(len(crowd.sites), silent_sites, replace=False)] = -np.inf
    by_role = np.array([ROLE_EAGERNESS.get(person.role, 0) for person in crowd.people])
    own = random.normal(0, PERSON_SPREAD, len(crowd.people))
    ready: NDArray[np.float64] = by_site[crowd.site_of] + by_role + own
    return ready


def turnout(ready: NDArray[np.float64], wave: int, random: np.random.Generator) -> dict[int, str]:
    """What each person does who does anything, by place in the roster."""
    willing = int(np.isfinite(ready).sum())
    order = np.argsort(-(ready + random.gumbel(0, MOOD_SPREAD, len(ready))), kind="stable")[:willing]
    finishing = min(round(rate(wave) * len(ready)), int(MOST_OF_THE_WILLING * willing))
    acts = [FINISHES] * finishing
    for act, share in SHARES.items():
        acts += [act] * max(1, round(share * len(ready)))
    return {int(person): act for person, act in zip(order, acts, strict=False)}
