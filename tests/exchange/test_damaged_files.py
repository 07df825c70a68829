"""Damaged files of many kinds: each gives a message that names the place and the remedy, and nothing is written."""

import io
import zipfile
from collections.abc import Callable

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from exchange.people import import_people
from exchange.refusals import UnusableFile
from exchange.sites import import_sites
from exchange.tables import read_rows
from surveys.tables import Person, Site, Study
from tests.exchange.conftest import NOW, ready_study

SITES = b"code,name,region\nC,Gamma Hospital,London\n"
PEOPLE = b"reference,name,email,job_title,site,role\nE1,Ann Bell,ann@example.org,Sister,A,nurse\n"
OFFICIAL = b"R0A,ALPHA TRUST,Y62,QOP,A,B,C,LEEDS,,LS1 1AA,20170101,,,\n"


def packed(**parts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in parts.items():
            file.writestr(name.replace("__", "/").replace("_xml", ".xml"), text)
    return out.getvalue()


def chart_only() -> bytes:
    book = openpyxl.Workbook()
    book.create_chartsheet("chart")
    book.remove(book["Sheet"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def sheet(*rows: list[object]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def without_part(name: str) -> bytes:
    """A workbook that lacks one of its parts."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(sheet(["code", "name"], ["C", "Gamma"]))) as whole,
        zipfile.ZipFile(out, "w") as less,
    ):
        for part in whole.namelist():
            if part != name:
                less.writestr(part, whole.read(part))
    return out.getvalue()


UNUSABLE: dict[str, tuple[bytes, str]] = {
    "nothing in it": (b"", "the file is empty"),
    "blank lines only": (b"\n\n  \n,,\n", "the file is empty"),
    "a mark and nothing else": (b"\xef\xbb\xbf", "the file is empty"),
    "binary": (bytes(range(256)), "control character|neither UTF-8|NUL"),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "neither UTF-8|NUL|control"),
    "a PDF": (b"%PDF-1.7 ...", "this is a PDF.*Export the table"),
    "an old Excel file": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "old Excel file, or one with a password.*Save it as .xlsx",
    ),
    "a compressed file": (b"\x1f\x8b\x08\x00", "compressed file.*Unpack"),
    "a document": (b"{\\rtf1\\ansi", "a document, not a table"),
    "UTF-32 cut in half": ("code,name\n".encode("utf-32")[:-1], "says that it is UTF-32 text, but it is not"),
    "UTF-16 cut in half": ("code,name\nC,Gamma".encode("utf-16")[:-1], "says that it is UTF-16 text, but it is not"),
    "UTF-8 mark before Windows text": (
        b"\xef\xbb\xbfcode,name\nC,S\xf8lvi\n",
        "says that it is UTF-8.*, but it is not",
    ),
    "bytes of no encoding": (b"code,name\nC,\x81\x8d\n", "line 2: this is neither UTF-8 nor Windows text"),
    "a NUL": (b"code,name\nC,Gam\x00ma\n", "line 2: there is a NUL character"),
    "an escape character": (b"code,name\nC,Gam\x1bma\n", r"line 2: there is the control character U\+001B"),
    "a quotation mark not closed": (b'code,name\nC,"Gamma\nD,Delta\n', "line 2: a quotation mark opens here"),
    "quotation marks inside": (b'code,name\nC,"Gam"ma\n', "line 2: the quotation marks do not match"),
    "a huge cell": (b"code,name\nC," + b"x" * 140_000, "over 131,000 characters"),
    "10,000 columns": (b",".join(b"c%d" % n for n in range(10_000)), "over 200 columns"),
    "10,000 columns in one row": (SITES + b"," * 10_000 + b"x", "line 3: there are over 200 columns"),
    "no such columns": (b"colour,size\nred,2\n", "lacks the columns? .*it has “colour”, “size”.*Name the columns: "),
    "no header": (b"C,Gamma Hospital,London\n", "lacks the columns"),
    "another delimiter": (b"code|name\nC|Gamma\n", "it has “code|name”"),
    "a heading twice": (
        b"code,name,name,reference,reference,site,role\nC,G,G,1,1,A,nurse\n",
        "stands there twice. Keep one",
    ),
    "a packed file": (packed(readme="hello"), "not an .xlsx workbook"),
    "a workbook cut short": (sheet(["code", "name"])[:-200], "cut short or damaged"),
    "only the mark of a workbook": (b"PK\x03\x04", "cut short or damaged"),
    "a workbook with broken parts": (packed(xl__workbook_xml="<wor"), "damaged and cannot be read"),
    "a workbook without its sheets": (without_part("xl/workbook.xml"), "not an .xlsx workbook"),
    "a workbook without its relations": (without_part("xl/_rels/workbook.xml.rels"), "damaged and cannot be read"),
    "a workbook whose sheet is gone": (without_part("xl/worksheets/sheet1.xml"), "no sheet with cells|damaged|empty"),
    "a workbook of charts": (chart_only(), "no sheet with cells|damaged and cannot be read"),
    "a workbook with an empty sheet": (sheet(), "the file is empty"),
    "a workbook with 300 columns": (sheet([f"c{n}" for n in range(300)]), "over 200 columns"),
}

BAD_SITES: dict[str, tuple[bytes, str]] = {
    "the same code twice": (SITES + b"C,Another,London\n", "line 3, code “C”: line 2 has the same code"),
    "the same code in small letters": (SITES + b"c,Another,London\n", "line 3, code “c”: line 2 has the same code"),
    "no code": (SITES + b",Another,London\n", "line 3, code: this is blank"),
    "no name": (SITES + b"D,  ,London\n", "line 3, name: this is blank"),
    "a short row": (SITES + b"D,Delta\n", "line 3 “D”: this row has 2 cells where the first line has 3"),
    "a long row": (SITES + b"D,Delta,London,extra\n", "line 3 “D”: this row has 4 cells where the first line has 3"),
    "a formula": (SITES + b"=1+1,Delta,London\n", "line 3, code “=1.1”: this looks like a formula"),
    "a guarded formula": (SITES + b"D,'=1+1,London\n", "line 3, name “=1.1”: this looks like a formula"),
    "a name too long": (SITES + b"D," + b"x" * 201 + b",London\n", "line 3, name .*201 characters; 200 is the most"),
    "a code too long": (SITES + b"D" * 41 + b",Delta,London\n", "line 3, code .*41 characters; 40 is the most"),
    "no such region": (SITES + b"D,Delta,Y99\n", "line 3, region “Y99”: there is no such region.*Y56 London"),
    "no such designation": (
        b"code,name,designation\nC,Gamma,exemplary\n",
        "line 2, designation “exemplary”.*Did you mean “exemplar”",
    ),
    "no place": (b"code,name,lat,lon\nC,Gamma,north,0\n", "line 2, latitude “north”: this is not a number"),
    "off the earth": (b"code,name,lat,lon\nC,Gamma,91,0\n", "line 2, latitude “91”: this number is out of range"),
    "not a number": (b"code,name,lat,lon\nC,Gamma,nan,0\n", "line 2, latitude “nan”: this number is out of range"),
    "no postcode": (b"code,name,postcode\nC,Gamma,LEEDS\n", "line 2, postcode “LEEDS”: this is not a postcode"),
    "paired with nobody": (b"code,name,pair\nC,Gamma,Z9\n", "line 2, pair “Z9”: there is no site with this code"),
    "paired with itself": (b"code,name,pair\nC,Gamma,C\n", "line 2, pair “C”: a site cannot be paired with itself"),
    "a day that is none": (OFFICIAL.replace(b",,,", b",20261399,,", 1), "line 1, closed “20261399”: this is not a day"),
    "an official row cut short": (OFFICIAL + b"R0B,BETA,Y62\n", "line 2 “R0B”: this row has 3 cells"),
}

BAD_PEOPLE: dict[str, tuple[bytes, str]] = {
    "the same reference twice": (
        PEOPLE + b"E1,Bo,bo@example.org,,A,it\n",
        "line 3, reference “E1”: line 2 has the same",
    ),
    "the same address twice": (
        PEOPLE + b"E2,Bo,ANN@example.org,,A,it\n",
        "line 3, email .*: line 2 has the same email",
    ),
    "no reference": (PEOPLE + b",Bo,bo@example.org,,A,it\n", "line 3, reference: this is blank"),
    "an unknown site": (PEOPLE + b"E2,Bo,bo@example.org,,Alfa Hospital,it\n", "site “Alfa Hospital”.*“Alpha Hospital”"),
    "an unknown role": (PEOPLE + b"E2,Bo,bo@example.org,,A,nurce\n", "role “nurce”: .*Did you mean “nurse”"),
    "no site": (PEOPLE + b"E2,Bo,bo@example.org,, ,it\n", "line 3, site: this is blank"),
    "no address": (
        PEOPLE + b"E2,Bo,bo at example.org,,A,it\n",
        "email “bo at example.org”: this is not an e-mail address",
    ),
    "an address that is two": (PEOPLE + b"E2,Bo,a@b.org; c@d.org,,A,it\n", "this is not an e-mail address"),
    "a formula for a name": (PEOPLE + b"E2,=HYPERLINK(1),,,A,it\n", "name “=HYPERLINK.1.”: this looks like a formula"),
    "a shifted row": (
        PEOPLE + b"E2,Bo,bo@example.org,A,it\n",
        "line 3 “E2”: this row has 5 cells where the first line has 6",
    ),
}


@pytest.fixture
def study(session: Session) -> Study:
    return ready_study(session)


def kept(session: Session) -> tuple[int, int]:
    session.flush()
    return tuple(session.scalar(select(func.count()).select_from(table)) for table in (Site, Person))


@pytest.mark.parametrize("kind", UNUSABLE)
@pytest.mark.parametrize("load", [import_sites, import_people])
def test_a_file_that_cannot_be_used_is_refused(session: Session, study: Study, load: Callable, kind: str) -> None:
    data, message = UNUSABLE[kind]
    with pytest.raises(UnusableFile, match=message) as refusal:
        load(session, study, read_rows(data, name="damaged.csv"), now=NOW)
    assert str(refusal.value).startswith("damaged.csv")
    assert str(refusal.value).endswith(".")
    assert kept(session) == (2, 0)


def test_a_workbook_that_unpacks_to_far_more_than_the_limit_is_refused() -> None:
    bomb = packed(xl__workbook_xml="<workbook/>", xl__worksheets__sheet1_xml="x" * 2_000_000)
    assert len(bomb) < 10_000
    with pytest.raises(UnusableFile, match="this workbook unpacks to 1 MB"):
        read_rows(bomb, limit=100_000)


@pytest.mark.parametrize(("load", "data"), [(import_sites, SITES), (import_people, PEOPLE)])
def test_a_header_without_rows_is_refused(session: Session, study: Study, load: Callable, data: bytes) -> None:
    with pytest.raises(UnusableFile, match=r"there is a header line and no .*\. Add one row"):
        load(session, study, read_rows(data.splitlines()[0]), now=NOW)


@pytest.mark.parametrize("kind", BAD_SITES)
def test_a_bad_row_of_sites_is_named_and_nothing_is_imported(session: Session, study: Study, kind: str) -> None:
    data, message = BAD_SITES[kind]
    report = import_sites(session, study, read_rows(data), now=NOW)
    assert report.refused
    matching(report.text(), message)
    assert kept(session) == (2, 0)


@pytest.mark.parametrize("kind", BAD_PEOPLE)
def test_a_bad_row_of_people_is_named_and_nothing_is_imported(session: Session, study: Study, kind: str) -> None:
    data, message = BAD_PEOPLE[kind]
    report = import_people(session, study, read_rows(data), now=NOW)
    assert report.refused
    matching(report.text(), message)
    assert kept(session) == (2, 0)


def matching(text: str, message: str) -> None:
    with pytest.raises(AssertionError, match=message):
        raise AssertionError(text)


words = st.sampled_from(
    ["A", "B", "RAA", "nurse", "it", "E1", "ann@example.org", "=1", "", "Y62", "99", "é", "\x00", '"']
)
lines = st.lists(st.lists(words | st.text(max_size=5), max_size=8).map(",".join), max_size=6)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(lines, st.sampled_from([import_sites, import_people]), st.booleans())
def test_no_text_under_a_good_header_breaks_an_import(
    session: Session, study: Study, rows: list[str], load: Callable, skip_bad: bool
) -> None:
    header = "code,name,region,pair" if load is import_sites else "reference,name,email,job_title,site,role"
    with session.begin_nested() as nested:
        try:
            data = "\n".join([header, *rows]).encode("utf-8", "surrogatepass")
            load(session, study, read_rows(data), now=NOW, skip_bad=skip_bad)
        except UnusableFile as refusal:
            assert str(refusal)
        nested.rollback()
