"""The page on measuring a CSV says what is true."""

import re
from dataclasses import fields
from pathlib import Path

import polars as pl

from networks.measure import measure
from networks.measures.panels import Panel

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "measure-a-csv.md"
NODES = pl.DataFrame({"id": ["ann", "bob", "cas"], "dept": ["clinic", "clinic", "supplier"]})
EDGES = pl.DataFrame({"source": ["ann", "bob", "bob"], "target": ["bob", "ann", "cas"]})


def test_the_python_example_gives_what_its_comments_say() -> None:
    code = re.findall(r"```python\n(.*?)```", PAGE.read_text(), re.DOTALL)[0]
    names: dict[str, dict[str, object]] = {}
    exec(code, names)
    claims = re.findall(r'found\["(\w+)"\]  # ([^:\n]+)', code)
    assert len(claims) == 2
    assert [str(names["found"][name]) for name, _ in claims] == [value for _, value in claims]


def test_every_measure_is_on_the_page() -> None:
    page = PAGE.read_text()
    told = {name.replace("…", "dept") for name in re.findall(r"`([\w…]+)`", page)}
    told |= {f"gould_fernandez_dept{name}" for name in told if name.startswith("_")}
    assert set(measure(NODES, EDGES.with_columns(weight=pl.lit(1.0)), "dept")) <= told
    assert {one.name for one in fields(Panel)} <= told
