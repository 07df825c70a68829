"""Short forms written out: bare words, `options: roles`, `scale: frequency` become full options."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from instruments.problems import Finding, Place, did_you_mean
from instruments.source import Plain

Mapping = dict[str, Plain]
HEAD = ("id", "version", "title", "languages", "target_minutes", "privacy")
LISTS = ("topics", "roles", "mechanisms")
ITEMS = ("items", "then", "ask")
CHOICES = ("single", "multi")
PAGES_WITH_OPTIONS = ("alter_ties", "org_ties", "place")
WITH_SCALE = (*CHOICES, "scale", "likert", *PAGES_WITH_OPTIONS)


@dataclass(frozen=True)
class WrittenOut:
    """The file without short forms, and what could not be written out."""

    data: Mapping
    findings: tuple[Finding, ...]


def write_out(data: Plain) -> WrittenOut:
    """Every short form replaced by its long one; `data` is the file with its `instrument:` part lifted up."""
    if not isinstance(data, dict):
        return WrittenOut({}, (Finding((), "The file is not a mapping", "Start with 'instrument:'."),))
    found: list[Finding] = []
    lists = _option_lists(data)
    written = {**data, "scales": _scales(data.get("scales"))} if "scales" in data else dict(data)
    if isinstance(pages := data.get("pages"), list):
        written["pages"] = [_page(page, ("pages", n), lists, found) for n, page in enumerate(pages)]
    return WrittenOut(written, tuple(found))


def _option_lists(data: Mapping) -> dict[str, list[Plain]]:
    """What `options:` may name: the topics, roles, mechanisms and each scale, as options."""
    lists: dict[str, list[Plain]] = {}
    if isinstance(scales := _scales(data.get("scales")), dict):
        for name, scale in scales.items():
            if isinstance(scale, dict) and isinstance(options := scale.get("options"), list):
                lists[name] = options
    for name in LISTS:
        entries = data.get(name)
        if isinstance(entries, list):
            lists[name] = [_as_option(entry) for entry in entries]
    return lists


def _as_option(entry: Plain) -> Plain:
    if not isinstance(entry, dict):
        return entry
    kept: Mapping = {"value": entry.get("id"), "label": entry.get("label")}
    return kept | ({"hint": entry["hint"]} if "hint" in entry else {})


def _scales(scales: Plain) -> Plain:
    if not isinstance(scales, dict):
        return scales
    return {name: _with_options(scale) for name, scale in scales.items()}


def _with_options(scale: Plain) -> Plain:
    if isinstance(scale, dict) and isinstance(options := scale.get("options"), list):
        return {**scale, "options": [_option(option) for option in options]}
    return scale


def _option(option: Plain) -> Plain:
    """A bare word as an option: same -> {value: same, label: Same}."""
    if not isinstance(option, str):
        return option
    return {"value": option, "label": _words(option)}


def _words(word: str) -> str:
    """less_often -> "Less often"."""
    words = word.replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def _page(page: Plain, place: Place, lists: dict[str, list[Plain]], found: list[Finding]) -> Plain:
    if not isinstance(page, dict):
        return page
    written = _with_statements(page)
    if page.get("type") in PAGES_WITH_OPTIONS:
        _fill_options(written, place, lists, found)
    for key in ITEMS:
        if isinstance(items := page.get(key), list):
            written[key] = [_item(item, (*place, key, n), lists, found) for n, item in enumerate(items)]
    return written


def _with_statements(part: Mapping) -> Mapping:
    """Bare words among statements as statements: read -> {id: read, label: Read}."""
    if not isinstance(statements := part.get("statements"), list):
        return dict(part)
    return {**part, "statements": [_statement(one) for one in statements]}


def _statement(statement: Plain) -> Plain:
    return {"id": statement, "label": _words(statement)} if isinstance(statement, str) else statement


def _item(item: Plain, place: Place, lists: dict[str, list[Plain]], found: list[Finding]) -> Plain:
    if not isinstance(item, dict):
        return item
    written = _with_statements(item)
    if written.get("other") == "text":
        written["other"] = True
    _fill_options(written, place, lists, found)
    return written


def _fill_options(written: Mapping, place: Place, lists: dict[str, list[Plain]], found: list[Finding]) -> None:
    """The options of a question, or of a page that is one, in full."""
    _from_scale(written, place, lists, found)
    options = written.get("options")
    if isinstance(options, str):
        written["options"] = cast(Plain, _named(options, (*place, "options"), lists, found))
    elif isinstance(options, list):
        written["options"] = [_option(option) for option in options]


def _from_scale(item: Mapping, place: Place, lists: dict[str, list[Plain]], found: list[Finding]) -> None:
    """`scale: NAME` becomes options, on a question of type scale, on choices and on pages alike."""
    scale, kind = item.get("scale"), item.get("type")
    if not isinstance(scale, str) or kind not in WITH_SCALE:
        return
    if "options" in item:
        message = "This question gives both 'scale' and 'options'"
        found.append(Finding((*place, "options"), message, "Keep one of them."))
        return
    item["options"] = cast(Plain, _named(scale, (*place, "scale"), lists, found))
    if kind in CHOICES:
        del item["scale"]


def _named(name: str, place: Place, lists: dict[str, list[Plain]], found: list[Finding]) -> list[Plain]:
    if name not in lists:
        remedy = did_you_mean(name, lists, "Name a scale of this file, or topics, roles or mechanisms.")
        if name in LISTS:
            remedy = f"Add that list to the file, such as {name}: [{{id: one, label: One}}]."
        found.append(Finding(place, f"'{name}' is no list of options", remedy))
        return [{"value": "unknown", "label": "Unknown"}, {"value": "unknown_too", "label": "Unknown"}]
    return lists[name]
