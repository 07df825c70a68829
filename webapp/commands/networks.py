"""`flask networks`: measure any network from two CSV files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import click
import polars as pl
from flask.cli import AppGroup

from exchange.networks_csv import read_edges, read_nodes
from exchange.tables import COMMAND_LINE_LIMIT, read_rows
from networks.measure import measure
from webapp.commands.columns import aligned
from webapp.commands.inference import COMMANDS

group = AppGroup("networks")
for command in COMMANDS:
    group.add_command(command)
csv_file = click.Path(exists=True, dir_okay=False, path_type=Path)


@group.command("measure")
@click.option("--nodes", "nodes_file", required=True, type=csv_file, help="CSV with an id column, and any others.")
@click.option("--edges", "edges_file", required=True, type=csv_file, help="CSV with the columns source and target.")
@click.option("--attribute", help="The column of the nodes that says each node's group.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
def measure_files(nodes_file: Path, edges_file: Path, attribute: str | None, as_json: bool) -> None:
    """Every measure of the network in two CSV files: source names target."""
    nodes = read_nodes(read_rows(nodes_file, limit=COMMAND_LINE_LIMIT))
    edges = read_edges(read_rows(edges_file, limit=COMMAND_LINE_LIMIT))
    measures = measure(nodes, edges, attribute)
    click.echo(json.dumps(measures, ensure_ascii=False, allow_nan=False) if as_json else _tables(nodes, measures))


def _tables(nodes: pl.DataFrame, measures: Mapping[str, object]) -> str:
    """Single numbers first, then one row per node, then whatever is neither."""
    single = {name: value for name, value in measures.items() if not isinstance(value, list | dict)}
    by_node = {name: value for name, value in measures.items() if _one_each(value, nodes.height)}
    rest = {name: value for name, value in measures.items() if name not in single and name not in by_node}
    parts = [aligned(("measure", "value"), list(single.items()))]
    if by_node:
        parts.append(aligned(("id", *by_node), list(zip(nodes["id"], *by_node.values(), strict=True))))
    parts += [f"{name}  {json.dumps(value, ensure_ascii=False)}" for name, value in rest.items()]
    return "\n\n".join(parts)


def _one_each(value: object, count: int) -> bool:
    """Whether a value is a list with one number (or None) for each node."""
    return isinstance(value, list) and len(value) == count and not any(isinstance(one, list | dict) for one in value)
