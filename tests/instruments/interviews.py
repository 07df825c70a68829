"""Small interviews for the tests: who was named, what was said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from instruments.load import load
from instruments.responses import Alter, AnswerKey, Nomination, Responses, Value
from instruments.schema import Instrument

SAMPLES = Path(__file__).parent / "samples"
GDE = Path(__file__).parents[2] / "instruments" / "library" / "gde.yaml"
PEOPLE = ("Ann Lee", "Tom Novak", "Raj Khan", "Eve Moss", "Ida Berg", "Jo Hart", "Max Penn", "Una Reid", "Sol Vance")


def sample(name: str) -> Instrument:
    """One of the sample instruments."""
    return load(SAMPLES / f"{name}.yaml")


def interview(
    named: int = 0,
    answers: Mapping[tuple[str, int | None, str | None] | str, Value] | None = None,
    *,
    page: str = "names",
    done: Iterable[str] = (),
    wave: int = 1,
    no_one: Iterable[str] = (),
) -> Responses:
    """An interview that named the first few of PEOPLE on one page; answers by item, or by item, alter and topic."""
    keyed = {AnswerKey(k) if isinstance(k, str) else AnswerKey(*k): v for k, v in (answers or {}).items()}
    return Responses(
        wave=wave,
        answers=keyed,
        alters=tuple(Alter(n, label) for n, label in enumerate(PEOPLE[:named], 1)),
        nominations=tuple(Nomination(page, "any", n) for n in range(1, named + 1)),
        no_one=frozenset(no_one),
        done=frozenset(done),
    )
