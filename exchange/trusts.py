"""The official trusts file (no heading line), NHS England's regions, and capitals of trusts' names."""

from __future__ import annotations

import re

from exchange.tables import Table

LAYOUT = {"code": 0, "ods_code": 0, "name": 1, "region": 2, "grouping": 3, "town": 7, "postcode": 9, "closed": 11}
NARROWEST = 12
ODS_CODE = re.compile(r"[A-Z][A-Z0-9]{2,4}")
REGION_CODE = re.compile(r"[A-Z][0-9]{2}")
ICB_CODE = re.compile(r"Q[A-Z0-9]{2}")

REGIONS = {
    "Y56": "London",
    "Y58": "South West",
    "Y59": "South East",
    "Y60": "Midlands",
    "Y61": "East of England",
    "Y62": "North West",
    "Y63": "North East and Yorkshire",
}
OUTSIDE_ENGLAND = {"W00": "Wales", "S00": "Scotland", "N00": "Northern Ireland"}

SMALL_WORDS = frozenset(["and", "for", "in", "of", "on", "super", "the", "to", "under", "upon", "with"])
CAPITALS = frozenset(["NHS", "ICB", "ICS", "UK"])
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


def is_official_layout(table: Table) -> bool:
    """Whether a table is the official trusts file: no heading line, and codes where that file has them."""
    first = [cell.strip() for cell in table.rows[0].cells]
    return (
        len(first) >= NARROWEST
        and ODS_CODE.fullmatch(first[0]) is not None
        and REGION_CODE.fullmatch(first[2]) is not None
        and ICB_CODE.fullmatch(first[3]) is not None
    )


def title_case(name: str) -> str:
    """A name in capitals as people write it; a name with any small letter is left as it is.

    ALDER HEY CHILDREN'S NHS FOUNDATION TRUST -> Alder Hey Children's NHS Foundation Trust.
    """
    if name != name.upper():
        return name
    return WORD.sub(lambda word: _cased(word.group(), first=word.start() == 0), name)


def _cased(word: str, *, first: bool) -> str:
    if word in CAPITALS:
        return word
    lower = word.lower()
    return lower if lower in SMALL_WORDS and not first else lower[0].upper() + lower[1:]
