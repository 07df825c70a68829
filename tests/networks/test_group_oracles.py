"""Measures by group against plain counts, on a thousand small networks of which some people's group is not known."""

from collections import Counter
from collections.abc import Callable
from dataclasses import astuple
from itertools import combinations, permutations

import numpy as np
import polars as pl
import pytest

from networks.graphs import Network
from networks.measures import brokerage, composition, ego, groups
from tests.networks.test_oracles import CASES, Arcs, same

Groups = list[str | None]
Plain = Callable[[Groups, Arcs], object]
KINDS = ["x", "y", "z", None]


def grouped() -> list[tuple[Groups, Arcs, Network]]:
    draw = np.random.default_rng(5)
    found = []
    for n, arcs, drawn in CASES:
        member = [KINDS[kind] for kind in draw.integers(0, 4, n)]
        nodes = drawn.nodes.with_columns(pl.Series("group", member, dtype=pl.String))
        found.append((member, arcs, Network(drawn.ids, drawn.arcs, nodes)))
    return found


GROUPED = grouped()


def kinds(member: Groups) -> list[str]:
    return sorted({one for one in member if one is not None})


def flow_matrix(member: Groups, arcs: Arcs) -> list[list[int]]:
    order = kinds(member)
    return [[sum(member[a] == one and member[b] == other for a, b in arcs) for other in order] for one in order]


def assortativity(member: Groups, arcs: Arcs) -> float | None:
    """(share inside - chance)/(1 - chance), chance by the groups of sources and of targets, tie by tie."""
    known = [(member[a], member[b]) for a, b in arcs if member[a] is not None and member[b] is not None]
    if not known:
        return None
    inside = sum(one == other for one, other in known) / len(known)
    chance = sum(one == other for one, _ in known for _, other in known) / len(known) ** 2
    return None if chance == 1 else (inside - chance) / (1 - chance)


ROLES = {(True, True, True): 0, (False, False, True): 1, (False, True, False): 2, (True, False, False): 3}
"""Coordinator, itinerant, gatekeeper and representative by who of a and b, b and c, a and c are of one group."""


def roles(member: Groups, arcs: Arcs) -> list[list[int]]:
    counts = [[0] * 5 for _ in member]
    for a, b, c in permutations(range(len(member)), 3):
        one, mid, two = member[a], member[b], member[c]
        if (a, b) in arcs and (b, c) in arcs and (a, c) not in arcs and None not in (one, mid, two):
            counts[b][ROLES.get((one == mid, mid == two, one == two), 4)] += 1
    return counts


def egos(member: Groups, arcs: Arcs) -> list[tuple[object, ...]]:
    found: list[tuple[object, ...]] = []
    for node, own in enumerate(member):
        alters = [b for a, b in sorted(arcs) if a == node]
        mix = [member[b] for b in alters if member[b] is not None]
        blau = 1 - sum(one == other for one in mix for other in mix) / len(mix) ** 2 if mix else None
        iqv = blau / (1 - 1 / len(kinds(member))) if blau is not None and len(kinds(member)) > 1 else None
        outward = sum(1 if one != own else -1 for one in mix) / len(mix) if mix and own is not None else None
        pairs = list(combinations(alters, 2))
        density = sum((a, b) in arcs or (b, a) in arcs for a, b in pairs) / len(pairs) if pairs else None
        found.append((len(alters), blau, iqv, outward, density))
    return found


def compositions(member: Groups, arcs: Arcs) -> list[dict[str, float] | None]:
    named = [[member[b] for a, b in arcs if a == node and member[b] is not None] for node in range(len(member))]
    return [{kind: count / len(mix) for kind, count in Counter(mix).items()} if mix else None for mix in named]


def external_shares(member: Groups, arcs: Arcs) -> list[float | None]:
    return [
        1 - mix.get(own, 0) if mix is not None and own is not None else None
        for mix, own in zip(compositions(member, arcs), member, strict=True)
    ]


PLAIN: dict[str, tuple[Plain, Callable[[Network], object]]] = {
    "flow matrix": (flow_matrix, lambda net: groups.flow_matrix(net, "group")[1].tolist()),
    "assortativity": (assortativity, lambda net: groups.assortativity(net, "group")),
    "Gould-Fernandez": (roles, lambda net: brokerage.brokerage(net, "group").tolist()),
    "egos": (
        lambda member, arcs: [list(one) for one in egos(member, arcs)],
        lambda net: [list(astuple(one)) for one in ego.egos(net, "group")],
    ),
    "external share": (external_shares, lambda net: composition.compositions(net, "group")[1]),
}


@pytest.mark.parametrize("measure", PLAIN)
def test_a_thousand_networks_in_groups_come_out_as_counted_plainly(measure: str) -> None:
    plain, engine = PLAIN[measure]
    for member, arcs, net in GROUPED:
        assert same(engine(net), plain(member, arcs)), (measure, member, sorted(arcs))


def test_the_shares_of_each_group_come_out_as_counted_plainly() -> None:
    for member, arcs, net in GROUPED:
        found, wanted = composition.compositions(net, "group")[0], compositions(member, arcs)
        assert [one and sorted(one) for one in found] == [one and sorted(one) for one in wanted]
        assert all(one is None or one == pytest.approx(other) for one, other in zip(found, wanted, strict=True))
