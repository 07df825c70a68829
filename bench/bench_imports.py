"""What a staff list of 50,000 people costs: read, looked at, imported, imported again; ratios are to reading CSV."""

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from bench.planted_staff import NOW, staff_csv, staff_workbook, study_in, study_of
from bench.run import Work
from exchange.people import import_people
from exchange.tables import read_rows
from surveys.store import Store

PEOPLE = 50_000


@cache
def csv_file() -> bytes:
    """The list as CSV, made once."""
    return staff_csv(PEOPLE)


def store() -> Store:
    """A study without people, in a folder that goes when the process ends."""
    folder = Path(tempfile.mkdtemp(prefix="confer-bench-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return study_in(folder)


def importing(opened: Store, data: bytes, *, looking: bool = False) -> Work:
    """A callable that reads and imports the list, and takes it back again."""

    def work() -> object:
        table = read_rows(data)
        with opened.writer() as session:
            report = import_people(session, study_of(session), table, now=NOW, looking=looking)
            session.rollback()
        return report

    return work


def bench_reading_50000_people_as_csv() -> Work:
    """Bytes to rows of text."""
    data = csv_file()
    return lambda: read_rows(data)


def bench_reading_50000_people_as_a_workbook() -> Work:
    """The same list as XLSX."""
    data = staff_workbook(PEOPLE)
    return lambda: read_rows(data)


def bench_looking_at_50000_new_people() -> Work:
    """The whole preview: read, checked row by row, compared with the roster."""
    return importing(store(), csv_file(), looking=True)


def bench_importing_50000_new_people() -> Work:
    """The preview's work, and the rows written."""
    return importing(store(), csv_file())


def bench_importing_the_same_50000_people_again() -> Work:
    """Everybody is there already: nothing is written."""
    opened = store()
    with opened.writing() as session:
        import_people(session, study_of(session), read_rows(csv_file()), now=NOW)
    return importing(opened, csv_file())
