"""A YAML file as an Instrument, or every fault in it with file, line and remedy."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from instruments.explain import explain
from instruments.lint import findings
from instruments.problems import Finding, InstrumentError, Place, Problem, did_you_mean, listed
from instruments.schema import Instrument
from instruments.shorthand import HEAD, write_out
from instruments.source import MAX_BYTES, Branch, line_at, plain, read_tree

__all__ = [
    "InstrumentError",
    "Problem",
    "Reading",
    "content_hash",
    "decoded",
    "examine",
    "line_of",
    "load",
    "loads",
    "read_published",
]


@dataclass(frozen=True)
class Reading:
    """What came of reading a file: the instrument (none when there are errors) and all problems by line."""

    instrument: Instrument | None
    problems: tuple[Problem, ...]


def load(path: Path) -> Instrument:
    """The instrument in one file; InstrumentError lists every fault."""
    return loads(read_text(path), path.name)


def loads(text: str, name: str) -> Instrument:
    """The instrument in a text; `name` stands for the file in messages. InstrumentError lists every fault."""
    reading = examine(text, name)
    if reading.instrument is None:
        raise InstrumentError(p for p in reading.problems if p.severity == "error")
    return reading.instrument


def examine(text: str, name: str) -> Reading:
    """The instrument with its errors and warnings, never an exception about the text itself."""
    try:
        tree = lift_head(read_tree(text, name), name)
    except InstrumentError as error:
        return Reading(None, error.problems)
    instrument, found = _build(tree)
    found += findings(instrument) if instrument is not None and not found else ()
    problems = sorted((_problem(f, tree, name) for f in found), key=lambda p: p.line)
    failed = any(p.severity == "error" for p in problems)
    return Reading(None if failed else instrument, tuple(dict.fromkeys(problems)))


def read_published(text: str) -> Instrument:
    """The instrument in a source that was sound when it was published: built, and not linted again.

    A rule that lint learnt later never stops a wave that is open. InstrumentError when the text is no instrument.
    """
    name = "published instrument"
    tree = lift_head(read_tree(text, name), name)
    instrument, found = _build(tree)
    if instrument is None:
        raise InstrumentError(_problem(one, tree, name) for one in found)
    return instrument


def line_of(text: str, place: Place) -> int:
    """The line of the nearest entry on the way to a place in a sound file."""
    return line_at(lift_head(read_tree(text, "instrument"), "instrument"), place)


def content_hash(text: str) -> str:
    """SHA-256 (hex) of what the file says: comments, layout and the order of keys do not change it."""
    content = json.dumps(plain(read_tree(text, "instrument")), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()


def read_text(path: Path) -> str:
    """The text of an instrument file; InstrumentError when it is too large, absent or not UTF-8."""
    try:
        with path.open("rb") as file:
            return decoded(file.read(MAX_BYTES + 1), path.name)
    except OSError as error:
        problem = Problem(path.name, 1, f"The file cannot be read: {error.strerror}", "Check its name and place.")
    raise InstrumentError([problem])


def decoded(data: bytes, name: str) -> str:
    """The text of an instrument file's bytes, without its byte order mark; InstrumentError when it is not UTF-8."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InstrumentError([Problem(name, line, "The file is not UTF-8 text", "Save it as UTF-8.")]) from error


def lift_head(tree: Branch, name: str) -> Branch:
    """The tree with the entries under `instrument:` standing beside the others."""
    held = tree.held
    if not isinstance(held, dict) or not isinstance(head := held.get("instrument"), Branch):
        raise InstrumentError([Problem(name, tree.line, "There is no 'instrument:' part", "Start the file with it.")])
    if not isinstance(head.held, dict):
        raise InstrumentError([Problem(name, head.line, "'instrument:' holds no keys", listed(HEAD))])
    _refuse_strays(head.held, held, name)
    return Branch(head.line, {**head.held, **{k: v for k, v in held.items() if k != "instrument"}})


def _refuse_strays(head: dict[str, Branch], beside: dict[str, Branch], name: str) -> None:
    """Head keys stand under `instrument:` and nowhere else, so that no setting is given twice."""
    inside = [
        Problem(name, b.line, f"'{k}' does not belong under 'instrument'", did_you_mean(k, HEAD, listed(HEAD)))
        for k, b in head.items()
        if k not in HEAD
    ]
    outside = [
        Problem(name, b.line, f"'{k}' stands outside 'instrument'", "Move it under 'instrument:'.")
        for k, b in beside.items()
        if k in HEAD
    ]
    if inside or outside:
        raise InstrumentError(sorted(inside + outside, key=lambda p: p.line))


def _build(tree: Branch) -> tuple[Instrument | None, tuple[Finding, ...]]:
    written = write_out(plain(tree))
    try:
        instrument = Instrument.model_validate(written.data)
    except ValidationError as error:
        return None, written.findings + explain(error, written.data)
    return instrument, written.findings


def _problem(finding: Finding, tree: Branch, name: str) -> Problem:
    place: Place = finding.place
    return Problem(name, line_at(tree, place), finding.message, finding.remedy, finding.severity)
