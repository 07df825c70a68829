"""Tables in and out: CSV and XLSX files to rows of text with their line numbers, and frames to guarded CSV."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from exchange.decoding import decode
from exchange.refusals import UnusableFile
from exchange.workbooks import MARK as WORKBOOK_MARK
from exchange.workbooks import read_workbook

WEB_LIMIT = 10 * 1024 * 1024
COMMAND_LINE_LIMIT = 200 * 1024 * 1024
MOST_COLUMNS = 200
BYTES_OF_A_LINE = 40
"""A file may have a line for each 40 bytes of its limit: more are no table, and only reading them takes long."""
DELIMITERS = ",;\t"
GUARDED = re.compile(r"'+[=+\-@\t\r\0]")
NEEDS_GUARD = re.compile(r"^'*[=+\-@\t\r\x00]")
"""What a spreadsheet might run as a formula; a value that looks guarded is guarded once more, so reading is exact."""


@dataclass(frozen=True)
class Row:
    """One row: the line of the file it begins on (from 1; the row number in a workbook) and its cells as text."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A file's rows, the header among them when there is one; rows without any text are left out."""

    name: str
    rows: tuple[Row, ...]


def read_rows(source: bytes | Path, *, name: str = "", limit: int = WEB_LIMIT) -> Table:
    """The rows of a CSV (comma, semicolon or tab) or XLSX file, told apart by what is in it.

    Refuses UnusableFile: not readable, larger than `limit` bytes, not text, empty, over 200 columns, broken quotes.
    """
    name = name or (source.name if isinstance(source, Path) else "the file")
    data, most_lines = _load(source, name, limit), limit // BYTES_OF_A_LINE
    if data.startswith(WORKBOOK_MARK):
        found: Iterable[tuple[int, list[str]]] = read_workbook(
            data, name, MOST_COLUMNS, limit, limit // BYTES_OF_A_LINE
        )
    else:
        found = _read_csv(decode(data, name), name, most_lines)
    rows = tuple(Row(line, tuple(_unguarded(cell) for cell in cells)) for line, cells in _narrow(found, name))
    if not rows:
        raise UnusableFile(name, "the file is empty", "Load a file with a header line and one row for each entry.")
    return Table(name, rows)


def _load(source: bytes | Path, name: str, limit: int) -> bytes:
    try:
        size = len(source) if isinstance(source, bytes) else source.stat().st_size
        if size > limit:
            reason = f"the file has {size / 1024**2:.0f} MB; {limit // 1024**2} MB is the most"
            raise UnusableFile(name, reason, "Split it and load the parts.")
        return source if isinstance(source, bytes) else source.read_bytes()
    except OSError as error:
        reason = error.strerror or "unknown reason"
        raise UnusableFile(name, f"the file cannot be read ({reason})", "Check its name and who may read it.") from None


def _read_csv(text: str, name: str, most_lines: int) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield line, cells
            line = reader.line_num + 1
            if line > most_lines + 1:
                raise UnusableFile(name, f"there are over {most_lines:,} lines", "Split the file and load the parts.")
    except csv.Error as error:
        raise UnusableFile(
            name, _broken(str(error)), "Correct that line, or save the table again.", line=line
        ) from None


def _broken(error: str) -> str:
    """What Python's csv module found, in words for people."""
    if "field larger" in error:
        return "a cell holds over 131,000 characters; perhaps a quotation mark is not closed"
    if "unexpected end" in error:
        return "a quotation mark opens here and is never closed"
    return "the quotation marks do not match"


def _delimiter(text: str) -> str:
    """The sign that cuts the first line that is not blank into the most cells, not counting those inside quotes."""
    first = next((line for line in io.StringIO(text, newline="") if line.strip()), "")
    outside = re.sub(r'"[^"]*"', "", first)
    return max(DELIMITERS, key=outside.count)


def _narrow(rows: Iterable[tuple[int, list[str]]], name: str) -> Iterator[tuple[int, list[str]]]:
    for line, cells in rows:
        if len(cells) > MOST_COLUMNS:
            raise UnusableFile(
                name, f"there are over {MOST_COLUMNS} columns", "Keep the columns that are needed.", line=line
            )
        yield line, cells


def _unguarded(cell: str) -> str:
    return cell[1:] if GUARDED.match(cell) else cell


def write_csv(frame: pl.DataFrame) -> bytes:
    """A frame as CSV that a spreadsheet opens safely: UTF-8 with its mark, and no text cell that runs as a formula.

    A text cell or column name that begins with = + - @ tab, carriage return or NUL gets an apostrophe before it,
    which `read_rows` takes away again. Numbers stay numbers.
    """
    text = [name for name, kind in frame.schema.items() if isinstance(kind, pl.String | pl.Categorical | pl.Enum)]
    guarded = frame.with_columns(_guarded(pl.col(name).cast(pl.String)) for name in text)
    header = {name: f"'{name}" for name in frame.columns if NEEDS_GUARD.match(name)}
    return guarded.rename(header).write_csv(include_bom=True).encode()


def _guarded(text: pl.Expr) -> pl.Expr:
    return pl.when(text.str.contains(NEEDS_GUARD.pattern)).then(pl.lit("'") + text).otherwise(text).name.keep()
