"""What a permutation test costs, by the size of the network; ratios are to MRQAP between 48 sites."""

import numpy as np

from bench.run import Work
from networks import bootstrap
from networks.inference.cells import Matrix
from networks.inference.dyads import absdiff, same
from networks.inference.mrqap import mrqap
from networks.inference.qap import qap

PERMUTATIONS = 1_000
DENSITY = 0.15


def ties(nodes: int, seed: int) -> Matrix:
    """A random network."""
    return (np.random.default_rng(seed).random((nodes, nodes)) < DENSITY).astype(np.float64)


def explaining(nodes: int) -> Work:
    """A callable that explains a network by two others, two likenesses and a difference."""
    random = np.random.default_rng(1)
    kinds = {f"same_{number}": same(random.integers(0, number, nodes).astype(str).tolist()) for number in (3, 7)}
    terms = {"friends": ties(nodes, 2), "earlier": ties(nodes, 3), **kinds, "age": absdiff(random.normal(size=nodes))}
    outcome = ties(nodes, 1)
    return lambda: mrqap(outcome, terms, PERMUTATIONS)


def bench_mrqap_of_48_sites() -> Work:
    """Five terms, 1,000 permutations; wanted: 100 ms at most."""
    return explaining(48)


def bench_mrqap_of_220_sites() -> Work:
    """The same between 220; wanted: 2 s at most."""
    return explaining(220)


def bench_qap_of_220_sites() -> Work:
    """Two networks, 1,000 permutations."""
    one, other = ties(220, 1), ties(220, 2)
    return lambda: qap(one, other, PERMUTATIONS)


def bench_bootstrap_of_220_sites() -> Work:
    """The change in density between two waves, 1,000 draws."""
    earlier, later = ties(220, 1), ties(220, 2)
    return lambda: bootstrap.change(earlier, later, draws=PERMUTATIONS)
