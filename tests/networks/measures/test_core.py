"""The core that fits best, against every core there could be."""

from itertools import combinations

import numpy as np
import pytest

from networks.measures.core import core_periphery
from tests.networks.measures.test_panels import net


def fit(n: int, pairs: set[frozenset[int]], core: set[int]) -> float:
    every = list(combinations(range(n), 2))
    ideal = [1.0 if core & set(pair) else 0.0 for pair in every]
    tied = [1.0 if frozenset(pair) in pairs else 0.0 for pair in every]
    return float(np.corrcoef(ideal, tied)[0, 1])


def test_a_star_with_one_stray_tie_has_its_middle_as_core() -> None:
    """0 is tied to 1, 2, 3, 4; and 3 to 4."""
    found = core_periphery(net(5, [(0, 1), (0, 2), (0, 3), (0, 4), (3, 4)]))
    assert found is not None
    assert (found.core, found.size) == ([True, False, False, False, False], 1)
    assert (found.density_core, found.density_between, found.density_periphery) == (None, 1.0, 1 / 6)
    pairs = {frozenset(pair) for pair in [(0, 1), (0, 2), (0, 3), (0, 4), (3, 4)]}
    assert found.correlation == pytest.approx(fit(5, pairs, {0}))


def test_the_ideal_fits_entirely() -> None:
    core_pairs = [(0, 1), *[(one, other) for one in (0, 1) for other in range(2, 6)]]
    found = core_periphery(net(6, core_pairs))
    assert found is not None
    assert found.correlation == pytest.approx(1)
    assert (found.density_core, found.density_between, found.density_periphery) == (1.0, 1.0, 0.0)


@pytest.mark.parametrize(("n", "pairs"), [(2, [(0, 1)]), (4, []), (3, [(0, 1), (1, 2), (2, 0)]), (0, [])])
def test_where_no_core_differs_from_the_rest_there_is_none(n: int, pairs: list[tuple[int, int]]) -> None:
    assert core_periphery(net(n, pairs)) is None


def test_the_search_finds_the_best_of_all_cores() -> None:
    """Sixty random networks of eight people, and all 246 cores of each tried."""
    draw, n = np.random.default_rng(11), 8
    rows, columns = np.triu_indices(n, 1)
    cores = (np.arange(2**n)[:, None] >> np.arange(n)) & 1
    ideals = (cores[:, rows] | cores[:, columns])[(cores.sum(axis=1) > 0) & (cores.sum(axis=1) < n - 1)]
    centred = ideals - ideals.mean(axis=1, keepdims=True)
    missed = 0
    for _ in range(60):
        tied = (draw.random(len(rows)) < draw.uniform(0.2, 0.8)).astype(float)
        found = core_periphery(net(n, [(int(rows[one]), int(columns[one])) for one in np.flatnonzero(tied)]))
        away = tied - tied.mean()
        best = float((centred @ away / np.linalg.norm(centred, axis=1)).max() / np.linalg.norm(away))
        assert found is not None
        assert found.correlation <= best + 1e-9
        missed += found.correlation < best - 1e-9
    assert missed == 0


def test_a_real_core_is_rare_by_chance_and_a_random_network_has_none() -> None:
    draw = np.random.default_rng(2)
    ties = [(one, other) for one in range(4) for other in range(20) if one < other and draw.random() < 0.8]
    planted = core_periphery(net(20, ties), permutations=99)
    chance = core_periphery(net(20, [(int(a), int(b)) for a, b in draw.integers(0, 20, (40, 2))]), permutations=99)
    assert planted is not None
    assert chance is not None
    assert (planted.p, planted.permutations) == (0.01, 99)
    assert planted.core[:4] == [True] * 4
    assert chance.p is not None
    assert chance.p > 0.05


def test_the_same_seed_gives_the_same_p() -> None:
    drawn = net(8, [(0, 1), (1, 2), (2, 3), (0, 4), (5, 6)])
    assert core_periphery(drawn, permutations=20, seed=3) == core_periphery(drawn, permutations=20, seed=3)
    found = core_periphery(drawn)
    assert found is not None
    assert found.p is None
