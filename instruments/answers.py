"""One question's posted values as one answer, or the sentence that says what to change."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from instruments.dates import read_date, read_month
from instruments.fields import OTHER, field_name
from instruments.messages import message
from instruments.responses import AnswerKey, Missing, Value
from instruments.schema import (
    AnyItem,
    BooleanItem,
    ChoiceItem,
    Choosing,
    DateItem,
    LookupItem,
    NumberItem,
    RankItem,
    TextItem,
)
from instruments.wording import question, say

OTHER_MAX = 200
EMAIL_MAX = 254
NUMBER = re.compile(r"[-+]?[0-9]{1,15}(?:\.([0-9]{1,15}))?", re.ASCII)
EMAIL = re.compile(r"[^\s@,;<>()\"]{1,64}@[^\s@,;<>()\".][^\s@,;<>()\"]*\.[^\s@,;<>()\".]{2,}")
PHONE = re.compile(r"\+?[0-9]{5,15}", re.ASCII)
PHONE_MARKS = re.compile(r"[\s().\-/]")
FLAWED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
FLAWED_LINE = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")

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
    row: str = ""

    @property
    def question(self) -> str:
        """The question's words, filled in, with the row it stands in; made only when a message needs them."""
        words = question(self.item, self.language, **self.names)
        return words if not self.row or self.row in words else f"{self.row}: {words}"

    def refusal(self, name: str, **filled: object) -> NotAccepted:
        """One of the messages, in the respondent's language."""
        return NotAccepted(message(name, self.language, question=self.question, **filled))


def clean(text: str, *, lines: bool = False, language: str = "en") -> str:
    """Text in Unicode's composed form (NFC), trimmed; NotAccepted for control and direction-changing characters."""
    text = text.replace("\r\n", "\n").replace("\r", "\n") if lines else text
    tidy = unicodedata.normalize("NFC", text.strip())
    if (FLAWED if lines else FLAWED_LINE).search(tidy):
        raise NotAccepted(message("hidden", language))
    return tidy


def gathered(item: AnyItem, key: AnswerKey, posted: Mapping[str, Sequence[str]]) -> Sequence[str]:
    """What was posted for one question; the boxes of a date, a month or a ranking as one value each.

    A date's boxes become "2026-11-24" and a rank's "2=option"; a reason for no answer ticked beside them stands first.
    """
    given = posted.get(field_name(key), ())
    beside = [value for value in given if value in item.allow]
    if isinstance(item, DateItem) and (beside or not any(given)):
        boxes = ("year", "month", "day") if item.type == "date" else ("year", "month")
        filled = [_box(key, part, posted) for part in boxes]
        return [*beside, "-".join(filled)] if any(filled) else given
    if isinstance(item, RankItem) and (beside or not any(given)):
        ranks = [(_box(key, option.value, posted), option.value) for option in item.options]
        return [*beside, *(f"{rank}={value}" for rank, value in ranks if rank)]
    return given


def _box(key: AnswerKey, part: str, posted: Mapping[str, Sequence[str]]) -> str:
    return next(iter(posted.get(field_name(key, part=part), ())), "").strip()


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
        raise asked.refusal("one_answer")
    return Missing(reasons[0])


def read_other(posted: Sequence[str], language: str = "en") -> str:
    """The words beside "Other", one line; NotAccepted when there are none or too many."""
    text = clean(posted[0], language=language) if posted else ""
    if not text:
        raise NotAccepted(message("other_blank", language))
    if len(text) > OTHER_MAX:
        raise NotAccepted(message("too_long", language, most=OTHER_MAX))
    return text


def _only(asked: Asked, given: Sequence[str]) -> str:
    if len(set(given)) > 1:
        raise asked.refusal("one_answer")
    return given[0]


def _choices(item: AnyItem) -> list[str]:
    """What may be chosen, in the order in which it stands."""
    if not isinstance(item, Choosing):
        return []
    values = [option.value for option in item.options]
    return [*values, OTHER] if isinstance(item, ChoiceItem) and item.other else values


def _single(asked: Asked, given: Sequence[str]) -> Value:
    value = _only(asked, given)
    if value not in _choices(asked.item):
        raise asked.refusal("choose_one")
    return value


def _multi(asked: Asked, given: Sequence[str]) -> Value:
    """The chosen words, each once, in the order in which the options stand."""
    chosen = tuple(value for value in _choices(asked.item) if value in given)
    if len(chosen) != len(set(given)):
        raise asked.refusal("choose_from")
    return chosen


def _rank(asked: Asked, given: Sequence[str]) -> Value:
    """Options in order: as posted one after the other, or by the number in each one's box."""
    item, boxes = asked.item, [value.partition("=") for value in given if "=" in value]
    most = (item.top or len(item.options)) if isinstance(item, RankItem) else 0
    ranks = [rank for rank, _, _ in boxes]
    if len(set(ranks)) < len(ranks):
        raise asked.refusal("rank_twice")
    incomplete = "rank_all" if most == len(_choices(item)) else "rank_top"
    if boxes and sorted(ranks) != sorted(map(str, range(1, most + 1))):
        raise asked.refusal(incomplete, most=most)
    order = tuple(value for _, _, value in sorted(boxes, key=lambda box: int(box[0]))) if boxes else tuple(given)
    if not set(order) <= set(_choices(item)):
        raise asked.refusal("choose_from")
    if len(order) != most or len(set(order)) != most:
        raise asked.refusal(incomplete, most=most)
    return order


def _text(asked: Asked, given: Sequence[str]) -> Value:
    text = clean(_only(asked, given), lines=asked.item.type == "longtext", language=asked.language)
    most = asked.item.max_length if isinstance(asked.item, TextItem) else OTHER_MAX
    if len(text) > most:
        raise asked.refusal("too_long", most=most)
    return text


def _email(asked: Asked, given: Sequence[str]) -> Value:
    text = clean(_only(asked, given), language=asked.language)
    if len(text) > EMAIL_MAX or ".." in text or not EMAIL.fullmatch(text):
        raise asked.refusal("email")
    return text


def _phone(asked: Asked, given: Sequence[str]) -> Value:
    """Digits, with "+" before them where it was written; spaces, brackets and dashes are dropped."""
    digits = PHONE_MARKS.sub("", clean(_only(asked, given), language=asked.language))
    if not PHONE.fullmatch(digits):
        raise asked.refusal("phone")
    return digits


def _number(asked: Asked, given: Sequence[str]) -> Value:
    item, found = asked.item, NUMBER.fullmatch(_only(asked, given).strip())
    if found is None or not isinstance(item, NumberItem):
        raise asked.refusal("number")
    if len((found[1] or "").rstrip("0")) > item.decimals:
        raise asked.refusal("decimals" if item.decimals else "whole", places=item.decimals)
    value = float(found[0])
    if item.minimum is not None and value < item.minimum:
        raise asked.refusal("at_least", least=f"{item.minimum:g}")
    if item.maximum is not None and value > item.maximum:
        raise asked.refusal("at_most", most=f"{item.maximum:g}")
    return value


def _boolean(asked: Asked, given: Sequence[str]) -> Value:
    value = _only(asked, given)
    if not isinstance(asked.item, BooleanItem) or value not in ("yes", "no"):
        raise asked.refusal("yes_or_no")
    return value == "yes"


def _date(asked: Asked, given: Sequence[str]) -> Value:
    read = read_date if asked.item.type == "date" else read_month
    if not isinstance(asked.item, DateItem):
        raise asked.refusal("no_such_date")
    value, fault, filled = read(_only(asked, given), asked.item, asked.language)
    if fault:
        raise asked.refusal(fault, **filled)
    return value


def _lookup(asked: Asked, given: Sequence[str]) -> Value:
    code = clean(_only(asked, given), language=asked.language)
    if not isinstance(asked.item, LookupItem) or not asked.known(asked.item.roster, code):
        raise asked.refusal("from_list")
    return code


READERS: dict[str, Callable[[Asked, Sequence[str]], Value]] = {
    "single": _single,
    "multi": _multi,
    "scale": _single,
    "rank": _rank,
    "text": _text,
    "longtext": _text,
    "email": _email,
    "phone": _phone,
    "number": _number,
    "boolean": _boolean,
    "date": _date,
    "month": _date,
    "lookup": _lookup,
}

WHEN_BLANK: dict[str, str] = {
    "single": "blank_choice",
    "multi": "blank_choices",
    "scale": "blank_choice",
    "text": "blank_text",
    "longtext": "blank_text",
    "email": "email",
    "phone": "phone",
    "number": "blank_number",
    "boolean": "yes_or_no",
    "date": "blank_date",
    "month": "blank_month",
    "lookup": "from_list",
}


def when_blank(asked: Asked) -> str:
    """What to say when a required question was left blank: the item's own words, else ours."""
    item = asked.item
    if item.error:
        return say(item.error, asked.language, **asked.names)
    if isinstance(item, RankItem):
        name = "rank_all" if item.top in (None, len(item.options)) else "rank_top"
        return str(asked.refusal(name, most=item.top or len(item.options)))
    return str(asked.refusal(WHEN_BLANK[item.type]))
