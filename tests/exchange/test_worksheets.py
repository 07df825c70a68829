"""Workbooks read as a stream say the same as openpyxl, which reads them whole; what no program writes is refused."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exchange.refusals import UnusableFile
from exchange.tables import read_rows
from exchange.worksheets import as_text, open_workbook, read_rows_of

FIRST, LAST = datetime.fromisoformat("1901-01-01"), datetime.fromisoformat("2100-01-01")
plain = st.characters(min_codepoint=32, max_codepoint=0x2FFF, exclude_categories=("Cs", "Cc"))
cells = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**12), 10**12),
    st.floats(-1e9, 1e9, allow_nan=False).map(lambda value: round(value, 4)),
    st.text(plain, max_size=8).filter(lambda text: not text.startswith("=")),
    st.dates(FIRST.date(), LAST.date()),
    st.datetimes(FIRST, LAST).map(lambda moment: moment.replace(microsecond=0)),
)


def workbook(rows: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_openpyxl_reads(data: bytes) -> dict[int, list[str]]:
    """Its rows without the empty cells at their ends."""
    sheet = openpyxl.load_workbook(io.BytesIO(data), data_only=True).active
    return {n: trimmed([_told(value) for value in row]) for n, row in enumerate(sheet.iter_rows(values_only=True), 1)}


def _told(value: Any) -> str:
    return ("TRUE" if value else "FALSE") if isinstance(value, bool) else as_text(value)


def trimmed(row: list[str]) -> list[str]:
    while row and not row[-1]:
        row = row[:-1]
    return row


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(cells, max_size=6), max_size=6))
def test_both_engines_read_the_same(rows: list[list[object]]) -> None:
    data = workbook(rows)
    book = open_workbook(data)
    ours = {line: trimmed(row) for line, row in read_rows_of(book, book.sheets[0], 200)}
    theirs = as_openpyxl_reads(data)
    assert {line: row for line, row in ours.items() if row} == {line: row for line, row in theirs.items() if row}


def rewritten(part: str, before: str, after: str) -> bytes:
    """A workbook of one word, a number and a formula, with one part changed by hand."""
    data, out = workbook([["code", "name"], ["C", 7], ["D", "=1+1"]]), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name)
            new.writestr(name, text.replace(before.encode(), after.encode()) if name == part else text)
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def rows(data: bytes) -> list[tuple[str, ...]]:
    return [row.cells for row in read_rows(data).rows]


def test_a_formula_gives_its_value_and_nothing_when_it_has_none() -> None:
    assert rows(rewritten(SHEET, "<v />", "")) == [("code", "name"), ("C", "7"), ("D", "")]
    assert rows(rewritten(SHEET, "<v />", "<v>2</v>"))[2] == ("D", "2")
    assert rows(rewritten(SHEET, '<c r="B3"><f>1+1</f><v />', '<c r="B3" t="e"><v>#REF!</v>'))[2] == ("D", "#REF!")


def test_cells_without_their_place_follow_each_other() -> None:
    assert rows(rewritten(SHEET, '<c r="B2"', "<c"))[1] == ("C", "7")


def sharing(words: str, position: str = "0") -> bytes:
    """The same workbook, with its word C among the words that cells share, as spreadsheet programs write it."""
    cell = '<c r="A2" t="inlineStr"><is><t>C</t></is></c>'
    data, out = rewritten(SHEET, cell, f'<c r="A2" t="s"><v>{position}</v></c>'), io.BytesIO(b"")
    out.write(data)
    with zipfile.ZipFile(out, "a") as file:
        file.writestr("xl/sharedStrings.xml", f"<sst>{words}</sst>")
    return out.getvalue()


def test_words_that_cells_share_are_read_without_their_reading_aids() -> None:
    words = "<si><r><t>Ze</t></r><r><t>d</t></r><rPh><t>zee</t></rPh></si><si><t>Y</t></si>"
    assert [rows(sharing(words, place))[1][0] for place in ("0", "1")] == ["Zed", "Y"]


@pytest.mark.parametrize("position", ["-1", "2", "", "x"])
def test_a_word_that_is_not_there_is_refused(position: str) -> None:
    if position:
        with pytest.raises(UnusableFile, match="damaged and cannot be read"):
            rows(sharing("<si><t>Y</t></si>", position))
    else:
        assert rows(sharing("<si><t>Y</t></si>", position))[1][0] == ""


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('<c r="B2"', '<c r="BBBB2"'),
        ('<c r="B2"', '<c r="2"'),
        ("<v>7</v>", "<v>seven</v>"),
        ("<v>7</v>", f"<v>{'9' * 6000}</v>"),
        ('<row r="2"', '<row r="two"'),
        ("<sheetData>", "<sheetData><row>"),
        ("</worksheet>", "<![CDATA[</worksheet>"),
        ("<worksheet ", '<!DOCTYPE a [<!ENTITY b "c">]><worksheet '),
    ],
)
def test_what_no_program_writes_is_refused(before: str, after: str) -> None:
    with pytest.raises(UnusableFile, match=r"damaged and cannot be read.*Open it in a spreadsheet program"):
        read_rows(rewritten(SHEET, before, after))
