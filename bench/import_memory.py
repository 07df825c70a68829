"""How much memory an import takes at most: `python -m bench.import_memory FILE` prints seconds and megabytes."""

import sys
import tempfile
from pathlib import Path
from time import perf_counter

from bench.planted_staff import NOW, study_in, study_of
from exchange.people import import_people
from exchange.tables import COMMAND_LINE_LIMIT, read_rows
from surveys.store import Store

KIB = 1024


def import_once(store: Store, file: Path, *, looking: bool) -> str:
    """Read and import the file; gives the seconds and the report."""
    begun = perf_counter()
    with store.writing() as session:
        table = read_rows(file, limit=COMMAND_LINE_LIMIT)
        report = import_people(session, study_of(session), table, now=NOW, looking=looking)
    return f"{perf_counter() - begun:.1f} s: {report.text()}"


def peak_kib() -> int:
    """The most memory that this program has held, in KiB.

    `getrusage` would count the process that started this one as well: what it held is handed on.
    """
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM:")).split()[1])


def main() -> None:
    """Look at the file, import it, and import it again, in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        store = study_in(Path(folder))
        for looking in (True, False, False):
            print(import_once(store, Path(sys.argv[1]), looking=looking))
        store.engine.dispose()
    print(peak_kib() // KIB)


if __name__ == "__main__":
    main()
