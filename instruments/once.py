"""What follows from a questionnaire alone, worked out once for each."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

from instruments.schema import Instrument

KEPT = 64

Fact = TypeVar("Fact")


def once(fact: Callable[[Instrument], Fact]) -> Callable[[Instrument], Fact]:
    """A function of a questionnaire that remembers what it gave for each: give nothing that anyone may change.

    A questionnaire never changes, so what is remembered cannot grow old. At most KEPT questionnaires are kept.
    """

    @lru_cache(maxsize=KEPT)
    def kept(this: _This) -> Fact:
        return fact(this.instrument)

    @wraps(fact)
    def known(instrument: Instrument) -> Fact:
        return kept(_This(instrument))

    return known


class _This:
    """One questionnaire, equal to nothing but itself: comparing two word by word would cost more than it saves."""

    __slots__ = ("instrument",)

    def __init__(self, instrument: Instrument) -> None:
        self.instrument = instrument

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _This) and other.instrument is self.instrument

    def __hash__(self) -> int:
        return id(self.instrument)
