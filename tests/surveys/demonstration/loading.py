"""Loads demonstrations of a few sites and reads their frames."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from surveys import frames, migrate
from surveys.demonstration.load import CODE, load
from surveys.demonstration.shape import Shape
from surveys.store import Store, open_store
from surveys.studies import find_study

NOW = datetime(2026, 11, 2, 14, 30, tzinfo=UTC)
KEY = b"a key for tests only, long enough to sign links"
SMALL = Shape(sites=4, people_per_site=5, waves=2)
MIDDLING = Shape(sites=8, people_per_site=12, waves=2)
ROLES = ("cio", "it", "doctor", "nurse", "pharmacist", "manager", "analyst")
REGIONS = Path(__file__).parents[4] / "shared" / "data" / "nhs" / "england_nhs_regions_2022.geojson"

Frames = dict[str, pl.DataFrame]


def loaded(store: Store, shape: Shape) -> Store:
    with store.writing() as session:
        for _ in load(session, shape, key=KEY, now=NOW):
            pass
    return store


def frames_of(store: Store) -> Frames:
    with store.reader() as session:
        study = find_study(session, CODE)
        names = ("ties", "response", "sites", "labels")
        return {name: getattr(frames, name)(session, study.id) for name in names}


def new_store(folder: Path) -> Store:
    store = open_store(f"sqlite:///{folder / 'store.sqlite3'}")
    migrate.upgrade(store.engine)
    return store
