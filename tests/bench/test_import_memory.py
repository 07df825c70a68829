"""A staff list of 50,000 people, as CSV and as a workbook: looked at, imported and imported again in 300 MB."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bench.planted_staff import staff_csv, staff_workbook

PEOPLE = 50_000
MOST_MEGABYTES = 300
STATUS = Path("/proc/self/status")
ROOT = Path(__file__).parents[2]


@pytest.mark.skipif(not STATUS.exists(), reason="this system does not say what a program held at most")
@pytest.mark.parametrize(("name", "make"), [("staff.csv", staff_csv), ("staff.xlsx", staff_workbook)])
def test_a_long_staff_list_takes_little_memory(tmp_path: Path, name: str, make: Callable[[int], bytes]) -> None:
    file = tmp_path / name
    file.write_bytes(make(PEOPLE))
    command = [sys.executable, "-m", "bench.import_memory", str(file)]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=120).stdout
    look, first, again, megabytes = said.splitlines()
    assert look.endswith("s: People: 50000 added, 0 changed, 0 unchanged.")
    assert first.endswith("s: People: 50000 added, 0 changed, 0 unchanged.")
    assert again.endswith("s: People: 0 added, 0 changed, 50000 unchanged.")
    assert int(megabytes) <= MOST_MEGABYTES, said
