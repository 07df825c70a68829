"""A made-up network of any size: sites of a hundred or more, friends of friends, and some whom thousands name."""

import numpy as np
import polars as pl
from numpy.typing import NDArray

MEAN_NAMED = 6
MOST_SITES = 220
INSIDE, THROUGH_OTHERS = 0.6, 0.2
"""Shares of ties that stay in the site, and that lead to someone whom a person named already names."""
Numbers = NDArray[np.int64]


def planted_network(people: int, seed: int = 1) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Nodes (id, site) and edges (source, target) of about six ties a person.

    48 to 220 sites from 5,000 people on. How many someone names is geometric, 40 at most; in every site, and among all,
    a few are named by very many: the most named of 100,000 by some thousands.
    """
    draw = np.random.default_rng(seed)
    sites = int(np.clip(people // 100, 2, MOST_SITES))
    site = np.sort(draw.integers(0, sites, people))
    sources = np.repeat(np.arange(people), np.minimum(draw.geometric(1 / MEAN_NAMED, people), 40))
    targets = _named(draw, site, sources)
    ids = np.arange(people).astype(str)
    nodes = pl.DataFrame({"id": ids, "site": site.astype(str)})
    others = sources != targets
    return nodes, pl.DataFrame({"source": ids[sources[others]], "target": ids[targets[others]]}).unique(
        maintain_order=True
    )


def _named(draw: np.random.Generator, site: Numbers, sources: Numbers) -> Numbers:
    people, ties = len(site), len(sources)
    first, size = np.searchsorted(site, site), np.bincount(site)[site]
    near = first[sources] + (draw.random(ties) ** 2 * size[sources]).astype(np.int64)
    far = draw.permutation(people)[np.minimum(people * draw.random(ties) ** 4, people - 1).astype(np.int64)]
    kind = draw.random(ties)
    targets = np.where(kind < INSIDE, near, far)
    # A friend of a friend: what one of those whom ego's first tie leads to was given.
    start = np.searchsorted(sources, np.arange(people))
    friend = targets[np.minimum(start[sources], ties - 1)]
    through = kind >= 1 - THROUGH_OTHERS
    place = np.minimum(start[friend] + draw.integers(0, 3, ties), ties - 1)
    return np.where(through, targets[place], targets)
