"""The page on getting answers names every kind of row, every column before the codebook's, and every code."""

from __future__ import annotations

from pathlib import Path

from instruments.answer_rows import UNITS
from instruments.responses import Missing
from surveys.answer_frames import BEFORE

PAGE = (Path(__file__).parents[2] / "docs" / "how-to" / "get-the-answers.md").read_text(encoding="utf-8")


def test_every_kind_of_row_and_every_column_before_the_answers_is_named() -> None:
    words = {*UNITS, *(column for before in BEFORE.values() for column in before)}
    assert {word for word in words if f"`{word}`" not in PAGE} == set()


def test_every_code_of_a_missing_answer_is_named() -> None:
    assert {one.value for one in Missing if f"| `{one.value}` |" not in PAGE} == set()
