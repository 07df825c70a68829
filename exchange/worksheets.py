"""The sheets of an XLSX workbook as rows of text, read as a stream: long staff lists in seconds and little memory."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from xml.parsers import expat

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

BOOK = "xl/workbook.xml"
PIECE = 64 * 1024
LETTERS = 26
LONGEST_COLUMN = 3


class BadWorkbook(Exception):
    """The workbook holds what no spreadsheet program writes."""


@dataclass(frozen=True)
class Sheet:
    """One sheet with cells: its title and its part of the file."""

    title: str
    part: str


@dataclass
class Workbook:
    """What is needed to read a workbook's cells: its sheets, words, and which styles mean days."""

    file: zipfile.ZipFile
    sheets: list[Sheet] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    days: frozenset[int] = frozenset()
    epoch: datetime = WINDOWS_EPOCH


def open_workbook(data: bytes) -> Workbook:
    """The workbook's list of sheets, its words and its styles; chart sheets are left out.

    Raises BadWorkbook, expat.ExpatError, KeyError or zipfile.BadZipFile when it is damaged.
    """
    file = zipfile.ZipFile(io.BytesIO(data))
    parts = set(file.namelist())
    book = Workbook(file)
    targets = _targets(file)
    for name, attributes in _elements(file, BOOK, ("sheet", "workbookPr")):
        if name == "workbookPr":
            book.epoch = MAC_EPOCH if attributes.get("date1904") in ("1", "true") else WINDOWS_EPOCH
        elif (part := targets.get(_relation(attributes), "")).startswith("xl/worksheets/") and part in parts:
            book.sheets.append(Sheet(attributes.get("name", ""), part))
    book.words = _words(file) if "xl/sharedStrings.xml" in parts else []
    book.days = _day_styles(file) if "xl/styles.xml" in parts else frozenset()
    return book


def read_rows_of(book: Workbook, sheet: Sheet, most_columns: int) -> Iterator[tuple[int, list[str]]]:
    """Row number and cells of each row that the sheet holds, up to one cell beyond `most_columns`."""
    reader = _Cells(book, most_columns)
    with book.file.open(sheet.part) as stream:
        for piece in iter(lambda: stream.read(PIECE), b""):
            reader.parser.Parse(piece, False)
            yield from reader.take()
        reader.parser.Parse(b"", True)
        yield from reader.take()


def as_text(value: object) -> str:
    """A cell as text: whole numbers without “.0”, days as 2026-05-03."""
    match value:
        case None:
            return ""
        case float():
            return str(int(value)) if value.is_integer() else repr(value)
        case datetime():
            midnight = value.time() == datetime.min.time()
            return value.date().isoformat() if midnight else value.isoformat(sep=" ")
        case date():
            return value.isoformat()
        case _:
            return str(value)


class _Cells:
    """Collects the rows of a sheet while its XML goes by."""

    def __init__(self, book: Workbook, most_columns: int) -> None:
        self.book, self.most, self.done = book, most_columns + 1, list[tuple[int, list[str]]]()
        self.line, self.cells, self.kind, self.style, self.place = 0, list[str](), "n", -1, -1
        self.text, self.inside = list[str](), False
        self.parser = _parser()
        self.parser.StartElementHandler, self.parser.EndElementHandler = self.start, self.end
        self.parser.CharacterDataHandler = self.data

    def take(self) -> list[tuple[int, list[str]]]:
        done, self.done = self.done, []
        return done

    def start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        if name == "c":
            self.kind, self.style = attributes.get("t", "n"), int(attributes.get("s", -1))
            self.place = _column(attributes["r"]) if "r" in attributes else self.place + 1
            self.text = []
        elif name in ("v", "t"):
            self.inside = True
        elif name == "row":
            self.line = int(attributes["r"]) if "r" in attributes else self.line + 1
            self.cells, self.place = [], -1

    def data(self, text: str) -> None:
        if self.inside:
            self.text.append(text)

    def end(self, name: str) -> None:
        name = name.rpartition(":")[2]
        if name in ("v", "t"):
            self.inside = False
        elif name == "c":
            if self.text and self.place < self.most:
                self.cells.extend([""] * (self.place + 1 - len(self.cells)))
                self.cells[self.place] = self.value("".join(self.text))
        elif name == "row":
            self.done.append((self.line, self.cells))

    def value(self, text: str) -> str:
        match self.kind:
            case "s":
                return self.book.words[_position(text)]
            case "inlineStr" | "str" | "e":
                return text
            case "b":
                return "TRUE" if text.strip() in ("1", "true") else "FALSE"
            case "d":
                return text.removesuffix("T00:00:00").removesuffix("Z")
            case _:
                return self.number(text)

    def number(self, text: str) -> str:
        if self.style in self.book.days:
            return as_text(from_excel(float(text), self.book.epoch))
        return str(int(text)) if text.isdigit() else as_text(float(text))


def _position(text: str) -> int:
    if not text.isdigit():
        raise BadWorkbook(text)
    return int(text)


def _column(reference: str) -> int:
    """The place of a cell such as “C5” in its row, from 0."""
    place = 0
    letters = reference.rstrip("0123456789")
    if not 0 < len(letters) <= LONGEST_COLUMN:
        raise BadWorkbook(reference)
    for letter in letters:
        place = place * LETTERS + ord(letter) - ord("A") + 1
    return place - 1


def _parser() -> Any:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype
    return parser


def _refuse_doctype(*_declared: object) -> None:
    """No spreadsheet program writes one, and with it a small file can grow without end."""
    raise BadWorkbook("a document type")


def _elements(file: zipfile.ZipFile, part: str, names: tuple[str, ...]) -> list[tuple[str, dict[str, str]]]:
    """The elements of these names in a part, with their attributes."""
    found = list[tuple[str, dict[str, str]]]()

    def start(name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if local in names:
            found.append((local, attributes))

    parser = _parser()
    parser.StartElementHandler = start
    parser.Parse(file.read(part), True)
    return found


def _targets(file: zipfile.ZipFile) -> dict[str, str]:
    """Each relation's id to the part of the file that it names."""
    found = _elements(file, "xl/_rels/workbook.xml.rels", ("Relationship",))
    return {one["Id"]: _part(one["Target"]) for _, one in found if "Id" in one and "Target" in one}


def _part(target: str) -> str:
    return posixpath.normpath(target.lstrip("/") if target.startswith("/") else f"xl/{target}")


def _relation(attributes: Mapping[str, str]) -> str:
    return next((value for name, value in attributes.items() if name.endswith(":id")), "")


def _words(file: zipfile.ZipFile) -> list[str]:
    """The words that cells share; what is only a reading aid is left out."""
    words, text, state = list[str](), list[str](), {"t": False, "rPh": False}

    def start(name: str, _attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if local in state:
            state[local] = True
        elif local == "si":
            text.clear()

    def end(name: str) -> None:
        local = name.rpartition(":")[2]
        if local in state:
            state[local] = False
        elif local == "si":
            words.append("".join(text))

    parser = _parser()
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = lambda more: text.append(more) if state["t"] and not state["rPh"] else None
    parser.Parse(file.read("xl/sharedStrings.xml"), True)
    return words


def _day_styles(file: zipfile.ZipFile) -> frozenset[int]:
    """The numbers of the cell styles that show a number as a day or a time."""
    found = _elements(file, "xl/styles.xml", ("numFmt", "cellXfs", "cellStyleXfs", "cellStyles", "xf"))
    formats = dict(BUILTIN_FORMATS)
    formats |= {int(one["numFmtId"]): one.get("formatCode", "") for name, one in found if name == "numFmt"}
    styles, within = list[int](), ""
    for name, attributes in found:
        if name == "xf" and within == "cellXfs":
            styles.append(int(attributes.get("numFmtId", 0)))
        elif name != "xf":
            within = name
    return frozenset(place for place, code in enumerate(styles) if is_date_format(formats.get(code, "")))
