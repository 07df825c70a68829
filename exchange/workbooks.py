"""XLSX workbooks to rows of text: the first sheet that holds anything."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from exchange.decoding import CONTROL
from exchange.refusals import UnusableFile, shown
from exchange.worksheets import Sheet, Workbook, open_workbook, read_rows_of

MARK = b"PK\x03\x04"
MOST_GROWTH = 10
"""How many times the file limit a workbook may unpack to: sheets shrink about eightfold, bombs a thousandfold."""


def read_workbook(data: bytes, name: str, most_columns: int, limit: int, most_rows: int) -> list[tuple[int, list[str]]]:
    """Line number and cells, one pair for each row of the first sheet that holds anything; none when all are empty.

    It may unpack to ten times `limit` bytes. Rows are cut one cell beyond `most_columns`, so that the caller sees that
    there are too many; over `most_rows` rows are refused. Raises UnusableFile.
    """
    _refuse_bombs(data, name, MOST_GROWTH * limit)
    try:
        return _first_full_sheet(data, name, most_columns, most_rows)
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


def _first_full_sheet(data: bytes, name: str, most_columns: int, most_rows: int) -> list[tuple[int, list[str]]]:
    book = open_workbook(data)
    if not book.sheets:
        raise UnusableFile(name, "this workbook has no sheet with cells", "Put the table on a sheet of its own.")
    for sheet in book.sheets:
        rows = list(_rows(book, sheet, name, most_columns, most_rows))
        if rows:
            return _as_wide_as_the_widest(rows)
    return []


def _rows(
    book: Workbook, sheet: Sheet, name: str, most_columns: int, most_rows: int
) -> Iterator[tuple[int, list[str]]]:
    for count, (line, cells) in enumerate(read_rows_of(book, sheet, most_columns), start=1):
        if count > most_rows:
            raise UnusableFile(name, f"the sheet “{shown(sheet.title)}” has over {most_rows:,} rows", "Split the file.")
        if any(cells):
            _refuse_control_characters(cells, name, line)
            yield line, _without_tail(cells)


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
