"""Readers of single cells: each turns text into a value, or says why it cannot and what to write instead."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import lru_cache

from email_validator import EmailNotValidError, validate_email

from exchange.refusals import did_you_mean

Reader = Callable[[str], object]
STANDS_FOR_NOTHING = ("-", "–", "—")
LOOKS_LIKE_FORMULA = ("=", "+", "-", "@")
PLAIN_LOCAL = re.compile(r"[A-Za-z0-9_-]{1,30}(?:\.[A-Za-z0-9_-]{1,30})?")
PLAIN_DOMAIN = re.compile(r"[A-Za-z0-9.-]{1,150}")
HIDDEN = re.compile(r"[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
"""Signs that are not seen, or change only the order in which letters are; and halves of letters."""
POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}")


class BadValue(Exception):
    """A cell that cannot be taken, with the reason and the remedy."""

    def __init__(self, reason: str, remedy: str) -> None:
        self.reason, self.remedy = reason, remedy
        super().__init__(f"{reason}. {remedy}")


def text(longest: int) -> Reader:
    """Text of at most `longest` characters, blanks and line breaks made single spaces; None when blank or a dash."""

    def read(cell: str) -> str | None:
        value = " ".join(cell.split())
        if HIDDEN.search(value):
            raise BadValue("this holds a sign that nobody sees", "Type it again by hand.")
        if len(value) > longest:
            raise BadValue(f"this has {len(value)} characters; {longest} is the most", "Shorten it.")
        if value in STANDS_FOR_NOTHING:
            return None
        if value.startswith(LOOKS_LIKE_FORMULA):
            raise BadValue("this looks like a formula", f"Begin with a letter or digit, not with “{value[0]}”.")
        return value or None

    return read


def number(low: float, high: float) -> Reader:
    """A number between `low` and `high`, inclusive; None when blank."""

    def read(cell: str) -> float | None:
        if not cell.strip():
            return None
        try:
            value = float(cell)
        except ValueError:
            raise BadValue("this is not a number", "Write it like 53.4624, with a point.") from None
        if not (math.isfinite(value) and low <= value <= high):
            raise BadValue("this number is out of range", f"Write a number from {low:g} to {high:g}.")
        return value

    return read


def choice(words: Mapping[str, str]) -> Reader:
    """One of a closed set, by any of its spellings (folded word to value); None when blank."""

    def read(cell: str) -> str | None:
        word = re.sub(r"[\W_]+", " ", cell).strip().casefold()
        if word and word not in words:
            known = list(dict.fromkeys(words.values()))
            remedy = did_you_mean(cell.strip(), known) or f"Write one of: {', '.join(known)}."
            raise BadValue("this is not one of the words that are known here", remedy)
        return words[word] if word else None

    return read


def email(cell: str) -> str | None:
    """An e-mail address with its domain in lower case; None when blank. Nothing is asked of the network."""
    address = cell.strip()
    if not address:
        return None
    local, _, domain = address.partition("@")
    if PLAIN_LOCAL.fullmatch(local) and PLAIN_DOMAIN.fullmatch(domain) and (known := _plain_domain(domain)):
        return f"{local}@{known}"
    return _any_email(address)


@lru_cache(maxsize=4096)
def _plain_domain(domain: str) -> str | None:
    """The domain in lower case when addresses there are good; asked once, for staff lists have few domains."""
    try:
        return validate_email(f"a@{domain}", check_deliverability=False).domain
    except EmailNotValidError:
        return None


def _any_email(address: str) -> str:
    try:
        return validate_email(address, check_deliverability=False).normalized
    except EmailNotValidError as error:
        raise BadValue("this is not an e-mail address", _one_sentence(str(error))) from None


def _one_sentence(text_of_error: str) -> str:
    return text_of_error.splitlines()[0].rstrip(".") + "."


def day(cell: str) -> date | None:
    """A day as 20260503, 2026-05-03 or 03/05/2026; None when blank."""
    value = cell.strip()
    if not value:
        return None
    for pattern in ("%Y%m%d", "%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(value, pattern).date()  # noqa: DTZ007 - a day has no time zone
        except ValueError:
            continue
    raise BadValue("this is not a day", "Write it like 2026-05-03.")


def postcode(cell: str) -> str | None:
    """A United Kingdom postcode in capitals with its blank; None when blank."""
    value = " ".join(cell.upper().split())
    if not value:
        return None
    if not POSTCODE.fullmatch(value):
        raise BadValue("this is not a postcode", "Write it like M13 9WL.")
    whole = value.replace(" ", "")
    return f"{whole[:-3]} {whole[-3:]}"
