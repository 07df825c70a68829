"""Who is likely to turn to whom: nearness of sites and roles, as numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from surveys.demonstration.places import PlannedSite
from surveys.demonstration.staff import PlannedPerson

OWN, PAIRED, SUPPLIER, NEAR, FAR = "own", "paired", "supplier", "near", "far"
"""What links two sites: the same one, partners by plan, one core system, one region, or nothing."""
LOG_WEIGHTS = {OWN: 3.9, PAIRED: 2.9}
SAME_SYSTEM, SAME_REGION, SAME_GROUPING, SAME_SETTING, SAME_ROLE = 0.8, 0.5, 0.8, 0.3, 0.7
TO_EXEMPLARS = 0.5
SENIOR_ROLES = {"cio": 0.9, "it": 0.4, "manager": 0.1}
EXPERTISE_SPREAD = 0.6


@dataclass(frozen=True)
class Crowd:
    """Everyone by their place in the roster, and how near their sites and roles are (log weights)."""

    sites: tuple[PlannedSite, ...]
    people: tuple[PlannedPerson, ...]
    site_of: NDArray[np.intp]
    role_of: NDArray[np.intp]
    site_nearness: NDArray[np.float64]
    role_nearness: NDArray[np.float64]
    expertise: NDArray[np.float64]

    def likelihood(self, ego: int) -> NDArray[np.float64]:
        """The weight of each person as someone `ego` would turn to; 0 for ego."""
        nearness = self.site_nearness[self.site_of[ego]][self.site_of]
        likeness = self.role_nearness[self.role_of[ego]][self.role_of]
        weights: NDArray[np.float64] = np.exp(nearness + likeness + self.expertise)
        weights[ego] = 0
        return weights

    def link(self, ego: int, alter: int) -> str:
        """What links the sites of two people."""
        return link_of(self.sites, int(self.site_of[ego]), int(self.site_of[alter]))


def gather(sites: tuple[PlannedSite, ...], people: tuple[PlannedPerson, ...], random: np.random.Generator) -> Crowd:
    """The crowd of these people; some are better known than others."""
    roles = sorted({person.role for person in people})
    expertise = random.normal(0, EXPERTISE_SPREAD, len(people))
    expertise += [SENIOR_ROLES.get(person.role, 0) + TO_EXEMPLARS * sites[person.site].is_exemplar for person in people]
    return Crowd(
        sites=sites,
        people=people,
        site_of=np.array([person.site for person in people]),
        role_of=np.array([roles.index(person.role) for person in people]),
        site_nearness=_site_nearness(sites),
        role_nearness=np.eye(len(roles)) * SAME_ROLE,
        expertise=expertise,
    )


def link_of(sites: Sequence[PlannedSite], one: int, other: int) -> str:
    """What links two sites, the strongest first."""
    a, b = sites[one], sites[other]
    if one == other:
        return OWN
    if a.partner == other or b.partner == one:
        return PAIRED
    if a.core_system == b.core_system:
        return SUPPLIER
    return NEAR if a.region == b.region else FAR


def _site_nearness(sites: Sequence[PlannedSite]) -> NDArray[np.float64]:
    places = range(len(sites))
    return np.array([[_nearness(sites, one, other) for other in places] for one in places])


def _nearness(sites: Sequence[PlannedSite], one: int, other: int) -> float:
    link = link_of(sites, one, other)
    if link in LOG_WEIGHTS:
        return LOG_WEIGHTS[link]
    a, b = sites[one], sites[other]
    return (
        SAME_SYSTEM * (a.core_system == b.core_system)
        + SAME_REGION * (a.region == b.region)
        + SAME_GROUPING * (a.grouping == b.grouping)
        + SAME_SETTING * (a.care_setting == b.care_setting)
    )
