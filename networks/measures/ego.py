"""Measures of each ego's own network, as the ego reports it: size, mix, inward or outward, density."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from networks.graphs import Network
from networks.measures.whole import ratio


@dataclass(frozen=True)
class Ego:
    """One ego's measures; None where undefined.

    size     alters named     blau  diversity of their groups, 0 to 1     iqv  the same against the most possible
    ei       (outside - inside)/(outside + inside), 1 all outside         density  share of alter pairs that are tied
    """

    size: int
    blau: float | None
    iqv: float | None
    ei: float | None
    density: float | None


def blau(groups: Sequence[str]) -> float | None:
    """Chance that two alters drawn with replacement differ: 1 - sum p^2; [a, a, b, c] gives .625. None without alters.

    Source: Blau 1977, Inequality and Heterogeneity.
    """
    if not groups:
        return None
    return 1 - sum((count / len(groups)) ** 2 for count in Counter(groups).values())


def iqv(groups: Sequence[str], categories: int) -> float | None:
    """Blau against its greatest value, H / (1 - 1/K), with K the categories of the frame, not those observed.

    [a, a, b, c] gives .78125 when the frame has 5 categories. None for fewer than two, or without alters.
    Source: Agresti and Agresti 1978, Statistical analysis of qualitative variation.
    """
    diversity = blau(groups)
    return None if diversity is None or categories < 2 else diversity / (1 - 1 / categories)


def external_internal(groups: Sequence[str], own: str | None) -> float | None:
    """(outside - inside)/(outside + inside) of the alters against ego's own group; None without either.

    Source: Krackhardt and Stern 1988, doi:10.2307/2786835.
    """
    if own is None:
        return None
    outside = sum(group != own for group in groups)
    return ratio(2 * outside - len(groups), len(groups))


def density(alters: int, ties: int) -> float | None:
    """Share of alter pairs that are tied either way: ties / (k(k-1)/2); None below two alters."""
    return ratio(ties, alters * (alters - 1) / 2) if alters >= 2 else None


def _contacts(network: Network) -> list[set[int]]:
    contacts: list[set[int]] = [set() for _ in network.ids]
    for ego, alter in network.arcs.tolist():
        contacts[ego].add(alter)
    return contacts


def egos(network: Network, attribute: str) -> list[Ego]:
    """The measures of every node as an ego; its alters are those it names.

    Alters of unknown group are left out of the mix. Refuses UnknownAttribute.
    """
    values, categories = network.groups(attribute)
    contacts = _contacts(network)
    linked = network.undirected
    found = []
    for node, alters in enumerate(contacts):
        members = sorted(alters)
        groups = [group for alter in members if (group := values[alter]) is not None]
        ties = round(linked[members][:, members].sum() / 2) if len(members) > 1 else 0
        mix = blau(groups), iqv(groups, len(categories)), external_internal(groups, values[node])
        found.append(Ego(len(members), *mix, density(len(members), ties)))
    return found
