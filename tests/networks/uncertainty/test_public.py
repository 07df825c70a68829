"""What low response does to a published network that never changes: only who answered is redrawn."""

from collections.abc import Callable
from pathlib import Path

import igraph
import numpy as np
import polars as pl
import pytest
from numpy.typing import NDArray

from networks.measures.reciprocity import confirmed_reciprocity
from networks.uncertainty.bounds import density_limits
from networks.uncertainty.coverage import coverage

DATA = Path(__file__).parents[4] / "shared" / "data" / "networks"
DRAWS = 300
Matrix = NDArray[np.bool_]
pytestmark = pytest.mark.skipif(not DATA.exists(), reason="the public networks are not here")


def matrix(name: str) -> Matrix:
    ids = pl.read_csv(DATA / f"{name}_nodes.csv")["id"].to_list()
    place = {one: at for at, one in enumerate(ids)}
    found = np.zeros((len(ids), len(ids)), dtype=bool)
    for source, target in pl.read_csv(DATA / f"{name}_edges.csv").select("source", "target").iter_rows():
        found[place[source], place[target]] = True
    return found


@pytest.fixture(scope="module", params=["ht_advice", "ht_friends"])
def network(request: pytest.FixtureRequest) -> Matrix:
    return matrix(request.param)


def respondents(people: int, rate: float, random: np.random.Generator) -> Matrix:
    told = np.zeros(people, dtype=bool)
    told[random.choice(people, round(rate * people), replace=False)] = True
    return told


def average(network: Matrix, rate: float, measure: Callable[[Matrix, Matrix], float]) -> float:
    random = np.random.default_rng(7)
    drawn = [respondents(len(network), rate, random) for _ in range(DRAWS)]
    return float(np.nanmean([measure(network & told[:, None], told) for told in drawn]))


def test_all_ties_grow_with_the_response_and_ties_per_respondent_do_not(network: Matrix) -> None:
    """45 to 75%: all ties rise by two thirds, per respondent by nothing, on average."""
    before, after = (average(network, rate, lambda seen, _told: seen.sum()) for rate in (0.45, 0.75))
    assert after / before == pytest.approx(0.75 / 0.45, rel=0.08)
    each = [average(network, rate, lambda seen, told: seen.sum() / told.sum()) for rate in (0.45, 0.75)]
    assert each[1] / each[0] == pytest.approx(1, abs=0.04)


@pytest.mark.parametrize(("rate", "often"), [(0.45, 0.97), (0.75, 0.97), (0.9, 0.8)])
def test_limits_of_density_hold_it_and_close_in(network: Matrix, rate: float, often: float) -> None:
    """The worst case holds it always; the likely limits nearly always, and lie inside.

    With two silent of 21, the likely ones miss it when one of the two is the busiest of all.
    """
    truth = network.sum() / (len(network) * (len(network) - 1))
    random = np.random.default_rng(8)
    held, inside = [], []
    for _ in range(DRAWS):
        told = respondents(len(network), rate, random)
        worst, likely = density_limits(network.sum(axis=1)[told].astype(float), len(network))
        held.append((worst.low <= truth + 1e-9 and truth <= worst.high + 1e-9, likely.low <= truth <= likely.high))
        inside.append(worst.low <= likely.low and likely.high <= worst.high)
    assert all(always for always, _ in held) and all(inside)
    assert np.mean([likely for _, likely in held]) >= often


def test_likely_limits_are_three_times_as_far_apart_at_45_as_at_90_percent(network: Matrix) -> None:
    def width(_seen: Matrix, told: Matrix) -> float:
        _, likely = density_limits(network.sum(axis=1)[told].astype(float), len(network))
        return likely.high - likely.low

    assert average(network, 0.45, width) > 3 * average(network, 0.9, width)


def reciprocity(seen: Matrix, told: Matrix) -> float:
    rows = [(1, str(ego), str(alter)) for ego, alter in np.argwhere(seen)]
    arcs = pl.DataFrame(rows, schema={"wave": pl.Int32, "ego": pl.String, "alter": pl.String}, orient="row")
    people = [(1, str(person)) for person in np.flatnonzero(told)]
    finished = pl.DataFrame(people, schema={"wave": pl.Int32, "person": pl.String}, orient="row")
    return confirmed_reciprocity(arcs, finished) or np.nan


def test_reciprocity_among_those_who_both_answered_is_that_of_the_whole_and_of_all_reports_is_half(
    network: Matrix,
) -> None:
    truth = (network & network.T).sum() / network.sum()
    assert average(network, 0.5, reciprocity) == pytest.approx(truth, abs=0.03)
    of_all = average(network, 0.5, lambda seen, _told: (seen & seen.T).sum() / seen.sum())
    assert of_all == pytest.approx(truth / 2, abs=0.05)


@pytest.mark.parametrize("rate", [0.3, 0.5, 0.8])
def test_coverage_counts_the_pairs_that_were_seen(network: Matrix, rate: float) -> None:
    told = respondents(len(network), rate, np.random.default_rng(9))
    pairs = np.triu(np.ones((len(network), len(network)), dtype=bool), 1)
    found = coverage(len(told), int(told.sum()))
    assert found.either == (pairs & (told[:, None] | told)).sum()
    assert found.both == (pairs & told[:, None] & told).sum()


def brokers(seen: Matrix) -> set[int]:
    """The fifth of people through whom most shortest paths go."""
    graph = igraph.Graph.Adjacency(seen.astype(int).tolist())
    return set(np.argsort(-np.array(graph.betweenness()), kind="stable")[: len(seen) // 5].tolist())


def test_brokers_are_found_late_and_the_most_named_people_early(network: Matrix) -> None:
    """So brokers wait for 70% and the most named people for 30%."""
    true_brokers = brokers(network)
    found = [
        average(network, rate, lambda seen, _told: len(brokers(seen) & true_brokers) / len(true_brokers))
        for rate in (0.3, 0.7, 0.9)
    ]
    assert found[0] < found[1] < found[2]
    assert found[0] < 0.6 < found[2]

    def agree(seen: Matrix, _told: Matrix) -> float:
        ranks = [np.argsort(np.argsort(one.sum(axis=0))) for one in (seen, network)]
        return float(np.corrcoef(*ranks)[0, 1])

    assert average(network, 0.3, agree) > found[0]
