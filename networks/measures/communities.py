"""Groups that the ties themselves show: communities by Leiden, how sure they are, and how far they match known ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import igraph
import numpy as np
from numpy.typing import NDArray

from networks.graphs import Network, igraph_draws_from
from networks.measures.whole import arcs

RUNS, SEED = 20, 1
_LARGE = 1000
_ROUNDS, _MANY_ROUNDS = 2, 10
"""In networks above that many nodes each run goes few rounds, and only the best goes on for many.

Rounds are counted: asked to go on until nothing changes, igraph 1.0 may exchange two equal answers for ever.
"""

Membership = NDArray[np.int64]


@dataclass(frozen=True)
class Communities:
    """The best of several runs, and how far the runs agree.

    membership  each node's community, 0 for the largest; nodes without ties are communities of their own
    modularity  Newman and Girvan's Q of it, direction forgotten
    found_by    how many of the runs came to that modularity
    agreement   mean adjusted Rand index between runs: 1 when all are the same; None where it is undefined
    """

    membership: list[int]
    modularity: float
    count: int
    runs: int
    seed: int
    found_by: int
    agreement: float | None


def communities(
    network: Network, *, runs: int = RUNS, seed: int = SEED, rounds: int | None = None
) -> Communities | None:
    """The communities of the greatest modularity that `runs` runs of Leiden found, direction forgotten.

    Each run goes `rounds` rounds. Without a number it goes until nothing is left to gain, or in networks of more than
    1,000 two rounds, of which the best is then followed to its end.

    None for a network without ties. The same network, runs and seed give the same communities. Up to 1,000 nodes the
    search goes through them by their ids, so that the order of rows does not matter; in larger ones by their order,
    which costs a fifth less. Other ids, or another order, may lead it to other communities.
    Source: Traag, Waltman and van Eck 2019, doi:10.1038/s41598-019-41695-z; modularity: Newman and Girvan 2004.
    """
    if not arcs(network):
        return None
    graph, place = _by_id(network) if network.n <= _LARGE else (network.undirected_graph, np.arange(network.n))
    each = rounds or (_ROUNDS if network.n > _LARGE else _MANY_ROUNDS)
    with igraph_draws_from(seed):
        found = [_leiden(graph, each) for _ in range(runs)]
        scores = [graph.modularity(one) for one in found]
        best = found[int(np.argmax(scores))]
        if rounds is None:
            best = _leiden(graph, _MANY_ROUNDS, best)
    return Communities(
        membership=np.array(_by_size(best))[place].tolist(),
        modularity=float(graph.modularity(best)),
        count=len(set(best)),
        runs=runs,
        seed=seed,
        found_by=sum(score > max(scores) - 1e-9 for score in scores),
        agreement=_mean_agreement([np.array(one) for one in found]),
    )


def _by_id(network: Network) -> tuple[igraph.Graph, NDArray[np.int64]]:
    """The undirected graph with its nodes in the order of their ids, and where each node of the network is there."""
    place = np.empty(network.n, dtype=np.int64)
    place[np.argsort(np.array(network.ids))] = np.arange(network.n)
    ends = np.sort(place[network.arcs], axis=1)
    pairs = np.unique(ends[:, 0] * network.n + ends[:, 1])
    return igraph.Graph(n=network.n, edges=np.column_stack(np.divmod(pairs, network.n))), place


def _leiden(graph: igraph.Graph, rounds: int, start: list[int] | None = None) -> list[int]:
    cut = graph.community_leiden(objective_function="modularity", n_iterations=rounds, initial_membership=start)
    membership: list[int] = cut.membership
    return membership


def _by_size(membership: Sequence[int]) -> list[int]:
    """The same communities, numbered from the largest; of two alike the one with the first id comes first."""
    found, first, sizes = np.unique(membership, return_index=True, return_counts=True)
    order = np.lexsort((first, -sizes))
    number = {int(found[old]): new for new, old in enumerate(order)}
    return [number[one] for one in membership]


def _mean_agreement(found: Sequence[Membership]) -> float | None:
    scores = [score for one, other in combinations(found, 2) if (score := adjusted_rand(one, other)) is not None]
    return float(np.mean(scores)) if scores else None


def _table(one: Membership, other: Membership) -> NDArray[np.int64]:
    """The sizes of all overlaps of a group of one with a group of the other, where there is any."""
    return np.unique(np.column_stack([one, other]), axis=0, return_counts=True)[1]


def _sizes(groups: Membership) -> NDArray[np.int64]:
    return np.unique(groups, return_counts=True)[1]


def adjusted_rand(one: Membership, other: Membership) -> float | None:
    """How far two ways of grouping the same nodes agree beyond chance: 1 the same, 0 as by chance.

    None where chance leaves nothing to agree on: both put all together, or all apart.
    Source: Hubert and Arabie 1985, doi:10.1007/BF01908075.
    """
    together, first, second = (
        float((sizes * (sizes - 1) // 2).sum()) for sizes in (_table(one, other), _sizes(one), _sizes(other))
    )
    every = len(one) * (len(one) - 1) / 2
    chance = first * second / every if every else 0.0
    spread = (first + second) / 2 - chance
    return (together - chance) / spread if spread > 0 else None


def _entropy(sizes: NDArray[np.int64]) -> float:
    shares = sizes / sizes.sum()
    return float(-(shares * np.log(shares)).sum())


def mutual_information(one: Membership, other: Membership) -> float | None:
    """How much one grouping tells of the other, 0 to 1: 2 I(X, Y) / (H(X) + H(Y)); None where neither groups anything.

    Source: Danon et al 2005, doi:10.1088/1742-5468/2005/09/P09008.
    """
    first, second = _entropy(_sizes(one)), _entropy(_sizes(other))
    if first + second == 0:
        return None
    shared = first + second - _entropy(_table(one, other))
    return 2 * max(shared, 0.0) / (first + second)


def match(network: Network, membership: Sequence[int], attribute: str) -> tuple[float | None, float | None]:
    """How far communities are the groups of an attribute: adjusted Rand index, and normalised mutual information.

    Nodes of unknown group are left out. None, None without any known. Refuses UnknownAttribute.
    """
    values, groups = network.groups(attribute)
    known = [place for place, value in enumerate(values) if value is not None]
    if not known:
        return None, None
    number = {group: place for place, group in enumerate(groups)}
    theirs = np.array([number[value] for value in values if value is not None])
    ours = np.array(membership, dtype=np.int64)[known]
    return adjusted_rand(ours, theirs), mutual_information(ours, theirs)
