"""A made-up programme for dashboards: 48 sites, three waves, response and informal contact that rise."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import polars as pl

from dashboards.data import Known
from networks.columns import LABELS, RESPONSE, SITES, TIES
from networks.release import Release, build
from surveys.studies import UnknownStudy

MIDDLES = {
    "North East and Yorkshire": (54.1, -1.4),
    "North West": (53.7, -2.6),
    "Midlands": (52.6, -1.6),
    "East of England": (52.3, 0.6),
    "London": (51.5, -0.1),
    "South East": (51.2, -0.4),
    "South West": (51.0, -3.3),
}
ROLES = {
    "doctor": "Doctor",
    "nurse": "Nurse or midwife",
    "pharmacist": "Pharmacist",
    "cio": "Clinical information officer",
    "it": "IT and systems",
    "manager": "Programme manager",
    "analyst": "Analyst",
}
TOPICS = {"prescribing": "Electronic prescribing", "records": "Shared records", "safety": "Digital safety"}
OPENED = {
    1: datetime(2025, 2, 3, 9, tzinfo=UTC),
    2: datetime(2025, 9, 1, 9, tzinfo=UTC),
    3: datetime(2026, 3, 2, 9, tzinfo=UTC),
}
RATE = {1: 0.55, 2: 0.62, 3: 0.66}


def sites(count: int = 48) -> pl.DataFrame:
    random, regions, rows = np.random.default_rng(7), list(MIDDLES), []
    for place in range(count):
        region = regions[place % len(regions)]
        latitude, longitude = MIDDLES[region] + random.normal(0, 0.25, 2)
        name = f"Site {chr(65 + place)}" if place < 23 else f"Site {place - 22}"
        kind = "exemplar" if place < 23 else "fast follower"
        rows.append(
            (f"s{place}", name, kind, "acute", f"Core system {place % 6 + 1}", region, None, None, latitude, longitude)
        )
    return pl.DataFrame(rows, schema=SITES.schema, orient="row")


def labels(waves: int = 3) -> pl.DataFrame:
    rows = [("topic", code, label, place) for place, (code, label) in enumerate(TOPICS.items())]
    rows += [("role", code, label, place) for place, (code, label) in enumerate(ROLES.items())]
    rows += [("wave", str(wave), f"Wave {wave}", wave - 1) for wave in range(1, waves + 1)]
    rows += [("region", region, region, place) for place, region in enumerate(MIDDLES)]
    return pl.DataFrame(rows, schema=LABELS.schema, orient="row")


def programme(count: int = 48, each: int = 20, waves: int = 3, seed: int = 1) -> Mapping[str, pl.DataFrame]:
    """TIES, RESPONSE, SITES and LABELS of the made-up programme."""
    random = np.random.default_rng(seed)
    people = [
        (f"p{site}-{at}", f"s{site}", list(ROLES)[at % len(ROLES)]) for site in range(count) for at in range(each)
    ]
    eager = random.random(len(people))
    asked: list[Any] = []
    told: list[Any] = []
    for wave in range(1, waves + 1):
        for ego, (person, site, role) in enumerate(people):
            came = OPENED[wave] + timedelta(days=float(min(random.exponential(6), 27)))
            answers = eager[ego] + random.normal(0, 0.15) < RATE[wave] and site != "s5"
            named = _ties(random, people, ego, wave) if answers else []
            told += named
            moment = came if answers else None
            asked.append(
                (wave, person, site, role, OPENED[wave], moment, moment, moment, None, len(named) if answers else None)
            )
    return {
        "ties": pl.DataFrame(told, schema=TIES.schema, orient="row"),
        "response": pl.DataFrame(asked, schema=RESPONSE.schema, orient="row"),
        "sites": sites(count),
        "labels": labels(waves),
    }


def _ties(random: np.random.Generator, people: list[Any], ego: int, wave: int) -> list[Any]:
    person, site, role = people[ego]
    rows = []
    for alter in random.choice(len(people), random.poisson(2 + wave), replace=False):
        near = people[(ego + int(alter) % 60) % len(people)] if random.random() < 0.6 else people[int(alter) // 2]
        if near[0] == person:
            continue
        formality = random.choice(["formal", "informal", "both"], p=[0.6 - 0.1 * wave, 0.3 + 0.1 * wave, 0.1])
        topics = random.choice(list(TOPICS), random.integers(1, 3), replace=False)
        way = random.choice(["get", "give", "both"], p=[0.7, 0.1, 0.2])
        often = float(random.choice([12, 52, 240]))
        for topic in topics:
            rows.append(
                (wave, person, near[0], topic, often, formality, way, None, None, site, role, near[1], near[2], True)
            )
    return rows


def release(**size: int) -> Release:
    return build(**programme(**size))


def empty_release(*, invited: bool = False) -> Release:
    response = RESPONSE.empty()
    if invited:
        response = programme(4, 5, 1)["response"].with_columns(
            pl.lit(None).alias(step) for step in ("opened_at", "started_at", "finished_at", "declined_at", "named")
        )
    return build(TIES.empty(), response, sites(4), labels(1))


@dataclass
class FixedSource:
    """A source of releases made beforehand: code to release."""

    releases: Mapping[str, Release] = field(default_factory=dict)

    def studies(self) -> Mapping[str, str]:
        return {code: f"Study {code}" for code in self.releases}

    def known(self, study_code: str | None = None) -> Known:
        if not self.releases:
            raise UnknownStudy("There is no study yet. Make one with: flask study create CODE NAME")
        code = study_code or next(iter(self.releases))
        return Known(code, f"Study {code}", self.releases[code], {1: "gde 1.0", 2: "gde 1.0", 3: "gde 1.1"})
