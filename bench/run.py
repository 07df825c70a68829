"""Times every `bench_*` function and writes docs/figures.md: medians, spread, and ratios to the first of each group.

A file `bench/bench_<group>.py` holds functions `bench_<name>()`; each prepares its data and gives a callable without
arguments, which alone is timed, so that preparing does not count. The first function of a file is the one that the
ratios of that file compare with.
"""

import importlib
import os
import pkgutil
import platform
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import perf_counter

import bench

FIGURES = Path(__file__).resolve().parents[1] / "docs" / "figures.md"
SECONDS = 2.0
FEWEST, MOST = 3, 200

Work = Callable[[], object]
Benchmark = Callable[[], Work]


@dataclass(frozen=True)
class Timing:
    """How long one benchmark took, in milliseconds."""

    group: str
    name: str
    runs: int
    median_ms: float
    fastest_ms: float
    ratio: float


def discover(wanted: str = "") -> Iterator[tuple[str, list[Benchmark]]]:
    """Each group with its benchmarks, in the order in which the file defines them."""
    for module in pkgutil.iter_modules(bench.__path__):
        if module.name.startswith("bench_") and wanted in module.name:
            members = vars(importlib.import_module(f"bench.{module.name}"))
            found = [member for name, member in members.items() if name.startswith("bench_") and callable(member)]
            yield module.name.removeprefix("bench_"), found


def durations_ms(work: Work, seconds: float = SECONDS) -> list[float]:
    """Milliseconds of each run, after one that is not counted; between 3 and 200 runs within `seconds`."""
    work()
    taken: list[float] = []
    while len(taken) < FEWEST or (sum(taken) < seconds * 1000 and len(taken) < MOST):
        start = perf_counter()
        work()
        taken.append((perf_counter() - start) * 1000)
    return taken


def time_group(group: str, benchmarks: list[Benchmark], seconds: float = SECONDS) -> list[Timing]:
    """The timings of one group; ratio 1 is its first benchmark, 2 is twice as slow."""
    timings: list[Timing] = []
    for benchmark in benchmarks:
        taken = durations_ms(benchmark(), seconds)
        middle = median(taken)
        first = timings[0].median_ms if timings else middle
        name = benchmark.__name__.removeprefix("bench_").replace("_", " ")
        timings.append(Timing(group, name, len(taken), middle, min(taken), middle / first))
    return timings


def table(timings: list[Timing]) -> str:
    """The timings as a Markdown table."""
    head = "| group | what | median ms | fastest ms | ratio | runs |\n|---|---|---:|---:|---:|---:|\n"
    rows = [
        f"| {t.group} | {t.name} | {t.median_ms:.3g} | {t.fastest_ms:.3g} | {t.ratio:.2f} | {t.runs} |" for t in timings
    ]
    return head + "\n".join(rows) + "\n"


def machine() -> str:
    """The processor, its cores, the system and the Python that the figures were taken on."""
    return f"{processor()}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"


def processor() -> str:
    """The processor's own name where the system tells it, or else its architecture."""
    about = Path("/proc/cpuinfo")
    lines = about.read_text().splitlines() if about.is_file() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def page(timings: list[Timing], on: datetime) -> str:
    """docs/figures.md: what was measured, where and when."""
    return f"# Figures\n\nMade by `make bench` on {on:%d %B %Y}: {machine()}.\n\n{table(timings)}"


def main(arguments: list[str]) -> int:
    """Times all groups, or those whose name holds the first argument; only a whole run rewrites the figures."""
    wanted = arguments[0] if arguments else ""
    timings = [timing for group, found in discover(wanted) for timing in time_group(group, found)]
    print(table(timings) if timings else f"No benchmark matches {wanted!r}.")
    if timings and not wanted:
        FIGURES.write_text(page(timings, datetime.now(UTC)), encoding="utf-8")
    return 0 if timings else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
