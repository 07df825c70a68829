"""Random people answer random questionnaires in any order, and no interview can be broken.

CONFER_LONG=1 holds ten times as many interviews, with new ones each time.
"""

from __future__ import annotations

import os
from time import perf_counter

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.machine.machine import Interviewing
from tests.machine.setting import World
from tests.machine.writing import from_a_pool, questionnaires

LONG = bool(os.environ.get("CONFER_LONG"))
BATCHES = 4
INTERVIEWS = 500 if LONG else 50
POOL = 25
ACTS = 6
MINUTES = 60 if LONG else 5


@pytest.mark.timeout(MINUTES * 60)
@pytest.mark.parametrize("batch", range(BATCHES))
def test_no_interview_can_be_broken(world: World, batch: int):
    class OneBatch(Interviewing):
        pass

    OneBatch.world = world
    OneBatch.questionnaires = questionnaires() if LONG else from_a_pool(POOL, batch * POOL)
    began = perf_counter()
    run_state_machine_as_test(
        OneBatch if LONG else seed(batch)(OneBatch),
        settings=settings(
            max_examples=INTERVIEWS,
            stateful_step_count=ACTS,
            deadline=None,
            database=None,
            phases=(Phase.generate, Phase.shrink) if LONG or os.environ.get("CONFER_SHRINK") else (Phase.generate,),
            suppress_health_check=list(HealthCheck),
            print_blob=False,
        ),
    )
    print(f"{OneBatch.held} interviews in {perf_counter() - began:.0f} s")
    assert OneBatch.held >= INTERVIEWS
