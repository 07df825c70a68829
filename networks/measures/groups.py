"""Measures of groups of nodes: do people keep to their own, and how much goes from group to group."""

import numpy as np
from numpy.typing import NDArray

from networks.graphs import Network
from networks.measures.whole import arcs, known, ratio


def _numbers(network: Network, attribute: str) -> NDArray[np.int64]:
    """Each node's group as a number, -1 when not known."""
    values, groups = network.groups(attribute)
    number = {group: place for place, group in enumerate(groups)}
    return np.array([-1 if value is None else number[value] for value in values], dtype=np.int64)


def flow_matrix(network: Network, attribute: str) -> tuple[list[str], NDArray[np.int64]]:
    """Arcs from each group (row) to each group (column), as named: who goes to whom; transpose for knowledge.

    Gives the groups in order and a K x K count. Arcs with an end of unknown group are left out.
    """
    numbers, groups = _numbers(network, attribute), network.groups(attribute)[1]
    ends = numbers[network.arcs]
    ends = ends[(ends >= 0).all(axis=1)]
    cells = np.zeros((len(groups), len(groups)), dtype=np.int64)
    np.add.at(cells, (ends[:, 0], ends[:, 1]), 1)
    return groups, cells


def external_internal(network: Network, attribute: str) -> float | None:
    """(outside - inside) / (outside + inside) over arcs: 1 when all leave the group, -1 when none does.

    Source: Krackhardt and Stern 1988, doi:10.2307/2786835.
    """
    _, cells = flow_matrix(network, attribute)
    inside, total = int(np.trace(cells)), int(cells.sum())
    return ratio(total - 2 * inside, total)


def assortativity(network: Network, attribute: str) -> float | None:
    """How far arcs stay in the group beyond chance: (sum e_gg - sum a_g b_g) / (1 - sum a_g b_g).

    Source: Newman 2003, doi:10.1103/PhysRevE.67.026126.
    """
    _, cells = flow_matrix(network, attribute)
    if not cells.sum():
        return None
    shares = cells / cells.sum()
    chance = float(shares.sum(axis=1) @ shares.sum(axis=0))
    return None if np.isclose(chance, 1) else ratio(float(np.trace(shares)) - chance, 1 - chance)


def degree_assortativity(network: Network, directed: bool) -> float | None:
    """Whether the well connected go to the well connected: correlation of degree over ties, None where none varies.

    Source: Newman 2002, doi:10.1103/PhysRevLett.89.208701.
    """
    graph = network.graph if directed else network.undirected_graph
    return known(graph.assortativity_degree(directed=directed)) if arcs(network) else None


def modularity(network: Network, attribute: str) -> float | None:
    """How many ties stay in the groups beyond chance, direction forgotten; nodes of unknown group are one more group.

    None without ties, or where no group is known.
    Source: Newman and Girvan 2004, doi:10.1103/PhysRevE.69.026113.
    """
    numbers = _numbers(network, attribute)
    if not arcs(network) or (numbers < 0).all():
        return None
    membership = np.where(numbers < 0, numbers.max() + 1, numbers).tolist()
    return known(network.undirected_graph.modularity(membership))
