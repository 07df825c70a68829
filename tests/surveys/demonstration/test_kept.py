"""What a load keeps: all that was asked for, the same for the same seed, once or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import func, select

from surveys.demonstration.calendar import wave_dates
from surveys.demonstration.load import AlreadyLoaded, load
from surveys.demonstration.shape import Shape
from surveys.store import Store
from surveys.tables import Invitation, Person, Site, Study, Wave
from tests.surveys.demonstration.loading import (
    KEY,
    NOW,
    SMALL,
    frames_of,
    loaded,
    new_store,
)


def test_a_load_keeps_the_sites_people_waves_and_invitations_asked_for(store: Store) -> None:
    loaded(store, SMALL)
    with store.reader() as session:
        counts = {
            table.__name__: session.scalar(select(func.count()).select_from(table))
            for table in (Site, Person, Wave, Invitation)
        }
        assert counts == {"Site": 4, "Person": 20, "Wave": 2, "Invitation": 40}
        assert session.scalar(select(func.count()).select_from(Site).where(Site.pair_id.is_(None))) == 0
    seen = frames_of(store)
    assert seen["ties"].height > 0
    assert seen["response"]["finished_at"].count() > 0


def test_the_same_seed_gives_the_same_frames_and_another_seed_does_not(tmp_path: Path) -> None:
    told = []
    for name, seed in (("one", 1), ("again", 1), ("other", 2)):
        (tmp_path / name).mkdir()
        store = new_store(tmp_path / name)
        told.append(frames_of(loaded(store, Shape(4, 5, 2, seed))))
        store.engine.dispose()
    one, again, other = told
    assert all(one[name].equals(again[name]) for name in one)
    assert not one["ties"].equals(other["ties"])
    assert not one["sites"].equals(other["sites"])


def test_a_second_load_is_refused_and_changes_nothing(store: Store) -> None:
    before = frames_of(loaded(store, SMALL))
    with pytest.raises(AlreadyLoaded, match="is there already"):
        loaded(store, SMALL)
    after = frames_of(store)
    assert all(before[name].equals(after[name]) for name in before)


def test_a_load_broken_off_leaves_nothing(store: Store) -> None:
    class Stop(Exception):
        pass

    def interrupted() -> None:
        with store.writing() as session:
            for _ in load(session, SMALL, key=KEY, now=NOW):
                raise Stop

    with pytest.raises(Stop):
        interrupted()
    with store.reader() as session:
        assert session.scalar(select(func.count()).select_from(Study)) == 0


def test_the_last_wave_is_open_now_and_earlier_ones_are_closed(middling: Store) -> None:
    with middling.reader() as session:
        first, last = session.scalars(select(Wave).order_by(Wave.number))
    assert (first.status, last.status) == ("closed", "open")
    assert first.closes_at < last.opens_at < NOW < last.closes_at


def test_waves_follow_each_other_by_half_a_year_and_the_last_opened_12_days_ago() -> None:
    dates = wave_dates(Shape(waves=3), NOW)
    assert [(NOW.date() - wave.opens_at.date()).days for wave in dates] == [376, 194, 12]
    assert all((wave.closes_at - wave.opens_at).days == 28 for wave in dates)
