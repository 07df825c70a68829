"""Small interviews for the tests: who was named, what was said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from instruments.check import Checked, Posted, check_step, field_name
from instruments.load import load
from instruments.responses import Alter, AnswerKey, Nomination, Responses, Value
from instruments.route import Step
from instruments.schema import Instrument

SAMPLES = Path(__file__).parent / "samples"
GDE = Path(__file__).parents[2] / "instruments" / "library" / "gde.yaml"
PEOPLE = ("Ann Lee", "Tom Novak", "Raj Khan", "Eve Moss", "Ida Berg", "Jo Hart", "Max Penn", "Una Reid", "Sol Vance")


@cache
def sample(name: str) -> Instrument:
    """One of the sample instruments, read once."""
    return load(SAMPLES / f"{name}.yaml")


def interview(
    named: int = 0,
    answers: Mapping[tuple[object, ...] | str, Value] | None = None,
    *,
    page: str = "names",
    done: Iterable[str] = (),
    wave: int = 1,
    no_one: Iterable[str] = (),
    seed: int = 0,
    previous: Mapping[tuple[object, ...] | str, Value] | None = None,
) -> Responses:
    """An interview that named the first few of PEOPLE on one page; answers by item, or by the parts of a key."""
    keyed = keys_of(answers or {})
    return Responses(
        wave=wave,
        answers=keyed,
        alters=tuple(Alter(n, label) for n, label in enumerate(PEOPLE[:named], 1)),
        nominations=tuple(Nomination(page, "any", n) for n in range(1, named + 1)),
        no_one=frozenset(no_one),
        done=frozenset(done),
        seed=seed,
        previous=keys_of(previous or {}),
    )


def keys_of(answers: Mapping[tuple[object, ...] | str, Value]) -> dict[AnswerKey, Value]:
    """Answers by item, or by item, alter, topic and second alter."""
    return {AnswerKey(k) if isinstance(k, str) else AnswerKey(*k): v for k, v in answers.items()}  # type: ignore[arg-type]


def known(roster: str, code: str) -> bool:
    """The tests' only roster: two sites."""
    return roster == "sites" and code in ("RXX", "RYY")


def check(instrument: Instrument, step: Step, said: Responses, posted: Posted, language: str = "en") -> Checked:
    """One posted page checked with the tests' roster."""
    return check_step(instrument, step, said, posted, known=known, language=language)


def messages(checked: Checked) -> dict[str, str]:
    """What is to be changed, by field."""
    return {error.field: error.message for error in checked.errors}


def values(checked: Checked) -> dict[str, Value]:
    """What was accepted, by field."""
    return {field_name(key): value for key, value in checked.values.items()}
