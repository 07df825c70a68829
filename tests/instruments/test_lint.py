"""Lint: the library is sound, burden is estimated, warnings are told apart. Refusals: see samples/refused."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from instruments.lint import estimated_minutes, lint
from instruments.load import examine, load, loads

from .interviews import GDE, SAMPLES, sample

LIBRARY = sorted(GDE.parent.glob("*.yaml"))


@pytest.mark.parametrize("path", LIBRARY, ids=lambda path: path.stem)
def test_a_questionnaire_of_the_library_has_no_problem_and_keeps_to_its_time(path: Path) -> None:
    assert examine(path.read_text(encoding="utf-8"), path.name).problems == ()
    instrument = load(path)
    assert lint(instrument) == ()
    assert 1 < estimated_minutes(instrument) <= instrument.target_minutes


def test_more_people_take_more_time() -> None:
    gde = load(GDE)
    assert estimated_minutes(gde, 0) < estimated_minutes(gde, 5) < estimated_minutes(gde, 8)


def test_the_minutes_add_up() -> None:
    """Consent 20 s, one prompt 12 s, two names 20 s, finish 3 s."""
    assert estimated_minutes(sample("smallest"), 2) == pytest.approx(55 / 60)


def test_a_long_text_that_may_be_left_blank_counts_half() -> None:
    text = (SAMPLES / "smallest.yaml").read_text(encoding="utf-8")
    page = "  - {id: story, type: form, items: [{id: exchange, type: longtext%s}]}\n  - {id: done"
    optional, required = (loads(text.replace("  - {id: done", page % extra), "s") for extra in ("", ", required: true"))
    assert estimated_minutes(required) - estimated_minutes(optional) == pytest.approx(0.5)


def test_an_instrument_alone_is_linted_without_lines() -> None:
    text = (SAMPLES / "smallest.yaml").read_text(encoding="utf-8")
    slow = loads(text.replace("A sample", "A sample, target_minutes: 0.5"), "slow.yaml")
    assert [(p.file, p.line, p.severity) for p in lint(slow, "slow")] == [("slow", 0, "warning")]


def test_a_missing_translation_and_an_idle_roster_are_warnings() -> None:
    text = (SAMPLES / "two_languages.yaml").read_text(encoding="utf-8").replace(', cy: "Ydy {alter} yn agos?"', "")
    text = text.replace("pages:", "rosters: {staff: {source: people}}\npages:")
    problems = examine(text, "half.yaml").problems
    assert {p.severity for p in problems} == {"warning"}
    assert [p.message for p in problems] == ["No page searches 'staff'", "There is no wording in 'cy' here"]


def test_the_library_names_what_the_programme_named() -> None:
    gde = load(GDE)
    assert [t.id for t in gde.topics] == ["epma", "records", "interop", "results", "analytics", "portals"]
    assert [r.id for r in gde.roles] == ["cio", "it", "doctor", "nurse", "pharmacist", "manager", "analyst"]
    assert {m.kind for m in gde.mechanisms} == {"formal", "informal", "intermediary"}


def test_sentences_that_respondents_read_are_short() -> None:
    """At most 20 words a sentence, and none of the trade's own words."""
    text = GDE.read_text(encoding="utf-8")
    read = re.findall(r"(?:label|title|hint|intro|text|error|none_option): *\"?([^\"{},\n|]+)", text)
    read += re.findall(r"^(?:    |      )(?:- )?([A-Z].+)$", text, re.MULTILINE)
    sentences = [s for line in read for s in re.split(r"[.?!]", line) if s.strip()]
    assert len(sentences) > 50
    assert [s for s in sentences if len(s.split()) > 20] == []
    assert [s for s in sentences if re.search(r"\b(alter|mechanism|nominat|formal)", s, re.IGNORECASE)] == []


def test_statements_may_be_bare_words_and_what_nobody_can_agree_to_is_warned_of() -> None:
    text = (SAMPLES / "smallest.yaml").read_text(encoding="utf-8")
    short = text.replace("[{id: agree, label: I agree}]", "[read, take_part]")
    reading = examine(short, "short.yaml")
    assert reading.instrument is not None
    assert [(one.id, one.label) for one in reading.instrument.pages[0].statements] == [
        ("read", "Read"), ("take_part", "Take part"),
    ]  # fmt: skip
    assert [p.message for p in reading.problems] == ["'Read' is no statement that people can agree to"]


def test_pages_that_nobody_can_tell_apart_are_warned_of() -> None:
    titled = (SAMPLES / "whole.yaml").read_text(encoding="utf-8")
    text = titled.replace("    title: {en: What you talk about, cy: Beth rydych yn siarad amdano}\n", "")
    said = (
        "The pages 'topic_grid', 'about_contacts' have no title, and the title of the questionnaire stands above each"
    )
    assert said in [p.message for p in examine(text, "x.yaml").problems]
    assert said not in [p.message for p in examine(titled, "x.yaml").problems]


def test_a_file_name_in_place_of_a_text_is_warned_of() -> None:
    text = (
        (SAMPLES / "smallest.yaml").read_text(encoding="utf-8").replace("text: Please read this.", "text: consent.md")
    )
    said = [p.message for p in examine(text, "x.yaml").problems]
    assert said == ["'consent.md' looks like the name of a file, and is shown as it stands"]
