"""Where the nodes of a drawn network stand: the same place in every wave, newcomers beside those they are tied to."""

import math
from collections.abc import Sequence

import igraph
import polars as pl

from networks.graphs import Network, igraph_draws_from

RING = 1.2
"""How far from the middle newcomers stand who are tied to nobody yet drawn; the first wave fills a disc of radius 1."""
_LARGE, _SEED = 500, 1
_GOLDEN = math.pi * (3 - math.sqrt(5))
Place = tuple[float, float]
_SCHEMA = pl.Schema({"wave": pl.Int32(), "id": pl.String(), "x": pl.Float64(), "y": pl.Float64()})


def arrange(waves: Sequence[Network]) -> pl.DataFrame:
    """A place for every node of every wave, by the ties of the wave in which it first appears.

    Takes   one network for each wave, first wave first; nodes are the same when their ids are
    Gives   wave (1, 2, ...), id, x, y (the first wave within a disc of radius 1), in order of wave and id
    A node keeps its place in all later waves, also when it was away for one. Later waves move nobody, and neither does
    the order of rows. Source: Kamada and Kawai 1989, doi:10.1016/0020-0190(89)90102-6; above 500 nodes Fruchterman and
    Reingold 1991, doi:10.1002/spe.4380211102.
    """
    places: dict[str, Place] = {}
    rows = []
    for number, net in enumerate(waves, 1):
        places |= _newcomers(net, places) if places else _first(net)
        rows += [(number, one, *places[one]) for one in sorted(net.ids)]
    return pl.DataFrame(rows, schema=_SCHEMA, orient="row")


def _first(net: Network) -> dict[str, Place]:
    """The first wave laid out by its ties, from a circle in order of id, and fitted into the disc."""
    if net.n == 0:
        return {}
    order = sorted(range(net.n), key=net.ids.__getitem__)
    number = {node: place for place, node in enumerate(order)}
    pairs = sorted({tuple(sorted((number[one], number[other]))) for one, other in net.arcs.tolist()})
    graph = igraph.Graph(n=net.n, edges=pairs)
    circle = graph.layout_circle()
    with igraph_draws_from(_SEED):
        layout = (
            graph.layout_kamada_kawai(seed=circle)
            if net.n <= _LARGE
            else graph.layout_fruchterman_reingold(seed=circle)
        )
    return dict(zip((net.ids[node] for node in order), _into_disc(layout.coords), strict=True))


def _into_disc(coordinates: Sequence[Sequence[float]]) -> list[Place]:
    middle = [sum(axis) / len(coordinates) for axis in zip(*coordinates, strict=True)]
    moved = [(x - middle[0], y - middle[1]) for x, y in coordinates]
    reach = max(math.hypot(*one) for one in moved) or 1.0
    return [(x / reach, y / reach) for x, y in moved]


def _newcomers(net: Network, places: dict[str, Place]) -> dict[str, Place]:
    """Places for those not yet drawn: first those with the most neighbours drawn, then those tied to them."""
    near = _neighbours(net)
    found: dict[str, Place] = {}
    waiting = sorted(set(net.ids) - set(places))
    while waiting:
        drawn = places | found
        one = max(waiting, key=lambda name: sum(other in drawn for other in near[name]))
        neighbours = [drawn[other] for other in sorted(near[one]) if other in drawn]
        start = _middle(neighbours) if neighbours else _on_ring(len(drawn))
        found[one] = _beside(start, list(drawn.values()))
        waiting.remove(one)
    return found


def _neighbours(net: Network) -> dict[str, set[str]]:
    near: dict[str, set[str]] = {name: set() for name in net.ids}
    for one, other in net.arcs.tolist():
        near[net.ids[one]].add(net.ids[other])
        near[net.ids[other]].add(net.ids[one])
    return near


def _middle(places: Sequence[Place]) -> Place:
    x, y = (sum(axis) / len(places) for axis in zip(*places, strict=True))
    return x, y


def _on_ring(number: int) -> Place:
    return RING * math.cos(number * _GOLDEN), RING * math.sin(number * _GOLDEN)


def _beside(start: Place, taken: Sequence[Place]) -> Place:
    """The first place on a spiral from `start` that leaves room: a third of what each would have on the disc."""
    room = math.sqrt(math.pi / (len(taken) + 1)) / 3
    step = 0
    while True:
        reach = room * math.sqrt(step) / 2
        place = start[0] + reach * math.cos(step * _GOLDEN), start[1] + reach * math.sin(step * _GOLDEN)
        if all(math.dist(place, other) >= room for other in taken):
            return place
        step += 1
