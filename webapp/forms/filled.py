"""What stands in a form's fields: what was posted, else saved, else known beforehand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from instruments.check import Posted, field_name
from instruments.responses import AnswerKey, Missing, Responses, Value

LISTED = "listed"
"""The field of a long table that holds the names of its rows' fields, so that rows without an answer stay."""

DATE_PARTS = {"year": 0, "month": 1, "day": 2}


@dataclass(frozen=True)
class Filled:
    """One form as it is filled in; `prefill` gives, by item, what is known before a first answer."""

    responses: Responses
    posted: Posted | None = None
    prefill: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def values(self, key: AnswerKey) -> tuple[str, ...]:
        """What stands in the field of a question, as a browser would post it."""
        if self.posted is not None:
            return tuple(self.posted.get(field_name(key), ()))
        known = as_posted(self.responses.answers.get(key))
        return known or (self.prefill.get(field_name(key), ()))

    @property
    def listed(self) -> tuple[str, ...]:
        """The fields of the rows that stood on the page when it was sent, newest first."""
        return tuple(self.posted.get(LISTED, ())) if self.posted is not None else ()

    def other(self, key: AnswerKey) -> str:
        """The words beside "Other"."""
        if self.posted is not None:
            return next(iter(self.posted.get(field_name(key, other=True), ())), "")
        return self.responses.other_text.get(key, "")

    def part(self, key: AnswerKey, part: str, kind: str) -> str:
        """One box of an answer that has several: of a date its day, of an order the place of one option."""
        if self.posted is not None:
            return next(iter(self.posted.get(field_name(key, part=part), ())), "")
        values = self.values(key)
        if kind == "rank":
            return str(values.index(part) + 1) if part in values else ""
        pieces = values[0].split("-") if values else []
        at = DATE_PARTS[part]
        return pieces[at].lstrip("0") if at < len(pieces) else ""


def as_posted(value: Value | None) -> tuple[str, ...]:
    """An answer as a browser would post it again."""
    match value:
        case None | Missing.SKIPPED | Missing.NOT_ASKED:
            return ()
        case Missing():
            return (value.value,)
        case bool():
            return ("yes" if value else "no",)
        case float() | int():
            return (f"{value:.15g}",)
        case tuple():
            return value
        case _:
            return (value,)
