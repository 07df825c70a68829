"""What measuring a network costs, by its size; ratios are to a hundred people."""

import numpy as np
import polars as pl

from bench.run import Work
from networks.measure import measure

TIES_EACH = 5


def measuring(people: int) -> Work:
    """A callable that measures a random network of that many people, in five groups."""
    draw = np.random.default_rng(1)
    ids = np.arange(people).astype(str)
    nodes = pl.DataFrame({"id": ids, "dept": draw.integers(0, 5, people).astype(str)})
    ends = draw.integers(0, people, (2, people * TIES_EACH)).astype(str)
    edges = pl.DataFrame({"source": ends[0], "target": ends[1]})
    return lambda: measure(nodes, edges, "dept")


def bench_every_measure_of_100_people() -> Work:
    """All measures, with one attribute."""
    return measuring(100)


def bench_every_measure_of_1000_people() -> Work:
    """The same at ten times the size."""
    return measuring(1_000)
