"""What changed between two versions of an instrument, and the version number that change calls for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from instruments.codebook import codebook
from instruments.lint_texts import WORDINGS
from instruments.schema import Instrument, Part

Kind = Literal["added", "removed", "wording", "setting", "meaning"]
Bump = Literal["none", "patch", "minor", "major"]

BUMPS: dict[Kind, Bump] = {
    "wording": "patch", "added": "minor", "setting": "minor", "removed": "major", "meaning": "major",
}  # fmt: skip
ORDER: tuple[Bump, ...] = ("none", "patch", "minor", "major")
NOT_COMPARED = frozenset({"version", "target_minutes", "synthetic"})
SETS = frozenset({"languages"})
SETTINGS = frozenset({
    "required", "max", "min", "max_length", "randomise", "prefill", "ask_once", "fixed", "layout", "search", "show",
    "exclude_self", "maximum", "minimum", "earliest", "latest", "confirm", "rules", "reuse", "other", "allow", "modes",
    "color_by", "size_by", "pii", "waves", "mode",
})  # fmt: skip
"""Keys that change how a question is asked, and not what an answer means: older answers stay comparable."""
LEAD = 20
"""How many characters of a wording are told before those that differ."""
ORDERED = frozenset({"pages", "items", "options"})


@dataclass(frozen=True)
class Change:
    """One difference: its kind, where ("pages.about_you.items.role"), and what is different there."""

    kind: Kind
    where: str
    detail: str


@dataclass(frozen=True)
class Series:
    """One column over both versions: "same" compares as it is, "reworded" with care, and the others not."""

    id: str
    verdict: Literal["same", "reworded", "changed", "ended", "new"]


class UnderstatedVersion(ValueError):
    """The version number promises less change than there is; the text names the number to use and why."""


class LowerVersion(UnderstatedVersion):
    """The version number is below that of the version before; the text names the number to use."""


class _ById(dict[str, Any]):
    """Parts by their ids or names: a key of it is nobody's setting, whatever word it is."""


def compare(old: Instrument, new: Instrument) -> tuple[Change, ...]:
    """Every difference that respondents or measures could notice, in the order of the old file, then the new."""
    return tuple(_between(_open(old), _open(new), ""))


def least_bump(changes: tuple[Change, ...]) -> Bump:
    """The smallest step of the version that these changes allow: patch, minor or major."""
    return max((BUMPS[change.kind] for change in changes), key=ORDER.index, default="none")


def least_version(old: Instrument, changes: tuple[Change, ...]) -> str:
    """The lowest version number that these changes may have."""
    major, minor, patch = _numbers(old.version)
    bump = least_bump(changes)
    following = {
        "none": (major, minor, patch), "patch": (major, minor, patch + 1), "minor": (major, minor + 1, 0),
        "major": (major + 1, 0, 0),
    }  # fmt: skip
    return ".".join(map(str, following[bump]))


def check_version(old: Instrument, new: Instrument) -> tuple[Change, ...]:
    """The changes, when the new version's number says enough.

    Raises UnderstatedVersion when it says too little, and LowerVersion when it is below the old one.
    """
    changes = compare(old, new)
    least = least_version(old, changes)
    if _numbers(new.version) < _numbers(old.version):
        raise LowerVersion(
            f"Version {new.version} is lower than {old.version}, which came before it. Use version {least} or higher."
        )
    if _numbers(new.version) < _numbers(least):
        worst = next(change for change in changes if BUMPS[change.kind] == least_bump(changes))
        raise UnderstatedVersion(
            f"Version {new.version} says too little beside {old.version}: at {worst.where}, {worst.detail} "
            f"({worst.kind}). Use version {least} or higher."
        )
    return changes


def series(old: Instrument, new: Instrument) -> tuple[Series, ...]:
    """Every column of either version: whether its answers can stand in one series."""
    before, after = ({column.id: column for column in codebook(one)} for one in (old, new))
    changes = compare(old, new)
    found = [Series(name, "ended" if name not in after else _verdict(name, changes)) for name in before]
    return (*found, *(Series(name, "new") for name in after if name not in before))


def _verdict(column: str, changes: tuple[Change, ...]) -> Literal["same", "reworded", "changed"]:
    """By the changes at the place of a column: in its own part of the file, or in a scale or list that it uses."""
    name = column.partition(".")[0].removesuffix("_other")
    mine = {change.kind for change in changes if name in change.where.split(".")}
    if mine & {"meaning", "removed"}:
        return "changed"
    return "reworded" if mine & {"wording", "added"} else "same"


def _numbers(version: str) -> tuple[int, int, int]:
    major, minor, patch = version.split(".")
    return int(major), int(minor), int(patch)


def _between(old: dict[str, Any], new: dict[str, Any], where: str) -> Iterator[Change]:
    by_id = isinstance(old, _ById) or isinstance(new, _ById)
    for key in old | new:
        if by_id or key not in NOT_COMPARED:
            word, place = "" if by_id else key, f"{where}.{key}".lstrip(".")
            if key in old and key in new:
                yield from _at(*_alike_kinds(old[key], new[key]), word, place)
            else:
                yield from _gone("removed" if key in old else "added", old.get(key, new.get(key)), word, place)


def _alike_kinds(before: Any, after: Any) -> tuple[Any, Any]:
    """Both values; where one is a list of parts and the other is empty, that is a list of no parts."""
    if isinstance(before, _ById) or isinstance(after, _ById):
        return before or _ById(), after or _ById()
    return before, after


def _at(before: Any, after: Any, key: str, place: str) -> Iterator[Change]:
    if key in WORDINGS and before != after:
        yield from (Change("wording", place, said) for said in _reworded(before, after))
    elif key in SETS:
        yield from _members(before, after, place)
    elif isinstance(before, dict) and isinstance(after, dict) and key not in WORDINGS and key not in SETTINGS:
        yield from _order(before, after, key, place)
        yield from _between(before, after, place)
    elif before != after:
        yield Change(_kind(key), place, f"was {_short(before)}, now {_short(after)}")


def _reworded(before: Any, after: Any) -> Iterator[str]:
    """What a wording was and is, language by language where both have several; from shortly before they part."""
    if not isinstance(before, dict) or not isinstance(after, dict):
        yield f"was {_short(before)}, now {_short(after)}"
        return
    for language in before | after:
        old, new = before.get(language, ""), after.get(language, "")
        if old != new:
            start = max(0, _alike(old, new) - LEAD)
            lead = "…" if start else ""
            yield f"{language}: was {_short(lead + old[start:])}, now {_short(lead + new[start:])}"


def _alike(old: str, new: str) -> int:
    """How many characters two texts have in common at the beginning."""
    return next((at for at, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))


def _kind(key: str) -> Kind:
    return "setting" if key in SETTINGS else "meaning"


def _order(before: dict[str, Any], after: dict[str, Any], key: str, place: str) -> Iterator[Change]:
    """What stays, standing in another order: a scale's steps mean something else, pages and questions only moved."""
    stayed = [entry for entry in before if entry in after]
    if key in ORDERED and stayed != [entry for entry in after if entry in before]:
        kind: Kind = "wording" if key == "options" else "setting"
        yield Change("meaning" if place.startswith("scales.") else kind, place, "the order changed")


def _gone(kind: Literal["added", "removed"], value: Any, key: str, place: str) -> Iterator[Change]:
    """An entry or a setting that only one of the two has; a wording that comes or goes is still a wording."""
    if key in WORDINGS:
        yield Change("wording", place, f"{kind}: {_short(value)}")
    elif isinstance(value, dict) and key not in SETTINGS:
        yield Change(kind, place, f"{kind}")
    else:
        yield Change(_kind(key), place, f"{kind}: {_short(value)}")


def _members(before: list[str], after: list[str], place: str) -> Iterator[Change]:
    yield from (Change("removed", f"{place}.{word}", "removed") for word in before if word not in after)
    yield from (Change("added", f"{place}.{word}", "added") for word in after if word not in before)


def _open(value: Any) -> Any:
    """Parts as mappings without unset entries; lists of parts as mappings by id, so that order alone is no change."""
    if isinstance(value, Part):
        entries = ((name, getattr(value, name)) for name in type(value).model_fields)
        return {name: _open(entry) for name, entry in entries if entry is not None}
    if isinstance(value, dict):
        named = any(isinstance(entry, Part) for entry in value.values())
        return (_ById if named else dict)({key: _open(entry) for key, entry in value.items()})
    if isinstance(value, tuple):
        parts = [_open(entry) for entry in value]
        named = bool(value) and all(isinstance(entry, Part) for entry in value)
        return _ById({_name(part): part for part in parts}) if named else parts
    return value


def _joined(texts: dict[str, Any]) -> str:
    """A wording in several languages as one line: "en: Hello; cy: Helo"."""
    return "; ".join(f"{language}: {text}" for language, text in texts.items())


def _name(part: dict[str, Any]) -> str:
    """What tells one part of a list from the others: its id, its value, or the condition of a rule."""
    return str(part.get("id") or part.get("value") or part.get("when"))


def _short(value: Any) -> str:
    text = f"{value:g}" if isinstance(value, float) else _joined(value) if isinstance(value, dict) else str(value)
    return f"‘{text[:57]}…’" if len(text) > 60 else f"‘{text}’"
