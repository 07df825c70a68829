"""What explains ties: worked by hand, against a naive regression for each permutation, and what is refused."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from networks.inference.cells import Matrix, exchangeable, known, random_orders
from networks.inference.mrqap import mrqap
from networks.inference.refusals import (
    CollinearTerm,
    ConstantTerm,
    DoubledTerm,
    FewExchanges,
    NoTerms,
    NothingLeft,
    NothingToExplain,
    TooFewCells,
    TooManyNodes,
)


def drawn(nodes: int, terms: int, seed: int) -> tuple[Matrix, dict[str, Matrix]]:
    """A random network, and random matrices that have something to do with each other."""
    random = np.random.default_rng(seed)
    shared = random.normal(size=(nodes, nodes))
    named = {f"x{number}": shared + random.normal(size=(nodes, nodes)) for number in range(terms)}
    return (random.random((nodes, nodes)) < 0.4).astype(float), named


def ordinary(outcome: Matrix, columns: list[Matrix]) -> tuple[Matrix, Matrix, float]:
    """Coefficients, t and r2 by the textbook: (X'X)^-1 X'y."""
    design = np.column_stack([np.ones_like(outcome), *columns])
    inverse = np.linalg.inv(design.T @ design)
    coefficients = inverse @ design.T @ outcome
    left = float(((outcome - design @ coefficients) ** 2).sum())
    variances = inverse.diagonal() * left / (len(outcome) - design.shape[1])
    total = float(((outcome - outcome.mean()) ** 2).sum())
    return coefficients, coefficients / np.sqrt(variances), 1 - left / total


def naive_p(outcome: Matrix, terms: dict[str, Matrix], term: str, permutations: int, seed: int) -> float:
    """Dekker's test of one term as it is told: a regression anew for each permutation of what is left of the term."""
    mask = known([outcome, *terms.values()], len(outcome))
    others = [matrix[mask] for name, matrix in terms.items() if name != term]
    design = np.column_stack([np.ones(mask.sum()), *others])
    left = np.full(mask.shape, np.nan)
    own = terms[term][mask]
    left[mask] = own - design @ np.linalg.lstsq(design, own, rcond=None)[0]
    real = abs(ordinary(outcome[mask], [*others, own])[1][-1])
    orders = random_orders(exchangeable(mask), permutations, seed)
    moved = [left[np.ix_(order, order)][mask] for order in orders]
    as_large = sum(abs(ordinary(outcome[mask], [*others, one])[1][-1]) >= real - 1e-9 for one in moved)
    return (as_large + 1) / (permutations + 1)


def test_one_term_of_zero_and_one_is_a_difference_of_means() -> None:
    """Three people, six pairs. Tied where x is 1: two of three; where x is 0: one of three.

    The slope is 2/3 - 1/3, the rest 3 * 2/9 * 2 = 4/3 of 3/2, t = (1/3) / sqrt((4/3) / 4 * (1/3 + 1/3)).
    """
    x = np.array([[9, 1, 1], [1, 9, 0], [0, 0, 9]], dtype=float)
    y = np.array([[9, 1, 1], [0, 9, 1], [0, 0, 9]], dtype=float)
    found = mrqap(y, {"x": x}, 10)
    assert found.terms == ("intercept", "x")
    assert found.coef == pytest.approx((1 / 3, 1 / 3))
    assert found.t[1] == pytest.approx((1 / 3) / np.sqrt((4 / 3) / 4 * (2 / 3)))
    assert found.r2 == pytest.approx(1 - (4 / 3) / (3 / 2))
    assert (found.n, found.cells, found.p_two_sided[0]) == (3, 6, None)


def test_the_one_tie_that_a_term_foretells_is_found_by_one_exchange_in_six() -> None:
    """Of the six orders of three people only one keeps a -> b in its place, so p is near 1/6."""
    only = np.zeros((3, 3))
    only[0, 1] = 1
    valued = only + np.array([[0, 0, 0.1], [0.2, 0, 0.1], [0.1, 0, 0]])
    found = mrqap(valued, {"x": only}, 6000, seed=3)
    assert found.p_two_sided[1] == pytest.approx(1 / 6, abs=0.02)


@pytest.mark.parametrize("terms", [1, 2, 5])
@pytest.mark.parametrize("silent", [0, 4])
def test_the_permutations_are_those_of_a_regression_anew_for_each(terms: int, silent: int) -> None:
    outcome, named = drawn(12, terms, seed=terms)
    outcome[:silent] = np.nan
    named["x0"][3 : 3 + silent] = np.nan
    found = mrqap(outcome, named, 200, seed=5)
    wanted = [naive_p(outcome, named, term, 200, 5) for term in named]
    assert found.p_two_sided[1:] == tuple(wanted)
    mask = known([outcome, *named.values()], 12)
    coefficients, t, r2 = ordinary(outcome[mask], [matrix[mask] for matrix in named.values()])
    assert (found.coef, found.t, found.r2) == (pytest.approx(coefficients), pytest.approx(t), pytest.approx(r2))


def test_a_large_network_is_permuted_in_pieces_to_the_same_end(monkeypatch: pytest.MonkeyPatch) -> None:
    outcome, named = drawn(30, 3, seed=1)
    whole = mrqap(outcome, named, 60)
    monkeypatch.setattr("networks.inference.mrqap.STEP", 100)
    assert mrqap(outcome, named, 60).p_two_sided == whole.p_two_sided


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.randoms(use_true_random=False))
def test_neither_units_nor_the_order_of_terms_nor_of_people_change_what_is_found(seed: int, random) -> None:
    outcome, named = drawn(8, 3, seed)
    plain = mrqap(outcome, named, 50)
    turned = mrqap(outcome, {"x2": named["x2"] * 1000 + 7, "x1": named["x1"], "x0": -named["x0"]}, 50)
    assert turned.p_two_sided[1:] == plain.p_two_sided[:0:-1]
    assert turned.t[1:] == pytest.approx((plain.t[3], plain.t[2], -plain.t[1]))
    order = random.sample(range(8), 8)
    moved = mrqap(outcome[np.ix_(order, order)], {k: x[np.ix_(order, order)] for k, x in named.items()}, 50)
    assert (moved.coef, moved.t) == (pytest.approx(plain.coef), pytest.approx(plain.t))


def test_the_diagonal_counts_nowhere() -> None:
    outcome, named = drawn(8, 2, seed=1)
    plain = mrqap(outcome, named, 50)
    np.fill_diagonal(outcome, 99)
    np.fill_diagonal(named["x0"], np.nan)
    assert mrqap(outcome, named, 50) == plain


def test_one_seed_gives_one_result_that_is_told_with_it() -> None:
    outcome, named = drawn(10, 2, seed=4)
    first, again, other = (mrqap(outcome, named, 99, seed) for seed in (8, 8, 9))
    assert first == again != other
    assert (first.permutations, first.seed) == (99, 8)


def test_a_node_of_whom_nothing_is_known_might_as_well_not_be_there() -> None:
    outcome, named = drawn(9, 2, seed=2)
    smaller = mrqap(outcome[:8, :8], {name: matrix[:8, :8] for name, matrix in named.items()}, 50)
    named["x1"][8, :] = named["x1"][:, 8] = np.nan
    found = mrqap(outcome, named, 50)
    assert (found.coef, found.t, found.r2) == (smaller.coef, smaller.t, smaller.r2)
    assert (found.n, found.cells, found.unknown) == (9, 8 * 7, {"x1": 16})


def test_a_silent_respondent_is_missing_and_not_one_who_goes_to_nobody() -> None:
    outcome, named = drawn(9, 1, seed=3)
    zeros, missing = outcome.copy(), outcome.copy()
    zeros[0], missing[0] = 0, np.nan
    found = mrqap(missing, named, 50)
    assert found.unknown == {"outcome": 8}
    assert found.cells == 64
    assert abs(found.coef[0] - mrqap(zeros, named, 50).coef[0]) > 1e-3


def test_what_cannot_be_tested_names_the_term() -> None:
    outcome, named = drawn(6, 2, seed=1)
    x, other = named["x0"], named["x1"]
    with pytest.raises(NoTerms, match="Name at least one"):
        mrqap(outcome, {})
    with pytest.raises(DoubledTerm, match='"intercept"'):
        mrqap(outcome, {"intercept": x})
    with pytest.raises(ConstantTerm, match='The term "flat" is the same for all pairs'):
        mrqap(outcome, {"x": x, "flat": np.full((6, 6), 2.5)})
    with pytest.raises(CollinearTerm, match='"sum" follows exactly from "x", "other"'):
        mrqap(outcome, {"x": x, "third": x * x, "other": other, "sum": x - 2 * other + 3})
    with pytest.raises(CollinearTerm, match='"again" follows exactly from "x"'):
        mrqap(outcome, {"x": x, "again": 1e-6 * x})
    with pytest.raises(NothingToExplain, match="all pairs of the network have the same value"):
        mrqap(np.ones((6, 6)), {"x": x})
    with pytest.raises(NothingLeft, match="Leave out the term that repeats"):
        mrqap(x + 2 * other, {"x": x, "other": other})


def test_terms_that_are_nearly_the_same_are_still_told_apart() -> None:
    outcome, named = drawn(10, 2, seed=1)
    near = {"x": named["x0"], "near": named["x0"] + 1e-3 * named["x1"]}
    assert mrqap(outcome, near, 50, seed=2).p_two_sided[1:] == tuple(naive_p(outcome, near, k, 50, 2) for k in near)


def test_too_small_and_too_large_are_refused() -> None:
    with pytest.raises(TooFewCells, match="2 known pairs are too few for 2 coefficients"):
        mrqap(np.eye(2), {"x": np.eye(2)})
    with pytest.raises(TooFewCells, match="0 known pairs"):
        mrqap(np.empty((0, 0)), {"x": np.empty((0, 0))})
    with pytest.raises(TooFewCells, match=r'0 known pairs .* Pairs without a value: "x" 12\.'):
        mrqap(np.eye(4), {"x": np.full((4, 4), np.nan)})
    with pytest.raises(TooManyNodes, match="2501 nodes; 2500 are the most"):
        mrqap(np.empty((2501, 1)), {"x": np.empty((2501, 1))})


def test_one_pair_unknown_keeps_its_two_people_in_place_and_many_are_refused() -> None:
    outcome, named = drawn(8, 1, seed=1)
    outcome[2, 3] = np.nan
    assert mrqap(outcome, named, 50).p_two_sided[1] == naive_p(outcome, named, "x0", 50, 1)
    for row, column in ((0, 5), (1, 7), (4, 6), (6, 1)):
        outcome[row, column] = np.nan
    with pytest.raises(FewExchanges, match="in only 1 way"):
        mrqap(outcome, named)
