"""What changed between two versions of an instrument, and the version number that change calls for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from instruments.schema import Instrument, Part

Kind = Literal["added", "removed", "wording", "meaning"]
Bump = Literal["none", "patch", "minor", "major"]

BUMPS: dict[Kind, Bump] = {"wording": "patch", "added": "minor", "removed": "major", "meaning": "major"}
ORDER: tuple[Bump, ...] = ("none", "patch", "minor", "major")
WORDINGS = frozenset({"label", "title", "intro", "help", "hint", "error", "text", "none_option", "nudges"})
NOT_COMPARED = frozenset({"version", "target_minutes"})
SETS = frozenset({"languages"})
ORDERED = frozenset({"pages", "items", "options"})


@dataclass(frozen=True)
class Change:
    """One difference: its kind, where ("pages.about_you.items.role"), and what is different there."""

    kind: Kind
    where: str
    detail: str


def compare(old: Instrument, new: Instrument) -> tuple[Change, ...]:
    """Every difference that respondents or measures could notice, in the order of the old file, then the new."""
    return tuple(_between(_open(old), _open(new), ""))


def least_bump(changes: tuple[Change, ...]) -> Bump:
    """The smallest step of the version that these changes allow: patch, minor or major."""
    return max((BUMPS[change.kind] for change in changes), key=ORDER.index, default="none")


def _between(old: dict[str, Any], new: dict[str, Any], where: str) -> Iterator[Change]:
    for key, before in old.items():
        if key not in NOT_COMPARED:
            place = f"{where}.{key}".lstrip(".")
            yield from _at(before, new.get(key), key, place) if key in new else _gone("removed", before, place)
    for key, after in new.items():
        if key not in old and key not in NOT_COMPARED:
            yield from _gone("added", after, f"{where}.{key}".lstrip("."))


def _at(before: Any, after: Any, key: str, place: str) -> Iterator[Change]:
    if key in WORDINGS and before != after:
        yield Change("wording", place, f"was {_short(before)}, now {_short(after)}")
    elif key in SETS:
        yield from _members(before, after, place)
    elif isinstance(before, dict) and isinstance(after, dict) and key not in WORDINGS:
        yield from _order(before, after, key, place)
        yield from _between(before, after, place)
    elif before != after:
        yield Change("meaning", place, f"was {_short(before)}, now {_short(after)}")


def _order(before: dict[str, Any], after: dict[str, Any], key: str, place: str) -> Iterator[Change]:
    """What stays, standing in another order: it matters for a scale's steps, for pages and for questions."""
    stayed = [entry for entry in before if entry in after]
    if key in ORDERED and stayed != [entry for entry in after if entry in before]:
        matters = key != "options" or place.startswith("scales.")
        yield Change("meaning" if matters else "wording", place, "the order changed")


def _gone(kind: Literal["added", "removed"], value: Any, place: str) -> Iterator[Change]:
    """An entry or a setting that only one of the two has; a wording that comes or goes is still a wording."""
    key = place.rpartition(".")[2]
    if key in WORDINGS:
        yield Change("wording", place, f"{kind}: {_short(value)}")
    elif isinstance(value, dict):
        yield Change(kind, place, f"{kind}")
    else:
        yield Change("meaning", place, f"{kind}: {_short(value)}")


def _members(before: list[str], after: list[str], place: str) -> Iterator[Change]:
    yield from (Change("removed", f"{place}.{word}", "removed") for word in before if word not in after)
    yield from (Change("added", f"{place}.{word}", "added") for word in after if word not in before)


def _open(value: Any) -> Any:
    """Parts as mappings without unset entries; lists of parts as mappings by id, so that order alone is no change."""
    if isinstance(value, Part):
        entries = ((name, getattr(value, name)) for name in type(value).model_fields)
        return {name: _open(entry) for name, entry in entries if entry is not None}
    if isinstance(value, dict):
        return {key: _open(entry) for key, entry in value.items()}
    if isinstance(value, tuple):
        parts = [_open(entry) for entry in value]
        named = bool(value) and all(isinstance(entry, Part) for entry in value)
        return {part.get("id", part.get("value")): part for part in parts} if named else parts
    return value


def _short(value: Any) -> str:
    text = str(value)
    return f"‘{text[:57]}…’" if len(text) > 60 else f"‘{text}’"
