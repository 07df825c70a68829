"""The vertex bootstrap: draws worked by hand, missing people, and how far it agrees with the truth."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from networks import bootstrap
from networks.bootstrap import Matrix, change, density, redrawn, uncertainty


class Chosen:
    """Draws of people and of pairs that are given, instead of random ones."""

    def __init__(self, *draws: list[int]) -> None:
        self.draws = list(draws)

    def integers(self, low: int, high: int, size: int) -> np.ndarray:
        drawn = self.draws.pop(0)
        assert len(drawn) == size
        return np.array(drawn, dtype=np.int64)


def random_network(nodes: int, share: float, seed: int) -> Matrix:
    return (np.random.default_rng(seed).random((nodes, nodes)) < share).astype(float)


def test_a_draw_with_one_person_twice_borrows_a_pair() -> None:
    """a -> b -> c. Drawn: b, a, b. The two b are given the sixth known pair (c, b): nothing there, a tie back."""
    plain = np.array([[0, 1, 0], [0, 0, 1], [0, 0, 0]], dtype=float)
    ((drawn,),) = redrawn([plain], 1, Chosen([1, 0, 1], [5]))
    np.testing.assert_array_equal(drawn, [[np.nan, 0, 0], [1, np.nan, 1], [1, 0, np.nan]])


def test_both_waves_are_drawn_with_the_same_people_and_the_same_pairs() -> None:
    waves = [random_network(6, 0.5, seed) for seed in (1, 1)]
    for one, other in redrawn(waves, 20, np.random.default_rng(1)):
        np.testing.assert_array_equal(one, other)


def test_a_silent_person_stays_silent_however_often_drawn() -> None:
    plain = random_network(4, 0.5, 1)
    plain[3] = np.nan
    ((drawn,),) = redrawn([plain], 1, Chosen([3, 3, 0, 1], [0]))
    assert np.isnan(drawn[:2]).all()
    assert not np.isnan(drawn[2:, :2]).any()


def test_a_network_that_never_changes_has_no_error_of_change() -> None:
    same = random_network(15, 0.3, 2)
    found = change(same, same, draws=100)
    assert (found.diff, found.paired_se) == (0, 0)
    assert found.independent_se is not None
    assert found.independent_se > 0.01


def test_independent_waves_have_the_errors_of_both() -> None:
    one, two = random_network(20, 0.3, 1), random_network(20, 0.5, 2)
    found = change(one, two, draws=3000)
    errors = [uncertainty(wave, draws=3000).se or 0 for wave in (one, two)]
    assert found.independent_se == pytest.approx(np.hypot(*errors), rel=0.1)
    assert found.diff == pytest.approx(density(two) - density(one), abs=0.02)


def test_the_error_is_near_that_of_networks_drawn_anew() -> None:
    """People differ in how many they name, so that densities vary far more than single ties would have them."""
    random = np.random.default_rng(5)

    def fresh() -> Matrix:
        drawn = (random.random((30, 30)) < random.beta(1, 3, size=(30, 1))).astype(float)
        np.fill_diagonal(drawn, np.nan)
        return drawn

    truth = np.std([density(fresh()) for _ in range(2000)])
    found = np.mean([uncertainty(fresh(), draws=100).se or 0 for _ in range(60)])
    assert found == pytest.approx(truth, rel=0.15)


def test_any_statistic_will_do() -> None:
    def reciprocity(matrix: Matrix) -> float:
        ties = np.nan_to_num(matrix)
        return float((ties * ties.T).sum() / ties.sum()) if ties.sum() else np.nan

    found = uncertainty(random_network(12, 0.5, 3), reciprocity, draws=200)
    assert found.value is not None
    assert 0 < found.value < 1
    assert found.se is not None
    assert 0 < found.se < 0.3


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 8), st.integers(0, 3), st.integers(0, 1000))
def test_densities_of_draws_are_densities_and_what_is_unknown_is_none(nodes: int, silent: int, seed: int) -> None:
    plain = random_network(nodes, 0.4, seed)
    plain[:silent] = np.nan
    values = [density(drawn) for (drawn,) in redrawn([plain], 20, np.random.default_rng(seed))]
    assert all(np.isnan(value) or 0 <= value <= 1 for value in values)
    found = uncertainty(plain, draws=20, seed=seed)
    if silent >= nodes or nodes == 1:
        assert (found.value, found.se) == (None, None)
    else:
        assert found.value == np.nanmean(np.where(np.eye(nodes, dtype=bool), np.nan, plain))


def test_nobody_at_all_has_neither_density_nor_error() -> None:
    assert uncertainty(np.empty((0, 0)), draws=5) == bootstrap.Uncertain(None, None, 5, 1)
    assert change(np.empty((0, 0)), np.empty((0, 0)), draws=5) == bootstrap.Change(None, None, None, 5, 1)


def test_one_seed_gives_one_result() -> None:
    plain = random_network(10, 0.4, 1)
    assert uncertainty(plain, draws=50, seed=3) == uncertainty(plain, draws=50, seed=3)
    assert uncertainty(plain, draws=50, seed=3) != uncertainty(plain, draws=50, seed=4)
