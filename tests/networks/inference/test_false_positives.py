"""MRQAP finds what is there and, at 5 %, hardly more than 5 % of what is not, however pairs hang together."""

from collections.abc import Callable

import numpy as np
import pytest
from scipy import stats

from networks.inference.cells import Matrix
from networks.inference.mrqap import Explained, mrqap

NODES, DATA_SETS, PERMUTATIONS = 16, 200, 199
LEVEL, LOWEST, HIGHEST = 0.05, 0.02, 0.08
Made = Callable[[np.random.Generator], Matrix]


def unstructured(random: np.random.Generator) -> Matrix:
    return random.normal(size=(NODES, NODES))


def people_differ(random: np.random.Generator) -> Matrix:
    """Some send more and some are sought more: pairs that share a person are alike."""
    return unstructured(random) + random.normal(size=(NODES, 1)) + random.normal(size=(1, NODES))


def places(random: np.random.Generator) -> Matrix:
    """People lie on a plane, and the near are tied: whoever is near one is near the other's others."""
    at = random.normal(size=(NODES, 2))
    return 0.5 * unstructured(random) - 1.5 * np.linalg.norm(at[:, None] - at, axis=2)


def teams(random: np.random.Generator) -> Matrix:
    team = random.integers(0, 3, NODES)
    return 0.3 * unstructured(random) + np.equal(team[:, None], team)


def studies(make: Made, effect: float = 0, silent: int = 0) -> list[Explained]:
    """Networks of a quarter of all pairs that hang on `driver` alone; `beside` goes along with it, `apart` does not."""
    random = np.random.default_rng(20)
    found = []
    for seed in range(DATA_SETS):
        driver, apart = make(random), make(random)
        beside, wish = make(random) + effect * driver, make(random) + effect * driver
        outcome = (wish > np.quantile(wish[~np.eye(NODES, dtype=bool)], 0.75)).astype(float)
        outcome[:silent] = np.nan
        found.append(mrqap(outcome, {"driver": driver, "beside": beside, "apart": apart}, PERMUTATIONS, seed))
    return found


def rejected(found: list[Explained]) -> dict[str, float]:
    significant = np.array([one.p_two_sided[1:] for one in found], dtype=float) <= LEVEL
    return dict(zip(found[0].terms[1:], significant.mean(axis=0), strict=True))


def rejected_by_ordinary_t(found: list[Explained]) -> float:
    t, freedom = np.abs([one.t[1:] for one in found]), found[0].cells - 4
    return float((2 * stats.t.sf(t, freedom) <= LEVEL).mean())


@pytest.mark.parametrize("silent", [0, 6])
@pytest.mark.parametrize("make", [unstructured, people_differ, places, teams])
def test_nothing_is_found_where_there_is_nothing(make: Made, silent: int) -> None:
    """All three terms together: 600 tests, so that a sound one falls outside once in a thousand times."""
    shares = rejected(studies(make, silent=silent))
    assert LOWEST <= np.mean(list(shares.values())) <= HIGHEST, shares


@pytest.mark.parametrize("make", [people_differ, places])
def test_what_drives_ties_is_found_and_what_only_goes_along_with_it_is_not(make: Made) -> None:
    shares = rejected(studies(make, effect=1))
    assert shares["driver"] > 0.95
    assert LOWEST <= shares["beside"] <= HIGHEST
    assert LOWEST <= shares["apart"] <= HIGHEST


def test_ordinary_p_values_would_find_what_is_not_there() -> None:
    assert rejected_by_ordinary_t(studies(people_differ)) > 2 * HIGHEST
