"""How people type a name that they did not find in the list: shortened, turned round, with a slip or as it is."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from surveys.matching.short_forms import SHORT_FORMS


def as_typed(name: str, random: Random) -> str:
    """A name of two words as somebody may type it."""
    given, _, family = name.partition(" ")
    return random.choice(WAYS)(given, family, random)


def _as_it_is(given: str, family: str, random: Random) -> str:
    return f"{given} {family}"


def _initial(given: str, family: str, random: Random) -> str:
    return f"{given[0]} {family}"


def _turned(given: str, family: str, random: Random) -> str:
    return f"{family}, {given}"


def _short(given: str, family: str, random: Random) -> str:
    forms = sorted(SHORT_FORMS.get(given.lower(), {given}))
    return f"{random.choice(forms).title()} {family}"


def _slip(given: str, family: str, random: Random) -> str:
    """Two neighbouring letters of the family name swapped."""
    at = random.randrange(1, max(len(family) - 1, 2))
    return f"{given} {family[:at]}{family[at + 1 : at + 2]}{family[at : at + 1]}{family[at + 2 :]}"


WAYS: tuple[Callable[[str, str, Random], str], ...] = (_as_it_is, _as_it_is, _initial, _turned, _short, _slip)
