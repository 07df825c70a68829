"""Every wording of an instrument with its place in the file."""

from __future__ import annotations

from collections.abc import Iterator

from instruments.problems import Place
from instruments.schema import Instrument, Part, Text

WORDINGS = frozenset({
    "label", "title", "intro", "help", "hint", "error", "text", "none_option", "nudges", "message", "unrelated_option",
})  # fmt: skip


def texts(instrument: Instrument) -> Iterator[tuple[Text, Place]]:
    """Each text with its place, in the order in which the file holds them."""
    yield from _texts(instrument, ())


def _texts(part: Part, place: Place) -> Iterator[tuple[Text, Place]]:
    for name in type(part).model_fields:
        value = getattr(part, name)
        if name in WORDINGS and isinstance(value, str | dict):
            yield value, (*place, name)
        elif isinstance(value, Part):
            yield from _texts(value, (*place, name))
        elif isinstance(value, tuple | dict):
            for key, entry in value.items() if isinstance(value, dict) else enumerate(value):
                if isinstance(entry, Part):
                    yield from _texts(entry, (*place, name, key))
                elif name in WORDINGS and isinstance(entry, str | dict):
                    yield entry, (*place, name, key)
