"""Node and edge frames turned into a network: checked ids, no loops or doubles, as igraph graph or sparse matrix."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property

import igraph
import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy import sparse

from networks.columns import MissingColumn
from networks.triangles import Triangles, triangles

Arcs = NDArray[np.int64]
WEIGHT = "weight"
LINE, FILE = "line", "file"
"""Columns that say where an edge stands: its line, and the file of that line."""


class UnknownNode(ValueError):
    """An edge names someone who is not among the nodes."""

    def __init__(self, line: int, column: str, value: str | None, file: str = "the edges") -> None:
        self.line, self.column, self.value = line, column, value
        found = f'"{value}", which is not an id of the nodes' if value else "nothing"
        super().__init__(
            f'Line {line} of {file}: the column "{column}" holds {found}. '
            "Add the missing node to the nodes, mend the id, or take the line out."
        )


class BadWeight(ValueError):
    """A weight is not a positive number."""

    def __init__(self, line: int, value: str | None, file: str = "the edges") -> None:
        self.line, self.value = line, value
        found = f'"{value}"' if value else "nothing"
        super().__init__(
            f"Line {line} of {file}: the weight is {found}. "
            "Give a number above 0, or take the line out if there is no tie."
        )


class DuplicateNode(ValueError):
    """Two nodes have one id, or a node has none."""

    def __init__(self, line: int, value: str | None, first_line: int | None = None) -> None:
        self.line, self.value, self.first_line = line, value, first_line
        what = f'repeats the id "{value}" of line {first_line}' if value else 'has no "id"'
        super().__init__(f"Line {line} of the nodes {what}. Give every node an id of its own.")


class UnknownAttribute(ValueError):
    """The attribute asked for is not a column of the nodes."""

    def __init__(self, attribute: str, present: list[str]) -> None:
        self.attribute = attribute
        super().__init__(
            f'The nodes have no column "{attribute}" to group by. Choose one of: {", ".join(present) or "none there"}.'
        )


@dataclass(frozen=True)
class Network:
    """A directed network without loops or doubles.

    ids      one text per node, in the order of the nodes frame
    arcs     m x 2 node numbers (from, to), sorted; i -> j means that i goes to j
    nodes    the nodes frame, with every further column it came with
    weights  one number above 0 for each arc, doubles added up; None where the edges had none
    """

    ids: tuple[str, ...]
    arcs: Arcs
    nodes: pl.DataFrame
    weights: NDArray[np.float64] | None = None

    @property
    def n(self) -> int:
        """How many nodes."""
        return len(self.ids)

    @cached_property
    def adjacency(self) -> sparse.csr_array:
        """n x n, 1.0 where the row goes to the column."""
        return _matrix(self.n, self.arcs, np.ones(len(self.arcs)))

    @cached_property
    def weighted(self) -> sparse.csr_array | None:
        """n x n, the arc's weight where the row goes to the column; None where the edges had no weights."""
        return None if self.weights is None else _matrix(self.n, self.arcs, self.weights)

    @cached_property
    def undirected(self) -> sparse.csr_array:
        """n x n, symmetric, 1.0 where either goes to the other: U = max(A, A')."""
        return self.adjacency.maximum(self.adjacency.T).tocsr()

    @cached_property
    def graph(self) -> igraph.Graph:
        """The directed igraph graph."""
        # From pairs igraph makes it in a third of the time that it takes from lists or an array.
        return igraph.Graph(n=self.n, edges=list(zip(*self.arcs.T.tolist(), strict=True)), directed=True)

    @cached_property
    def undirected_graph(self) -> igraph.Graph:
        """The undirected igraph graph: one edge where either goes to the other."""
        return self.graph.as_undirected(mode="collapse")

    @cached_property
    def triangles(self) -> Triangles:
        """The ties and all triangles of them, without weights."""
        return triangles(self.adjacency)

    @cached_property
    def betweenness(self) -> NDArray[np.float64]:
        """For each node, on how many shortest directed paths between others it lies."""
        return np.array(self.graph.betweenness(directed=True), dtype=float)

    def groups(self, attribute: str) -> tuple[list[str | None], list[str]]:
        """Each node's group as text (None when not known), and the distinct groups in order, numbers by size.

        Refuses UnknownAttribute.
        """
        columns = [name for name in self.nodes.columns if name != "id"]
        if attribute not in columns:
            raise UnknownAttribute(attribute, columns)
        values: list[str | None] = self.nodes[attribute].cast(pl.String).to_list()
        return values, sorted({value for value in values if value is not None}, key=_by_size)


def _matrix(n: int, arcs: Arcs, values: NDArray[np.float64]) -> sparse.csr_array:
    return sparse.csr_array((values, (arcs[:, 0], arcs[:, 1])), shape=(n, n))


def _by_size(value: str) -> tuple[int, float, str]:
    try:
        return 0, float(value), value
    except ValueError:
        return 1, 0.0, value


def _lines(frame: pl.DataFrame) -> list[int]:
    """Each row's line in its file: the column "line", or counted from 2, after a heading."""
    if LINE in frame.columns and frame[LINE].dtype.is_integer():
        lines: list[int] = frame[LINE].to_list()
        return lines
    return list(range(2, frame.height + 2))


def _file(edges: pl.DataFrame, row: int) -> str:
    return str(edges[FILE][row]) if FILE in edges.columns else "the edges"


def _column(frame: pl.DataFrame, what: str, name: str, meaning: str) -> pl.Series:
    if name not in frame.columns:
        raise MissingColumn(what, name, frame.columns, meaning)
    return frame[name].cast(pl.String)


def _numbered(nodes: pl.DataFrame) -> dict[str, int]:
    """Node id to node number; refuses an id that is empty or repeated."""
    lines = _lines(nodes)
    numbers: dict[str, int] = {}
    for number, value in enumerate(_column(nodes, "the nodes", "id", "one text per node")):
        if not value:
            raise DuplicateNode(lines[number], None)
        if value in numbers:
            raise DuplicateNode(lines[number], value, lines[numbers[value]])
        numbers[value] = number
    return numbers


def _ends(edges: pl.DataFrame, column: str, meaning: str, numbers: dict[str, int]) -> NDArray[np.int64]:
    values = _column(edges, "the edges", column, meaning)
    ids = pl.Series(list(numbers), dtype=pl.String)
    found = values.replace_strict(ids, pl.int_range(len(ids), eager=True), default=None, return_dtype=pl.Int64)
    if found.null_count():
        row = int(found.is_null().arg_max() or 0)
        raise UnknownNode(_lines(edges)[row], column, values[row], _file(edges, row))
    return found.to_numpy().astype(np.int64)


def _weights(edges: pl.DataFrame) -> NDArray[np.float64] | None:
    """The column weight as numbers, or None without one."""
    if WEIGHT not in edges.columns:
        return None
    given = edges[WEIGHT].cast(pl.String)
    values = given.cast(pl.Float64, strict=False)
    good = (values.is_finite() & (values > 0)).fill_null(False)
    if not good.all():
        row = int((~good).arg_max() or 0)
        raise BadWeight(_lines(edges)[row], given[row], _file(edges, row))
    return values.to_numpy().astype(float)


@contextmanager
def igraph_draws_from(seed: int) -> Iterator[None]:
    """Within it igraph draws from that seed: it has one generator for all, which is given back afterwards."""
    igraph.set_random_number_generator(random.Random(seed))
    try:
        yield
    finally:
        igraph.set_random_number_generator(random)


def network(nodes: pl.DataFrame, edges: pl.DataFrame) -> Network:
    """The network of a nodes and an edges frame; any CSV of that shape will do.

    Takes   nodes  id (any text, each once) and any further columns
            edges  source, target (ids: source goes to target), perhaps weight (a number above 0), perhaps line and file
                   (where the edge stands, for refusals)
    Gives   a network; loops are dropped, doubles count once and their weights are added up
    Refuses MissingColumn, DuplicateNode, UnknownNode, BadWeight, each naming column, line and remedy.
    """
    numbers = _numbered(nodes)
    sources = _ends(edges, "source", "the id of who goes to someone", numbers)
    targets = _ends(edges, "target", "the id of who they go to", numbers)
    weights, others = _weights(edges), sources != targets
    n = max(len(numbers), 1)
    codes, place = np.unique(sources[others] * n + targets[others], return_inverse=True)
    if weights is not None:
        weights = np.bincount(place, weights=weights[others], minlength=len(codes)).astype(float)
    return Network(tuple(numbers), np.column_stack(np.divmod(codes, n)), nodes, weights)


def both_ways(net: Network) -> Network:
    """The network with every arc in both directions, for ties that have none: U = max(A, A'), weights too."""
    strongest = net.undirected if net.weighted is None else net.weighted.maximum(net.weighted.T).tocsr()
    strongest.sort_indices()
    rows, columns = strongest.tocoo().coords
    arcs = np.column_stack([rows, columns]).astype(np.int64)
    return Network(net.ids, arcs, net.nodes, None if net.weights is None else strongest.data.astype(float))
