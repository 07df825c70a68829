"""The name that each question has in a form: "item", "item.3" for alter 3, "item.3.epma" for a topic too."""

from __future__ import annotations

import re
from typing import NamedTuple

from instruments.responses import AnswerKey

OTHER = "other"
NAME = re.compile(
    r"([a-z][a-z0-9_]{0,39})(?:\.([0-9]{1,5})(?:\.(?!other(?:\.|$))([a-z][a-z0-9_]{0,39}))?)?(\.other)?", re.ASCII
)


class Field(NamedTuple):
    """What a field's name stands for; `other` when it holds the words beside the choice "Other"."""

    key: AnswerKey
    other: bool = False


def field_name(key: AnswerKey, *, other: bool = False) -> str:
    """The field that answers `key`, or with `other` the one for the words beside "Other"."""
    name = key.item if key.alter is None else f"{key.item}.{key.alter}"
    name = name if key.topic is None else f"{name}.{key.topic}"
    return f"{name}.{OTHER}" if other else name


def parse_field(name: str) -> Field | None:
    """What a field's name stands for; None when it is no name of ours."""
    found = NAME.fullmatch(name)
    if found is None:
        return None
    item, alter, topic, other = found.groups()
    return Field(AnswerKey(item, None if alter is None else int(alter), topic), other is not None)
