"""Instrument files with accidents in them are taken, or refused with file, line and remedy, and always quickly.

300 in the normal run; 10,000 with CONFER_LONG=1, which prints the slowest.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

from instruments.codebook import codebook
from instruments.load import examine
from instruments.printing import printed

HERE = Path(__file__).parent
FILES = [*(HERE.parents[1] / "instruments" / "library").glob("*.yaml"), *(HERE / "samples").glob("*.yaml")]
TEXTS = [path.read_text(encoding="utf-8") for path in sorted(FILES)]
LONG = os.environ.get("CONFER_LONG") == "1"
HOW_MANY = 10_000 if LONG else 300
MOST_SECONDS = 2.0
WORDS = (
    "null", "true", "-1", "1e9", "[]", "{}", "''", "*a", "&a b", "!!int 1", "alter.x == 'y'", "size(names) > 99",
    "{alter", "a && ", "((((", "role == 'z' && role == 'y'", "form", "likert", "rank", "position", "cy", "\x00", "é",
    "\u202e", "- x", ": :", "sample", "0", "100000000000000000000", "2026-13", "x" * 5000,
)  # fmt: skip


def swap_lines(text: str, random: Random) -> str:
    lines = text.splitlines()
    a, b = random.randrange(len(lines)), random.randrange(len(lines))
    lines[a], lines[b] = lines[b], lines[a]
    return "\n".join(lines)


def drop_lines(text: str, random: Random) -> str:
    lines = text.splitlines()
    at = random.randrange(len(lines))
    del lines[at : at + random.choice((1, 1, 2, 5))]
    return "\n".join(lines)


def repeat_lines(text: str, random: Random) -> str:
    lines = text.splitlines()
    at = random.randrange(len(lines))
    return "\n".join([*lines[:at], *lines[at : at + 3] * random.choice((2, 2, 50)), *lines[at + 3 :]])


def another_word(text: str, random: Random) -> str:
    words = text.split(" ")
    words[random.randrange(len(words))] = random.choice((*WORDS, random.choice(words)))
    return " ".join(words)


def another_letter(text: str, random: Random) -> str:
    at = random.randrange(len(text))
    return text[:at] + random.choice("abz019_-:{}[],'\"&*!|>%@`#\t\n ") + text[at + random.choice((0, 1)) :]


def cut(text: str, random: Random) -> str:
    return text[: random.randrange(len(text))]


def join(text: str, random: Random) -> str:
    other = random.choice(TEXTS)
    return text[: random.randrange(len(text))] + other[random.randrange(len(other)) :]


ACCIDENTS: tuple[Callable[[str, Random], str], ...] = (
    swap_lines, drop_lines, repeat_lines, another_word, another_word, another_letter, another_letter, cut, join,
)  # fmt: skip


def mutant(number: int) -> str:
    """One text with one to three accidents; the same number gives the same text."""
    random = Random(number)
    text = random.choice(TEXTS)
    for _ in range(random.choice((1, 1, 2, 3))):
        text = random.choice(ACCIDENTS)(text or "x", random)
    return text


def test_a_file_with_accidents_is_taken_or_refused_with_line_and_remedy() -> None:
    slowest, taken = (0.0, 0), 0
    for number in range(HOW_MANY):
        text = mutant(number)
        begun = time.perf_counter()
        reading = examine(text, "mutant.yaml")
        slowest = max(slowest, (time.perf_counter() - begun, number))
        if reading.instrument is None:
            errors = [p for p in reading.problems if p.severity == "error"]
            assert errors, number
            for problem in errors:
                assert problem.file == "mutant.yaml" and problem.message and problem.remedy, number
                assert 1 <= problem.line <= text.count("\n") + 2, (number, problem)
        else:
            taken += 1
            assert printed(reading.instrument) and codebook(reading.instrument), number
    print(f"{HOW_MANY} files, {taken} taken; the slowest took {slowest[0]:.3f} s (number {slowest[1]})")
    assert slowest[0] < MOST_SECONDS
    assert 0 < taken < HOW_MANY
