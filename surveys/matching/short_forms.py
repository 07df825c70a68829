"""Given names and what they are shortened or spelt to: English, Welsh, and names written down in several ways."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from importlib.resources import files

GROUPS = "short_forms.txt"
"""One group a line: a name, and the forms that somebody of that name may go by."""


def _linked(groups: str) -> dict[str, frozenset[str]]:
    linked: defaultdict[str, set[str]] = defaultdict(set)
    for line in groups.splitlines():
        names = line.split()
        for name in names:
            linked[name].update(other for other in names if other != name)
    return {name: frozenset(others) for name, others in linked.items()}


SHORT_FORMS: Mapping[str, frozenset[str]] = _linked((files("surveys.matching") / GROUPS).read_text("utf-8"))
"""For each given name the other forms that the same person may go by; a form may stand for several names."""
