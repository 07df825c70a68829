"""A study with no sites yet, in SQLite and, for some tests, in PostgreSQL; and spreadsheets made from rows."""

import io
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime

import openpyxl
import pytest
from sqlalchemy.orm import Session

from surveys.store import open_store
from surveys.studies import create_study
from surveys.tables import Base, Role, Site, Study

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)


def _session(url: str) -> Iterator[Session]:
    store = open_store(url)
    Base.metadata.create_all(store.engine)
    with store.writer() as opened:
        yield opened
    store.engine.dispose()


@pytest.fixture
def session(sqlite_url: str) -> Iterator[Session]:
    yield from _session(sqlite_url)


@pytest.fixture
def each_session(database_url: str) -> Iterator[Session]:
    """A session on SQLite, and on PostgreSQL in turn."""
    yield from _session(database_url)


def empty_study(session: Session) -> Study:
    return create_study(session, "trial", "A trial", now=NOW)


def ready_study(session: Session) -> Study:
    """Two sites and two roles, so that people can be loaded."""
    study = empty_study(session)
    session.add_all(
        [
            Site(study_id=study.id, code="A", name="Alpha Hospital", ods_code="RAA"),
            Site(study_id=study.id, code="B", name="Beta Hospital", ods_code="RBB"),
            Role(study_id=study.id, code="nurse", label="Nurse or midwife", position=0),
            Role(study_id=study.id, code="it", label="IT and digital team", position=1),
        ]
    )
    session.flush()
    return study


@pytest.fixture
def study(session: Session) -> Study:
    return empty_study(session)


@pytest.fixture
def workbook() -> Callable[..., bytes]:
    """An .xlsx file with the rows on its first sheet, or on the sheets named."""

    def make(*rows: Sequence[object], **sheets: Sequence[Sequence[object]]) -> bytes:
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(list(row))
        for title, lines in sheets.items():
            sheet = book.create_sheet(title)
            for line in lines:
                sheet.append(list(line))
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()

    return make
