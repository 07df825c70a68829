"""The last step of reading another system's questionnaire: what lint refuses is taken out of the draft, and noted."""

from __future__ import annotations

from typing import Any

from exchange.foreign_draft import Draft, Foreign
from exchange.foreign_texts import LONGEST_TEXT
from instruments.lint import findings
from instruments.load import InstrumentError, read_published
from instruments.problems import Finding

MOST_ROUNDS = 50


def finished(draft: Draft) -> Foreign:
    """The draft as text that lint takes: a condition or rule that can never hold is left out, and noted."""
    draft.pages = [_shorter(page, f"page “{page['id']}”", draft) for page in draft.pages]
    draft.closing = _shorter(draft.closing, "the last page", draft)
    for _ in range(MOST_ROUNDS):
        faults = _faults(draft.written())
        taken = [_taken_out(fault, draft) for fault in reversed(faults)]
        if not any(taken):
            break
    for fault in faults:
        draft.lose("the questionnaire", fault.message, fault.remedy or "Mend it by hand.")
    return draft.written()


def _shorter(held: Any, where: str, draft: Draft) -> Any:
    """The same with no text longer than a page takes; what is cut off is noted."""
    if isinstance(held, dict):
        return {key: _shorter(value, where, draft) for key, value in held.items()}
    if isinstance(held, list):
        return [_shorter(value, where, draft) for value in held]
    if not isinstance(held, str) or len(held) <= LONGEST_TEXT:
        return held
    what = f"its words after the first {LONGEST_TEXT} letters, “{held[LONGEST_TEXT : LONGEST_TEXT + 40]}…”"
    draft.lose(where, what, "Say it in fewer words, or on two pages.")
    return held[:LONGEST_TEXT]


def _faults(foreign: Foreign) -> list[Finding]:
    try:
        found = findings(read_published(foreign.text))
    except InstrumentError as error:
        return [Finding((), str(problem), problem.remedy) for problem in error.problems]
    return [one for one in found if one.severity == "error"]


def _taken_out(fault: Finding, draft: Draft) -> bool:
    """Whether the condition or rule that a fault is about was taken out of its page; the first page is consent."""
    at = fault.place[1] if len(fault.place) > 1 and fault.place[0] == "pages" else None
    if not isinstance(at, int) or not 0 < at <= len(draft.pages):
        return False
    page = draft.pages[at - 1]
    if "rules" in fault.place and page.get("rules"):
        return _without_rule(page, fault, draft)
    condition = page.pop("when", None)
    if condition is not None:
        what = f"its condition {condition}: {fault.message}"
        draft.lose(f"page “{page['id']}”", what, "It is always shown: write it under 'when'.")
    return condition is not None


def _without_rule(page: dict[str, Any], fault: Finding, draft: Draft) -> bool:
    number = fault.place[fault.place.index("rules") + 1]
    if not isinstance(number, int) or number >= len(page["rules"]):
        return False
    rule = page["rules"].pop(number)
    if not page["rules"]:
        del page["rules"]
    draft.lose(f"page “{page['id']}”", f"its rule {rule['when']}: {fault.message}", "Write it under 'rules'.")
    return True
