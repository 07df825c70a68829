"""What the codes of mail servers mean for an address: "550 5.1.1", "4.2.2", "#5.7.1"."""

from __future__ import annotations

import re
from enum import StrEnum

_ENHANCED = re.compile(r"(?<![\d.])([45])\.(\d{1,3})\.(\d{1,3})(?![\d.])")
_BASIC = re.compile(r"(?<![\d.])([45]\d\d)(?=[ -])")
WRONG_ADDRESS = {"5.2.1", "5.4.1", "5.4.4", "5.4.310", "5.5.0", "5.5.1"}
OUR_FAULT = {"5.1.7", "5.1.8"}
FULL = {"5.2.2"}
BASIC_HARD, BASIC_FULL = {"500", "501", "510", "511", "550", "551", "553"}, {"552"}
ADDRESS_SUBJECTS = ("5.0.", "5.1.")


class Verdict(StrEnum):
    """What a code says about an address."""

    HARD = "hard"  # there is no such address
    SOFT = "soft"  # not now
    REFUSED = "refused"  # not this mail, though the address may be right


def find_code(text: str) -> str:
    """The first code in a text: an enhanced one (RFC 3463) before a basic one (RFC 5321), "" when there is none."""
    found = _ENHANCED.search(text)
    if found is not None:
        return found[0]
    basic = _BASIC.search(text)
    return basic[1] if basic is not None else ""


def verdict(code: str) -> Verdict:
    """What a code of class 4 or 5 says about the address.

    A full mailbox is 5.2.2 and yet a matter of time; policy (5.7), content (5.6) and our own sender (5.1.7, 5.1.8) say
    nothing against the address; large mail systems say 5.4.1 of addresses that do not exist.
    """
    if code.startswith("4") or code in FULL | BASIC_FULL:
        return Verdict.SOFT
    if code in WRONG_ADDRESS | BASIC_HARD:
        return Verdict.HARD
    named = code.startswith(ADDRESS_SUBJECTS) and code not in OUR_FAULT
    return Verdict.HARD if named else Verdict.REFUSED
