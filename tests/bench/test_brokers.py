"""The network on which brokers are timed: its size, its sites, its hubs; and that both engines find the same there."""

import numpy as np
import pytest

from bench.planted_network import planted_network
from networks.graphs import network
from networks.measures.nodes import clustering, constraint
from tests.networks.by_networkx import constraint_and_clustering


def test_the_planted_network_has_sites_and_people_whom_very_many_name() -> None:
    net = network(*planted_network(20_000))
    named = np.bincount(net.arcs[:, 1], minlength=net.n)
    assert net.nodes["site"].n_unique() == 200
    assert 5 <= len(net.arcs) / net.n <= 8
    assert named.max() > 100 * named.mean()
    assert len(net.triangles.sides) > net.n / 2


def test_the_same_network_comes_again() -> None:
    one, other = (planted_network(500, seed=3)[1] for _ in range(2))
    assert one.equals(other)
    assert not one.equals(planted_network(500, seed=4)[1])


def test_networkx_finds_the_same_constraint_and_clustering() -> None:
    nodes, edges = planted_network(800)
    net = network(nodes, edges)
    hemmed, clustered = constraint_and_clustering(edges)()
    for person, ours, share in zip(net.ids, constraint(net.triangles), clustering(net), strict=True):
        if person in hemmed:
            assert ours == pytest.approx(hemmed[person])
            assert (share or 0) == pytest.approx(clustered[person])
