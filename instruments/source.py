"""YAML text as plain values that remember their lines; refuses what no questionnaire needs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from ruamel.yaml.reader import ReaderError

from instruments.problems import InstrumentError, Place, Problem

MAX_BYTES = 1024 * 1024
MAX_DEPTH = 12
MAX_ENTRIES = 60_000
UNPRINTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
WHOLE = re.compile(r"[-+]?[0-9]{1,15}")
DECIMAL = re.compile(r"[-+]?[0-9]{0,15}\.[0-9]{1,15}|[-+]?[0-9]{1,15}\.")
WORDS: dict[str, bool | None] = {
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
    "null": None, "Null": None, "NULL": None, "~": None, "": None,
}  # fmt: skip

Scalar = str | int | float | bool | None
Plain = Scalar | dict[str, "Plain"] | list["Plain"]


@dataclass(frozen=True)
class Branch:
    """One entry of the file: its line (for a mapping's entry, the key's) and what it holds."""

    line: int
    held: dict[str, Branch] | list[Branch] | Scalar


def read_tree(text: str, name: str) -> Branch:
    """The whole file as one branch; InstrumentError where it is not plain YAML 1.2 or too big."""
    if len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        raise _refusal(name, 1, "The file is larger than 1 MiB", "Split the questionnaire, or shorten it.")
    reader = _Reader(name, YAML(typ="rt", pure=True).parse(text))
    try:
        return reader.whole()
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise _refusal(name, mark.line + 1 if mark else 1, *_syntax(error)) from error
    except ReaderError as error:
        line = text.count("\n", 0, int(error.position)) + 1
        message = "This line holds a character that YAML does not allow"
        raise _refusal(name, line, message, "Remove it, and save the file as UTF-8.") from error
    except (YAMLError, ArithmeticError, IndexError) as error:
        raise _refusal(name, reader.line, "This is not YAML", "Check what follows this line.") from error


def plain(branch: Branch) -> Plain:
    """The values alone, without their lines."""
    held = branch.held
    if isinstance(held, dict):
        return {key: plain(child) for key, child in held.items()}
    if isinstance(held, list):
        return [plain(child) for child in held]
    return held


def line_at(tree: Branch, place: Place) -> int:
    """The line of the nearest entry on the way to `place`; steps that lead nowhere are passed over."""
    here = tree
    for step in place:
        here = _below(here, step) or here
    return here.line


def _below(branch: Branch, step: str | int) -> Branch | None:
    held = branch.held
    if isinstance(held, dict) and isinstance(step, str):
        return held.get(step)
    if isinstance(held, list) and isinstance(step, int) and 0 <= step < len(held):
        return held[step]
    return None


class _Reader:
    """Builds branches from parser events, counting depth and entries before anything is kept."""

    def __init__(self, name: str, events: Iterator[Event]) -> None:
        self.name, self.events, self.entries, self.line = name, events, 0, 1

    def whole(self) -> Branch:
        for event in self.events:
            if isinstance(event, NodeEvent):
                tree = self.branch(event, 1)
                self.nothing_more()
                return tree
        raise self.refused(1, "The file is empty", "Start with 'instrument:'.")

    def nothing_more(self) -> None:
        for event in self.events:
            if not isinstance(event, DocumentEndEvent) and isinstance(event, NodeEvent):
                raise self.refused(_line(event), "The file holds a second document", "Remove '---' and what follows.")

    def branch(self, event: Event, depth: int, line: int | None = None) -> Branch:
        self.count(event, depth)
        at = line if line is not None else _line(event)
        if isinstance(event, ScalarEvent):
            return Branch(at, _scalar(event))
        if isinstance(event, SequenceStartEvent):
            return Branch(at, self.sequence(depth))
        if isinstance(event, MappingStartEvent):
            return Branch(at, self.mapping(depth))
        raise self.refused(_line(event), "The file uses an alias (*name)", "Write that part out in full.")

    def sequence(self, depth: int) -> list[Branch]:
        held: list[Branch] = []
        while not isinstance(event := next(self.events), SequenceEndEvent):
            held.append(self.branch(event, depth + 1))
        return held

    def mapping(self, depth: int) -> dict[str, Branch]:
        held: dict[str, Branch] = {}
        while not isinstance(event := next(self.events), MappingEndEvent):
            key = self.key(event)
            if key in held:
                raise self.refused(_line(event), f"'{key}' is given twice", "Keep one of them.")
            held[key] = self.branch(next(self.events), depth + 1, _line(event))
        return held

    def key(self, event: Event) -> str:
        self.count(event, 0)
        if isinstance(event, ScalarEvent) and event.value != "<<":
            return str(event.value)
        raise self.refused(_line(event), "A key must be one word", "Write 'key: value'.")

    def count(self, event: Event, depth: int) -> None:
        self.entries, self.line = self.entries + 1, _line(event)
        tag = getattr(event, "tag", None)
        if self.entries > MAX_ENTRIES:
            raise self.refused(_line(event), f"The file holds more than {MAX_ENTRIES} entries", "Shorten it.")
        if depth > MAX_DEPTH:
            raise self.refused(_line(event), f"The file is nested deeper than {MAX_DEPTH}", "Flatten this part.")
        if tag is not None and not isinstance(event, AliasEvent):
            raise self.refused(_line(event), f"The file uses a tag ({tag})", "Remove the tag.")
        if isinstance(event, ScalarEvent) and UNPRINTED.search(str(event.value)):
            raise self.refused(_line(event), "This text holds a hidden character", "Remove it.")

    def refused(self, line: int, message: str, remedy: str) -> InstrumentError:
        return _refusal(self.name, line, message, remedy)


def _line(event: Event) -> int:
    return int(event.start_mark.line) + 1


def _scalar(event: ScalarEvent) -> Scalar:
    """A plain word by the rules of YAML 1.2: `no` and `on` stay words; anything quoted is text."""
    text = str(event.value)
    if event.style is not None:
        return text
    if text in WORDS:
        return WORDS[text]
    if WHOLE.fullmatch(text):
        return int(text)
    return float(text) if DECIMAL.fullmatch(text) else text


def _syntax(error: MarkedYAMLError) -> tuple[str, str]:
    said = " ".join(str(error.problem or error.context or "not YAML").split())
    if "'\\t'" in said:
        return "This line is indented with a tab", "Indent with blanks."
    return f"This is not YAML: {said}", "Check the indentation, the colons and the quotes around this line."


def _refusal(name: str, line: int, message: str, remedy: str) -> InstrumentError:
    return InstrumentError([Problem(name, line, message, remedy)])
