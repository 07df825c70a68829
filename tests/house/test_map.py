"""The map gives one line a file, and notices when it is out of step."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from tests.house.repository import ROOT


@pytest.fixture
def make_map(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_map", ROOT / "docs/make_map.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    (tmp_path / "docs").mkdir()
    (tmp_path / "networks").mkdir()
    (tmp_path / "networks/__init__.py").write_text('"""What it means."""\n')
    (tmp_path / "networks/ties.py").write_text('"""Ties between people.\n\nMore."""\n')
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "MAP", tmp_path / "docs/map.md")
    return module


def test_a_module_stands_with_its_first_line(make_map: ModuleType) -> None:
    assert "- `networks/` What it means.\n- `networks/ties.py` Ties between people.\n" in make_map.whole()


def test_a_room_without_modules_is_left_out(make_map: ModuleType) -> None:
    assert "surveys/`" not in make_map.whole()


def test_a_changed_first_line_is_noticed(make_map: ModuleType) -> None:
    assert make_map.main([]) == 0
    assert make_map.main(["--check"]) == 0
    (make_map.ROOT / "networks/ties.py").write_text('"""Something else."""\n')
    assert make_map.main(["--check"]) == 1
