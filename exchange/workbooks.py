"""XLSX workbooks to rows of text: the first sheet that holds anything."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import openpyxl

from exchange.decoding import CONTROL
from exchange.refusals import UnusableFile, shown

MARK = b"PK\x03\x04"
MOST_GROWTH = 10
"""How many times the file limit a workbook may unpack to: sheets shrink about eightfold, bombs a thousandfold."""
MOST_ROWS = 1_000_000


def read_workbook(data: bytes, name: str, most_columns: int, limit: int) -> list[tuple[int, list[str]]]:
    """Line number and cells, one pair for each row of the first sheet that holds anything; none when all are empty.

    It may unpack to ten times `limit` bytes. Rows are cut one cell beyond `most_columns`, so that the caller sees that
    there are too many. Raises UnusableFile.
    """
    _refuse_bombs(data, name, MOST_GROWTH * limit)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _first_full_sheet(data, name, most_columns)
    except UnusableFile:
        raise
    except Exception as error:
        # A damaged workbook can fail anywhere inside the reader and in any way; all of them mean this.
        raise UnusableFile(
            name, "this workbook is damaged and cannot be read", "Open it in a spreadsheet program and save it again."
        ) from error


def _refuse_bombs(data: bytes, name: str, most: int) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            unpacked = sum(part.file_size for part in packed.infolist())
            parts = packed.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise UnusableFile(
            name, "this workbook is cut short or damaged", "Send or save the whole file again."
        ) from error
    if "xl/workbook.xml" not in parts:
        raise UnusableFile(name, "this is a packed file but not an .xlsx workbook", "Save the table as .xlsx or CSV.")
    if unpacked > most:
        raise UnusableFile(
            name, f"this workbook unpacks to {unpacked // 1024**2} MB", "Save the one sheet that you need as CSV."
        )


def _first_full_sheet(data: bytes, name: str, most_columns: int) -> list[tuple[int, list[str]]]:
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    try:
        if not book.worksheets:
            raise UnusableFile(name, "this workbook has no sheet with cells", "Put the table on a sheet of its own.")
        for sheet in book.worksheets:
            rows = list(_rows(sheet, name, most_columns))
            if rows:
                return _as_wide_as_the_widest(rows)
        return []
    finally:
        book.close()


def _rows(sheet: Any, name: str, most_columns: int) -> Iterator[tuple[int, list[str]]]:
    for line, values in enumerate(sheet.iter_rows(max_col=most_columns + 1, values_only=True), start=1):
        if line > MOST_ROWS:
            raise UnusableFile(name, f"the sheet “{shown(sheet.title)}” has over {MOST_ROWS:,} rows", "Split the file.")
        cells = [_text(value) for value in values]
        if any(cells):
            _refuse_control_characters(cells, name, line)
            yield line, _without_tail(cells)


def _text(value: object) -> str:
    """A cell as text: whole numbers without “.0”, days as 2026-05-03."""
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case float():
            return str(int(value)) if value.is_integer() else repr(value)
        case datetime():
            midnight = value.time() == datetime.min.time()
            return value.date().isoformat() if midnight else value.isoformat(sep=" ")
        case date():
            return value.isoformat()
        case _:
            return str(value)


def _without_tail(cells: list[str]) -> list[str]:
    """The cells without the empty ones at the end, which say only how wide the sheet once was."""
    last = max(place for place, cell in enumerate(cells) if cell)
    return cells[: last + 1]


def _as_wide_as_the_widest(rows: list[tuple[int, list[str]]]) -> list[tuple[int, list[str]]]:
    """A sheet keeps no empty cells at the end of a row, so a short row is not a damaged one."""
    width = max(len(cells) for _, cells in rows)
    return [(line, cells + [""] * (width - len(cells))) for line, cells in rows]


def _refuse_control_characters(cells: list[str], name: str, line: int) -> None:
    for cell in cells:
        if CONTROL.search(cell):
            raise UnusableFile(
                name, f"the cell “{shown(cell)}” holds a control character", "Type the cell again.", line=line
            )
