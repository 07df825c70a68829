"""The name that each question has in a form: "item", "item.3" for alter 3, "item.3.epma" for a topic too.

"item..R0A" is about ego and one row (a site, a group), "item.3-5" about two alters. The boxes of one answer add their
part: "born~year". The words beside "Other" stand in "item.other", whatever stands between.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import quote, unquote

from instruments.responses import AnswerKey

OTHER = "other"
CONFIRM = "confirm~"
ROW = r"(?!other(?:[.~]|$))((?:[A-Za-z0-9_-]|%[0-9A-F]{2}){1,200})"
NAME = re.compile(
    r"(?!confirm~)([a-z][a-z0-9_]{0,39})"
    rf"(?:\.([0-9]{{1,5}})(?:-([0-9]{{1,5}})|\.{ROW})?|\.\.{ROW})?"
    r"(\.other)?(?:~([a-z0-9_]{1,40}))?",
    re.ASCII,
)
PLAIN = re.compile(r"[A-Za-z0-9_-]+", re.ASCII)


class Field(NamedTuple):
    """What a field's name stands for; `other` when it holds the words beside the choice "Other".

    `part` is the box of an answer that has several: day, month, year, or an option to be ranked.
    """

    key: AnswerKey
    other: bool = False
    part: str | None = None


def field_name(key: AnswerKey, *, other: bool = False, part: str | None = None) -> str:
    """The field that answers `key`, with `other` the one for the words beside "Other", with `part` one of its boxes."""
    name = key.item if key.alter is None else f"{key.item}.{key.alter}"
    if key.to is not None:
        name = f"{name}-{key.to}"
    if key.topic is not None:
        name = f"{name}.{_row(key.topic)}" if key.alter is not None else f"{name}..{_row(key.topic)}"
    name = f"{name}.{OTHER}" if other else name
    return name if part is None else f"{name}~{part}"


def confirm_field(field: str) -> str:
    """The field that says, with "yes", that what was entered in `field` is meant."""
    return CONFIRM + field


def parse_field(name: str) -> Field | None:
    """What a field's name stands for; None when it is no name of ours."""
    found = NAME.fullmatch(name)
    if found is None:
        return None
    item, low, high, topic, row, other, part = found.groups()
    alter, to = (None if text is None else int(text) for text in (low, high))
    if alter is not None and to is not None and alter >= to:
        return None
    code = topic or row
    return Field(AnswerKey(item, alter, unquote(code) if code else None, to), other is not None, part)


def _row(code: str) -> str:
    """A row's code with everything but letters, digits, "_" and "-" written as %XX."""
    if code == OTHER:
        return "%6Fther"
    if (code.isalnum() and code.isascii()) or PLAIN.fullmatch(code):
        return code
    return quote(code, safe="").replace(".", "%2E").replace("~", "%7E")
