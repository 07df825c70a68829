"""Rows as aligned columns for a terminal."""

from __future__ import annotations

from collections.abc import Sequence


def aligned(heading: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """The heading and rows with each column as wide as its widest cell; numbers to the right."""
    texts = [[_text(cell) for cell in row] for row in rows]
    widths = [max(len(cell) for cell in column) for column in zip(heading, *texts, strict=True)]
    right = [bool(rows) and all(isinstance(row[place], int | float) for row in rows) for place in range(len(heading))]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if to_right else cell.ljust(width)
            for cell, width, to_right in zip(line, widths, right, strict=True)
        ).rstrip()
        for line in [list(heading), *texts]
    )


def _text(cell: object) -> str:
    match cell:
        case None:
            return "-"
        case bool():
            return "yes" if cell else "no"
        case float():
            return f"{cell:.4g}" if abs(cell) < 1 else f"{cell:.6g}"
        case _:
            return str(cell)
