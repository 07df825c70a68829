"""How far ties of different kinds fall together: topics for each pair, and ties that two or more layers share."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from networks.graphs import Network
from networks.measures.contacts import pairs
from networks.measures.whole import ratio

Codes = NDArray[np.int64]


@dataclass(frozen=True)
class Overlap:
    """How far layers over the same nodes fall together.

    ties      ties in each layer                      both     ties in each two layers, by "a&b"
    jaccard   the same of all ties of the two         every    ties in all layers at once
    by_count  how many ties are in one layer, in two, in three, ...
    """

    ties: dict[str, int]
    both: dict[str, int]
    jaccard: dict[str, float | None]
    every: int
    by_count: list[int]


def overlap(layers: Mapping[str, Network], *, directed: bool = True) -> Overlap:
    """How many ties the layers share, two by two and all together; a tie is an arc, or a pair when not directed.

    Refuses ValueError when the layers are not over the same nodes in the same order.
    Source: Wasserman and Faust 1994, doi:10.1017/CBO9780511815478, section 2.5 (multiplexity); Jaccard 1900.
    """
    if len({net.ids for net in layers.values()}) > 1:
        raise ValueError("All layers must be over the same nodes, in the same order.")
    codes = {name: _codes(net, directed) for name, net in layers.items()}
    both, jaccard = {}, {}
    for one, other in combinations(codes, 2):
        shared = len(np.intersect1d(codes[one], codes[other], assume_unique=True))
        both[f"{one}&{other}"] = shared
        jaccard[f"{one}&{other}"] = ratio(shared, len(codes[one]) + len(codes[other]) - shared)
    _, times = np.unique(np.concatenate([np.empty(0, np.int64), *codes.values()]), return_counts=True)
    by_count = np.bincount(times, minlength=len(codes) + 1)[1:].tolist()
    ties = {name: len(found) for name, found in codes.items()}
    return Overlap(ties, both, jaccard, by_count[-1] if by_count else 0, by_count)


def _codes(net: Network, directed: bool) -> Codes:
    source, target = net.arcs[:, 0], net.arcs[:, 1]
    if directed:
        return source * net.n + target
    return np.unique(np.minimum(source, target) * net.n + np.maximum(source, target))


def topics_per_pair(ties: pl.DataFrame) -> pl.DataFrame:
    """How many pairs go to each other about one topic, about two, ...: wave, topics, pairs.

    Takes TIES. Pairs of whom no topic was told stand at 0.
    """
    counted = pairs(ties).group_by("wave", "topics").agg(pairs=pl.len().cast(pl.Int64))
    return counted.sort("wave", "topics")


def topic_overlap(ties: pl.DataFrame) -> pl.DataFrame:
    """How far the pairs of two topics are the same: wave, first, second, both (pairs), jaccard; topics in order.

    Takes TIES. Topics that nobody told of in a wave are not there.
    """
    named = pairs(ties.filter(pl.col("topic").is_not_null()), "topic").select("wave", "ego", "alter", "topic")
    sizes = named.group_by("wave", "topic").agg(size=pl.len().cast(pl.Int64))
    two = named.join(named, on=["wave", "ego", "alter"], suffix="_second").filter(
        pl.col("topic") < pl.col("topic_second")
    )
    shared = two.group_by("wave", first="topic", second="topic_second").agg(both=pl.len().cast(pl.Int64))
    every = sizes.join(sizes, on="wave", suffix="_second").filter(pl.col("topic") < pl.col("topic_second"))
    renamed = every.rename({"topic": "first", "topic_second": "second"})
    joined = renamed.join(shared, on=["wave", "first", "second"], how="left")
    both = pl.col("both").fill_null(0)
    jaccard = both / (pl.col("size") + pl.col("size_second") - both)
    return joined.select("wave", "first", "second", both=both, jaccard=jaccard).sort("wave", "first", "second")
