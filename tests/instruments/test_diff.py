"""What changed between two versions, and the version that calls for."""

from __future__ import annotations

import pytest

from instruments.diff import LowerVersion, UnderstatedVersion, check_version, compare, least_bump, series
from instruments.load import load, loads
from instruments.ours import source_of_ours

from .interviews import GDE

TEXT = GDE.read_text(encoding="utf-8")


def test_a_wording_is_told_in_the_language_that_changed_from_shortly_before_it() -> None:
    """The text is longer than a line, and only its Welsh ends in another way."""
    long = "x" * 80
    old = TEXT.replace("title: About you", f"title: {{en: About you, cy: '{long} chi'}}").replace("[en]", "[en, cy]")
    changes = compare(loads(old, "old.yaml"), loads(old.replace(" chi'", " ni'"), "new.yaml"))
    assert [c.detail for c in changes] == ["cy: was ‘…" + "x" * 19 + " chi’, now ‘…" + "x" * 19 + " ni’"]


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


@pytest.mark.parametrize(
    ("old", "new", "version"),
    [
        ("label: Nurse or midwife", "label: Nurse", "1.0.1"),
        ("max: 8", "max: 5", "1.1.0"),
        ("        required: true\n        error: Choose where you mainly work\n", "", "1.1.0"),
        ("_year: 48", "_year: 52", "2.0.0"),
    ],
)
def test_a_version_that_says_less_than_what_changed_is_refused(old: str, new: str, version: str) -> None:
    changed = TEXT.replace(old, new)
    enough = loads(changed.replace("version: 1.0.0", f"version: {version}"), "new.yaml")
    assert check_version(load(GDE), enough) == compare(load(GDE), enough)
    with pytest.raises(UnderstatedVersion, match=f"Use version {version} or higher"):
        check_version(load(GDE), loads(changed, "new.yaml"))


def test_a_lower_number_is_refused_even_without_a_change() -> None:
    for text in (TEXT, TEXT.replace("max: 8", "max: 5")):
        with pytest.raises(LowerVersion, match=r"Version 0.9.9 is lower than 1.0.0"):
            check_version(load(GDE), loads(text.replace("version: 1.0.0", "version: 0.9.9"), "new.yaml"))


def test_a_moved_page_is_a_smaller_change_than_another_meaning() -> None:
    start, grid = TEXT.index("  - id: topic_grid"), TEXT.index("  - id: about_contacts")
    end = TEXT.index("  - id: story")
    moved = loads(TEXT[:start] + TEXT[grid:end] + TEXT[start:grid] + TEXT[end:], "moved.yaml")
    assert [(c.kind, c.where) for c in compare(load(GDE), moved)] == [("setting", "pages")]
    assert {one.verdict for one in series(load(GDE), moved)} == {"same"}


def test_each_column_says_whether_its_series_goes_on() -> None:
    text = TEXT.replace("_year: 48", "_year: 52").replace("How do you mostly talk?", "How do you talk?")
    text = text.replace("id: exchange", "id: example")
    found = {one.id: one.verdict for one in series(load(GDE), loads(text, "new.yaml"))}
    changed = {name: verdict for name, verdict in found.items() if verdict != "same"}
    assert changed == {"freq": "changed", "formality": "reworded", "exchange": "ended", "example": "new"}


def test_a_rule_that_changes_and_how_people_are_simulated_are_told_apart() -> None:
    rules = TEXT.replace("      - id: site\n", "      - {id: z, type: boolean}\n      - id: site\n", 1)
    ruled = rules.replace(
        "  - id: about_you\n", "  - id: about_you\n    rules: [{when: z || role == 'it', message: No}]\n"
    )
    found = compare(loads(rules, "old.yaml"), loads(ruled, "new.yaml"))
    assert {change.kind for change in found} == {"setting"}
    invented = TEXT.replace("        type: longtext\n", "        type: longtext\n        synthetic: {texts: [Hello]}\n")
    assert compare(load(GDE), loads(invented, "new.yaml")) == ()


def test_an_id_that_is_also_a_key_is_an_id() -> None:
    """A page called `text`, a question called `max`: words that stand for settings elsewhere in the file."""
    old = TEXT.replace("id: about_you", "id: text").replace("- id: exchange", "- id: max")
    new = old.replace("title: About you", "title: You").replace("type: longtext", "type: text")
    changes = {change.where: change.kind for change in compare(loads(old, "old"), loads(new, "new"))}
    assert changes == {"pages.text.title": "wording", "pages.story.items.max.type": "meaning"}
    assert {change.where for change in compare(load(GDE), loads(old, "new"))} >= {"pages.text", "pages.about_you"}


def test_a_list_that_was_empty_gains_entries() -> None:
    pulse = source_of_ours("pulse")
    longer = pulse.replace("\nscales:", "\ntopics: [{id: beds, label: Beds}]\n\nscales:", 1)
    found = compare(loads(pulse, "old"), loads(longer, "new"))
    assert [(change.kind, change.where) for change in found] == [("added", "topics.beds")]
    assert [change.kind for change in compare(loads(longer, "old"), loads(pulse, "new"))] == ["removed"]
