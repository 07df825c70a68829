"""The checks of Network Canvas variables as rules between the answers of one page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from exchange.foreign_draft import Draft
from exchange.foreign_texts import lead
from exchange.netcanvas_parts import Asked

COMPARED = {
    "differentFrom": ("!=", "must differ from"),
    "sameAs": ("==", "must be the same as"),
    "greaterThanVariable": (">", "must be more than"),
    "lessThanVariable": ("<", "must be less than"),
    "greaterThanOrEqualToVariable": (">=", "must not be less than"),
    "lessThanOrEqualToVariable": ("<=", "must not be more than"),
}
COUNTED = {
    "minLength": (">=", "Write at least {} letters."),
    "minSelected": (">=", "Choose at least {}."),
    "maxSelected": ("<=", "Choose at most {}."),
}
ORDERED = ("number", "date", "month")
COMPARABLE = (*ORDERED, "text", "longtext", "boolean")
APART = "the two questions stand on different pages, or have answers that cannot be compared"
TOGETHER = "Put them on one page, and add a rule."


def rules_of(asked: Sequence[Asked], about: str, draft: Draft, where: str) -> list[dict[str, Any]]:
    """The rules of one page; `about` stands before each question's id, "alter." on pages about people."""
    known = {one.variable.key: one for one in asked}
    return [rule for one in asked for rule in (*_counts(one, about), *_comparisons(one, known, about, draft, where))]


def without_rules(asked: Iterable[Asked], draft: Draft, where: str) -> None:
    """Note the checks of questions that stand where no rule can."""
    for one in asked:
        for key in (*COMPARED, *COUNTED):
            if one.variable.checks.get(key) and not (key.endswith("Selected") and one.item["type"] != "multi"):
                draft.lose(where, f"the check “{key}” of “{one.variable.name}”", "Ask it on a page of type alter_form.")


def _counts(asked: Asked, about: str) -> Iterable[dict[str, Any]]:
    item = asked.item
    for key, (sign, message) in COUNTED.items():
        count = asked.variable.checks.get(key)
        if not isinstance(count, int) or isinstance(count, bool) or count < 1:
            continue
        if item["type"] != "multi" if key.endswith("Selected") else item["type"] not in ("text", "longtext"):
            continue
        if (key == "minSelected" and count == 1) or _impossible(item, key, count):
            continue
        when = f"size({about}{item['id']}) {sign} {count}"
        yield {"when": when, "message": message.format(count), "item": item["id"]}


def _impossible(item: dict[str, Any], key: str, count: int) -> bool:
    """Whether a rule could never hold, or never fail."""
    return key.endswith("Selected") and (count > len(item["options"]) or (key == "maxSelected" and count < 1))


def _comparisons(
    asked: Asked, known: dict[str, Asked], about: str, draft: Draft, where: str
) -> Iterable[dict[str, Any]]:
    for key, (sign, words) in COMPARED.items():
        target = asked.variable.checks.get(key)
        if not isinstance(target, str):
            continue
        other = known.get(target)
        if other is None or other is asked or not _fit(asked, other, sign):
            draft.lose(where, f"the check “{key}” of “{asked.variable.name}”: {APART}", TOGETHER)
            continue
        message = f"“{lead(asked.item['label'])}” {words} “{lead(other.item['label'])}”."
        when = f"{about}{asked.item['id']} {sign} {about}{other.item['id']}"
        yield {"when": when, "message": message, "item": asked.item["id"]}


def _fit(one: Asked, other: Asked, sign: str) -> bool:
    kinds = {one.item["type"], other.item["type"]} - {"longtext"} or {"text"}
    options = one.item.get("options"), other.item.get("options")
    if "single" in kinds and sign in ("==", "!="):
        return len(kinds) == 1 and {o["value"] for o in options[0] or ()} == {o["value"] for o in options[1] or ()}
    return len(kinds) == 1 and kinds <= set(COMPARABLE if sign in ("==", "!=") else ORDERED)
