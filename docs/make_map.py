"""Writes docs/map.md: one line a file, from the first line of each module's docstring. `--check` only compares."""

import ast
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MAP = ROOT / "docs" / "map.md"
ROOMS = {
    "": "The door",
    "instruments": "What we ask",
    "surveys": "What happens in the field",
    "networks": "What it means",
    "exchange": "What goes in and out",
    "dashboards": "What it looks like",
    "webapp": "The web",
    "bench": "What it costs",
}
HEAD = """# Map

One line a file, made from the modules' own first lines by `make docs`. Read downstream:
instruments → surveys → networks → dashboards → webapp.
"""


def modules(room: str) -> list[Path]:
    """The Python files of a room, or those beside the rooms; sorted by path."""
    folder = ROOT / room
    found = folder.glob("*.py") if room == "" else folder.rglob("*.py")
    return sorted(path for path in found if "node_modules" not in path.parts)


def first_line(path: Path) -> str:
    """The first line of a module's docstring, or nothing."""
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    return docstring.splitlines()[0] if docstring else ""


def section(room: str, title: str) -> str:
    """One room's heading and lines; an __init__ stands for its folder."""
    lines = [f"\n## {title}" + (f" (`{room}/`)" if room else "") + "\n"]
    for path in modules(room):
        name = path.relative_to(ROOT).as_posix().removesuffix("__init__.py")
        if line := first_line(path):
            lines.append(f"- `{name}` {line}")
    return "\n".join(lines) + "\n"


def whole() -> str:
    """The map as it should be now."""
    return HEAD + "".join(section(room, title) for room, title in ROOMS.items() if modules(room))


def main(arguments: list[str]) -> int:
    """Writes the map, or with --check says whether it is in step; gives the exit code."""
    wanted = whole()
    if "--check" not in arguments:
        MAP.write_text(wanted, encoding="utf-8")
        return 0
    if MAP.is_file() and MAP.read_text(encoding="utf-8") == wanted:
        return 0
    print("docs/map.md is out of step with the modules' first lines. Run: make docs", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
