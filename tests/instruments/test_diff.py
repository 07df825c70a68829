"""What changed between two versions, and the version that calls for."""

from __future__ import annotations

import pytest

from instruments.diff import compare, least_bump
from instruments.load import load, loads

from .interviews import GDE

TEXT = GDE.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "kind", "where", "bump"),
    [
        ("label: Nurse or midwife", "label: Nurse", "wording", "roles.nurse.label", "patch"),
        ("title: About you", "title: You", "wording", "pages.about_you.title", "patch"),
        ("  - {id: analyst, label: Analyst}\n", "", "removed", "roles.analyst", "major"),
        (
            "  - {id: analyst, label: Analyst}\n",
            "  - {id: analyst, label: Analyst}\n  - {id: ward, label: Ward clerk}\n",
            "added",
            "roles.ward",
            "minor",
        ),
        ("_year: 48", "_year: 52", "meaning", "scales.frequency.options.weekly.contacts_per_year", "major"),
        ("Academy, kind: intermediary", "Academy, kind: formal", "meaning", "mechanisms.academy.kind", "major"),
        ("max: 8", "max: 5", "setting", "pages.advice_names.max", "minor"),
        ("languages: [en]", "languages: [en, cy]", "added", "languages.cy", "minor"),
        ("    title: About you\n", "", "wording", "pages.about_you.title", "patch"),
    ],
)  # fmt: skip
def test_a_change_is_told_by_kind_and_place(old: str, new: str, kind: str, where: str, bump: str) -> None:
    assert TEXT.count(old) == 1
    changes = compare(load(GDE), loads(TEXT.replace(old, new), "new.yaml"))
    assert (kind, where) in [(c.kind, c.where) for c in changes]
    assert least_bump(changes) == bump


def test_the_same_content_is_no_change_whatever_its_version() -> None:
    assert compare(load(GDE), loads(TEXT.replace("version: 1.0.0", "version: 1.0.1"), "new.yaml")) == ()
    assert least_bump(()) == "none"


def test_a_scale_in_another_order_means_something_else() -> None:
    lines = TEXT.splitlines()
    at = next(n for n, line in enumerate(lines) if "value: daily" in line)
    lines[at], lines[at + 1] = lines[at + 1], lines[at]
    changes = compare(load(GDE), loads("\n".join(lines), "new.yaml"))
    assert ("meaning", "scales.frequency.options") in [(c.kind, c.where) for c in changes]
    assert least_bump(changes) == "major"


def test_comparing_backwards_swaps_added_and_removed() -> None:
    fewer = loads(TEXT.replace("  - {id: analyst, label: Analyst}\n", ""), "fewer.yaml")
    assert {c.where for c in compare(load(GDE), fewer) if c.kind == "removed"} == {
        c.where for c in compare(fewer, load(GDE)) if c.kind == "added"
    }
