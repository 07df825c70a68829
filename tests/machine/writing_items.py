"""Random questions: one of every type, each with some of the settings of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.machine.writing import Writer

Entry = dict[str, Any]

CHOICES = ("red", "green", "blue")


def _choice(kind: str) -> Callable[[Writer, str], Entry]:
    def make(writer: Writer, name: str) -> Entry:
        one: Entry = {"id": name, "type": kind, "options": list(CHOICES)}
        one |= {"other": "text"} if writer.often(0.3) else {}
        return one | ({"randomise": True} if writer.often(0.3) else {})

    return make


def _number(writer: Writer, name: str) -> Entry:
    return {"id": name, "type": "number", "minimum": 0, "maximum": 10, "decimals": writer.random.choice([0, 1])}


def _likert(writer: Writer, name: str) -> Entry:
    statements = [{"id": f"{name}_a", "label": "It is easy."}, {"id": f"{name}_b", "label": writer.say("It is quick.")}]
    one = {"id": name, "type": "likert", "scale": "level", "statements": statements}
    return one | ({"randomise": True} if writer.often(0.3) else {})


def _rank(writer: Writer, name: str) -> Entry:
    return {"id": name, "type": "rank", "options": list(CHOICES)} | ({"top": 2} if writer.often(0.5) else {})


def _date(writer: Writer, name: str) -> Entry:
    return {"id": name, "type": "date", **({"earliest": "2020-01-01"} if writer.often(0.5) else {})}


def _calculated(writer: Writer, name: str) -> Entry:
    sums = [f"{number} * 2.0" for number in writer.numbers] + [f"size({page})" for page in writer.names]
    return {"id": name, "type": "calculated", "value": writer.random.choice(sums or ["wave + 1"])}


def _plain(kind: str, **more: object) -> Callable[[Writer, str], Entry]:
    return lambda writer, name: {"id": name, "type": kind, **more}


ITEMS: tuple[Callable[[Writer, str], Entry], ...] = (
    _choice("single"), _choice("single"), _choice("multi"), _plain("scale", scale="level"), _likert, _rank,
    _plain("text", max_length=30), _plain("longtext"), _plain("email"), _plain("phone"), _number, _number,
    _plain("boolean"), _date, _plain("month"), _plain("lookup", roster="sites"), _plain("info", text="Take your time."),
    _calculated,
)  # fmt: skip
