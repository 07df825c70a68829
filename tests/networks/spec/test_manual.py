"""The manual is in step with the drawn networks, and has every name that the commands print."""

import ast
import importlib.util
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from types import ModuleType

import pytest

from networks import bootstrap
from networks.inference.dyads import same, texts, tied
from networks.inference.mrqap import mrqap
from networks.inference.qap import qap
from networks.measure import measure
from networks.measures.panels import between
from tests.networks.spec.drawing import drawn

ROOT = Path(__file__).parents[3]
DEPTS = {"a": "clinic", "b": "clinic", "c": "lab", "d": "lab"}
ONE = drawn("a -> b : 2\nb -> c : 1\nc -> d : 4\na -> c : 3", DEPTS)
OTHER = drawn("a -> b\nc -> a\nd", DEPTS)


@pytest.fixture(scope="module")
def make_measures() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_measures", ROOT / "docs/make_measures.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def printed() -> Iterator[tuple[str, Mapping[str, object]]]:
    """What each command prints, by the names that it uses."""
    one, other = tied(ONE.network), tied(OTHER.network)
    yield "measure", measure(ONE.nodes, ONE.edges, "dept")
    yield "panel", asdict(between(ONE.network, OTHER.network))
    yield "qap", asdict(qap(one, other, 100))
    yield "mrqap", asdict(mrqap(one, {"same_dept": same(texts(ONE.nodes, "dept"))}, 100))
    yield "bootstrap", asdict(bootstrap.uncertainty(one, draws=20))
    yield "bootstrap twice", asdict(bootstrap.change(one, other, draws=20))


def names(values: Mapping[str, object]) -> Iterator[str]:
    """The names of a table, and of the tables in it that are not by group."""
    for name, value in values.items():
        yield name
        if name.endswith("_undirected") and isinstance(value, Mapping):
            yield from value


@pytest.mark.parametrize(("command", "values"), list(printed()))
def test_every_name_that_a_command_prints_is_in_the_manual(command: str, values: Mapping[str, object]) -> None:
    page = (ROOT / "docs/measures.md").read_text(encoding="utf-8")
    beyond = {"value"}  # what the command calls "density"
    assert [name for name in names(values) if name not in beyond and not named(name, page)] == []


def named(name: str, page: str) -> bool:
    return f"`{name}`" in page or f"{name}: " in page


def test_the_page_and_its_pictures_are_in_step(make_measures: ModuleType) -> None:
    assert make_measures.main(["--check"]) == 0


def test_every_drawing_has_a_picture_of_all_its_people(make_measures: ModuleType) -> None:
    for name, picture in make_measures.pictures().items():
        assert picture.count("<circle") >= 3, name
        assert picture.count("marker-end") >= 1, name


def test_a_changed_value_is_noticed(make_measures: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(make_measures, "PAGE", tmp_path / "measures.md")
    monkeypatch.setattr(make_measures, "PICTURES", tmp_path / "pictures")
    assert make_measures.main(["--check"]) == 1
    assert make_measures.main([]) == 0
    assert make_measures.main(["--check"]) == 0
    text = (tmp_path / "measures.md").read_text(encoding="utf-8")
    (tmp_path / "measures.md").write_text(text.replace("**Value** `1/3`", "**Value** `1/2`", 1), encoding="utf-8")
    assert make_measures.main(["--check"]) == 1


INSIDE = {
    "spread", "standard_errors",  # what intervals are made of
    "with_returned", "among_both_answered",  # what confirmed reciprocity is made of
    "pairs_of", "total_contacts", "texts", "numbers", "answered", "tied", "weighted",  # what others are made of
    "weighted_reciprocity", "panels", "redrawn", "density",  # printed by a command, and shown by its name
}  # fmt: skip
"""Public functions that are no measures, or the parts of those that the manual shows whole."""


def test_every_public_measure_of_answers_has_a_drawn_example(make_measures: ModuleType) -> None:
    """What takes a network comes through `measure`, whose names are all there; the others are called by name."""
    shown = {spec.of.rpartition(".")[2] for family in make_measures.families() for spec in family.measures if spec.of}
    missing = {f"{path.stem}.{name}" for path, name in public() if name not in shown | INSIDE}
    assert missing == set()


ANSWERS = (
    "bootstrap", "inference/dyads", "inference/mrqap", "inference/qap", "measures/contacts", "measures/flows",
    "measures/growth", "measures/multiplexity", "measures/panels", "measures/reciprocity", "measures/reports",
    "measures/seeding", "measures/sites", "uncertainty/bounds", "uncertainty/coverage", "uncertainty/decomposition",
    "uncertainty/everyone", "uncertainty/gates", "uncertainty/intervals", "uncertainty/weights",
)  # fmt: skip
"""The modules that measure answers, not only networks."""


def public() -> Iterator[tuple[Path, str]]:
    """Their public functions."""
    for name in ANSWERS:
        path = ROOT / "networks" / f"{name}.py"
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                yield path, node.name
