"""Finds the columns of a table by their headings, and reads its rows into entries, cell by cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from exchange.fields import BadValue, Reader
from exchange.refusals import WrongColumns, nearest, quoted, shown
from exchange.report import Problem
from exchange.tables import Row, Table


@dataclass(frozen=True)
class Column:
    """A column that an import knows: its name, how its cells are read, and other headings it goes by."""

    name: str
    read: Reader
    also: tuple[str, ...] = ()
    required: bool = False


@dataclass(frozen=True)
class Found:
    """Where each known column stands in one table."""

    columns: tuple[Column, ...]
    places: Mapping[str, int]
    width: int
    unused: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The known columns that the table has."""
        return tuple(column.name for column in self.columns if column.name in self.places)


@dataclass
class Entries:
    """What the rows of a table say. A row with a problem has no entry."""

    good: list[Entry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def refuse(self, problems: Iterable[Problem]) -> None:
        """Move rows to the problems."""
        found = list(problems)
        lines = {problem.line for problem in found}
        self.problems += found
        self.good = [entry for entry in self.good if entry.line not in lines]


@dataclass(frozen=True)
class Entry:
    """One row as read: its line and a value for each known column of the table."""

    line: int
    values: dict[str, Any]


def fold_heading(heading: str) -> str:
    """A heading as they are compared: lower case, words joined by underscores."""
    return re.sub(r"[\W_]+", "_", heading.casefold()).strip("_")


def find_columns(table: Table, columns: Sequence[Column]) -> Found:
    """Where the known columns stand, by the table's first row.

    Raises WrongColumns naming all that are missing and what was found instead, or a heading that stands there twice.
    """
    header = table.rows[0]
    headings = [fold_heading(cell) for cell in header.cells]
    places = {column.name: place for column in columns if (place := _place(column, headings)) is not None}
    missing = [column.name for column in columns if column.required and column.name not in places]
    if missing:
        raise _missing(table, missing, columns)
    _refuse_doubles(table, headings, places)
    used = set(places.values())
    unused = tuple(cell for place, cell in enumerate(header.cells) if place not in used and cell.strip())
    return Found(tuple(columns), places, len(headings), unused)


def _place(column: Column, headings: Sequence[str]) -> int | None:
    return next((headings.index(name) for name in (column.name, *column.also) if name in headings), None)


def _missing(table: Table, missing: Sequence[str], columns: Sequence[Column]) -> WrongColumns:
    headings = [cell.strip() for cell in table.rows[0].cells if cell.strip()]
    known = {fold_heading(name) for column in columns for name in (column.name, *column.also)}
    strange = [heading for heading in headings if fold_heading(heading) not in known]
    hints = [f"If “{shown(near)}” holds the {name}, rename it." for name in missing if (near := nearest(name, strange))]
    noun = "columns" if len(missing) > 1 else "column"
    reason = f"the first line lacks the {noun} {quoted(missing)}; it has {quoted(headings[:20])}"
    remedy = f"Name the columns: {', '.join(column.name for column in columns)}."
    return WrongColumns(table.name, reason, " ".join([*hints, remedy]), line=table.rows[0].line)


def _refuse_doubles(table: Table, headings: Sequence[str], places: Mapping[str, int]) -> None:
    for place in places.values():
        if headings.count(headings[place]) > 1:
            heading = table.rows[0].cells[place]
            raise WrongColumns(
                table.name,
                f"the column {quoted([heading])} stands there twice",
                "Keep one of them.",
                line=table.rows[0].line,
            )


def read_entries(rows: Iterable[Row], found: Found) -> Entries:
    """Every row read by its columns; a row with any problem gives problems and no entry."""
    entries = Entries()
    for row in rows:
        problems, values = _read_row(row, found)
        if problems:
            entries.problems += problems
        else:
            entries.good.append(Entry(row.line, values))
    return entries


def _read_row(row: Row, found: Found) -> tuple[list[Problem], dict[str, Any]]:
    if len(row.cells) < found.width or any(cell.strip() for cell in row.cells[found.width :]):
        return [_ragged(row, found.width)], {}
    problems: list[Problem] = []
    values: dict[str, Any] = {}
    for column in found.columns:
        if column.name not in found.places:
            continue
        cell = row.cells[found.places[column.name]]
        try:
            values[column.name] = column.read(cell)
        except BadValue as bad:
            problems.append(Problem(row.line, column.name, cell.strip(), bad.reason, bad.remedy))
            continue
        if column.required and values[column.name] is None:
            problems.append(Problem(row.line, column.name, "", "this is blank", "Fill it in, or remove the row."))
    return problems, values


def _ragged(row: Row, width: int) -> Problem:
    reason = f"this row has {len(row.cells)} cells where the first line has {width}"
    remedy = "Look for a stray or missing comma or quotation mark, or save the table as .xlsx."
    return Problem(row.line, "", row.cells[0], reason, remedy)


def spell_alike(entries: Iterable[Entry], column: str, known: Iterable[str]) -> None:
    """Write a column's values as the store has them where only the capitals differ."""
    stored = {word.casefold(): word for word in known}
    for entry in entries:
        value = entry.values.get(column)
        if value is not None:
            entry.values[column] = stored.get(value.casefold(), value)


def doubles(entries: Iterable[Entry], column: str) -> list[Problem]:
    """A problem for each row after the first with the same value in a column; capitals make no difference."""
    first: dict[str, int] = {}
    problems = []
    for entry in entries:
        value = entry.values.get(column)
        if value is None:
            continue
        line = first.setdefault(str(value).casefold(), entry.line)
        if line != entry.line:
            problems.append(
                Problem(entry.line, column, str(value), f"line {line} has the same {column}", "Keep one of the two.")
            )
    return problems
