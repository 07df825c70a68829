"""An invented staff list of any length, as CSV and as a workbook, and a study that it can be loaded into."""

import io
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.orm import Session

from surveys.store import Store, open_store
from surveys.studies import create_study
from surveys.tables import Base, Role, Site, Study

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
HEADINGS = ("reference", "name", "email", "job_title", "site", "role")
SITES, ROLES = 48, 6
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def staff(people: int) -> Iterator[tuple[str, ...]]:
    """One row for each person, at 48 sites in turn, in six roles."""
    for n in range(people):
        address = f"given{n}.family{n % 977}@trust{n % SITES}.example.org"
        yield f"E{n}", f"Given{n} Family{n % 977}", address, f"Ward sister {n % 40}", f"S{n % SITES}", f"r{n % ROLES}"


def staff_csv(people: int) -> bytes:
    """The list as CSV: about 80 bytes a person."""
    return "".join(f"{','.join(row)}\n" for row in (HEADINGS, *staff(people))).encode()


def staff_workbook(people: int) -> bytes:
    """The list as a workbook whose cells share their words, as spreadsheet programs write it."""
    places: dict[str, int] = {}
    rows = []
    for line, row in enumerate((HEADINGS, *staff(people)), start=1):
        numbers = [places.setdefault(word, len(places)) for word in row]
        cells = (f'<c r="{"ABCDEF"[n]}{line}" t="s"><v>{number}</v></c>' for n, number in enumerate(numbers))
        rows.append(f'<row r="{line}">{"".join(cells)}</row>')
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        book = f'<workbook xmlns:r="{RELATIONS}"><sheets><sheet name="Staff" r:id="r1"/></sheets></workbook>'
        file.writestr("xl/workbook.xml", book)
        relation = '<Relationship Id="r1" Target="worksheets/sheet1.xml"/>'
        file.writestr("xl/_rels/workbook.xml.rels", f"<Relationships>{relation}</Relationships>")
        words = "".join(f"<si><t>{word}</t></si>" for word in places)
        file.writestr("xl/sharedStrings.xml", f"<sst>{words}</sst>")
        file.writestr("xl/worksheets/sheet1.xml", f"<worksheet><sheetData>{''.join(rows)}</sheetData></worksheet>")
    return out.getvalue()


def study_in(folder: Path) -> Store:
    """A store with one study that has the sites and roles of the list, and nobody yet."""
    store = open_store(f"sqlite:///{folder / 'staff.sqlite3'}")
    Base.metadata.create_all(store.engine)
    with store.writing() as session:
        study = create_study(session, "staff", "A long staff list", now=NOW)
        session.add_all(Site(study_id=study.id, code=f"S{n}", name=f"Trust {n} Hospital") for n in range(SITES))
        session.add_all(Role(study_id=study.id, code=f"r{n}", label=f"Role {n}", position=n) for n in range(ROLES))
    return store


def study_of(session: Session) -> Study:
    """That study."""
    return session.query(Study).one()
