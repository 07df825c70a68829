"""Measures of single nodes: betweenness, constraint, effective size, coreness."""

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from networks.graphs import Network
from networks.triangles import Triangles, triangles

Matrix = sparse.csr_array
Values = NDArray[np.float64]


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
    contacts, tied = _contacts(network.triangles)
    return _where(contacts > 1, tied, contacts * (contacts - 1) / 2)


def _contacts(found: Triangles) -> tuple[Values, Values]:
    """For each node how many contacts it has, and how many pairs of them are tied."""
    return found.at_both_ends(np.ones(len(found.ends))), found.at_each_node(np.ones(found.sides.shape))


def _where(defined: NDArray[np.bool_], parts: Values, wholes: Values) -> list[float | None]:
    """part / whole where it is defined, else None."""
    shares = np.divide(parts, wholes, out=np.zeros_like(parts), where=defined)
    return [share if known else None for share, known in zip(shares.tolist(), defined.tolist(), strict=True)]


def constraint(ties: Matrix | Triangles) -> list[float | None]:
    """How much each node's contacts hem it in: sum over contacts j of (p_ij + sum_q p_iq p_qj)^2.

    Takes n x n weights (row goes to column), or their triangles where these are found already. Low for those who
    bridge; None without contacts.

    With w both ways added, s their sum for a node and p_ij = w_ij / s_i, a tie counts the same at both its ends but
    for s_i: (w_ij + sum_q w_iq w_qj / s_q) / s_i, where q makes a triangle with i and j. That never multiplies the
    contacts of a hub with each other, as a product of matrices does.
    Source: Burt 1992, Structural Holes, chapter 2; p over the whole network, both directions added.
    """
    found = _found(ties)
    both = found.there + found.back
    sums = found.at_both_ends(both)
    sides, corners = both[found.sides], sums[found.corners]
    round_about = both.copy()
    for side, (one, other, between) in enumerate(((1, 2, 2), (0, 2, 1), (0, 1, 0))):
        detours = sides[:, one] * sides[:, other] / corners[:, between]
        round_about += found.at_each_tie(side, detours)
    return _where(sums > 0, found.at_both_ends(round_about**2), sums**2)


def effective_size(ties: Matrix | Triangles) -> list[float | None]:
    """Contacts that lead somewhere else: sum over contacts j of (1 - sum_q p_iq m_jq), None without contacts.

    Takes n x n weights (row goes to column), or their triangles. m_jq is the tie of j and q, both ways, against j's
    strongest. Source: Burt 1992, Structural Holes, chapter 2.
    """
    found = _found(ties)
    both = found.there + found.back
    sums, contacts = found.at_both_ends(both), _contacts(found)[0]
    strongest = np.zeros(found.n)
    np.maximum.at(strongest, found.ends, both[:, None])
    sides, most = both[found.sides], strongest[found.corners]
    redundant = [
        sides[:, across] * (sides[:, one] / most[:, other_end] + sides[:, other] / most[:, one_end])
        for across, one, one_end, other, other_end in ((2, 0, 1, 1, 2), (1, 0, 0, 2, 2), (0, 1, 0, 2, 1))
    ]
    lost = found.at_each_node(np.column_stack(redundant))
    return _where(sums > 0, contacts * sums - lost, sums)


def _found(ties: Matrix | Triangles) -> Triangles:
    return ties if isinstance(ties, Triangles) else triangles(ties)


def simple_effective_size(network: Network) -> list[float | None]:
    """Contacts less their mean number of ties among each other: k - 2t/k, direction forgotten; None without contacts.

    Source: Borgatti 1997, Structural holes: unpacking Burt's redundancy measures.
    """
    contacts, tied = _contacts(network.triangles)
    return _where(contacts > 0, contacts**2 - 2 * tied, contacts)


def simple_efficiency(network: Network) -> list[float | None]:
    """`simple_effective_size` for each contact, 0 to 1; None without contacts. Source: Burt 1992, chapter 2."""
    contacts, tied = _contacts(network.triangles)
    return _where(contacts > 0, contacts**2 - 2 * tied, contacts**2)
