"""Whether two networks go together: worked by hand, and against every permutation done naively."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from networks.inference.cells import Matrix, exchangeable, known, random_orders
from networks.inference.qap import Together, qap
from networks.inference.refusals import FewExchanges


def naive(one: Matrix, other: Matrix, permutations: int, seed: int) -> tuple[float, float, float]:
    mask = known([one, other], len(one))
    real = np.corrcoef(one[mask], other[mask])[0, 1]
    orders = random_orders(exchangeable(mask), permutations, seed)
    drawn = np.array([np.corrcoef(one[mask], other[np.ix_(order, order)][mask])[0, 1] for order in orders])
    above, below = (drawn >= real - 1e-9).sum(), (drawn <= real + 1e-9).sum()
    return real, (above + 1) / (permutations + 1), (below + 1) / (permutations + 1)


def figures(found: Together) -> tuple[float | None, float | None, float | None]:
    return found.r, found.p_ge, found.p_le


def test_four_people_worked_by_hand() -> None:
    """Each names the next in one network; in the other a and b name each other. One of twelve pairs in both.

    r = (12 * 1 - 4 * 2) / sqrt(4 * 8 * 2 * 10); tied in one alone: 3 + 1; in either: 5.
    """
    ring, pair = np.roll(np.eye(4), 1, axis=1), np.zeros((4, 4))
    pair[0, 1] = pair[1, 0] = 1
    found = qap(ring, pair, 100)
    assert found.r == pytest.approx((12 - 8) / np.sqrt(4 * 8 * 2 * 10))
    assert (found.hamming, found.jaccard, found.n, found.cells) == (4, 1 / 5, 4, 12)


def test_p_is_the_share_of_all_orders_of_the_people() -> None:
    random = np.random.default_rng(1)
    one, other = (random.random((2, 5, 5)) < 0.4).astype(float)
    mask = ~np.eye(5, dtype=bool)
    real = np.corrcoef(one[mask], other[mask])[0, 1]
    every = [
        np.corrcoef(one[mask], other[np.ix_(order, order)][mask])[0, 1] for order in itertools.permutations(range(5))
    ]
    found = qap(one, other, 20_000)
    assert found.p_ge == pytest.approx(np.mean(np.array(every) >= real - 1e-9), abs=0.02)
    assert found.p_le == pytest.approx(np.mean(np.array(every) <= real + 1e-9), abs=0.02)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.integers(6, 9), st.integers(0, 2), st.booleans())
def test_the_permutations_are_those_done_one_by_one(seed: int, nodes: int, silent: int, weighted: bool) -> None:
    random = np.random.default_rng(seed)
    one, other = (random.random((2, nodes, nodes)) < 0.5) * (random.normal(size=(2, nodes, nodes)) if weighted else 1.0)
    one[:silent] = np.nan
    found, mask = qap(one, other, 50, seed), known([one, other], nodes)
    if np.ptp(one[mask]) == 0 or np.ptp(other[mask]) == 0:
        assert figures(found) == (None, None, None)
    else:
        assert figures(found) == pytest.approx(naive(one, other, 50, seed))
        assert found.cells == (nodes - silent) * (nodes - 1)


def test_a_network_goes_with_itself_and_against_its_opposite() -> None:
    one = (np.random.default_rng(2).random((12, 12)) < 0.3).astype(float)
    same, opposite = qap(one, one, 999), qap(one, 1 - one, 999)
    assert (same.r, same.p_ge, same.hamming, same.jaccard) == (pytest.approx(1), 0.001, 0, 1)
    assert (opposite.r, opposite.p_le, opposite.jaccard) == (pytest.approx(-1), 0.001, 0)


@pytest.mark.parametrize("nodes", [0, 1, 2, 3])
def test_networks_without_ties_have_no_correlation(nodes: int) -> None:
    found = qap(np.zeros((nodes, nodes)), np.zeros((nodes, nodes)), 10)
    assert (figures(found), found.jaccard, found.hamming) == ((None, None, None), None, 0)


def test_pairs_unknown_here_and_there_are_refused() -> None:
    one = np.eye(5)
    one[0, 1] = one[1, 2] = one[2, 4] = np.nan
    with pytest.raises(FewExchanges):
        qap(one, np.eye(5))
