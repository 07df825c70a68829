"""Measures of an ego's own network as ego sees it: who is tied to ego, and which of them to each other."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from networks.graphs import Network
from networks.measures.whole import ratio

Matrix = sparse.csr_array
Who = NDArray[np.bool_]
_CELLS = 2_000_000
"""How many pairs of alters are looked at together: some 50 MB."""


@dataclass(frozen=True)
class Personal:
    """One ego's measures; None where undefined.

    size              alters                         density           share of alter pairs that are tied
    effective_size    alters less their mean number of ties among each other     efficiency  the same for each alter
    constraint_alone  Burt's constraint as far as ego's own network shows it
    betweenness       pairs of alters that only ego joins, shared with others who join them
    """

    size: int
    density: float | None
    effective_size: float | None
    efficiency: float | None
    constraint_alone: float | None
    betweenness: float


def personal(tied: Matrix) -> Personal:
    """The measures of an ego whose k alters are tied to each other as `tied` says: k x k, symmetric, 0 or 1, no loops.

    Effective size k - 2t/k: Borgatti 1997, Structural holes: unpacking Burt's redundancy measures; efficiency is that
    divided by k (Burt 1992). Betweenness: Everett and Borgatti 2005, doi:10.1016/j.socnet.2004.11.007.
    """
    size, ties = tied.shape[0], float(tied.sum()) / 2
    effective = None if size == 0 else size - 2 * ties / size
    return Personal(
        size=size,
        density=ratio(ties, size * (size - 1) / 2),
        effective_size=effective,
        efficiency=None if effective is None else effective / size,
        constraint_alone=constraint_alone(tied),
        betweenness=betweenness(tied),
    )


def constraint_alone(tied: Matrix) -> float | None:
    """Burt's constraint within ego's own network: every share p is of the ties in it alone; None without alters.

    sum over alters j of (p_ej + sum_q p_eq p_qj)^2 with p_ej = 1/k and p_qj = 1 / (1 + ties of q to other alters).
    Constraint over a whole network divides by all contacts of each alter: other numbers, not to be set beside these.
    Source: Burt 1992, Structural Holes, chapter 2; as the R package egor has it.
    """
    size = tied.shape[0]
    if size == 0:
        return None
    shares = 1 / (1 + np.asarray(tied.sum(axis=1), dtype=float))
    return float((((1 + tied @ shares) / size) ** 2).sum())


def betweenness(tied: Matrix) -> float:
    """Pairs of alters not tied to each other, each counted as 1 of all its two-step paths; 0 below two alters.

    Equals ego's betweenness in the network of ego and alters, for ego is tied to all of them.
    Source: Everett and Borgatti 2005, doi:10.1016/j.socnet.2004.11.007.
    """
    everyone = np.ones(tied.shape[0], dtype=bool)
    return flow_betweenness(tied, everyone, everyone) / 2


def flow_betweenness(flows: Matrix, gives: Who, gets: Who) -> float:
    """How much of what goes from alter to alter in two steps has ego in the middle.

    For each alter s that gives to ego and each other t that gets from ego, where s gives nothing to t directly: 1 of
    the two-step paths from s to t in the network of ego and alters.

    Takes   flows  k x k, 1 where the row's alter gives to the column's, no loops
            gives, gets  for each alter, whether it gives to ego and whether it gets from ego
    Source: Everett and Borgatti 2005, doi:10.1016/j.socnet.2004.11.007, for directed ties.
    """
    size, total = flows.shape[0], 0.0
    block = max(1, _CELLS // max(size, 1))
    for first in range(0, size, block):
        rows = flows[first : first + block]
        share = 1 / ((rows @ flows).toarray() + 1)
        share[rows.toarray() > 0] = 0
        within = np.arange(len(share))
        share[within, first + within] = 0
        total += float(gives[first : first + block] @ share @ gets)
    return total


def _inside(matrix: Matrix, members: NDArray[np.int64]) -> Matrix:
    inside: Matrix = matrix[members][:, members]
    return inside


def _neighbours(matrix: Matrix, node: int) -> NDArray[np.int64]:
    return np.asarray(matrix.indices[matrix.indptr[node] : matrix.indptr[node + 1]], dtype=np.int64)


def personals(network: Network) -> list[Personal]:
    """Every node as an ego: its alters are those it names, and two of them are tied when either names the other."""
    return [personal(_inside(network.undirected, _neighbours(network.adjacency, node))) for node in range(network.n)]


def flow_betweennesses(network: Network) -> list[float]:
    """`flow_betweenness` of every node among all who name it or are named by it; knowledge flows to who names."""
    flows, linked = network.adjacency.T.tocsr(), network.undirected
    found = []
    for node in range(network.n):
        members = _neighbours(linked, node)
        gives = np.isin(members, _neighbours(network.adjacency, node))
        gets = np.isin(members, _neighbours(flows, node))
        found.append(flow_betweenness(_inside(flows, members), gives, gets))
    return found
