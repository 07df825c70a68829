"""What an ego's alters are: the share of each category, and how many are from outside ego's own."""

from collections import Counter
from collections.abc import Sequence

from networks.graphs import Network
from networks.measures.whole import ratio

Shares = dict[str, float]


def composition(groups: Sequence[str], categories: Sequence[str]) -> Shares | None:
    """The share of alters in each category, 0 for those nobody is in; None without alters.

    Source: Perry, Pescosolido and Borgatti 2018, doi:10.1017/9781316443255, chapter 7.
    """
    if not groups:
        return None
    counts = Counter(groups)
    return {category: counts[category] / len(groups) for category in categories}


def external_share(groups: Sequence[str], own: str | None) -> float | None:
    """The share of alters outside ego's own group; None without alters, or where ego's group is not known."""
    return None if own is None else ratio(sum(group != own for group in groups), len(groups))


def compositions(network: Network, attribute: str) -> tuple[list[Shares | None], list[float | None]]:
    """Each node's composition and external share, of those it names; alters of unknown group are left out.

    Groups that a node names nobody of are left out too, for there may be as many groups as nodes.
    Refuses UnknownAttribute.
    """
    values, _ = network.groups(attribute)
    named: list[list[str]] = [[] for _ in network.ids]
    for ego, alter in network.arcs.tolist():
        if (group := values[alter]) is not None:
            named[ego].append(group)
    shares = [composition(groups, sorted(set(groups))) for groups in named]
    return shares, [external_share(groups, own) for groups, own in zip(named, values, strict=True)]
