"""One question's posted values as one answer, or the sentence that says what to change."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from instruments.fields import OTHER
from instruments.responses import Missing, Value
from instruments.schema import AnyItem, BooleanItem, ChoiceItem, LookupItem, NumberItem, ScaleItem, TextItem
from instruments.wording import question, say

OTHER_MAX = 200
NUMBER = re.compile(r"[-+]?[0-9]{1,15}(?:\.([0-9]{1,15}))?", re.ASCII)
FLAWED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
FLAWED_LINE = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
HIDDEN = "Your answer has hidden characters in it. Type it again without pasting"

Known = Callable[[str, str], bool]
"""known(roster, code): whether the roster has such an entry."""


class NotAccepted(Exception):
    """The posted values are no answer; the text says what to change."""


class Asked(NamedTuple):
    """A question as it stood on the page: its item, what its wording is filled with, and the rosters it may name."""

    item: AnyItem
    language: str
    names: Mapping[str, str]
    known: Known

    @property
    def question(self) -> str:
        """The question's words, filled in; made only when a message needs them."""
        return question(self.item, self.language, **self.names)


def clean(text: str, *, lines: bool = False) -> str:
    """Text in Unicode's composed form (NFC), trimmed; NotAccepted for control and direction-changing characters."""
    text = text.replace("\r\n", "\n").replace("\r", "\n") if lines else text
    tidy = unicodedata.normalize("NFC", text.strip())
    if (FLAWED if lines else FLAWED_LINE).search(tidy):
        raise NotAccepted(HIDDEN)
    return tidy


def read_answer(asked: Asked, posted: Sequence[str]) -> Value | None:
    """The answer that the posted values give; None when the question was left blank."""
    item = asked.item
    given = [value for value in posted if value.strip()]
    if not given:
        return None
    reasons = [value for value in given if value in item.allow]
    if not reasons:
        return READERS[item.type](asked, given)
    if len(set(given)) > 1:
        raise NotAccepted(f"Give one answer to ‘{asked.question}’")
    return Missing(reasons[0])


def read_other(posted: Sequence[str]) -> str:
    """The words beside "Other", one line; NotAccepted when there are none or too many."""
    text = clean(posted[0]) if posted else ""
    if not text:
        raise NotAccepted("Write what ‘Other’ is")
    if len(text) > OTHER_MAX:
        raise NotAccepted(f"Your answer must be {OTHER_MAX} characters or fewer")
    return text


def _only(asked: Asked, given: Sequence[str]) -> str:
    if len(set(given)) > 1:
        raise NotAccepted(f"Give one answer to ‘{asked.question}’")
    return given[0]


def _choices(item: AnyItem) -> list[str]:
    """What may be chosen, in the order in which it stands."""
    if not isinstance(item, ChoiceItem | ScaleItem):
        return []
    values = [option.value for option in item.options]
    return [*values, OTHER] if isinstance(item, ChoiceItem) and item.other else values


def _single(asked: Asked, given: Sequence[str]) -> Value:
    value = _only(asked, given)
    if value not in _choices(asked.item):
        raise NotAccepted(f"Choose one of the answers to ‘{asked.question}’")
    return value


def _multi(asked: Asked, given: Sequence[str]) -> Value:
    """The chosen words, each once, in the order in which the options stand."""
    chosen = tuple(value for value in _choices(asked.item) if value in given)
    if len(chosen) != len(set(given)):
        raise NotAccepted(f"Choose from the answers to ‘{asked.question}’")
    return chosen


def _text(asked: Asked, given: Sequence[str]) -> Value:
    text = clean(_only(asked, given), lines=asked.item.type == "longtext")
    most = asked.item.max_length if isinstance(asked.item, TextItem) else OTHER_MAX
    if len(text) > most:
        raise NotAccepted(f"Your answer must be {most} characters or fewer")
    return text


def _number(asked: Asked, given: Sequence[str]) -> Value:
    item, found = asked.item, NUMBER.fullmatch(_only(asked, given).strip())
    if found is None or not isinstance(item, NumberItem):
        raise NotAccepted(f"Write a number for ‘{asked.question}’, such as 3")
    if len((found[1] or "").rstrip("0")) > item.decimals:
        places = "a whole number" if item.decimals == 0 else f"a number with up to {item.decimals} decimals"
        raise NotAccepted(f"Your answer must be {places}")
    value = float(found[0])
    if item.minimum is not None and value < item.minimum:
        raise NotAccepted(f"Your answer must be {item.minimum:g} or more")
    if item.maximum is not None and value > item.maximum:
        raise NotAccepted(f"Your answer must be {item.maximum:g} or less")
    return value


def _boolean(asked: Asked, given: Sequence[str]) -> Value:
    value = _only(asked, given)
    if not isinstance(asked.item, BooleanItem) or value not in ("yes", "no"):
        raise NotAccepted(f"Select yes or no for ‘{asked.question}’")
    return value == "yes"


def _lookup(asked: Asked, given: Sequence[str]) -> Value:
    code = clean(_only(asked, given))
    if not isinstance(asked.item, LookupItem) or not asked.known(asked.item.roster, code):
        raise NotAccepted(f"Choose an answer from the list for ‘{asked.question}’")
    return code


READERS: dict[str, Callable[[Asked, Sequence[str]], Value]] = {
    "single": _single,
    "multi": _multi,
    "scale": _single,
    "text": _text,
    "longtext": _text,
    "number": _number,
    "boolean": _boolean,
    "lookup": _lookup,
}

WHEN_BLANK: dict[str, str] = {
    "single": "Select an answer to ‘{question}’",
    "multi": "Select one answer or more to ‘{question}’",
    "scale": "Select an answer to ‘{question}’",
    "text": "Write an answer to ‘{question}’",
    "longtext": "Write an answer to ‘{question}’",
    "number": "Write a number for ‘{question}’",
    "boolean": "Select yes or no for ‘{question}’",
    "lookup": "Choose an answer from the list for ‘{question}’",
}


def when_blank(asked: Asked) -> str:
    """What to say when a required question was left blank: the item's own words, else ours."""
    if asked.item.error:
        return say(asked.item.error, asked.language, **asked.names)
    return WHEN_BLANK[asked.item.type].replace("{question}", asked.question)
