"""`flask networks`: measure any network from CSV files, follow it from wave to wave, and lay layers over each other."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import combinations
from pathlib import Path
from typing import TypeGuard

import click
import polars as pl
from flask.cli import AppGroup

from exchange.networks_csv import read_edges_of, read_formality, read_names
from exchange.refusals import UnusableFile, shown
from exchange.tables import COMMAND_LINE_LIMIT, read_rows
from networks.graphs import Network, network
from networks.inference import dyads
from networks.measure import measure
from networks.measures.core import PERMUTATIONS
from networks.measures.multiplexity import Overlap, overlap
from networks.measures.panels import STATES, Panel, conversion, panels, transitions
from networks.ties import ties_of_edges
from webapp.commands.columns import aligned
from webapp.commands.inference import (
    COMMANDS,
    Named,
    Nodes,
    edges_option,
    json_option,
    nodes_option,
    refusals,
    seed_option,
)

group = AppGroup("networks")
for command in COMMANDS:
    group.add_command(command)

MOST_FOR_CHANCE = 200
"""Up to how many nodes the core is compared with chance unless it is asked for: each comparison is a whole search."""
OF_KINDS = ("dyads_", "sna_triad_", "gould_fernandez_", "flow_matrix_")
"""How the names of measures begin that are lists of kinds, not of nodes."""
undirected_option = click.option("--undirected", is_flag=True, help="A tie has no direction: it goes both ways.")


@group.command("measure")
@nodes_option
@edges_option("CSV with the columns source and target, perhaps weight; several files are read as one.")
@click.option("--attribute", help="The column of the nodes that says each node's group.")
@undirected_option
@click.option(
    "--permutations",
    type=click.IntRange(0, 100_000),
    help=f"Networks of chance to compare the core with; {PERMUTATIONS} up to {MOST_FOR_CHANCE} nodes, else 0.",
)
@seed_option
@json_option
def measure_files(
    nodes_file: Path,
    edges_files: tuple[Path, ...],
    attribute: str | None,
    undirected: bool,
    permutations: int | None,
    seed: int,
    as_json: bool,
) -> None:
    """Every measure of a network in CSV files: source names target."""
    nodes = Nodes.of(nodes_file).frame
    if permutations is None:
        permutations = PERMUTATIONS if nodes.height <= MOST_FOR_CHANCE else 0
    edges = _edges(*edges_files)
    found = measure(nodes, edges, attribute, directed=not undirected, permutations=permutations, seed=seed)
    click.echo(_json(found) if as_json else _tables(nodes, found))


@group.command("panel")
@nodes_option
@edges_option("CSV with source and target; one file for each wave, in order.")
@click.option(
    "--respondents",
    multiple=True,
    metavar="COLUMN|FILE",
    help="Who answered: a column of the nodes (yes or no), or a CSV with their ids. Once for all waves, or for each.",
)
@undirected_option
@json_option
def panel_files(
    nodes_file: Path, edges_files: tuple[Path, ...], respondents: tuple[str, ...], undirected: bool, as_json: bool
) -> None:
    """What became of ties from each wave to the next: kept, ended, formed."""
    if len(edges_files) < 2:
        raise click.UsageError("Waves are compared with each other: give --edges at least twice.")
    nodes = Nodes.of(nodes_file)
    waves = [network(nodes.frame, _edges(file)) for file in edges_files]
    answered = _answered(nodes, waves[0], respondents, len(waves))
    found = panels(waves, answered, directed=not undirected)
    turned = (
        None if undirected else _turned(edges_files, answered or [set(waves[0].ids)] * len(waves), len(waves[0].ids))
    )
    if as_json:
        by_wave = {name: asdict(panel) | _turns(turned, name) for name, panel in found.items()}
        click.echo(_json(next(iter(by_wave.values())) if len(by_wave) == 1 else by_wave))
    else:
        click.echo(_panel_table(found) + ("" if turned is None else "\n\n" + aligned(turned.columns, turned.rows())))


@group.command("overlap")
@nodes_option
@click.option("--layer", "layers", multiple=True, required=True, type=Named(), help="A name and its file of edges.")
@undirected_option
@json_option
def overlap_files(nodes_file: Path, layers: tuple[tuple[str, Path], ...], undirected: bool, as_json: bool) -> None:
    """How far ties of different kinds fall together."""
    names = [name for name, _ in layers]
    if len(set(names)) < max(len(names), 2):
        raise click.UsageError(
            "Layers are compared with each other: give --layer at least twice, each with its own name."
        )
    nodes = Nodes.of(nodes_file).frame
    found = overlap({name: network(nodes, _edges(file)) for name, file in layers}, directed=not undirected)
    click.echo(_json(_overlap(found)) if as_json else _overlap_table(found))


def _edges(*files: Path) -> pl.DataFrame:
    return read_edges_of([read_rows(file, limit=COMMAND_LINE_LIMIT) for file in files])


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _answered(nodes: Nodes, net: Network, respondents: Sequence[str], waves: int) -> list[set[str]] | None:
    """The ids of those who answered each wave; None when nothing is said of it, so that all did."""
    if len(respondents) not in (0, 1, waves):
        raise click.UsageError(f"Give --respondents once for all waves, or {waves} times: once for each in order.")
    found = [_who(nodes, net, given) for given in respondents]
    return (found if len(found) == waves else found * waves) or None


def _who(nodes: Nodes, net: Network, given: str) -> set[str]:
    """The ids of those who answered, by a column of the nodes or by a file of its own."""
    file = Path(given)
    if given in nodes.frame.columns or not file.is_file():
        with refusals(nodes):
            return {one for one, yes in zip(net.ids, dyads.answered(nodes.frame, given), strict=True) if yes}
    table = read_rows(file, limit=COMMAND_LINE_LIMIT)
    names = read_names(table)
    if strangers := sorted(names - set(net.ids)):
        reason = f"“{shown(strangers[0])}” is not an id of the nodes"
        raise UnusableFile(table.name, reason, "Add the missing node to the nodes, or mend the id.")
    return names


def _turned(files: Sequence[Path], answered: Sequence[set[str]], people: int) -> pl.DataFrame | None:
    """The table of what was formal, informal, both or none and what it became; None where a file does not say."""
    told = [read_formality(read_rows(file, limit=COMMAND_LINE_LIMIT)) for file in files]
    ties = [ties_of_edges(edges, wave) for wave, edges in enumerate(told, 1) if edges is not None]
    if len(ties) < len(files):
        return None
    finished = [(wave, person) for wave, names in enumerate(answered, 1) for person in sorted(names)]
    schema = {"wave": pl.Int32, "person": pl.String}
    return transitions(pl.concat(ties), pl.DataFrame(finished, schema=schema, orient="row"), people - 1)


def _turns(table: pl.DataFrame | None, name: str) -> dict[str, object]:
    """Of one wave and the next: pairs by what they were, then by what they became; and how many converted."""
    if table is None:
        return {}
    rows = table.filter(pl.col("wave") == int(name.partition("_")[0]))
    cells: dict[str, dict[str, int | None]] = {state: {} for state in STATES}
    for before, after, pairs in rows.select("before", "after", "pairs").iter_rows():
        cells[before][after] = pairs
    turned = {row.pop("before"): row for row in conversion(rows).drop("wave", "next_wave").to_dicts()}
    return {"transitions": cells, "conversion": turned}


def _panel_table(found: Mapping[str, Panel]) -> str:
    """One row for each measure, one column for each wave and the next."""
    by_wave = [asdict(one) for one in found.values()]
    rows = [(name, *(one[name] for one in by_wave)) for name in by_wave[0]]
    return aligned(("measure", *(f"waves {waves.replace('_', ' to ')}" for waves in found)), rows)


def _overlap(found: Overlap) -> dict[str, object]:
    """What two layers share by "a&b", what all share by "all3" where there are three or more, and more of the same."""
    count = len(found.ties)
    every = {f"all{count}": found.every} if count > 2 else {}
    more = {"ties": found.ties, "jaccard": found.jaccard, "ties_by_number_of_layers": found.by_count}
    return {**found.both, **every, **more}


def _overlap_table(found: Overlap) -> str:
    rows = [
        (one, other, found.ties[one], found.ties[other], found.both[key], found.jaccard[key])
        for one, other in combinations(found.ties, 2)
        for key in [f"{one}&{other}"]
    ]
    pairs = aligned(("layer", "other", "ties", "ties of other", "in both", "jaccard"), rows)
    return pairs + "\n\n" + aligned(("in so many layers", "ties"), list(enumerate(found.by_count, 1)))


def _tables(nodes: pl.DataFrame, measures: Mapping[str, object]) -> str:
    """Single numbers first, then one row per node, then whatever is neither."""
    flat = dict(_flat(measures))
    single = {name: value for name, value in flat.items() if not isinstance(value, list | dict)}
    by_node = {name: value for name, value in flat.items() if _one_each(value, name, nodes.height)}
    rest = {name: value for name, value in flat.items() if name not in single and name not in by_node}
    parts = [aligned(("measure", "value"), list(single.items()))]
    if by_node:
        parts.append(aligned(("id", *by_node), list(zip(nodes["id"], *by_node.values(), strict=True))))
    parts += [f"{name}  {_json(value)}" for name, value in rest.items()]
    return "\n\n".join(parts)


def _flat(measures: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    """The measures with what belongs to one name, such as "ego_dept", under a name for each part: "ego_dept.size"."""
    for name, value in measures.items():
        if isinstance(value, dict):
            yield from ((f"{name}.{part}", found) for part, found in value.items())
        elif name.startswith("ego_") and isinstance(value, list) and value and isinstance(value[0], dict):
            yield from ((f"{name}.{part}", [one[part] for one in value]) for part in value[0])
        else:
            yield name, value


def _one_each(value: object, name: str, count: int) -> TypeGuard[list[object]]:
    """Whether a measure is a list with one number (or None) for each node, and not one of kinds that is as long."""
    if not isinstance(value, list) or name.startswith(OF_KINDS):
        return False
    return len(value) == count and not any(isinstance(one, list | dict) for one in value)
