"""What the repository holds: its text files, its modules, its packages."""

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
NOT_ROOMS = {"tests", "docs"}


@cache
def files() -> tuple[Path, ...]:
    """Every file that is or would be committed."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return tuple(sorted(path for name in listed.split("\0") if name and (path := ROOT / name).is_file()))


def modules() -> list[Path]:
    return [path for path in files() if path.suffix == ".py"]


def rooms() -> set[str]:
    """The packages and modules at the top, by the name they are imported under."""
    parts = [path.relative_to(ROOT).parts for path in modules()]
    return {part[0].removesuffix(".py") for part in parts} - NOT_ROOMS


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()
