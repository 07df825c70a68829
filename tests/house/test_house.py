"""The rules of the house: who may import whom covers every room, modules stay short and say what they give."""

import ast
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest

from tests.house.repository import ROOT, files, modules, named, rooms

LONGEST = 300
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
CONTRACTS = PROJECT["tool"]["importlinter"]
ENTRIES = {"wsgi", "gunicorn.conf"}  # started by the server, imported by no one
TEXTS = {
    ".py",
    ".md",
    ".toml",
    ".txt",
    ".html",
    ".js",
    ".mjs",
    ".scss",
    ".sh",
    ".yaml",
    ".yml",
    ".json",
    ".cfg",
    ".ini",
    "",
}
# Written in pieces, so that this file does not hold what it looks for.
MACHINE_PATHS = re.compile(
    r"(?<![\w.])/(?:" + "|".join(["ho" + "me", "Us" + "ers", "ro" + "ot", "wo" + "rk"]) + r")/\w"
)
REGISTRIES = re.compile("|".join(["pypi" + r"\.org", "registry" + r"\.npmjs", "deb" + r"\.debian", "npmjs" + r"\.com"]))


def texts() -> list[Path]:
    return [path for path in files() if path.suffix in TEXTS]


def contract_names(contract: dict[str, Any]) -> set[str]:
    layers = [name.strip() for layer in contract.get("layers", []) for name in layer.split("|")]
    return {*layers, *contract.get("source_modules", []), *contract.get("forbidden_modules", [])}


def test_every_room_is_in_the_import_contracts() -> None:
    known = {name.split(".")[0] for contract in CONTRACTS["contracts"] for name in contract_names(contract)}
    assert rooms() - ENTRIES - known == set()


def test_every_package_is_read_by_the_import_linter() -> None:
    packages = {name for name in rooms() if (ROOT / name / "__init__.py").is_file()}
    assert packages == set(CONTRACTS["root_packages"])


def test_every_room_is_type_checked() -> None:
    checked = {name.removesuffix(".py") for name in PROJECT["tool"]["mypy"]["files"]}
    assert rooms() - {"gunicorn.conf"} - checked == set()


def test_no_module_is_too_long() -> None:
    lengths = {named(path): len(path.read_text().splitlines()) for path in modules()}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST} == {}


def test_every_module_says_what_it_gives() -> None:
    silent = [named(path) for path in modules() if not ast.get_docstring(ast.parse(path.read_text()))]
    assert [name for name in silent if (ROOT / name).read_text().strip()] == []


def test_no_module_is_named_for_nothing() -> None:
    vague = {"utils", "util", "helpers", "helper", "common", "misc"}
    assert [named(path) for path in modules() if path.stem in vague] == []


def test_no_import_hides_in_a_function() -> None:
    hidden = [
        f"{named(path)}:{node.lineno}"
        for path in modules()
        if path.relative_to(ROOT).parts[0] not in {"tests", "docs"}
        for function in ast.walk(ast.parse(path.read_text()))
        if isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef))
        for node in ast.walk(function)
        if isinstance(node, (ast.Import, ast.ImportFrom))
    ]
    assert hidden == []


def test_the_map_is_in_step() -> None:
    command = [sys.executable, ROOT / "docs/make_map.py", "--check"]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(("what", "pattern"), [("machine path", MACHINE_PATHS), ("registry", REGISTRIES)])
def test_no_text_names_a_place_of_ours(what: str, pattern: re.Pattern[str]) -> None:
    found = [f"{named(path)}: {hit.group()}" for path in texts() for hit in [pattern.search(path.read_text())] if hit]
    assert found == [], what


def test_no_template_turns_escaping_off() -> None:
    unsafe = re.compile(r"\|\s*safe\b|autoescape\s+false")
    assert [named(path) for path in files() if path.suffix == ".html" and unsafe.search(path.read_text())] == []


def test_requirements_are_exact() -> None:
    exact = re.compile(r"^[\w.-]+==[\w.]+(; python_version < \"3\.14\")?$")
    for name in ("requirements.txt", "requirements-dev.txt"):
        lines = [line.split("#")[0].strip() for line in (ROOT / name).read_text().splitlines()]
        assert [line for line in lines if line and not line.startswith("-r ") and not exact.match(line)] == []


def test_what_the_rooms_import_is_in_the_requirements() -> None:
    pinned = {
        line.split("==")[0].lower() for line in (ROOT / "requirements.txt").read_text().splitlines() if "==" in line
    }
    imported = {
        name.split(".")[0]
        for path in modules()
        if path.relative_to(ROOT).parts[0] not in {"tests", "docs"}
        for node in ast.walk(ast.parse(path.read_text()))
        for name in imports_of(node)
    }
    distributions = packages_distributions()
    outside = imported - rooms() - {"tests"} - set(sys.stdlib_module_names)
    assert {name for name in outside if not pinned & {one.lower() for one in distributions.get(name, [])}} == set()


def imports_of(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module] if isinstance(node, ast.ImportFrom) and node.module and node.level == 0 else []
