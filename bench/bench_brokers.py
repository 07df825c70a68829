"""Constraint, Leiden, clustering and brokerage, from a thousand people to a million; ratios are to a thousand.

Wanted: 2 s at most for the four at 100,000 people, and a fifteenth of what networkx takes where it does the same.
Leiden is one run of two rounds. Set BENCH_LONG for a million people.

Leiden is two thirds of the time. One round takes 0.3 s less and ends .003 lower in modularity, a third gains .0001;
Louvain takes twice as long and ends lower, and so does beginning from label propagation. Renumbering people so that
neighbours stand together gained nothing. Constraint as a product of matrices took eight seconds of processor, for a
hub's contacts are multiplied with each other; igraph's own takes one second, ours with all triangles a fifth.
"""

import os
from collections.abc import Callable
from dataclasses import replace

from bench.planted_network import planted_network
from bench.run import Work
from networks.graphs import Network, network
from networks.measures.brokerage import brokerage
from networks.measures.communities import communities
from networks.measures.nodes import clustering, constraint
from tests.networks.by_networkx import constraint_and_clustering

Measure = Callable[[Network], object]
COMPARED = 5_000


def _leiden(net: Network) -> object:
    return communities(net, runs=1, rounds=2)


def _constraint(net: Network) -> object:
    return constraint(net.triangles)


def _brokerage(net: Network) -> object:
    return brokerage(net, "site")


def measuring(people: int, *measures: Measure) -> Work:
    """A callable that takes the measures of a planted network, with nothing kept from the time before."""
    kept = network(*planted_network(people))
    return lambda: [one(net) for net in [replace(kept)] for one in measures]


def four(people: int) -> Work:
    """All four, which share the triangles."""
    return measuring(people, _constraint, _leiden, clustering, _brokerage)


def bench_four_measures_of_1000_people() -> Work:
    """The four together."""
    return four(1_000)


def bench_four_measures_of_10000_people() -> Work:
    """The same at ten times the size."""
    return four(10_000)


def bench_four_measures_of_100000_people() -> Work:
    """The same at a hundred times the size; wanted: 2 s at most."""
    return four(100_000)


if os.environ.get("BENCH_LONG"):

    def bench_four_measures_of_1000000_people() -> Work:
        """The same at a thousand times the size."""
        return four(1_000_000)


def bench_reading_100000_people() -> Work:
    """The network from its two frames of text."""
    nodes, edges = planted_network(100_000)
    return lambda: network(nodes, edges)


def bench_constraint_of_100000_people() -> Work:
    """Alone, triangles and all."""
    return measuring(100_000, _constraint)


def bench_clustering_of_100000_people() -> Work:
    """Alone, triangles and all."""
    return measuring(100_000, clustering)


def bench_brokerage_of_100000_people() -> Work:
    """Alone, triangles and all."""
    return measuring(100_000, _brokerage)


def bench_leiden_of_100000_people() -> Work:
    """Alone, with the graph that it needs."""
    return measuring(100_000, _leiden)


def bench_constraint_and_clustering_of_5000_people() -> Work:
    """What networkx does too."""
    return measuring(COMPARED, _constraint, clustering)


def bench_networkx_constraint_and_clustering_of_5000_people() -> Work:
    """The same by networkx; wanted: 15 times as long at least."""
    _, edges = planted_network(COMPARED)
    both: Work = constraint_and_clustering(edges)
    return both
