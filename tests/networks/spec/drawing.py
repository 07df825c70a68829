"""Networks and tables written in words: "a <-> b -> c" as a network, "a1 > b1 informal" as a tie of a study."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise

import polars as pl

from networks.columns import ALTER_TIES, FORMALITIES, RESPONSE, SITES, TIES
from networks.graphs import Network, network

DAY = datetime(2026, 1, 5, 9, tzinfo=UTC)
ARROW = re.compile(r"\s*(<->|->)\s*")


@dataclass(frozen=True)
class Drawn:
    """A network as drawn: its nodes and edges as frames."""

    nodes: pl.DataFrame
    edges: pl.DataFrame

    @property
    def network(self) -> Network:
        return network(self.nodes, self.edges)

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(self.nodes["id"])


def drawn(text: str, dept: Mapping[str, str] | None = None) -> Drawn:
    """The network of lines such as `a <-> b -> c`, or `a -> b : 5` with a weight; a lone name is a node without ties.

    Nodes stand in the order of their names; `dept` gives their groups.
    """
    rows = [row for line in text.splitlines() for row in _arcs(line)]
    names = set(re.findall(r"[a-z]\w*", text))
    nodes = pl.DataFrame({"id": sorted(names)}, schema={"id": pl.String})
    if dept:
        nodes = nodes.with_columns(pl.Series("dept", [dept.get(name) for name in sorted(names)], dtype=pl.String))
    columns = ["source", "target", "weight"] if any(weight for _, _, weight in rows) else ["source", "target"]
    schema = dict.fromkeys(("source", "target", "weight"), pl.String)
    return Drawn(nodes, pl.DataFrame(rows, schema=schema, orient="row").select(columns))


def _arcs(line: str) -> list[tuple[str, str, str | None]]:
    chain, _, weight = line.partition(":")
    words = ARROW.split(chain.strip())
    found = []
    for place in range(0, len(words) - 2, 2):
        one, arrow, other = words[place : place + 3]
        found.append((one, other, weight.strip() or None))
        if arrow == "<->":
            found.append((other, one, weight.strip() or None))
    return found


def ties(lines: Sequence[str]) -> pl.DataFrame:
    """TIES of lines such as `a1 > b1 formal wave 2 topic epr yearly 12 by visit gives`.

    A person's letter is the site. Without more said a tie is of wave 1, gets knowledge and has no formality.
    """
    return pl.DataFrame([_tie(line) for line in lines], schema=TIES.schema)


def _tie(line: str) -> dict[str, object]:
    ego, _, alter, *words = line.split()
    said = dict(pairwise(words))
    direction = next((word for word in ("gives", "both_ways") if word in words), "get")
    return {
        "wave": int(said.get("wave", 1)),
        "ego": ego,
        "alter": alter,
        "topic": said.get("topic"),
        "contacts_per_year": float(said["yearly"]) if "yearly" in said else None,
        "formality": next((word for word in words if word in FORMALITIES), None),
        "direction": {"gives": "give", "both_ways": "both"}.get(direction, direction),
        "ego_site": f"site_{ego[0]}",
        "alter_site": f"site_{alter[0]}",
        "alter_on_roster": True,
        "mechanism": said.get("by"),
        "mechanism_kind": "formal" if "by" in said else None,
    }


def response(lines: Mapping[int, str]) -> pl.DataFrame:
    """RESPONSE by wave: `1: a1 a2 (b1)`; who stands in brackets was invited and did not answer."""
    rows = []
    for wave, names in lines.items():
        for name in names.split():
            person = name.strip("()")
            done = DAY if name == person else None
            row = {"wave": wave, "person": person, "site": f"site_{person[0]}", "invited_at": DAY, "finished_at": done}
            rows.append(row)
    return pl.DataFrame(rows, schema=RESPONSE.schema)


def finished(lines: Mapping[int, str]) -> pl.DataFrame:
    """Who answered, by wave: wave, person."""
    rows = [(wave, person) for wave, names in lines.items() for person in names.split()]
    return pl.DataFrame(rows, schema={"wave": pl.Int32, "person": pl.String}, orient="row")


def alter_ties(lines: Sequence[str]) -> pl.DataFrame:
    """ALTER_TIES of `a1: b1 - b2`: ego a1 says that these two are tied."""
    rows = []
    for line in lines:
        ego, low, _, high = line.replace(":", "").split()
        rows.append({"wave": 1, "ego": ego, "low": low, "high": high})
    return pl.DataFrame(rows, schema=ALTER_TIES.schema)


def sites(pairs: Sequence[str] | Sequence[Mapping[str, object]]) -> pl.DataFrame:
    """SITES of `a b`: a pairing of site_a and site_b; or rows as they stand."""
    if isinstance(pairs[0], Mapping):
        return table(pairs)
    rows = []
    for pair in pairs:
        one, other = (f"site_{letter}" for letter in pair.split())
        rows += [{"site": one, "label": one, "pair": other}, {"site": other, "label": other, "pair": one}]
    return pl.DataFrame(rows, schema=SITES.schema)


def table(rows: Sequence[Mapping[str, object]]) -> pl.DataFrame:
    """Rows as they stand."""
    return pl.DataFrame(rows)


TABLES: Mapping[str, Callable[..., object]] = {
    "ties": ties,
    "response": response,
    "finished": finished,
    "alter_ties": alter_ties,
    "sites": sites,
    "arcs": lambda lines: ties(lines).select("wave", "ego", "alter"),
    "matrix": table,
    "respondents": table,
    "cells": table,
    "reasons": table,
    "table": table,
    "rows": table,
    "gone": table,
    "answered": table,
}
"""How an argument of that name is written."""
