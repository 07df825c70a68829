"""`flask networks qap`, `mrqap` and `bootstrap`: what goes together, what explains ties, and how sure a figure is."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import click
import polars as pl

from exchange.networks_csv import read_edges, read_nodes
from exchange.refusals import UnusableFile
from exchange.tables import COMMAND_LINE_LIMIT, Table, read_rows
from networks import bootstrap
from networks.graphs import network
from networks.inference import dyads
from networks.inference.cells import Mask, Matrix
from networks.inference.mrqap import Explained, mrqap
from networks.inference.qap import qap
from networks.inference.refusals import DoubledTerm, NotTestable, UnclearAnswered, WrongNumber
from webapp.commands.columns import aligned

Option = Callable[[Callable[..., None]], Callable[..., None]]
csv_file = click.Path(exists=True, dir_okay=False, path_type=Path)
MOST_DRAWS = 1_000_000


@dataclass(frozen=True)
class Nodes:
    """The nodes of a command: the file as it was read, and its frame."""

    table: Table
    frame: pl.DataFrame

    @classmethod
    def of(cls, file: Path) -> Nodes:
        """Read a nodes file."""
        table = read_rows(file, limit=COMMAND_LINE_LIMIT)
        return cls(table, read_nodes(table))


class Named(click.ParamType[tuple[str, Path]]):
    """`name=file.csv`, as the name and the path."""

    name = "NAME=FILE"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, Path]:
        """The name and the path; fails unless both are there and the file exists."""
        name, equals, path = str(value).partition("=")
        if not (name.strip() and equals and path):
            self.fail(f"“{value}” is not a name and a file. Write it like friends=friends.csv.", param, ctx)
        file: Path = csv_file.convert(path, param, ctx)
        return name.strip(), file


nodes_option = click.option("--nodes", "nodes_file", required=True, type=csv_file, help="CSV with an id column.")
respondents_option = click.option(
    "--respondents",
    multiple=True,
    metavar="COLUMN",
    help="Column of the nodes that says who answered (yes or no): once for all files, or once for each in order.",
)
weighted_option = click.option("--weighted", is_flag=True, help="Take the column weight, where a file has one.")
seed_option = click.option("--seed", type=click.IntRange(0, 2**63), default=1, show_default=True, help="Draws anew.")
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")


def edges_option(help: str) -> Option:
    """The option --edges, which can be given several times."""
    return click.option("--edges", "edges_files", required=True, multiple=True, type=csv_file, help=help)


def count_option(name: str, help: str) -> Option:
    """An option with a number of random draws."""
    return click.option(name, type=click.IntRange(1, MOST_DRAWS), default=2000, show_default=True, help=help)


@click.command("qap")
@nodes_option
@edges_option("CSV with source and target; give it twice.")
@respondents_option
@weighted_option
@count_option("--permutations", "How often people are exchanged.")
@seed_option
@json_option
def qap_files(
    nodes_file: Path,
    edges_files: tuple[Path, ...],
    respondents: tuple[str, ...],
    weighted: bool,
    permutations: int,
    seed: int,
    as_json: bool,
) -> None:
    """Whether two networks of the same people go together (QAP correlation)."""
    if len(edges_files) != 2:
        raise click.UsageError("Two networks are compared: give --edges twice.")
    nodes = Nodes.of(nodes_file)
    with refusals(nodes):
        one, other = matrices(nodes, edges_files, respondents, weighted, tell=not as_json)
        found = asdict(qap(one, other, permutations, seed))
    show(found, as_json)


@click.command("mrqap")
@nodes_option
@click.option("--edges", "edges_file", required=True, type=csv_file, help="CSV with the ties to explain.")
@click.option("--matrix", "files", type=Named(), multiple=True, help="Other ties that may explain them.")
@click.option("--same", multiple=True, metavar="COLUMN", help="Whether both have the same value.")
@click.option("--absdiff", multiple=True, metavar="COLUMN", help="How far apart their two numbers are.")
@click.option("--distance", nargs=2, metavar="LATITUDE LONGITUDE", help="Two columns: kilometres between the two.")
@respondents_option
@weighted_option
@count_option("--permutations", "How often people are exchanged.")
@seed_option
@json_option
def mrqap_files(
    nodes_file: Path,
    edges_file: Path,
    files: tuple[tuple[str, Path], ...],
    same: tuple[str, ...],
    absdiff: tuple[str, ...],
    distance: tuple[str, str] | None,
    respondents: tuple[str, ...],
    weighted: bool,
    permutations: int,
    seed: int,
    as_json: bool,
) -> None:
    """What explains the ties of a network, each thing with the others known (MRQAP, double semi-partialling)."""
    nodes = Nodes.of(nodes_file)
    with refusals(nodes):
        edges_files = [edges_file, *(file for _, file in files)]
        outcome, *others = matrices(nodes, edges_files, respondents, weighted, tell=not as_json)
        terms = list(zip((name for name, _ in files), others, strict=True))
        terms += [(f"same_{name}", dyads.same(dyads.texts(nodes.frame, name))) for name in same]
        terms += [(f"absdiff_{name}", dyads.absdiff(dyads.numbers(nodes.frame, name))) for name in absdiff]
        if distance:
            terms.append(("distance_km", dyads.distance_km(*(dyads.numbers(nodes.frame, name) for name in distance))))
        found = mrqap(outcome, named_once(terms), permutations, seed)
    click.echo(json.dumps(asdict(found), ensure_ascii=False, allow_nan=False) if as_json else explained(found))


@click.command("bootstrap")
@nodes_option
@edges_option("CSV with source and target; twice for the change from one wave to the next.")
@respondents_option
@count_option("--draws", "How often the network is drawn again.")
@seed_option
@json_option
def bootstrap_files(
    nodes_file: Path,
    edges_files: tuple[Path, ...],
    respondents: tuple[str, ...],
    draws: int,
    seed: int,
    as_json: bool,
) -> None:
    """How sure the density of a network is, or its change between two waves (vertex bootstrap)."""
    if len(edges_files) > 2:
        raise click.UsageError("A change is between two waves: give --edges once or twice.")
    nodes = Nodes.of(nodes_file)
    with refusals(nodes):
        waves = matrices(nodes, edges_files, respondents, weighted=False, tell=not as_json)
    if len(waves) == 2:
        earlier, later = waves
        show(asdict(bootstrap.change(earlier, later, draws=draws, seed=seed)), as_json)
    else:
        found = asdict(bootstrap.uncertainty(waves[0], draws=draws, seed=seed))
        show({"density": found.pop("value"), **found}, as_json)


COMMANDS = (qap_files, mrqap_files, bootstrap_files)


@contextmanager
def refusals(nodes: Nodes) -> Iterator[None]:
    """What cannot be tested, as its text on the error output: with file and line where one cell is at fault."""
    try:
        yield
    except (WrongNumber, UnclearAnswered) as cell:
        line = nodes.table.rows[cell.row + 1].line
        raise UnusableFile(nodes.table.name, cell.reason, cell.remedy, line=line) from None
    except NotTestable as refusal:
        raise click.ClickException(str(refusal)) from None


def matrices(
    nodes: Nodes, files: Sequence[Path], respondents: Sequence[str], weighted: bool, *, tell: bool
) -> list[Matrix]:
    """The ties of each file as a matrix over the nodes, with the rows of those unknown who did not answer.

    With `tell`, the error output says which files have weights that do not count.
    """
    found = [network(nodes.frame, read_edges(read_rows(file, limit=COMMAND_LINE_LIMIT))) for file in files]
    idle = dict.fromkeys(file.name for file, net in zip(files, found, strict=True) if net.weights is not None)
    if tell and not weighted and idle:
        click.echo(f"Weights are not used: {', '.join(idle)}.", err=True)
    matrix_of = dyads.weighted if weighted else dyads.tied
    pairs = zip(found, answered(nodes, respondents, len(files)), strict=True)
    return [matrix_of(net, who) for net, who in pairs]


def answered(nodes: Nodes, respondents: Sequence[str], files: int) -> list[Mask | None]:
    """Who answered, for each file: everybody, those of one column, or those of a column each."""
    if len(respondents) not in (0, 1, files):
        raise click.UsageError(f"Give --respondents once for all files, or {files} times: once for each in order.")
    found: list[Mask | None] = [dyads.answered(nodes.frame, column) for column in respondents]
    return found if len(found) == files else (found or [None]) * files


def named_once(terms: Sequence[tuple[str, Matrix]]) -> dict[str, Matrix]:
    """The terms by name; refuses DoubledTerm."""
    found: dict[str, Matrix] = {}
    for name, matrix in terms:
        if name in found:
            raise DoubledTerm(name)
        found[name] = matrix
    return found


def show(values: Mapping[str, object], as_json: bool) -> None:
    """Print the values: as JSON, or one to a line."""
    plain = json.dumps(values, ensure_ascii=False, allow_nan=False)
    click.echo(plain if as_json else aligned(("what", "value"), list(values.items())))


def explained(found: Explained) -> str:
    """The coefficients as a table, then what they were found from."""
    rows = list(zip(found.terms, found.coef, found.t, found.p_two_sided, strict=True))
    about = {"r2": found.r2, "n": found.n, "pairs": found.cells}
    about |= {f"pairs without {name}": cells for name, cells in found.unknown.items()}
    about |= {"permutations": found.permutations, "seed": found.seed}
    return aligned(("term", "coef", "t", "p, two-sided"), rows) + "\n\n" + aligned(("what", "value"), [*about.items()])
