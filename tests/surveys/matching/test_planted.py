"""Matching measured against names whose truth is known, before anybody decides anything.

The planted study has 12 sites with 50 people each, and three waves of 200 typed names: 5 % with a slip, others
shortened, as an initial, turned round, with a title, with no or a wrong site, or off the roster; some people share a
name. `python -m bench.matching` measures larger ones.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bench.planted_names import Plan, plant
from bench.planted_study import BEGUN, keep, quality
from surveys import frames
from surveys.matching.gathering import CONFIRMED
from surveys.matching.running import run
from surveys.tables import Match

SMALL = Plan(sites=12, people_per_site=50, waves=3, namings_per_wave=200)


@pytest.mark.parametrize(
    ("store", "seed"),
    [*(("sqlite", seed) for seed in range(1, 6)), pytest.param("postgres", 1, marks=pytest.mark.postgres)],
    indirect=["store"],
)
def test_nearly_all_are_found_and_nearly_none_wrongly(session: Session, seed: int) -> None:
    kept = keep(session, plant(SMALL, seed))
    run(session, kept.study, now=BEGUN)
    found = quality(session, kept)
    assert found.precision >= 0.99
    assert found.recall >= 0.95
    assert found.together_precision >= 0.99
    assert found.together_recall >= 0.75
    assert min(session.scalars(select(Match.score))) >= CONFIRMED


def test_where_names_are_few_and_shared_matching_is_careful(session: Session) -> None:
    kept = keep(session, plant(replace(SMALL, few_names=True, namesakes=0.2), 1))
    run(session, kept.study, now=BEGUN)
    found = quality(session, kept)
    assert found.precision >= 0.99
    assert found.recall >= 0.85


def test_waves_matched_one_by_one_are_as_good_and_keep_what_was_found(session: Session) -> None:
    planted = plant(SMALL, 6)
    first = keep(session, planted, code="first", waves=[1])
    run(session, first.study, now=BEGUN)
    before = frames.ties(session, first.study)
    run(session, first.study, now=BEGUN)
    assert frames.ties(session, first.study).equals(before)
    assert quality(session, first).precision >= 0.99
