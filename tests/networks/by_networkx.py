"""Constraint and clustering by networkx: a second opinion, and what the benchmarks compare with."""

from collections.abc import Callable

import networkx
import polars as pl

ByPerson = dict[str, float]


def constraint_and_clustering(edges: pl.DataFrame) -> Callable[[], tuple[ByPerson, ByPerson]]:
    """A callable that gives both for each person who has ties; building the graphs does not count."""
    graph = networkx.DiGraph(edges.select("source", "target").rows())
    undirected = graph.to_undirected()
    return lambda: (networkx.constraint(graph), networkx.clustering(undirected))
