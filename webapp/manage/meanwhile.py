"""When somebody else changed the same settings: both values of each side by side, and which of them to keep."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

DECIDING = "deciding"


@dataclass(frozen=True)
class Difference:
    """One setting that stands otherwise than somebody sent it; both are texts as the form has them."""

    field: str
    saved: str
    mine: str

    @property
    def name(self) -> str:
        """The name of the radios that decide it."""
        return f"keep.{self.field}"


def texts(form: MultiDict[str, str], fields: Sequence[str]) -> dict[str, str]:
    """What was posted for each field, without space round it."""
    return {field: form.get(field, "").strip() for field in fields}


def differences(mine: Mapping[str, str], saved: Mapping[str, str]) -> list[Difference]:
    """Every setting that is not the same in both."""
    return [Difference(field, saved[field], mine[field]) for field in mine if mine[field] != saved[field]]


def decided(form: MultiDict[str, str], mine: dict[str, str], saved: Mapping[str, str]) -> dict[str, str]:
    """The settings as somebody decided between theirs and those that were saved meanwhile."""
    return {field: saved[field] if form.get(f"keep.{field}") == "saved" else mine[field] for field in mine}


def undecided(form: MultiDict[str, str], found: Sequence[Difference]) -> list[Difference]:
    """Those differences that the form was to decide and does not."""
    return [one for one in found if form.get(one.name) not in ("saved", "mine")]


def settled(
    form: MultiDict[str, str], mine: dict[str, str], saved: Mapping[str, str], *, current: bool
) -> tuple[dict[str, str], list[Difference]]:
    """The settings to keep, and the differences that have to be shown (again) before anything is kept.

    A form as it was first filled in keeps what it says. One that decides is shown again while something is undecided
    and it is `current`; where yet another change came between, keeping it tells of that.
    """
    if DECIDING not in form:
        return mine, []
    open_ones = undecided(form, differences(mine, saved))
    if open_ones and current:
        return mine, open_ones
    return decided(form, mine, saved), []
