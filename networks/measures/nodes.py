"""Measures of single nodes: betweenness, constraint, effective size, coreness."""

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from networks.graphs import Network

Matrix = sparse.csr_array


def betweenness(network: Network) -> list[float]:
    """On how many shortest directed paths between others each node lies. Source: Freeman 1977, doi:10.2307/3033543."""
    return [float(score) for score in network.betweenness]


def coreness(network: Network) -> list[float]:
    """The largest k for which each node is in the k-core, direction forgotten. Source: Seidman 1983."""
    return [float(core) for core in network.undirected_graph.coreness()]


def clustering(network: Network) -> list[float | None]:
    """The share of each node's pairs of contacts that are tied, direction forgotten; None below two contacts.

    Source: Watts and Strogatz 1998, doi:10.1038/30918.
    """
    shares = network.undirected_graph.transitivity_local_undirected(mode="nan")
    return [None if np.isnan(share) else float(share) for share in shares]


def _both_ways(weights: Matrix) -> Matrix:
    both: Matrix = (weights + weights.T).tocsr()
    return both


def _scaled(weights: Matrix, divisors: NDArray[np.float64]) -> Matrix:
    """Each row divided by its divisor; a row without ties stays empty."""
    factors = np.divide(1.0, divisors, out=np.zeros_like(divisors), where=divisors > 0)
    scaled: Matrix = (sparse.diags_array(factors) @ weights).tocsr()
    return scaled


def _shares(weights: Matrix) -> Matrix:
    """p_ij: how much of i's ties, both ways, go to j."""
    both = _both_ways(weights)
    return _scaled(both, np.asarray(both.sum(axis=1), dtype=float))


def _none_alone(values: NDArray[np.float64], weights: Matrix) -> list[float | None]:
    """The values, None for nodes without ties."""
    tied = np.asarray(_both_ways(weights).sum(axis=1)) > 0
    return [float(value) if has else None for value, has in zip(values, tied, strict=True)]


def constraint(weights: Matrix) -> list[float | None]:
    """How much each node's contacts hem it in: sum over contacts j of (p_ij + sum_q p_iq p_qj)^2.

    Takes n x n weights (row goes to column). Low for those who bridge; None without contacts.
    Source: Burt 1992, Structural Holes, chapter 2; p over the whole network, both directions added.
    """
    shares = _shares(weights)
    reached = shares + shares @ shares
    contacts = (shares > 0).astype(float)
    return _none_alone(np.asarray(reached.multiply(contacts).power(2).sum(axis=1)), weights)


def effective_size(weights: Matrix) -> list[float | None]:
    """Contacts that lead somewhere else: sum over contacts j of (1 - sum_q p_iq m_jq), None without contacts.

    Takes n x n weights (row goes to column). m_jq is the tie of j and q, both ways, against j's strongest.
    Source: Burt 1992, Structural Holes, chapter 2.
    """
    if weights.shape[0] == 0:
        return []
    both = _both_ways(weights)
    strongest = np.asarray(both.max(axis=1).todense(), dtype=float).ravel()
    shares, marginal = _shares(weights), _scaled(both, strongest)
    contacts = (both > 0).astype(float)
    redundant = (shares @ marginal.T).multiply(contacts)
    sizes = np.asarray(contacts.sum(axis=1)) - np.asarray(redundant.sum(axis=1))
    return _none_alone(sizes, weights)


def simple_effective_size(network: Network) -> list[float | None]:
    """Contacts less their mean number of ties among each other: k - 2t/k, direction forgotten; None without contacts.

    Source: Borgatti 1997, Structural holes: unpacking Burt's redundancy measures.
    """
    ties = network.undirected
    contacts = np.asarray(ties.sum(axis=1), dtype=float)
    among = np.asarray((ties @ ties).multiply(ties).sum(axis=1), dtype=float)
    spread = np.divide(among, contacts, out=np.zeros_like(among), where=contacts > 0)
    return _none_alone(contacts - spread, ties)


def simple_efficiency(network: Network) -> list[float | None]:
    """`simple_effective_size` for each contact, 0 to 1; None without contacts. Source: Burt 1992, chapter 2."""
    contacts = np.asarray(network.undirected.sum(axis=1), dtype=float)
    sizes = zip(simple_effective_size(network), contacts, strict=True)
    return [None if size is None else size / float(count) for size, count in sizes]
