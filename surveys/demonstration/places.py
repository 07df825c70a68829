"""The invented sites: exemplars by letter, fast followers by number, each with a partner and a place on the map."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from surveys.demonstration.shape import Shape

EXEMPLAR = "exemplar"
FOLLOWER = "fast follower"
ACUTE = "acute"
MENTAL_HEALTH = "mental health"
SYSTEMS = {ACUTE: (1, 1, 2, 2, 3, 4), MENTAL_HEALTH: (4, 5, 5, 6)}
"""Which core systems a care setting uses; one that stands twice is used twice as often."""
SAME_SYSTEM_AS_PARTNER = 0.7
SCATTER_DEGREES = 0.04

Point = tuple[float, float]
ANCHORS: dict[str, tuple[tuple[Point, ...], ...]] = {
    "East of England": (
        ((52.20, 0.13), (52.57, -0.25), (52.24, 0.71)),
        ((51.74, 0.46), (51.78, 0.12), (52.62, 1.25)),
        ((51.88, -0.42), (52.13, -0.46), (51.76, -0.34)),
    ),
    "London": (
        ((51.55, -0.15), (51.59, -0.21), (51.52, -0.32)),
        ((51.45, -0.10), (51.42, -0.20), (51.38, -0.10)),
        ((51.57, -0.02), (51.56, 0.10), (51.56, 0.04)),
    ),
    "Midlands": (
        ((52.48, -1.90), (52.59, -2.13), (52.41, -1.51)),
        ((52.95, -1.15), (52.92, -1.47), (52.64, -1.13)),
        ((53.00, -2.18), (52.71, -2.75), (52.19, -2.22)),
    ),
    "North East and Yorkshire": (
        ((54.97, -1.68), (54.78, -1.58), (54.53, -1.58)),
        ((53.80, -1.55), (53.79, -1.75), (53.68, -1.50)),
        ((53.96, -1.08), (53.52, -1.13), (53.38, -1.47)),
    ),
    "North West": (
        ((53.48, -2.25), (53.58, -2.43), (53.62, -2.16)),
        ((53.76, -2.66), (53.75, -2.48), (53.79, -2.24)),
        ((53.45, -2.74), (53.39, -2.58), (54.31, -2.72)),
    ),
    "South East": (
        ((51.75, -1.26), (51.45, -0.98), (51.80, -0.81)),
        ((51.24, -0.58), (51.11, -0.19), (51.27, -1.09)),
        ((51.27, 0.52), (51.13, 0.26), (51.15, 0.83)),
    ),
    "South West": (
        ((51.45, -2.52), (51.37, -2.36), (51.85, -2.21)),
        ((50.76, -3.55), (51.02, -3.08), (50.72, -4.02)),
        ((51.07, -1.80), (51.56, -1.78), (50.95, -2.52)),
    ),
}
"""Region to local groupings to inland points (degrees north, degrees east) that sites are scattered round."""


@dataclass(frozen=True)
class PlannedSite:
    """A site before it is kept; `partner` is the place in the list of the site it is paired with."""

    code: str
    designation: str
    care_setting: str
    core_system: str
    region: str
    grouping: str
    latitude: float
    longitude: float
    partner: int

    @property
    def name(self) -> str:
        """The site as reports call it, such as “Site A” or “Site 12”."""
        return f"Site {self.code}"

    @property
    def is_exemplar(self) -> bool:
        return self.designation == EXEMPLAR


@dataclass(frozen=True)
class _Spot:
    region: str
    grouping: str
    point: Point


def plan_sites(shape: Shape, random: Random) -> tuple[PlannedSite, ...]:
    """The exemplars, then the fast followers, each of whom has one exemplar's care setting and often its system."""
    spots = _spots(shape.sites, random)
    planned = [_exemplar(place, shape, spots[place], random) for place in range(shape.exemplars)]
    for place in range(shape.exemplars, shape.sites):
        number = place - shape.exemplars
        planned.append(_follower(number, planned[number % shape.exemplars], shape, spots[place], random))
    return tuple(planned)


def _exemplar(place: int, shape: Shape, spot: _Spot, random: Random) -> PlannedSite:
    setting = MENTAL_HEALTH if place % 3 == 2 else ACUTE
    return _site(letters(place), EXEMPLAR, setting, _system(setting, random), spot, shape.exemplars + place, random)


def _follower(number: int, exemplar: PlannedSite, shape: Shape, spot: _Spot, random: Random) -> PlannedSite:
    setting = exemplar.care_setting
    same = random.random() < SAME_SYSTEM_AS_PARTNER
    system = exemplar.core_system if same else _system(setting, random)
    return _site(str(number + 1), FOLLOWER, setting, system, spot, number % shape.exemplars, random)


def _site(
    code: str, designation: str, setting: str, system: str, spot: _Spot, partner: int, random: Random
) -> PlannedSite:
    north, east = (round(degrees + random.uniform(-SCATTER_DEGREES, SCATTER_DEGREES), 4) for degrees in spot.point)
    return PlannedSite(code, designation, setting, system, spot.region, spot.grouping, north, east, partner)


def _system(setting: str, random: Random) -> str:
    return f"Core system {random.choice(SYSTEMS[setting])}"


def _spots(count: int, random: Random) -> Sequence[_Spot]:
    """As many places as asked for; none is used twice before all were used once."""
    spots = [
        _Spot(region, f"{region} {number}", point)
        for region, groupings in ANCHORS.items()
        for number, points in enumerate(groupings, 1)
        for point in points
    ]
    random.shuffle(spots)
    return [spots[place % len(spots)] for place in range(count)]


def letters(place: int) -> str:
    """The code of the exemplar at a place, from 0: A to Z, then AA, AB and so on."""
    text = ""
    place += 1
    while place:
        place, letter = divmod(place - 1, 26)
        text = chr(ord("A") + letter) + text
    return text
