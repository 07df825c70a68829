"""Releases small enough to work out by hand."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import polars as pl

from networks.columns import LABELS, RESPONSE, SITES, TIES
from networks.release import Release, build

FIRST = datetime(2026, 1, 5, 9, tzinfo=UTC)
Person = tuple[str, str, str]
"""Person, site, role."""


def sites(regions: Mapping[str, str]) -> pl.DataFrame:
    """Sites by code, each in a region; named after their code."""
    rows = [
        (code, f"Site {code}", None, None, None, region, None, None, None, None) for code, region in regions.items()
    ]
    return pl.DataFrame(rows, schema=SITES.schema, orient="row")


def labels(roles: Sequence[str]) -> pl.DataFrame:
    rows = [("role", role, role.capitalize(), place) for place, role in enumerate(roles)]
    return pl.DataFrame(rows, schema=LABELS.schema, orient="row")


def response(people: Sequence[Person], answered: Mapping[int, Mapping[str, int]]) -> pl.DataFrame:
    """Everyone is invited on each wave's first day; `answered` gives, by wave, the day on which people finished."""
    rows: list[Any] = []
    for wave, days in answered.items():
        opened = FIRST + timedelta(days=200 * (wave - 1))
        for person, site, role in people:
            done = opened + timedelta(days=days[person]) if person in days else None
            rows.append((wave, person, site, role, opened, done, done, done, None, 0 if done else None))
    return pl.DataFrame(rows, schema=RESPONSE.schema, orient="row")


def tie(wave: int, ego: Person, alter: Person, formality: str = "informal", direction: str = "get") -> tuple[Any, ...]:
    person, site, role = ego
    other, other_site, other_role = alter
    return (wave, person, other, "t", 12.0, formality, direction, None, None, site, role, other_site, other_role, True)


def release(
    people: Sequence[Person], answered: Mapping[int, Mapping[str, int]], ties: Sequence[Any], regions: Mapping[str, str]
) -> Release:
    told = pl.DataFrame(list(ties), schema=TIES.schema, orient="row")
    roles = list(dict.fromkeys(role for _person, _site, role in people))
    return build(told, response(people, answered), sites(regions), labels(roles))
