"""The measures' manual, read and run: drawn networks in YAML, each with a measure and its value worked by hand."""

import ast
import importlib
import math
import operator
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, is_dataclass
from pathlib import Path

import numpy as np
import polars as pl
from ruamel.yaml import YAML

from networks.inference.dyads import same, texts, tied
from networks.measure import measure
from networks.uncertainty.intervals import paired_change
from tests.networks.spec import drawing
from tests.networks.spec.drawing import Drawn

FOLDER = Path(__file__).parent
FAMILIES = (
    "whole", "nodes", "weights", "groups", "brokerage", "ego", "structure", "ties", "organisation", "panels",
    "inference", "response",
)  # fmt: skip
"""The files, in the order of the manual."""
TOLERANCE = 1e-9


@dataclass(frozen=True)
class Spec:
    """One measure: what it says, how it is defined, whence, and its value in a drawn example."""

    name: str
    says: str
    definition: str
    worked: str
    value: object
    sources: Sequence[str] = ()
    follows: str | None = None
    also: Sequence[str] = ()
    draw: str | None = None
    second: str | None = None
    dept: Mapping[str, str] | None = None
    of: str | None = None
    given: Mapping[str, object] | None = None
    part: str | None = None


@dataclass(frozen=True)
class Family:
    """Measures that belong together, with the command that prints them and what to know before reading them."""

    title: str
    command: str | None
    about: str
    measures: Sequence[Spec]


def families() -> Iterator[Family]:
    """Every file of the manual."""
    for name in FAMILIES:
        read = YAML(typ="safe").load(FOLDER / f"{name}.yaml")
        yield Family(read["title"], read.get("command"), read["about"], [Spec(**one) for one in read["measures"]])


def found(spec: Spec) -> object:
    """What the code gives for the example of a spec, in plain values."""
    value = plain(FUNCTIONS.get(spec.of or "", _called)(spec))
    for part in (spec.part or "").split(".") if spec.part else ():
        value = value[int(part) if isinstance(value, list) else part]
    if isinstance(spec.value, Mapping) and isinstance(value, list) and spec.draw:
        ids = drawing.drawn(spec.draw, spec.dept).ids
        if len(ids) == len(value) and not set(spec.value) - set(ids):
            return dict(zip(ids, value, strict=True))
    return value


def plain(value: object) -> object:
    """Dataclasses, frames and arrays as dicts, lists and numbers."""
    if is_dataclass(value) and not isinstance(value, type):
        return {name: plain(one) for name, one in {**asdict(value), **_properties(value)}.items()}
    if isinstance(value, pl.DataFrame):
        return value.to_dicts()
    if isinstance(value, np.ndarray):
        return value.tolist()
    if isinstance(value, tuple | list):
        return [plain(one) for one in value]
    return value


def _properties(value: object) -> dict[str, object]:
    names = [name for name, one in vars(type(value)).items() if isinstance(one, property)]
    return {name: getattr(value, name) for name in names}


def differences(got: object, wanted: object, where: str = "value") -> list[str]:
    """Where `got` is not what is wanted; further keys of a table are passed over."""
    if isinstance(wanted, Mapping):
        have = got if isinstance(got, Mapping) else {}
        return [
            line for key, one in wanted.items() for line in differences(have.get(key, "missing"), one, f"{where}.{key}")
        ]
    if isinstance(wanted, list) and isinstance(got, list) and len(got) == len(wanted):
        pairs = enumerate(zip(got, wanted, strict=True))
        return [line for place, (one, other) in pairs for line in differences(one, other, f"{where}[{place}]")]
    wanted = number(wanted)
    numbers = isinstance(wanted, int | float) and isinstance(got, int | float) and not isinstance(got, bool)
    right = math.isclose(got, wanted, abs_tol=TOLERANCE) if numbers else got == wanted
    return [] if right else [f"{where}: {got} where {wanted} belongs"]


SUMS: dict[type, Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}


def number(value: object) -> object:
    """A sum such as "2/3" or "(2/3)**0.5" as a number; anything else as it is."""
    if not isinstance(value, str) or not any(sign.isdigit() for sign in value):
        return value
    try:
        return _sum(ast.parse(value, mode="eval").body)
    except (SyntaxError, ValueError):
        return value


def _sum(node: ast.expr) -> float:
    match node:
        case ast.Constant(value=int() | float() as value):
            return value
        case ast.BinOp(left=left, op=sign, right=right) if type(sign) in SUMS:
            return SUMS[type(sign)](_sum(left), _sum(right))
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_sum(operand)
    raise ValueError("no sum")


def _measured(spec: Spec) -> object:
    one = drawing.drawn(spec.draw, spec.dept)
    return measure(one.nodes, one.edges, "dept" if spec.dept else None)[spec.name]


def _called(spec: Spec) -> object:
    if spec.of is None:
        return _measured(spec)
    module, _, name = spec.of.rpartition(".")
    given = {name: _input(name, value) for name, value in (spec.given or {}).items()}
    networks = [drawing.drawn(text, spec.dept) for text in (spec.draw, spec.second) if text]
    return getattr(importlib.import_module(module), name)(*(one.network for one in networks), **given)


def _input(name: str, value: object) -> object:
    """A table in words as the frame that the measure takes; a list of numbers as an array."""
    if name in drawing.TABLES and _is_table(name, value):
        return drawing.TABLES[name](value)
    if name == "found":
        return paired_change(**{each: _input(each, one) for each, one in value.items()})
    if isinstance(value, list) and all(isinstance(number(one), int | float | list | None) for one in value):
        return np.array([np.nan if one is None else number(one) for one in value], dtype=float)
    if name == "strata":
        return np.array(value)
    return value


def _is_table(name: str, value: object) -> bool:
    """Whether it is written as a table: coverage takes numbers by the names of tables."""
    return isinstance(value, Mapping) or (isinstance(value, list) and name != "finished")


def _matrices(spec: Spec) -> list[Drawn]:
    return [drawing.drawn(text, spec.dept) for text in (spec.draw, spec.second) if text]


def _between_matrices(spec: Spec) -> object:
    """A function of `networks` that takes matrices of all pairs."""
    module, _, name = str(spec.of).rpartition(".")
    matrices = [tied(one.network) for one in _matrices(spec)]
    return getattr(importlib.import_module(module), name)(*matrices, **(spec.given or {}))


def _explained(spec: Spec) -> object:
    """MRQAP of the drawn ties by whether both ends are of one dept."""
    one = drawing.drawn(spec.draw, spec.dept)
    explain = importlib.import_module("networks.inference.mrqap").mrqap
    return explain(tied(one.network), {"same_dept": same(texts(one.nodes, "dept"))})


def _overlap(spec: Spec) -> object:
    advice, friends = (one.network for one in _matrices(spec))
    return importlib.import_module("networks.measures.multiplexity").overlap({"advice": advice, "friends": friends})


FUNCTIONS: Mapping[str, Callable[[Spec], object]] = {
    "networks.inference.qap.qap": _between_matrices,
    "networks.inference.mrqap.mrqap": _explained,
    "networks.bootstrap.uncertainty": _between_matrices,
    "networks.bootstrap.change": _between_matrices,
    "networks.measures.multiplexity.overlap": _overlap,
}
"""Those that take something other than networks and tables."""
