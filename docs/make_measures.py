"""Writes docs/measures.md and its pictures from the drawn networks that are also the tests. `--check` only compares."""

import json
import math
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from docs.make_low_response import FIGURES, section  # noqa: E402
from tests.networks.spec.drawing import Drawn, drawn  # noqa: E402
from tests.networks.spec.specs import Family, Spec, families  # noqa: E402

PAGE = ROOT / "docs" / "measures.md"
PICTURES = ROOT / "docs" / "pictures" / "networks"
HEAD = """# Measures

Every measure that Confer knows: what it says, how it is defined, where it comes from, which reference it follows where
references disagree, and its value in a drawn example, worked by hand. The examples are the tests, so what stands here
is what the code gives. Made by `make docs` from `tests/networks/spec/`; never edit it by hand.

A name in `this type` is the one that the command prints with `--json`. In drawings `a -> b` says that a names b:
knowledge then flows from b to a. Circles of one shade are of one group.
"""


def page() -> str:
    """The manual as it should be now."""
    found = list(families())
    parts = [HEAD, contents(found), *(family_part(one) for one in found)]
    return "\n".join([*parts, section(json.loads(FIGURES.read_text(encoding="utf-8")))])


def contents(found: list[Family]) -> str:
    """A line for each family."""
    lines = [
        f"- [{one.title}](#{anchor(one.title)}): {', '.join(f'`{spec.name}`' for spec in one.measures)}"
        for one in found
    ]
    return "\n".join([*lines, "- [What low response does](#what-low-response-does)", ""])


def anchor(title: str) -> str:
    """The link to a heading."""
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


def family_part(family: Family) -> str:
    """One family with all its measures."""
    command = (
        [f"Printed by {', '.join(f'`{one.strip()}`' for one in family.command.split(','))}.\n"]
        if family.command
        else []
    )
    return "\n".join([f"## {family.title}\n", *command, f"{family.about}\n", *map(measure_part, family.measures)])


def measure_part(spec: Spec) -> str:
    """One measure: a heading, a table of what it is, the drawing and the value."""
    rows = [("definition", spec.definition), ("source", "; ".join(spec.sources)), ("follows", spec.follows or "")]
    told = "".join(f"- **{name}**: {text}\n" for name, text in rows if text)
    return f"### `{spec.name}`\n\n{spec.says}\n\n{told}\n{example(spec)}\n{value_part(spec)}\n"


def value_part(spec: Spec) -> str:
    """The value with the sum that leads to it; rows as a table."""
    value = spec.value
    if isinstance(value, dict) and value and all(isinstance(row, dict | None) for row in value.values()):
        value = [{"": name, **(row or {})} for name, row in value.items()]
    if not (isinstance(value, list) and value and all(isinstance(row, dict) for row in value)):
        return f"**Value** {shown(value)}. {spec.worked}"
    names = list(dict.fromkeys(name for row in value for name in row))
    rows = [names, ["---"] * len(names), *([cell(row, name) for name in names] for row in value)]
    return f"**Value** {spec.worked}\n\n" + "\n".join(f"| {' | '.join(row)} |" for row in rows) + "\n"


def cell(row: dict[str, object], name: str) -> str:
    """One cell of a table; empty where the example says nothing of it."""
    return shown(row[name]).strip("`") if name in row else ""


def example(spec: Spec) -> str:
    """The drawn network, or the answers that the value comes from."""
    if not spec.draw:
        lines = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in (spec.given or {}).items()]
        return "```text\n" + "\n".join(lines) + "\n```\n"
    texts = [text for text in (spec.draw, spec.second) if text]
    groups = [f"dept: {', '.join(f'{name} {dept}' for name, dept in spec.dept.items())}"] if spec.dept else []
    pictures = " ".join(f"![{alt(text)}](pictures/networks/{picture(text, spec)})" for text in texts)
    return f"{pictures}\n\n```text\n" + "\n\n".join([*texts, *groups]) + "\n```\n"


def alt(text: str) -> str:
    """The drawing in words."""
    return "; ".join(line.strip() for line in text.splitlines())


def picture(text: str, spec: Spec) -> str:
    """The name of a drawing's file."""
    words = re.sub(r"[^a-z0-9]+", "-", text.replace("<->", "both").replace("->", "to").lower()).strip("-")
    return words + ("-" + "-".join(spec.dept.values()) if spec.dept else "") + ".svg"


def shown(value: object) -> str:
    """A value as one reads it."""
    return "`" + json.dumps(value, ensure_ascii=False).replace("null", "–").replace('"', "") + "`"


def pictures() -> dict[str, str]:
    """Every drawing by its file's name."""
    specs = [spec for family in families() for spec in family.measures]
    pairs = [(text, spec) for spec in specs for text in (spec.draw, spec.second) if text]
    return {picture(text, spec): svg(drawn(text, spec.dept)) for text, spec in pairs}


SHADES = ("#ffffff", "#b8d4ee", "#f5d9a8", "#cfe6c3")
WIDTH, RADIUS, NODE = 220, 74, 15


def svg(one: Drawn) -> str:
    """The network on a circle, one shade for each group."""
    places = dict(zip(one.ids, corners(len(one.ids)), strict=True))
    depts = one.nodes["dept"].to_list() if "dept" in one.nodes.columns else [None] * len(places)
    kinds = {dept: SHADES[number % len(SHADES)] for number, dept in enumerate(dict.fromkeys(depts))}
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{WIDTH}" viewBox="0 0 {WIDTH} {WIDTH}" '
        'font-family="sans-serif" font-size="14">\n<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" '
        'markerWidth="8" markerHeight="8" orient="auto"><path d="M0 0 8 4 0 8z"/></marker></defs>\n'
        f'<rect width="{WIDTH}" height="{WIDTH}" fill="#fff"/>\n'
    )
    nodes = [circle(name, places[name], kinds[dept]) for name, dept in zip(one.ids, depts, strict=True)]
    return head + "\n".join([*arrows(one, places), *nodes]) + "\n</svg>\n"


def corners(count: int) -> list[tuple[float, float]]:
    """Places on a circle, the first at the left above."""
    turns = [math.tau * place / count - math.pi * 3 / 4 for place in range(count)]
    return [(WIDTH / 2 + RADIUS * math.cos(turn), WIDTH / 2 + RADIUS * math.sin(turn)) for turn in turns]


def arrows(one: Drawn, places: dict[str, tuple[float, float]]) -> Iterator[str]:
    """A line from node to node; those that go both ways beside each other."""
    pairs = one.edges.select("source", "target").rows()
    weights = one.edges["weight"].to_list() if "weight" in one.edges.columns else [""] * len(pairs)
    for (source, target), weight in zip(pairs, weights, strict=True):
        (x, y), (to_x, to_y) = places[source], places[target]
        length = math.hypot(to_x - x, to_y - y)
        along_x, along_y = (to_x - x) / length, (to_y - y) / length
        aside = 5 if (target, source) in pairs else 0
        x, y, to_x, to_y = x - along_y * aside, y + along_x * aside, to_x - along_y * aside, to_y + along_x * aside
        start = f'x1="{x + along_x * NODE:.1f}" y1="{y + along_y * NODE:.1f}"'
        end = f'x2="{to_x - along_x * (NODE + 1):.1f}" y2="{to_y - along_y * (NODE + 1):.1f}"'
        yield f'<line {start} {end} stroke="#212b32" stroke-width="1.5" marker-end="url(#tip)"/>'
        if weight:
            beside = f'x="{(x + to_x) / 2 - along_y * 12:.1f}" y="{(y + to_y) / 2 + along_x * 12 + 5:.1f}"'
            yield f'<text {beside} text-anchor="middle">{weight}</text>'


def circle(name: str, place: tuple[float, float], shade: str) -> str:
    """A node with its name."""
    x, y = place
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{NODE}" fill="{shade}" stroke="#212b32" stroke-width="1.5"/>'
        f'<text x="{x:.1f}" y="{y + 5:.1f}" text-anchor="middle">{name}</text>'
    )


def main(arguments: list[str]) -> int:
    """Writes the page and its pictures, or with --check says whether they are in step; gives the exit code."""
    wanted = {PAGE: page(), **{PICTURES / name: text for name, text in pictures().items()}}
    present = {PAGE, *PICTURES.glob("*.svg")}
    if "--check" not in arguments:
        for path in present - set(wanted):
            path.unlink()
        PICTURES.mkdir(parents=True, exist_ok=True)
        for path, text in wanted.items():
            path.write_text(text, encoding="utf-8")
        return 0
    if present == set(wanted) and all(
        path.is_file() and path.read_text(encoding="utf-8") == text for path, text in wanted.items()
    ):
        return 0
    print("docs/measures.md is out of step with tests/networks/spec. Run: make docs", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
